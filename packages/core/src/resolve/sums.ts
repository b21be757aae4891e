import { type Declaration, declared } from "../constructs/declaration.ts";
import type { Expression } from "../constructs/expression/node.ts";
import type { TypeExpr } from "../constructs/type/node.ts";

/** A type with alternatives: its name and how many values each constructor holds. */
export interface Sum {
  readonly name: string;
  readonly constructors: ReadonlyMap<string, number>;
  /** Declared in the file, so that all its constructors are known to be meant. */
  readonly declared: boolean;
}

const result: Sum = {
  name: "Result",
  constructors: new Map([
    ["Ok", 1],
    ["Err", 1],
  ]),
  declared: false,
};
const maybe: Sum = {
  name: "Maybe",
  constructors: new Map([
    ["Just", 1],
    ["Nothing", 0],
  ]),
  declared: false,
};

/** The sums of a file, and which of them a `case` is about. */
export class Sums {
  private readonly own = new Map<string, Sum>();
  private readonly aliases = new Map<string, TypeExpr>();
  private readonly outputs = new Map<string, TypeExpr>();

  constructor(declarations: readonly Declaration[]) {
    for (const { name, alias, constructors } of declared({ declarations }, "type")) {
      if (alias !== undefined) this.aliases.set(name.text, alias);
      else {
        const held = constructors.map((c) => [c.name.text, c.payload === undefined ? 0 : 1] as const);
        this.own.set(name.text, { name: name.text, constructors: new Map(held), declared: true });
      }
    }
    for (const { name, operations } of declared({ declarations }, "effect")) {
      for (const { name: operation, output } of operations) {
        this.outputs.set(`${name.text}.${operation.text}`, output);
      }
    }
  }

  /**
   * The sum a `case` over these constructors is about: the type the asked
   * operation answers with, if some arm belongs to it; else the first declared
   * type, then `Result` and `Maybe`, that has one of the constructors.
   */
  of(subject: Expression, constructors: readonly string[]): Sum | undefined {
    const asked = subject.kind === "check" || subject.kind === "observe";
    const answer = asked
      ? this.ofType(this.outputs.get(`${subject.effect.text}.${subject.operation.text}`))
      : undefined;
    if (answer !== undefined && constructors.some((name) => answer.constructors.has(name))) return answer;
    for (const sum of [...this.own.values(), result, maybe]) {
      if (constructors.some((name) => sum.constructors.has(name))) return sum;
    }
    return undefined;
  }

  private ofType(type: TypeExpr | undefined, depth = 0): Sum | undefined {
    if (type === undefined || depth > 16) return undefined;
    if (type.kind === "result") return result;
    if (type.kind === "maybe") return maybe;
    if (type.kind !== "path") return undefined;
    const name = type.path.at(-1) ?? "";
    return this.own.get(name) ?? this.ofType(this.aliases.get(name), depth + 1);
  }
}

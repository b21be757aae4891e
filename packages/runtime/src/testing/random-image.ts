import type { LocalType } from "@parley/core";
import { type GlobalType, type LocalTypeR, projectAll } from "@parley/core/theory";
import fc from "fast-check";
import type { CodeImage } from "../machine/code/image.ts";
import { compileImage } from "../machine/code/image.ts";
import { fromReference, referenceValueType } from "../reference/local-form.ts";

/** A random protocol with the local types it was compiled from. */
export interface RandomImage {
  readonly image: CodeImage;
  readonly locals: ReadonlyMap<string, LocalType>;
}

/** One that also says which global type it comes from. */
export interface GlobalImage extends RandomImage {
  readonly global: GlobalType;
}

interface Scope {
  readonly roles: readonly string[];
  /** Loops that may be continued here. */
  readonly loops: readonly string[];
  readonly depth: number;
}

const label = (name: string) => ({ name, sort: "Unit" as const });

const comm = (
  [sender, receiver]: readonly [string, string],
  branches: readonly (readonly [string, GlobalType])[],
): GlobalType => ({
  kind: "comm",
  sender,
  receiver,
  branches: branches.map(([name, next]) => ({ label: label(name), next })),
});

const pairs = (roles: readonly string[]): readonly (readonly [string, string])[] =>
  roles.flatMap((from) => roles.filter((to) => to !== from).map((to) => [from, to] as const));

const leaf = (scope: Scope): fc.Arbitrary<GlobalType> =>
  fc.constantFrom<GlobalType>(
    { kind: "end" },
    ...scope.loops.map((name): GlobalType => ({ kind: "var", name })),
  );

const globalType = (scope: Scope): fc.Arbitrary<GlobalType> => {
  if (scope.depth === 0) return leaf(scope);
  const inner = { ...scope, depth: scope.depth - 1 };
  const pair = fc.constantFrom(...pairs(scope.roles));
  const names = ["m", "n", "o"] as const;
  const exchange = fc
    .tuple(pair, fc.array(globalType(inner), { minLength: 1, maxLength: 3 }))
    .map(([ends, nexts]) =>
      comm(
        ends,
        nexts.map((next, i) => [`${names[i]}${scope.depth}`, next] as const),
      ),
    );
  const name = `x${scope.depth}`;
  const loop = fc.tuple(pair, globalType({ ...inner, loops: [...scope.loops, name] })).map(
    ([ends, next]): GlobalType => ({
      kind: "mu",
      var: name,
      body: comm(ends, [[`l${scope.depth}`, next]]),
    }),
  );
  return fc.oneof({ weight: 4, arbitrary: exchange }, { weight: 1, arbitrary: loop });
};

const shapeOf = (roles: readonly string[], depth: number): fc.Arbitrary<ReadonlyMap<string, LocalTypeR>> =>
  globalType({ roles, loops: [], depth }).map((global) => {
    const projected = projectAll(global);
    return new Map(projected.ok ? projected.locals : []);
  });

const imageFrom = (locals: ReadonlyMap<string, LocalType>): RandomImage => ({
  locals,
  image: compileImage({ version: "", locals, valueType: referenceValueType }),
});

const ours = (type: LocalTypeR | undefined, path: string): LocalType =>
  fromReference(type ?? { kind: "end" }, path);

/** Projectable protocols of two to four roles, with choices and loops, and the global types they come from. */
export const randomGlobalImage: fc.Arbitrary<GlobalImage> = fc
  .constantFrom(["A", "B"], ["A", "B", "C"], ["A", "B", "C", "D"])
  .chain((roles) => globalType({ roles, loops: [], depth: 4 }))
  .map((global) => ({ global, projected: projectAll(global) }))
  .filter(({ projected }) => projected.ok && projected.locals.length > 0)
  .map(({ global, projected }) => ({
    global,
    ...imageFrom(
      new Map(projected.ok ? projected.locals.map(([role, type]) => [role, ours(type, "")] as const) : []),
    ),
  }));

/** Projectable protocols of two or three roles, with choices and loops. */
export const randomImage: fc.Arbitrary<RandomImage> = fc
  .constantFrom(["A", "B"], ["A", "B", "C"])
  .chain((roles) => shapeOf(roles, 4))
  .filter((locals) => locals.size > 0)
  .map((locals) => imageFrom(new Map([...locals].map(([role, type]) => [role, ours(type, "")]))));

/** The first type, and wherever it ends the second. */
const then = (first: LocalType, next: LocalType): LocalType => {
  switch (first.kind) {
    case "end":
      return next;
    case "var":
      return first;
    case "mu":
      return { ...first, body: then(first.body, next) };
    case "par":
      return { ...first, next: then(first.next, next) };
    case "perform":
    case "decide":
    case "scope":
      throw new Error("a reference type has none of these");
    default:
      return {
        ...first,
        branches: first.branches.map((branch) => ({ ...branch, next: then(branch.next, next) })),
      };
  }
};

/** A talks to B and to C in two parallel arms, and to B again once both have ended. */
export const randomParImage: fc.Arbitrary<RandomImage> = fc
  .tuple(shapeOf(["A", "B"], 3), shapeOf(["A", "C"], 3), shapeOf(["A", "B"], 2))
  .map(([first, second, last]) =>
    imageFrom(
      new Map<string, LocalType>([
        [
          "A",
          {
            kind: "par",
            arms: [ours(first.get("A"), "0.0"), ours(second.get("A"), "0.1")],
            next: ours(last.get("A"), "1"),
          },
        ],
        ["B", then(ours(first.get("B"), "0.0"), ours(last.get("B"), "1"))],
        ["C", ours(second.get("C"), "0.1")],
      ]),
    ),
  );

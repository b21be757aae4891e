import type { EffectDecl, EffectMetadataKey, EffectOperation } from "../constructs/effect/node.ts";
import { EFFECT_METADATA } from "../constructs/effect/node.ts";
import { compareText } from "../theory/label.ts";
import { preorder } from "./participants.ts";
import type { EvidenceGuard, Protocol, TreeLet, TreeValue } from "./tree.ts";

/** What each key may say (language.md §13.4). */
const VOCABULARY: Readonly<Record<EffectMetadataKey, readonly string[]>> = {
  class: ["authoritative", "observational", "best_effort"],
  progress: ["immediate", "may_block"],
  region: ["session", "fragment", "global"],
  agreement_use: ["required", "none", "forbidden"],
  reentrancy: ["allow", "reject_same_operation", "reject_same_fragment"],
};

const ofKey = (op: EffectOperation, key: EffectMetadataKey): string =>
  op.metadata.findLast((entry) => entry.key === key)?.value.text ?? "";

const operationError = (name: string, op: EffectOperation): string | undefined => {
  const says = (key: EffectMetadataKey, value: string): boolean => ofKey(op, key) === value;
  const unknown = EFFECT_METADATA.find((key) => !VOCABULARY[key].includes(ofKey(op, key)));
  if (unknown !== undefined)
    return `effect operation \`${name}\` has unsupported \`${unknown} ${ofKey(op, unknown)}\``;
  if (op.authority === "observe" && !says("class", "observational"))
    return `effect operation \`${name}\` is observational and must declare \`class : observational\``;
  if (op.authority === "authoritative" && !says("class", "authoritative"))
    return `effect operation \`${name}\` is authoritative and must declare \`class : authoritative\``;
  if (op.authority === "authoritative" && says("progress", "immediate"))
    return `effect operation \`${name}\` may not be both \`authoritative\` and \`progress immediate\``;
  if (op.authority === "observe" && says("agreement_use", "required"))
    return `effect operation \`${name}\` may not require agreement use on an observational surface`;
  return undefined;
};

/** The first thing wrong with the interfaces themselves. */
const interfaceError = (effects: readonly EffectDecl[]): string | undefined => {
  const interfaces = new Set<string>();
  for (const { name, operations } of effects) {
    if (interfaces.has(name.text)) return `duplicate effect interface declaration \`${name.text}\``;
    interfaces.add(name.text);
    const known = new Set<string>();
    for (const op of operations) {
      const full = `${name.text}.${op.name.text}`;
      const error = operationError(full, op);
      if (error !== undefined) return error;
      if (known.has(op.name.text)) return `duplicate effect operation \`${full}\``;
      known.add(op.name.text);
    }
  }
  return undefined;
};

/** Looks up what a tree asks of the world. */
class Asks {
  private readonly uses: readonly string[];
  private readonly effects: readonly EffectDecl[];

  constructor(uses: readonly string[], effects: readonly EffectDecl[]) {
    this.uses = uses;
    this.effects = effects;
  }

  /** What is wrong with one call, first whether it may be made at all. */
  call(what: "guard" | "invocation", how: "check" | "observe", asked: EvidenceGuard): string | undefined {
    const { effect, operation } = asked;
    const name = `${effect}.${operation}`;
    if (!this.uses.includes(effect))
      return `effect ${what} \`${name}\` is not allowed without \`uses ${effect}\``;
    if (!this.effects.some((decl) => decl.name.text === effect))
      return `effect ${what} references undeclared interface \`${effect}\``;
    const op = this.operation(asked);
    if (op === undefined) return `effect ${what} references undeclared operation \`${name}\``;
    if (how === "check" && op.authority === "observe")
      return `effect ${what} \`${name}\` is observational and may not be invoked with \`check\``;
    if (how === "observe" && op.authority !== "observe")
      return `effect ${what} \`${name}\` is not observational and may not be invoked with \`observe\``;
    return undefined;
  }

  /** How the result of a call may be bound. */
  binding({ mode, value }: TreeLet): string | undefined {
    if (value.kind !== "check" && value.kind !== "observe") return undefined;
    const name = `${value.effect}.${value.operation}`;
    const authority = this.operation(value)?.authority ?? "command";
    if (mode === "plain" && value.kind === "observe")
      return "`observe` expressions must bind through `observe let`";
    if (mode === "plain" && authority === "authoritative")
      return `authoritative effect invocation \`${name}\` must bind through \`authoritative let\``;
    if (mode === "authoritative" && authority !== "authoritative") {
      const is = authority === "command" ? "Command" : "Observe";
      return `\`authoritative let\` may only bind authoritative effect invocations; \`${name}\` is ${is}`;
    }
    return undefined;
  }

  private operation({ effect, operation }: EvidenceGuard): EffectOperation | undefined {
    const declared = this.effects.find((decl) => decl.name.text === effect);
    return declared?.operations.find((op) => op.name.text === operation);
  }
}

const asked = (asks: Asks, value: TreeValue): string | undefined =>
  value.kind === "check" || value.kind === "observe" ? asks.call("invocation", value.kind, value) : undefined;

const nodeError = (asks: Asks, node: Protocol): string | undefined => {
  switch (node.kind) {
    case "let":
      return asked(asks, node.value) ?? asks.binding(node);
    case "case":
      return asked(asks, node.value);
    case "choice":
      for (const { evidence } of node.branches) {
        const error = evidence === undefined ? undefined : asks.call("guard", "check", evidence);
        if (error !== undefined) return error;
      }
      return undefined;
    default:
      return undefined;
  }
};

/** The first rule about effects that a file breaks, in the reference's order and words (language.md §13.4). */
export const effectError = (
  effects: readonly EffectDecl[],
  uses: readonly string[],
  tree: Protocol,
): string | undefined => {
  const own = interfaceError(effects);
  if (own !== undefined) return own;
  const missing = [...uses]
    .sort(compareText)
    .find((name) => !effects.some((decl) => decl.name.text === name));
  if (missing !== undefined) return `protocol uses undeclared effect interface \`${missing}\``;
  const asks = new Asks(uses, effects);
  for (const node of preorder(tree)) {
    const error = nodeError(asks, node);
    if (error !== undefined) return error;
  }
  return undefined;
};

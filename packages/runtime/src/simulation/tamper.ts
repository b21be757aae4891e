import type { Value } from "@parley/wire";
import type { ValueType } from "../machine/code/value-type.ts";
import { corrupted } from "../machine/topology.ts";
import type { Corruption, ScriptValue } from "./scenario.ts";

const NAT_WRAP = 1n << 64n;

/** Numbers that travel as text (spec/simulation.md §2.2): the first one changes its sign. */
const negated = (text: string): string | undefined => {
  const match = /^(q32:|q32vec:)(-?\d+)(.*)$/.exec(text);
  return match === null ? undefined : `${match[1]}${-BigInt(match[2] ?? "0")}${match[3]}`;
};

/** What an adversary makes of a value (spec/simulation.md §6.2). */
export const tampered = (value: Value): Value => {
  switch (value.kind) {
    case "nat":
      return { kind: "nat", value: (BigInt(value.value) + 1n) % NAT_WRAP };
    case "bool":
      return { kind: "bool", value: !value.value };
    case "str":
      return { kind: "str", value: negated(value.value) ?? `corrupt:${value.value}` };
    case "prod":
      return { ...value, left: tampered(value.left) };
    case "opaque":
      return { ...value, json: JSON.stringify(`corrupt:${value.json}`) };
    default:
      return value;
  }
};

/** A value after a corruption of a kind: the adversary's own, or one of the machine's. */
export const corrupt = (value: Value, how: Corruption): Value =>
  how === "tamper" ? tampered(value) : corrupted(value, how);

/** What a scenario's value means for a declared type; nothing when it does not fit. */
export const valueFor = (type: ValueType, value: ScriptValue): Value | undefined => {
  const text = String(value);
  switch (type.kind) {
    case "nat":
      return /^\d+$/.test(text) ? { kind: "nat", value: BigInt(text) } : undefined;
    case "bool":
      return /^(true|false)$/.test(text) ? { kind: "bool", value: text === "true" } : undefined;
    case "str":
      return { kind: "str", value: text };
    case "opaque":
      return { kind: "opaque", type: type.name, json: text };
    case "none":
    case "unit":
      return { kind: "unit" };
    default:
      return undefined;
  }
};

/** A value in the place of another, in its shape; of another sort it becomes text. */
export const valueLike = (like: Value, value: ScriptValue): Value => {
  const type: ValueType =
    like.kind === "opaque"
      ? { kind: "opaque", name: like.type }
      : like.kind === "prod" || like.kind === "endpoint"
        ? { kind: "str" }
        : { kind: like.kind === "unit" ? "str" : like.kind };
  return valueFor(type, value) ?? { kind: "str", value: String(value) };
};

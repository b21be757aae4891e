import type { Corruption } from "../machine/state.ts";
import type { TopologyEvent } from "../machine/topology.ts";
import { asObject, FormError, type Json, numberAt, objectAt, textAt, variant } from "./json.ts";

const corruptions: { readonly [name: string]: Corruption } = {
  BitFlip: "bitFlip",
  Truncation: "truncation",
  PayloadErase: "payloadErase",
};

const ranks = ["Crash", "Partition", "Heal", "Corrupt", "Timeout"];

/** Reads one topology event of the reference (spec/machine.md §14). */
export const decodeTopology = (input: Json): TopologyEvent => {
  const { tag, body } = variant(input);
  const fields = asObject(body);
  const pair = { from: textAt(fields, "from"), to: textAt(fields, "to") };
  switch (tag) {
    case "Crash":
      return { kind: "crash", site: textAt(fields, "site") };
    case "Partition":
      return { kind: "partition", ...pair };
    case "Heal":
      return { kind: "heal", ...pair };
    case "Corrupt":
      return { kind: "corrupt", ...pair, corruption: corruptions[textAt(fields, "corruption")] ?? "bitFlip" };
    case "Timeout": {
      const duration = objectAt(fields, "duration");
      const nanos = numberAt(duration, "secs", 0) * 1e9 + numberAt(duration, "nanos", 0);
      return { kind: "timeout", site: textAt(fields, "site"), nanos };
    }
    default:
      throw new FormError(`no topology event ${tag}`);
  }
};

/** Index of the first event that stands before one it should follow, or -1. */
export const outOfOrder = (events: readonly Json[]): number => {
  const keys = events.map((event) => {
    const { tag, body } = variant(event);
    const fields = asObject(body);
    const first = textAt(fields, "site") || textAt(fields, "from");
    return `${ranks.indexOf(tag)}\u0000${first}\u0000${textAt(fields, "to")}`;
  });
  return keys.findIndex((key, i) => i > 0 && key < (keys[i - 1] as string));
};

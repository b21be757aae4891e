import { type Fact, type FactContent, type Hash, hashValue, type TimeStamp } from "@parley/wire";
import { contentIdentity, contentOrder } from "./fact-id.ts";
import { type TimeFault, timeFault } from "./time-stamp.ts";

/** When a fact is made: random bytes for order time, or a time of a domain that has a base of its own. */
export type FactTime =
  | { readonly kind: "order"; readonly random: Hash }
  | Extract<TimeStamp, { kind: "logical" | "physical" }>
  | Extract<TimeStamp, { kind: "range" }>;

export type MadeFact =
  | { readonly ok: true; readonly fact: Fact }
  | { readonly ok: false; readonly error: TimeFault };

/** Facts of contexts say the same wherever they are made, so their order is the hash of what they say. */
const ofContext = ({ kind }: FactContent): boolean => kind === "generic" || kind === "protocol";

/**
 * A fact with its order (spec/aura-state.md §4.2): with order time the random
 * bytes are both; of a context the hash of the content, so that it is made but
 * once; else the hash of content and time. Error: `PAR7710` for a time that
 * means nothing, or a range, which has no base of its own.
 */
export const makeFact = (content: FactContent, by: string, time: FactTime): MadeFact => {
  if (time.kind === "range")
    return {
      ok: false,
      error: { code: "PAR7710", error: "invalid-time", why: "a range must accompany a base domain" },
    };
  const stamp: TimeStamp = time.kind === "order" ? { kind: "order", bytes: time.random } : time;
  const error = timeFault(stamp);
  if (error !== undefined) return { ok: false, error };
  if (time.kind === "order") return { ok: true, fact: { order: time.random, time: stamp, by, content } };
  const order = ofContext(content)
    ? contentOrder(content)
    : hashValue("parley.order/1", [contentIdentity(content), stamp]);
  return { ok: true, fact: { order, time: stamp, by, content } };
};

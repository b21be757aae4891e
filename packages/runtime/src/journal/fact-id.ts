import { encodeCanonical, type Fact, type FactContent, type Hash, hashValue } from "@parley/wire";
import { compareBytes, compareText } from "./byte-order.ts";
import { payloadIdentity } from "./payload-identity.ts";

/** The content as compared: a typed payload in its canonical form, anything else as it is. */
export const contentIdentity = (content: FactContent): FactContent =>
  content.kind === "generic" ? { ...content, envelope: payloadIdentity(content.envelope) } : content;

const ids = new WeakMap<Fact, Hash>();

/**
 * What a fact is known by: the hash of its order, time and content. Who added
 * it and what is known about its spread are not part of it, and a JSON and a
 * CBOR payload of one value give one id (spec/aura-state.md §4).
 * Throws a `RangeError` when the fact holds a float: see `factFault`.
 */
export const factId = (fact: Fact): Hash => {
  const known = ids.get(fact);
  if (known !== undefined) return known;
  const id = hashValue("parley.fact/1", [fact.order, fact.time, contentIdentity(fact.content)]);
  ids.set(fact, id);
  return id;
};

/**
 * The total order of facts: order bytes, then canonical bytes of the time, then
 * of the content. Two facts that compare as 0 have one id. Physical time plays
 * no part but through the bytes (spec/aura-state.md §3).
 */
export const compareFacts = (a: Fact, b: Fact): number =>
  compareText(a.order, b.order) ||
  compareBytes(encodeCanonical(a.time), encodeCanonical(b.time)) ||
  compareBytes(encodeCanonical(contentIdentity(a.content)), encodeCanonical(contentIdentity(b.content)));

/** The order of a fact that is the same wherever it is made: the hash of its content. */
export const contentOrder = (content: FactContent): Hash =>
  hashValue("parley.order/1", contentIdentity(content));

import { encodeCanonical } from "@parley/wire";

/**
 * What is signed: canonical bytes of a domain, a schema version and a payload,
 * so that a signature made for one purpose never counts for another
 * (spec/aura-state.md §18). Throws a `RangeError` for a blank domain: it is a
 * constant of the caller.
 *
 * @example signingTranscript("aura.consensus.commit", 1, { consensus_id: "…" })
 */
export const signingTranscript = (domain: string, version: number, payload: unknown): Uint8Array => {
  if (domain.trim() === "") throw new RangeError("a transcript needs a domain");
  return encodeCanonical({ domain_separator: domain, schema_version: version, payload });
};

import { type Hash, hashValue } from "@parley/wire";

/** What an operation is bound to: the commitments it was decided upon (spec/aura-state.md §17.1). */
export interface Prestate {
  /** By authority; each once. */
  readonly authorities: readonly { readonly authority: string; readonly commitment: Hash }[];
  readonly context: Hash;
}

/** How many authorities one prestate may name. */
export const MAX_PRESTATE_AUTHORITIES = 256;

export type PrestateError =
  | { readonly code: "PAR8911"; readonly variant: "NoAuthorities" }
  | { readonly code: "PAR8912"; readonly variant: "TooManyAuthorities"; readonly count: number }
  | { readonly code: "PAR8913"; readonly variant: "DuplicateAuthority"; readonly authority: string };

export const prestateError = ({ authorities }: Prestate): PrestateError | undefined => {
  if (authorities.length === 0) return { code: "PAR8911", variant: "NoAuthorities" };
  if (authorities.length > MAX_PRESTATE_AUTHORITIES)
    return { code: "PAR8912", variant: "TooManyAuthorities", count: authorities.length };
  const seen = new Set<string>();
  for (const { authority } of authorities) {
    if (seen.has(authority)) return { code: "PAR8913", variant: "DuplicateAuthority", authority };
    seen.add(authority);
  }
  return undefined;
};

/** Names a prestate, whatever order its authorities are listed in. */
export const prestateHash = ({ authorities, context }: Prestate): Hash =>
  hashValue("parley.prestate/1", {
    authorities: Object.fromEntries(authorities.map(({ authority, commitment }) => [authority, commitment])),
    context,
  });

/** An operation bound to a prestate: the same operation upon another prestate is another. */
export const bindOperation = (prestate: Hash, operation: unknown): Hash =>
  hashValue("parley.operation/1", [prestate, operation]);

/** Names one agreement: a nonce keeps two tries apart. */
export const consensusId = (prestate: Hash, operation: Hash, nonce: number): Hash =>
  hashValue("parley.consensus/1", [prestate, operation, nonce]);

import type { TokenRecord, TokenScope } from "@parley/wire";
import { displayId } from "../../identity/display-id.ts";
import type { TokenError, TokenPort } from "../../identity/token-port.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { newId } from "../new-id.ts";
import type { AuthorityState } from "../streams/authority-state.ts";
import { revocationOf, tokensInOrder } from "../streams/token-records.ts";
import { tokenRefusal } from "./token-refusal.ts";

/** A token given by its bytes; `known` when the authority's stream holds it already. */
export interface ForeignToken {
  readonly record: TokenRecord;
  readonly known: boolean;
}

const capabilitiesIn = (block: string): readonly string[] =>
  [...block.matchAll(/^capability\("([^"]+)"\);$/gm)].map(([, name = ""]) => name).sort();

const scopeIn = (block: string): TokenScope => {
  const [, path] = block.match(/^scope_storage_path\("([^"]+)"\);$/m) ?? [];
  if (path !== undefined) return { kind: "storage", path };
  const [, context] = block.match(/^scope_context\("([^"]+)"\);$/m) ?? [];
  return context === undefined ? { kind: "contexts" } : { kind: "context", context };
};

/** Whether the token is for this authority: its authority block names the holder. */
const isFor = (block: string, authority: string): boolean =>
  block.split("\n").includes(`authority("${displayId("authority", authority)}");`);

/** The token under the first root key of the authority that signed it. */
const inspect = (tokens: TokenPort, state: AuthorityState, bytes: string) => {
  const roots = state.keys.filter(({ purpose, retired }) => purpose === "root" && retired === undefined);
  let error: TokenError = { code: "foreign-root", root: roots[0]?.key ?? "" };
  for (const { key } of roots) {
    const read = tokens.inspect(bytes, key);
    if (read.ok) return { ok: true as const, root: key, value: read.value };
    error = read.error;
  }
  return { ok: false as const, error };
};

/** Takes in a token by its bytes: it must be signed by the authority, for the authority, unrevoked and not past its end. */
export const foreignToken = (
  core: HostCore,
  state: AuthorityState,
  device: string,
  bytes: string,
): Result<ForeignToken> => {
  const authority = state.stream;
  if (core.authority === undefined) return refused({ code: "PAR7780", kind: "guards-not-judged" });
  const { tokens } = core.authority.frontier;
  const read = inspect(tokens, state, bytes);
  if (!read.ok) return refused(tokenRefusal(authority, read.error));
  const [block = ""] = read.value.blocks;
  if (!isFor(block, authority))
    return refused({ code: "PAR7781", kind: "foreign-token", authority, detail: "it names another holder" });
  const known = tokensInOrder(state.tokens).find(({ record }) => record.bytes === bytes);
  const scope = scopeIn(block);
  const record: TokenRecord = known?.record ?? {
    id: newId(core.random, "tok"),
    issuer: authority,
    root: read.root,
    holder: authority,
    device,
    capabilities: capabilitiesIn(block),
    scope,
    checks: [],
    revocationIds: read.value.revocationIds,
    bytes,
  };
  const revocation = revocationOf(state.tokens, record);
  if (revocation !== undefined) {
    const { token: by, reason } = revocation;
    return refused({ code: "PAR7783", kind: "revoked-token", token: record.id, by, reason });
  }
  const at = core.clock.now();
  const [capability = "read"] = record.capabilities;
  const answer = tokens.authorize(bytes, read.root, { capability, authority, context: "ctx:any", at });
  // A check that looks at the time and fails now will not hold later either.
  if (answer.kind === "refused" && /\btime(_ms)?\(/.test(answer.check ?? ""))
    return refused({ code: "PAR7782", kind: "expired-token", token: record.id, expired: at, at });
  return done({ record, known: known !== undefined });
};

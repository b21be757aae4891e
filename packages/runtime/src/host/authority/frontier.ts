import type { TokenCheck, TokenRecord } from "@parley/wire";
import type { CapabilityRefusal } from "../../guards/denial.ts";
import type { ReadVersions } from "../../guards/guard-snapshot.ts";
import type { TokenAnswer, TokenPort } from "../../identity/token-port.ts";
import type { AuthorityState } from "../streams/authority-state.ts";
import {
  frontierVersion,
  type KeptToken,
  revocationOf,
  tokensFor,
  tokenVersion,
} from "../streams/token-records.ts";

/** Answers kept; all are dropped when there are more. */
const CACHE_LIMIT = 50_000;

/** A token port that remembers what it answered. */
export interface Frontier {
  readonly tokens: TokenPort;
  readonly answers: Map<string, TokenAnswer>;
}

export const newFrontier = (tokens: TokenPort): Frontier => ({ tokens, answers: new Map() });

/** What is asked of a seat's tokens. */
export interface FrontierQuestion {
  readonly device: string;
  readonly context: string;
  readonly capabilities: readonly string[];
  /** Session time, ms. */
  readonly at: number;
}

/** What a seat's tokens admit of what is asked, why not the rest, and what was read to tell. */
export interface FrontierView {
  readonly admitted: readonly string[];
  readonly refusals: { readonly [capability: string]: CapabilityRefusal };
  /** Not decided in time: to be asked again. */
  readonly undecided: readonly string[];
  readonly versions: ReadVersions;
}

/** How guards name what decides which tokens count. */
export const frontierId = (device: string): string => `frontier:${device}`;

/** Blocks somebody else appended may check anything. */
const isForeign = ({ parent, revocationIds }: TokenRecord): boolean =>
  parent === undefined && revocationIds.length > 1;

const expiries = (checks: readonly TokenCheck[]): readonly number[] =>
  checks.flatMap((check) => (check.kind === "expires" ? [check.at] : []));

/**
 * Under which name an answer is kept: by the token's last revocation id, the
 * capability, the context where the token looks at it, and the stretch of time
 * in which none of its checks can change its mind (model §5).
 */
const cacheKey = (record: TokenRecord, capability: string, { context, at }: FrontierQuestion): string => {
  const id = record.revocationIds.at(-1) ?? record.id;
  if (isForeign(record)) return [id, capability, context, Math.floor(at / 1_000)].join(" ");
  const anywhere =
    record.scope.kind === "contexts" &&
    record.checks.every(({ kind }) => kind === "capabilities" || kind === "expires");
  const bucket = expiries(record.checks).filter((end) => end <= at).length;
  return [id, capability, anywhere ? "*" : context, bucket].join(" ");
};

/** What one token says, from the cache where it was asked before. */
export const askToken = (
  { tokens, answers }: Frontier,
  holder: string,
  { record }: KeptToken,
  capability: string,
  question: FrontierQuestion,
): TokenAnswer => {
  const key = cacheKey(record, capability, question);
  const known = answers.get(key);
  if (known !== undefined) return known;
  const { context, at } = question;
  const answer = tokens.authorize(record.bytes, record.root, { capability, authority: holder, context, at });
  if (answer.kind !== "failed") {
    if (answers.size >= CACHE_LIMIT) answers.clear();
    answers.set(key, answer);
  }
  return answer;
};

const refusalOf = (
  id: string,
  answer: Exclude<TokenAnswer, { readonly kind: "allowed" }>,
): CapabilityRefusal => {
  if (answer.kind === "failed") return { kind: "invalid", token: id, code: answer.error.code };
  const { why, block, check } = answer;
  return block === undefined || check === undefined
    ? { kind: "not-granted", token: id, why }
    : { kind: "check-failed", token: id, block, check, why };
};

/** A token counts only under a root key its holder has bound and not retired. */
const isBound = (state: AuthorityState, { root }: TokenRecord): boolean =>
  state.keys.some(({ key, purpose, retired }) => purpose === "root" && key === root && retired === undefined);

type Said =
  | { readonly kind: "allowed" | "undecided" }
  | { readonly kind: "refused"; readonly refusal: CapabilityRefusal };

const ask = (
  frontier: Frontier,
  state: AuthorityState,
  token: KeptToken,
  capability: string,
  question: FrontierQuestion,
): Said => {
  const { record } = token;
  const { id } = record;
  const revocation = revocationOf(state.tokens, record);
  if (revocation !== undefined)
    return { kind: "refused", refusal: { kind: "revoked", token: id, reason: revocation.reason } };
  if (!isBound(state, record))
    return { kind: "refused", refusal: { kind: "invalid", token: id, code: "foreign-root" } };
  const answer = askToken(frontier, state.stream, token, capability, question);
  if (answer.kind === "allowed") return { kind: "allowed" };
  if (answer.kind === "failed" && answer.error.code === "time-out") return { kind: "undecided" };
  return { kind: "refused", refusal: refusalOf(id, answer) };
};

/**
 * What the tokens of a device admit in a context: the one it presents, and
 * those issued for that context. A capability is admitted by any of them;
 * where none does, the presented one says why.
 */
export const frontierOf = (
  frontier: Frontier,
  state: AuthorityState,
  question: FrontierQuestion,
): FrontierView => {
  const { device, context, capabilities } = question;
  const tokens = tokensFor(state.tokens, device, context);
  const versions: Record<string, number> = {
    [frontierId(device)]: frontierVersion(state.tokens, device, context),
  };
  for (const { record } of tokens) versions[record.id] = tokenVersion(state.tokens, record.id);
  const admitted: string[] = [];
  const undecided: string[] = [];
  const refusals: Record<string, CapabilityRefusal> = {};
  for (const capability of capabilities) {
    const said = tokens.map((token) => ask(frontier, state, token, capability, question));
    if (said.some(({ kind }) => kind === "allowed")) admitted.push(capability);
    else if (said.some(({ kind }) => kind === "undecided")) undecided.push(capability);
    else {
      const first = said[0];
      refusals[capability] = first?.kind === "refused" ? first.refusal : { kind: "no-token", device };
    }
  }
  return { admitted, refusals, undecided, versions };
};

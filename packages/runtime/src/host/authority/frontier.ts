import type { TokenRecord } from "@parley/wire";
import type { CapabilityRefusal } from "../../guards/denial.ts";
import type { ReadVersions } from "../../guards/guard-snapshot.ts";
import type { TokenAnswer, TokenPort } from "../../identity/token-port.ts";
import { expiryBucket, type TokenTimes, tokenTimes } from "../../identity/token-times.ts";
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

/** What the bytes of a token look at beside the capability; its record may not list it all. */
interface ReadToken {
  readonly times: TokenTimes;
  /** It answers alike in every context. */
  readonly anywhere: boolean;
}

/** A token port that remembers what it answered. */
export interface Frontier {
  readonly tokens: TokenPort;
  readonly answers: Map<string, TokenAnswer>;
  /** By the last revocation id. */
  readonly read: Map<string, ReadToken>;
}

export const newFrontier = (tokens: TokenPort): Frontier => ({ tokens, answers: new Map(), read: new Map() });

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

/** Checks that look at the time, which has its own part of the key, or at the capability alone. */
const placeless =
  /^check if (?:time_ms\(\$t\), \$t < \d+|required_capability\(\$c\), \[[^\]]*\]\.contains\(\$c\));$/;

const isFact = (line: string): boolean => !/^(?:check|reject)\b/.test(line) && !line.includes("<-");

/** Reads off the blocks themselves what an answer depends on: whoever held the token may have appended any. */
const readToken = ({ tokens, read }: Frontier, record: TokenRecord): ReadToken | undefined => {
  const id = record.revocationIds.at(-1) ?? record.bytes;
  const known = read.get(id);
  if (known !== undefined) return known;
  const seen = tokens.inspect(record.bytes, record.root);
  if (!seen.ok) return undefined;
  const { blocks } = seen.value;
  const lines = blocks.flatMap((block) => block.split("\n"));
  const anywhere =
    record.scope.kind === "contexts" && lines.every((line) => isFact(line) || placeless.test(line));
  const token = { times: tokenTimes(blocks), anywhere };
  if (read.size >= CACHE_LIMIT) read.clear();
  read.set(id, token);
  return token;
};

/**
 * Under which name an answer is kept: by the token's last revocation id, the
 * capability, the context where the token looks at it, and the stretch of time
 * in which none of its checks can change its mind (model §5).
 */
const cacheKey = (
  record: TokenRecord,
  { times, anywhere }: ReadToken,
  capability: string,
  { context, at }: FrontierQuestion,
): string => {
  const id = record.revocationIds.at(-1) ?? record.id;
  return [id, capability, anywhere ? "*" : context, expiryBucket(times, at)].join(" ");
};

/** What one token says, from the cache where it was asked before. */
export const askToken = (
  frontier: Frontier,
  holder: string,
  { record }: KeptToken,
  capability: string,
  question: FrontierQuestion,
): TokenAnswer => {
  const { tokens, answers } = frontier;
  const { context, at } = question;
  const token = readToken(frontier, record);
  const key = token && cacheKey(record, token, capability, question);
  const known = key === undefined ? undefined : answers.get(key);
  if (known !== undefined) return known;
  const answer = tokens.authorize(record.bytes, record.root, { capability, authority: holder, context, at });
  if (answer.kind !== "failed" && key !== undefined) {
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

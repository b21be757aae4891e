import type { TokenAnswerView, TokenDetail, TokenView } from "@parley/wire/http";
import { firstPartyCapabilities } from "../../identity/capability-vocabulary.ts";
import type { TokenAnswer } from "../../identity/token-port.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import type { AuthorityState } from "../streams/authority-state.ts";
import { getFrom } from "../streams/persistent-map.ts";
import { type KeptToken, revocationOf, tokenVersion } from "../streams/token-records.ts";

/** A token as lists show it. */
export const tokenView = (state: AuthorityState, { record, seq }: KeptToken): TokenView => {
  const { bytes: _bytes, parent, capabilities, checks, revocationIds, ...rest } = record;
  return {
    ...rest,
    capabilities: [...capabilities],
    checks: checks.map((check) =>
      check.kind === "capabilities" ? { kind: "capabilities" as const, only: [...check.only] } : check,
    ),
    parent: parent ?? null,
    revocationIds: [...revocationIds],
    seq,
    version: tokenVersion(state.tokens, record.id),
    presentedBy: Object.entries(state.tokens.presented).flatMap(([device, { token }]) =>
      token === record.id ? [device] : [],
    ),
    revoked: revocationOf(state.tokens, record) ?? null,
  };
};

const answerView = (capability: string, answer: TokenAnswer): TokenAnswerView => {
  const plain = { capability, block: null, check: null, retry: false };
  switch (answer.kind) {
    case "allowed":
      return { ...plain, allowed: true, why: answer.policy };
    case "refused":
      return {
        ...plain,
        allowed: false,
        why: answer.why,
        block: answer.block ?? null,
        check: answer.check ?? null,
      };
    case "failed":
      return { ...plain, allowed: false, why: answer.error.code, retry: answer.error.code === "time-out" };
  }
};

/** Stands for any context: a token of no context in particular says the same of all. */
const ANY_CONTEXT = "ctx:any";

/** A token with its blocks and what it allows, in a context and at a time. */
export const readToken = async (
  core: HostCore,
  authority: string,
  id: string,
  asked: { readonly context?: string | undefined; readonly at?: number | undefined } = {},
): Promise<Result<TokenDetail>> => {
  const state = core.authorities.get(authority)?.durable;
  if (state === undefined || state.seq < 0)
    return refused({ code: "PAR7001", kind: "not-found", what: "authority", id: authority });
  const kept = getFrom(state.tokens.tokens, id);
  if (kept === undefined) return refused({ code: "PAR7001", kind: "not-found", what: "token", id });
  const { record } = kept;
  const view = tokenView(state, kept);
  const tokens = core.authority?.frontier.tokens;
  if (tokens === undefined) return done({ ...view, bytes: record.bytes, blocks: [], allows: [] });
  const scoped = record.scope.kind === "context" ? record.scope.context : ANY_CONTEXT;
  const { context = scoped, at = core.clock.now() } = asked;
  const inspected = tokens.inspect(record.bytes, record.root);
  const names = [...new Set([...firstPartyCapabilities, ...record.capabilities])].sort();
  const question = record.scope.kind === "storage" ? { storage: record.scope.path } : { context };
  const revoked = view.revoked;
  const allows = names.map((capability) =>
    revoked === null
      ? answerView(
          capability,
          tokens.authorize(record.bytes, record.root, { capability, authority, at, ...question }),
        )
      : {
          capability,
          allowed: false,
          why: `revoked with ${revoked.token}: ${revoked.reason}`,
          block: null,
          check: null,
          retry: false,
        },
  );
  return done({
    ...view,
    bytes: record.bytes,
    blocks: inspected.ok ? [...inspected.value.blocks] : [],
    allows,
  });
};

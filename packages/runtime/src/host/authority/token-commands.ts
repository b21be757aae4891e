import type { AuthorityInput, TokenCheck, TokenRecord, TokenScope } from "@parley/wire";
import type {
  AttenuateTokenRequest,
  AuthorityView,
  IssueTokenRequest,
  PresentTokenRequest,
  TokenDetail,
} from "@parley/wire/http";
import { firstPartyCapabilities } from "../../identity/capability-vocabulary.ts";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import { newId } from "../new-id.ts";
import type { AuthorityState } from "../streams/authority-state.ts";
import { getFrom } from "../streams/persistent-map.ts";
import { type KeptToken, revocationOf } from "../streams/token-records.ts";
import { authorityCommand } from "./authority-command.ts";
import { readAuthority } from "./authority-view.ts";
import { foreignToken } from "./foreign-token.ts";
import { issueToken } from "./seat-frontier.ts";
import { badToken, tokenRefusal } from "./token-refusal.ts";
import { readToken } from "./token-view.ts";

const notFound = (what: string, id: string): { readonly ok: false; readonly error: HostError } =>
  refused({ code: "PAR7001", kind: "not-found", what, id });

const hasDevice = (state: AuthorityState, device: string): boolean =>
  state.devices.some(({ id }) => id === device);

/** When the first of a token's ends is, if it has one. */
export const expiryOf = (checks: readonly TokenCheck[]): number | undefined => {
  const ends = checks.flatMap((check) => (check.kind === "expires" ? [check.at] : []));
  return ends.length === 0 ? undefined : Math.min(...ends);
};

/** Why a token of the authority may not be used now. */
const unusable = (state: AuthorityState, { record }: KeptToken, at: number): HostError | undefined => {
  const revocation = revocationOf(state.tokens, record);
  if (revocation !== undefined)
    return {
      code: "PAR7783",
      kind: "revoked-token",
      token: record.id,
      by: revocation.token,
      reason: revocation.reason,
    };
  const expired = expiryOf(record.checks);
  return expired !== undefined && expired <= at
    ? { code: "PAR7782", kind: "expired-token", token: record.id, expired, at }
    : undefined;
};

const presented = (device: string, token: string | null): AuthorityInput => ({
  kind: "token.presented",
  device,
  token,
});

/** Issues a token to a device of the authority, signed with its root key. */
export const issueTokenCommand = (
  core: HostCore,
  caller: Caller,
  authority: string,
  request: IssueTokenRequest,
): Promise<Result<TokenDetail>> =>
  authorityCommand<TokenDetail, { readonly token: string }>(core, caller, {
    name: "issue-token",
    authority,
    request,
    plan: (state) => {
      const { device, capabilities = [...firstPartyCapabilities], present = false } = request;
      if (!hasDevice(state, device)) return notFound("device", device);
      if (core.authority === undefined) return refused({ code: "PAR7780", kind: "guards-not-judged" });
      const scope = (request.scope ?? { kind: "contexts" }) as TokenScope;
      const names = [...new Set(capabilities)].sort();
      const issued = issueToken(core, { authority, device, capabilities: names, scope });
      if (!issued.ok) return refused(badToken(issued.code, issued.detail));
      const { token } = issued;
      const more = present ? [presented(device, token.id)] : [];
      return done({ inputs: [{ kind: "token.issued", token }, ...more], receipt: { token: token.id } });
    },
    answer: ({ token }) => readToken(core, authority, token),
  });

/** Makes a narrower token out of one: the old one stays as it is. */
export const attenuateTokenCommand = (
  core: HostCore,
  caller: Caller,
  authority: string,
  asked: { readonly token: string; readonly request: AttenuateTokenRequest },
): Promise<Result<TokenDetail>> =>
  authorityCommand<TokenDetail, { readonly token: string }>(core, caller, {
    name: "attenuate-token",
    authority,
    request: asked,
    plan: (state) => {
      const { token: id, request } = asked;
      const known = getFrom(state.tokens.tokens, id);
      if (known === undefined) return notFound("token", id);
      if (core.authority === undefined) return refused({ code: "PAR7780", kind: "guards-not-judged" });
      const error = unusable(state, known, core.clock.now());
      if (error !== undefined) return refused(error);
      const { record } = known;
      const device = request.device ?? record.device;
      if (!hasDevice(state, device)) return notFound("device", device);
      const checks = request.checks as readonly TokenCheck[];
      const made = core.authority.frontier.tokens.attenuate(record.bytes, record.root, checks);
      if (!made.ok) return refused(tokenRefusal(authority, made.error));
      const token: TokenRecord = {
        ...record,
        id: newId(core.random, "tok"),
        device,
        checks: [...record.checks, ...checks],
        parent: record.id,
        ...made.value,
      };
      const more = request.present === true ? [presented(device, token.id)] : [];
      return done({ inputs: [{ kind: "token.issued", token }, ...more], receipt: { token: token.id } });
    },
    answer: ({ token }) => readToken(core, authority, token),
  });

/** Revokes a token, and with it every token made from it. */
export const revokeTokenCommand = (
  core: HostCore,
  caller: Caller,
  authority: string,
  asked: { readonly token: string; readonly reason: string },
): Promise<Result<TokenDetail>> =>
  authorityCommand<TokenDetail, null>(core, caller, {
    name: "revoke-token",
    authority,
    request: asked,
    plan: (state) => {
      const known = getFrom(state.tokens.tokens, asked.token);
      if (known === undefined) return notFound("token", asked.token);
      const revocation = revocationOf(state.tokens, known.record);
      if (revocation !== undefined) {
        const { token: by, reason } = revocation;
        return refused({ code: "PAR7783", kind: "revoked-token", token: asked.token, by, reason });
      }
      return done({ inputs: [{ kind: "token.revoked", ...asked }], receipt: null });
    },
    answer: () => readToken(core, authority, asked.token),
  });

/** What presenting a token adds: of one from elsewhere also the token, once it has proved to be the authority's own. */
const presentInputs = (
  core: HostCore,
  state: AuthorityState,
  device: string,
  request: PresentTokenRequest,
): Result<readonly AuthorityInput[]> => {
  if ("bytes" in request) {
    const foreign = foreignToken(core, state, device, request.bytes);
    if (!foreign.ok) return foreign;
    const { record, known } = foreign.value;
    const issued: AuthorityInput[] = known ? [] : [{ kind: "token.issued", token: record }];
    return done([...issued, presented(device, record.id)]);
  }
  if (request.token === null) return done([presented(device, null)]);
  const known = getFrom(state.tokens.tokens, request.token);
  if (known === undefined) return notFound("token", request.token);
  const error = unusable(state, known, core.clock.now());
  return error === undefined ? done([presented(device, request.token)]) : refused(error);
};

/** Sets the token a device presents; a foreign, expired or revoked one is refused. */
export const presentTokenCommand = (
  core: HostCore,
  caller: Caller,
  authority: string,
  asked: { readonly device: string; readonly request: PresentTokenRequest },
): Promise<Result<AuthorityView>> =>
  authorityCommand<AuthorityView, null>(core, caller, {
    name: "present-token",
    authority,
    request: asked,
    plan: (state) => {
      const { device, request } = asked;
      if (!hasDevice(state, device)) return notFound("device", device);
      if (core.authority === undefined) return refused({ code: "PAR7780", kind: "guards-not-judged" });
      const inputs = presentInputs(core, state, device, request);
      return inputs.ok ? done({ inputs: inputs.value, receipt: null }) : inputs;
    },
    answer: async () => readAuthority(core, authority),
  });

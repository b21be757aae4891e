import type { AuthorityInput, SeatBinding, TokenRecord } from "@parley/wire";
import type { OpenSessionRequest, SeatFrontier } from "@parley/wire/http";
import type { CapabilityRefusal } from "../../guards/denial.ts";
import { keyName } from "../../identity/key-port.ts";
import type { CodeImage } from "../../machine/code/image.ts";
import type { PreparedSession } from "../commands/prepare-session.ts";
import type { HostCore } from "../core.ts";
import { newId } from "../new-id.ts";
import { presentKey } from "../streams/key-records.ts";
import { frontierOf } from "./frontier.ts";

/** The capabilities that a role's edges declare, in order of the names. */
export const declaredBy = (image: CodeImage, role: string): readonly string[] => {
  const program = image.programs[image.roles.indexOf(role)];
  const declared = (program?.states ?? []).flatMap((state) =>
    state.kind === "send"
      ? state.branches.flatMap(({ annotations }) =>
          annotations.flatMap(({ key, value }) => (key === "guard_capability" ? [value] : [])),
        )
      : [],
  );
  return [...new Set(declared)].sort();
};

const reason = (refusal: CapabilityRefusal): { readonly why: string; readonly needs: string } => {
  switch (refusal.kind) {
    case "no-token":
      return { why: "The device presents no token.", needs: "Present one, or grant what is declared." };
    case "not-granted":
      return { why: `${refusal.why}.`, needs: "Issue a token that grants it, or grant what is declared." };
    case "check-failed":
      return {
        why: `Block ${refusal.block} checks ${refusal.check}.`,
        needs: "Present a token without this check, or grant what is declared.",
      };
    case "revoked":
      return { why: `The token was revoked: ${refusal.reason}.`, needs: "Issue and present a new token." };
    case "invalid":
      return { why: `The token does not verify: ${refusal.code}.`, needs: "Issue and present a new token." };
  }
};

interface Opening {
  readonly image: CodeImage;
  readonly seats: readonly SeatBinding[];
  readonly grant: OpenSessionRequest["grant"];
  /** The context the session will have; of a preview one that no token names. */
  readonly context: string;
}

/** What each seat's tokens admit of what its edges declare, seat by seat; empty where nothing is declared. */
export const seatFrontiers = (core: HostCore, opening: Opening): readonly SeatFrontier[] => {
  const { image, seats, grant, context } = opening;
  const ports = core.authority;
  const at = core.clock.now();
  return seats.flatMap(({ role, authority, device }): readonly SeatFrontier[] => {
    const capabilities = declaredBy(image, role);
    const state = core.authorities.get(authority)?.tentative;
    if (capabilities.length === 0 || ports === undefined || state === undefined) return [];
    const seen = frontierOf(ports.frontier, state, { device, context, capabilities, at });
    const rows = capabilities.map((capability) => {
      const refusal = seen.refusals[capability];
      const admitted = seen.admitted.includes(capability);
      const granted = grant === "declared" && !admitted;
      const words = admitted
        ? { why: "The token admits it.", needs: null }
        : refusal === undefined
          ? { why: "It was not judged in time.", needs: "Ask again." }
          : reason(refusal);
      return { capability, admitted, granted, ...words };
    });
    const token = state.tokens.presented[device]?.token ?? null;
    return [{ role, authority, device, token, capabilities: rows }];
  });
};

/** The limits that `budget` sets in the session's context: one from each authority to each that it sends to. */
export const limitInputs = (
  core: Pick<HostCore, "authority">,
  ready: Pick<PreparedSession, "compiled" | "seats" | "budget">,
  context: string,
): readonly { readonly authority: string; readonly input: AuthorityInput }[] => {
  const { seats, budget: limit } = ready;
  if (limit === undefined || core.authority === undefined) return [];
  const { image } = ready.compiled;
  const sitter = new Map(seats.map(({ role, authority }) => [role, authority]));
  const pairs = new Map<string, { readonly authority: string; readonly peer: string }>();
  for (const [index, role] of image.roles.entries())
    for (const state of image.programs[index]?.states ?? []) {
      if (state.kind !== "send") continue;
      for (const branch of state.branches) {
        const authority = sitter.get(role);
        const peer = sitter.get(branch.peer);
        if (authority !== undefined && peer !== undefined)
          pairs.set(`${authority} ${peer}`, { authority, peer });
      }
    }
  return [...pairs.values()].map(({ authority, peer }) => ({
    authority,
    input: { kind: "budget.limited", context, peer, limit },
  }));
};

/** A new token of an authority for a device of its own; undefined when it cannot be made. */
export const issueToken = (
  core: Pick<HostCore, "authority" | "authorities" | "random">,
  grant: Pick<TokenRecord, "device" | "capabilities" | "scope"> & { readonly authority: string },
):
  | { readonly ok: true; readonly token: TokenRecord }
  | { readonly ok: false; readonly code: string; readonly detail: string } => {
  const ports = core.authority;
  const { authority, device, capabilities, scope } = grant;
  const name = keyName("root", authority);
  const root = ports?.keys.publicKey(name);
  if (ports === undefined || root === undefined)
    return { ok: false, code: "unknown-key", detail: `there is no key ${name}` };
  const of = { issuer: authority, holder: authority, device, capabilities, scope };
  const issued = ports.frontier.tokens.issue(of, name, ports.keys);
  if (!issued.ok) return { ok: false, code: issued.error.code, detail: JSON.stringify(issued.error) };
  const id = newId(core.random, "tok");
  return { ok: true, token: { id, root, ...of, checks: [], ...issued.value } };
};

/** The tokens that `grant: "declared"` issues: one a seat, of the session's context, for what its own lack. */
export const grantInputs = (
  core: HostCore,
  ready: Pick<PreparedSession, "compiled" | "seats" | "grant">,
  context: string,
): readonly { readonly authority: string; readonly input: AuthorityInput }[] => {
  if (ready.grant !== "declared") return [];
  const { seats, compiled } = ready;
  const frontiers = seatFrontiers(core, { image: compiled.image, seats, grant: "declared", context });
  return frontiers.flatMap(({ authority, device, capabilities }) => {
    const lacking = capabilities.flatMap(({ granted, capability }) => (granted ? [capability] : []));
    if (lacking.length === 0) return [];
    const scope = { kind: "context", context } as const;
    const issued = issueToken(core, { authority, device, capabilities: lacking, scope });
    return issued.ok ? [{ authority, input: { kind: "token.issued", token: issued.token } as const }] : [];
  });
};

/** Whether an authority's keys are bound and in the key store. */
export const hasKeys = (core: Pick<HostCore, "authority" | "authorities">, authority: string): boolean => {
  const state = core.authorities.get(authority)?.tentative;
  const keys = core.authority?.keys;
  const root = state && presentKey(state.keys, "root");
  return root !== undefined && keys?.publicKey(keyName("root", authority)) === root;
};

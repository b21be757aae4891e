import type {
  LinkBoundary,
  LinkedManifest,
  OwnerCapability,
  OwnerScope,
  ReconfigurationInput,
  RuntimeUpgradeRequest,
  SessionDelegationTransfer,
} from "@parley/wire";
import type { CapabilityInventory } from "../../admission/capability-inventory.ts";
import {
  allowedBy,
  boundaryOfBundle,
  boundaryOfManifest,
  boundaryOfScope,
  checkOwner,
  fragmentsOf,
} from "../../ownership/index.ts";
import {
  type ActiveSessionDelegationError,
  missingSurface,
  resolveBoundary,
  upgradeProblem,
} from "../../reconfiguration/index.ts";
import { claimed, type HandoverState, type HandoverTrial, tryHandover } from "../streams/handover-records.ts";

/** What a handoff is asked with. */
export interface HandoffRequest {
  readonly presented: { readonly owner: string; readonly generation: number; readonly scope?: OwnerScope };
  readonly to: string;
  readonly bundle: string;
  readonly scope?: OwnerScope;
  readonly boundary?: LinkBoundary;
  readonly context?: string;
  readonly upgrade?: RuntimeUpgradeRequest;
}

/** The session it is asked of. */
export interface HandoffSubject {
  readonly session: string;
  /** The authority of its first seat. */
  readonly first: string | undefined;
  readonly manifest: LinkedManifest;
  readonly capabilities: CapabilityInventory;
  /** Its own context. */
  readonly context: string;
}

/** A handoff worked out against a state: what would be written, and whether it goes through. */
export interface HandoffPlan {
  /** The state it finds: owned, its fragments claimed. */
  readonly before: HandoverState;
  readonly held: OwnerCapability;
  readonly transfer: SessionDelegationTransfer;
  readonly boundary: LinkBoundary;
  readonly input: Omit<Delegated, "position" | "fact">;
}

type Delegated = Extract<ReconfigurationInput, { readonly kind: "session.delegated" }>;

/** A session as its next handoff finds it. */
export const foundAs = (state: HandoverState, { session, first, manifest }: HandoffSubject): HandoverState =>
  first === undefined
    ? state
    : claimed(state, {
        presented: { session, owner: first, generation: 1, scope: { kind: "session" } },
        manifest,
      });

/** Works a request out; nothing is judged yet. */
export const planHandoff = (
  state: HandoverState,
  subject: HandoffSubject,
  request: HandoffRequest,
): HandoffPlan => {
  const { session, manifest } = subject;
  const before = foundAs(state, subject);
  const held = before.owners.records.get(session) ?? {
    session,
    owner: "",
    generation: before.owners.generations.get(session) ?? 0,
    scope: { kind: "session" },
  };
  const { owner, generation } = request.presented;
  const presented = { session, owner, generation, scope: request.presented.scope ?? held.scope };
  const protocols = before.manager.controller.bundles.get(request.bundle)?.protocol_ids ?? [];
  const boundary = request.boundary ?? boundaryOfBundle(request.bundle, protocols);
  const transfer: SessionDelegationTransfer = {
    ...(request.context === undefined ? {} : { context: request.context }),
    session,
    from: owner,
    to: request.to,
    bundle: request.bundle,
    boundary,
    scope: request.scope ?? boundary.scope,
    ...(request.upgrade === undefined ? {} : { upgrade: request.upgrade }),
  };
  const context = request.context ?? subject.context;
  return {
    before,
    held,
    transfer,
    boundary,
    input: { kind: "session.delegated", presented, transfer, context, manifest },
  };
};

const invalid = (
  source: Extract<
    Extract<ActiveSessionDelegationError, { readonly variant: "Reconfiguration" }>["source"],
    { readonly variant: "InvalidLinkBoundary" }
  >["source"],
): ActiveSessionDelegationError => ({
  code: "PAR8433",
  variant: "Reconfiguration",
  source: { code: "PAR8416", variant: "InvalidLinkBoundary", source },
});

/** A bundle the session's protocol is no part of: the session can only be cut where its own manifest says. */
const foreignBundle = ({ before, transfer }: HandoffPlan, { manifest }: HandoffSubject) => {
  const bundle = before.manager.controller.bundles.get(transfer.bundle);
  if (bundle === undefined || bundle.protocol_ids.includes(manifest.protocol_id)) return undefined;
  const actual = boundaryOfManifest(manifest).bundle ?? null;
  return invalid({
    code: "PAR8324",
    variant: "LinkBoundaryBundleMismatch",
    expected: transfer.bundle,
    actual,
  });
};

/**
 * What the giver does not hold it cannot hand over, but back to somebody who
 * held it before: that owner has again what it had. And nobody hands over a
 * fragment that the session does not have.
 */
const beyondScope = (
  { before, held, transfer, boundary }: HandoffPlan,
  { session }: HandoffSubject,
): ActiveSessionDelegationError | undefined => {
  const asked = [boundary, boundaryOfScope(transfer.scope)];
  const named = asked.flatMap(({ fragments }) => fragments);
  const known = [
    ...fragmentsOf(before.fragments, session).map(({ key }) => key),
    ...boundaryOfBundle(transfer.bundle).fragments,
  ];
  const strange = [...new Set(named.filter((key) => !known.includes(key)))];
  const covers = (scope: OwnerScope): boolean => asked.every((one) => allowedBy(one, scope));
  const earlier = (before.handovers.get(session) ?? []).filter(
    ({ input }) => input.presented.owner === transfer.to,
  );
  const returned = earlier.some(({ input }) => covers(input.presented.scope));
  if (strange.length === 0 && (covers(held.scope) || returned)) return undefined;
  return invalid({
    code: "PAR8322",
    variant: "BoundaryScopeRejected",
    session,
    fragments: strange.length > 0 ? strange : boundary.fragments,
    scope: held.scope,
  });
};

/** What this host asks beside the manager's own rules. */
const ownRules = (plan: HandoffPlan, subject: HandoffSubject): ActiveSessionDelegationError | undefined =>
  foreignBundle(plan, subject) ?? beyondScope(plan, subject);

const staleOwner = ({ before, input }: HandoffPlan): ActiveSessionDelegationError | undefined => {
  const source = checkOwner(before.owners, input.presented.session, input.presented);
  return source && { code: "PAR8432", variant: "OwnerTransfer", source };
};

/** Where an entry would stand, and what may fail on purpose. */
interface Trial extends HandoverTrial {
  readonly seq: number;
  readonly at: number | undefined;
}

/** The handoff carried out on values: the state after it, or the first error that stands against it. */
export const judgeHandoff = (plan: HandoffPlan, subject: HandoffSubject, trial: Trial) => {
  const tried = tryHandover(
    plan.before,
    { ...plan.input, position: 0, fact: "" },
    { seq: trial.seq, at: trial.at },
    { capabilities: subject.capabilities, ...trial },
  );
  // Whoever owns nothing here is told so first, whatever else is wrong.
  const own = staleOwner(plan) === undefined ? ownRules(plan, subject) : undefined;
  return own === undefined ? tried : { ok: false as const, error: own };
};

const boundaryRefusals = ({ before, transfer }: HandoffPlan): readonly ActiveSessionDelegationError[] => {
  const { controller } = before.manager;
  const resolved = resolveBoundary(controller, transfer);
  if (resolved.ok) return [];
  if ("missing" in resolved)
    return [
      {
        code: "PAR8433",
        variant: "Reconfiguration",
        source: { code: "PAR8415", variant: "BundleNotRegistered", bundle_id: resolved.missing },
      },
    ];
  const again = resolveBoundary(controller, {
    ...transfer,
    ...(transfer.boundary === undefined
      ? {}
      : { boundary: { ...transfer.boundary, bundle: transfer.bundle } }),
  });
  const both = again.ok || "missing" in again || again.error.code === resolved.error.code;
  return [invalid(resolved.error), ...(both ? [] : [invalid(again.error)])];
};

const upgradeRefusal = ({ before, transfer }: HandoffPlan): readonly ActiveSessionDelegationError[] => {
  const { bundle, upgrade } = transfer;
  const snapshot = before.manager.controller.upgrades.get(bundle);
  const reason = upgrade && snapshot && upgradeProblem(snapshot, upgrade);
  if (reason === undefined) return [];
  const source = { code: "PAR8407", variant: "InvalidRuntimeUpgrade", bundle, reason } as const;
  return [
    {
      code: "PAR8433",
      variant: "Reconfiguration",
      source: { code: "PAR8418", variant: "RuntimeUpgrade", source },
    },
  ];
};

/** Every reason against a handoff at once, in the order in which they would be met; none when it goes through. */
export const handoffRefusals = (
  plan: HandoffPlan,
  subject: HandoffSubject,
  trial: Trial,
): readonly ActiveSessionDelegationError[] => {
  const manager = { ...plan.before.manager, capabilities: subject.capabilities };
  const lacking = missingSurface(manager, "session delegation");
  const found: readonly (ActiveSessionDelegationError | undefined)[] = [
    ...boundaryRefusals(plan),
    staleOwner(plan),
    foreignBundle(plan, subject),
    beyondScope(plan, subject),
    lacking && { code: "PAR8433", variant: "Reconfiguration", source: lacking },
    ...upgradeRefusal(plan),
  ];
  const reasons = found.filter((one) => one !== undefined);
  if (reasons.length > 0) return reasons;
  const judged = judgeHandoff(plan, subject, trial);
  return judged.ok ? [] : [judged.error];
};

import type { ComposedBundle, OwnerCapability, ReconfigurationInput } from "@parley/wire";
import {
  type CapabilityInventory,
  fullContracts,
  inventoryOf,
} from "../../admission/capability-inventory.ts";
import {
  claimManifest,
  claimOwner,
  emptyFragments,
  emptyOwners,
  type FragmentRegistry,
  type OwnerRegistry,
  ownerOf,
  releaseFragments,
  releaseOwner,
  sessionScope,
} from "../../ownership/index.ts";
import {
  type ActiveOwner,
  classOfSession,
  type DelegationReceipt,
  type DelegationWitness,
  delegateActiveSession,
  executeRuntimeUpgrade,
  footprintOf,
  forgetEndedSession,
  linkManagedBundles,
  type OwnedSessions,
  type ReconfigurationManager,
  reconfigurationManager,
  recordNativeSession,
  registerManagedBundle,
  type SessionDelegationFact,
  seedRuntimeUpgrade,
  type UpgradeExecution,
  valueOwner,
} from "../../reconfiguration/index.ts";

/** Where an entry stands in the workspace's stream. */
export interface Noted {
  readonly seq: number;
  readonly at: number;
}

type Delegated = Extract<ReconfigurationInput, { readonly kind: "session.delegated" }>;

/** One handoff that was carried out. */
export interface Handover extends Noted {
  readonly input: Delegated;
  readonly receipt: DelegationReceipt;
  readonly witness: DelegationWitness;
}

/** An owner that gave a session up when it ended. */
export interface Released extends Noted {
  readonly owner: OwnerCapability;
  readonly position: number;
}

/** One upgrade of a bundle that was tried: by itself, or with the handoff of a session. */
export interface TriedUpgrade extends Noted {
  readonly bundle: string;
  readonly execution: UpgradeExecution;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly session?: string;
}

/** How a bundle came to be. */
export interface BundleRecord extends Noted {
  readonly origin: "generated" | "registered" | "linked";
  readonly linkedFrom?: readonly [left: string, right: string];
}

/** Who owns what was handed over, and the runtime it runs on: the fold of the workspace's entries about it. */
export interface HandoverState {
  readonly owners: OwnerRegistry;
  readonly fragments: FragmentRegistry;
  /** With every surface: whether one was there was asked before the entry was made. */
  readonly manager: ReconfigurationManager;
  /** By session, oldest first; sessions in the order of their first handoff. */
  readonly handovers: ReadonlyMap<string, readonly Handover[]>;
  /** By session. */
  readonly released: ReadonlyMap<string, Released>;
  readonly bundles: ReadonlyMap<string, BundleRecord>;
  /** Oldest first. */
  readonly upgrades: readonly TriedUpgrade[];
}

const allSurfaces = inventoryOf(fullContracts);

export const noHandovers: HandoverState = {
  owners: emptyOwners,
  fragments: emptyFragments,
  manager: reconfigurationManager(allSurfaces, []),
  handovers: new Map(),
  released: new Map(),
  bundles: new Map(),
  upgrades: [],
};

/** The owner of a session: who it was handed to, else whoever it began with. */
export const ownerCapability = ({ owners }: HandoverState, session: string, first: string): OwnerCapability =>
  ownerOf(owners, session) ?? { session, owner: first, generation: 1, scope: sessionScope };

/** The state in which a session's first handoff finds it: owned whole, its fragments claimed, native where it began. */
export const claimed = (
  state: HandoverState,
  { presented, manifest }: Pick<Delegated, "presented" | "manifest">,
): HandoverState => {
  const { session, owner } = presented;
  if (ownerOf(state.owners, session) !== undefined) return state;
  const owners = claimOwner(state.owners, session, owner);
  const fragments = claimManifest(state.fragments, session, owner, manifest);
  if (!owners.ok || !fragments.ok) return state;
  const known = classOfSession(footprintOf(state.manager.controller, owner), session) !== undefined;
  return {
    ...state,
    owners: owners.owners,
    fragments: fragments.fragments,
    manager: known ? state.manager : recordNativeSession(state.manager, owner, session),
  };
};

/** What stands between a handoff and its ports; all absent in the fold. */
export interface HandoverTrial {
  /** What the runtime of the session can do. */
  readonly capabilities?: CapabilityInventory;
  readonly persist?: (fact: SessionDelegationFact) => string | undefined;
  /** Stands in for the owner or the manager, to fail on purpose. */
  readonly owner?: (owner: ActiveOwner) => ActiveOwner;
  readonly manager?: (manager: ReconfigurationManager) => ReconfigurationManager;
}

const upgradeOf = (
  { witness, receipt }: Pick<Handover, "witness" | "receipt">,
  before: readonly string[],
  noted: Noted,
): readonly TriedUpgrade[] => {
  const { upgradeExecution: execution, upgradeSnapshot } = witness;
  if (execution === undefined) return [];
  const after = upgradeSnapshot?.active_members ?? [];
  return [{ ...noted, bundle: witness.bundle, execution, before, after, session: receipt.session_id }];
};

/** The same handoff again, of values: what the live one was tried upon before its entry was made. */
export const tryHandover = (
  state: HandoverState,
  input: Delegated,
  { seq, at }: { readonly seq: number; readonly at: number | undefined },
  trial: HandoverTrial = {},
) => {
  const { presented, transfer, context } = input;
  const before = claimed(state, input);
  const held: OwnedSessions = { owners: before.owners, fragments: before.fragments };
  const owner = valueOwner(held, presented.session);
  const manager = { ...before.manager, capabilities: trial.capabilities ?? allSurfaces };
  const result = delegateActiveSession(
    trial.manager?.(manager) ?? manager,
    trial.owner?.(owner) ?? owner,
    presented,
    transfer,
    {
      now: () => at,
      defaultContext: () => context,
      persist: trial.persist ?? (() => undefined),
    },
  );
  if (!result.ok) return { ok: false as const, error: result.error };
  const { receipt, witness } = result;
  const handover: Handover = { seq, at: receipt.delegated_at, input, receipt, witness };
  const session = presented.session;
  const members = before.manager.controller.upgrades.get(transfer.bundle)?.active_members ?? [];
  const next: HandoverState = {
    ...before,
    owners: held.owners,
    fragments: held.fragments,
    manager: { ...result.manager, capabilities: allSurfaces },
    handovers: new Map(before.handovers).set(session, [...(before.handovers.get(session) ?? []), handover]),
    upgrades: [...before.upgrades, ...upgradeOf(handover, members, { seq, at: handover.at })],
  };
  return { ok: true as const, result, handover, state: next };
};

const release = (
  state: HandoverState,
  { session, position }: Extract<ReconfigurationInput, { readonly kind: "owner.released" }>,
  noted: Noted,
): HandoverState => {
  const held = ownerOf(state.owners, session);
  if (held === undefined) return state;
  const released = releaseOwner(state.owners, held);
  return {
    ...state,
    owners: released.ok ? released.owners : state.owners,
    fragments: releaseFragments(state.fragments, session).fragments,
    manager: forgetEndedSession(state.manager, session),
    released: new Map(state.released).set(session, { ...noted, owner: held, position }),
  };
};

const upgraded = (
  state: HandoverState,
  { bundle, request }: Extract<ReconfigurationInput, { readonly kind: "upgrade.executed" }>,
  noted: Noted,
): HandoverState => {
  const before = state.manager.controller.upgrades.get(bundle);
  const { manager } = executeRuntimeUpgrade(state.manager, bundle, request);
  const after = manager.controller.upgrades.get(bundle);
  const execution = after?.history.at(-1);
  if (execution === undefined || after === before) return { ...state, manager };
  const tried: TriedUpgrade = {
    ...noted,
    bundle,
    execution,
    before: before?.active_members ?? [],
    after: after?.active_members ?? [],
  };
  return { ...state, manager, upgrades: [...state.upgrades, tried] };
};

const withBundle = (
  state: HandoverState,
  { ok, manager }: { readonly ok: boolean; readonly manager: ReconfigurationManager },
  bundle: ComposedBundle["bundle_id"],
  record: BundleRecord,
): HandoverState => (ok ? { ...state, manager, bundles: new Map(state.bundles).set(bundle, record) } : state);

/** One step of the fold; what was refused is no entry, so nothing here is. `noted` is where the entry stands. */
export const foldHandover = (
  state: HandoverState,
  input: ReconfigurationInput,
  noted: Noted,
): HandoverState => {
  switch (input.kind) {
    case "session.delegated": {
      const tried = tryHandover(state, input, noted);
      return tried.ok ? tried.state : state;
    }
    case "owner.released":
      return release(state, input, noted);
    case "bundle.registered": {
      const { bundle, generated } = input;
      const registered = registerManagedBundle(state.manager, bundle);
      const origin = generated === true ? "generated" : "registered";
      return withBundle(state, registered, bundle.bundle_id, { ...noted, origin });
    }
    case "bundles.linked": {
      const { left, right, linked } = input;
      const made = linkManagedBundles(state.manager, left, right, linked);
      return withBundle(state, made, linked, { ...noted, origin: "linked", linkedFrom: [left, right] });
    }
    case "upgrade.seeded":
      return { ...state, manager: seedRuntimeUpgrade(state.manager, input.bundle, input.members).manager };
    case "upgrade.executed":
      return upgraded(state, input, noted);
  }
};

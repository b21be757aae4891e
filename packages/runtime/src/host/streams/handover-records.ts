import type { OwnerCapability, ReconfigurationInput } from "@parley/wire";
import { fullContracts, inventoryOf } from "../../admission/capability-inventory.ts";
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
  seedRuntimeUpgrade,
  valueOwner,
} from "../../reconfiguration/index.ts";

/** One handoff that was carried out. */
export interface Handover {
  readonly at: number;
  readonly receipt: DelegationReceipt;
  readonly witness: DelegationWitness;
}

/** Who owns what was handed over, and the runtime it runs on: the fold of the workspace's entries about it. */
export interface HandoverState {
  readonly owners: OwnerRegistry;
  readonly fragments: FragmentRegistry;
  /** With every surface: whether one was there was asked before the entry was made. */
  readonly manager: ReconfigurationManager;
  /** Oldest first. */
  readonly handovers: readonly Handover[];
}

export const noHandovers: HandoverState = {
  owners: emptyOwners,
  fragments: emptyFragments,
  manager: reconfigurationManager(inventoryOf(fullContracts), []),
  handovers: [],
};

/** The owner of a session: who it was handed to, else whoever it began with. */
export const ownerCapability = ({ owners }: HandoverState, session: string, first: string): OwnerCapability =>
  ownerOf(owners, session) ?? { session, owner: first, generation: 1, scope: sessionScope };

type Delegated = Extract<ReconfigurationInput, { readonly kind: "session.delegated" }>;

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

/** The same handoff again, of values: what the live one was tried upon before its entry was made. */
export const tryHandover = (
  state: HandoverState,
  { presented, transfer, context, manifest }: Omit<Delegated, "kind">,
  at: number | undefined,
  persist: () => string | undefined = () => undefined,
) => {
  const before = claimed(state, { presented, manifest });
  const held: OwnedSessions = { owners: before.owners, fragments: before.fragments };
  const result = delegateActiveSession(
    before.manager,
    valueOwner(held, presented.session),
    presented,
    transfer,
    { now: () => at, defaultContext: () => context, persist },
  );
  return result.ok
    ? {
        ok: true as const,
        result,
        state: {
          owners: held.owners,
          fragments: held.fragments,
          manager: result.manager,
          handovers: [
            ...before.handovers,
            { at: result.receipt.delegated_at, receipt: result.receipt, witness: result.witness },
          ],
        },
      }
    : { ok: false as const, error: result.error };
};

const release = (state: HandoverState, session: string): HandoverState => {
  const held = ownerOf(state.owners, session);
  const released = held && releaseOwner(state.owners, held);
  return {
    ...state,
    owners: released?.ok ? released.owners : state.owners,
    fragments: releaseFragments(state.fragments, session).fragments,
    manager: forgetEndedSession(state.manager, session),
  };
};

/** One step of the fold; what was refused is no entry, so nothing here is. */
export const foldHandover = (
  state: HandoverState,
  input: ReconfigurationInput,
  at: number,
): HandoverState => {
  switch (input.kind) {
    case "session.delegated": {
      const tried = tryHandover(state, input, at);
      return tried.ok ? tried.state : state;
    }
    case "owner.released":
      return release(state, input.session);
    case "bundle.registered":
      return { ...state, manager: registerManagedBundle(state.manager, input.bundle).manager };
    case "bundles.linked":
      return {
        ...state,
        manager: linkManagedBundles(state.manager, input.left, input.right, input.linked).manager,
      };
    case "upgrade.seeded":
      return { ...state, manager: seedRuntimeUpgrade(state.manager, input.bundle, input.members).manager };
    case "upgrade.executed":
      return { ...state, manager: executeRuntimeUpgrade(state.manager, input.bundle, input.request).manager };
  }
};

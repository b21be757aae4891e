import type { SessionPin } from "@parley/wire";
import type { HostCore } from "../core.ts";
import { contextOf } from "../streams/context-state.ts";
import {
  foldHandover,
  type Handover,
  type HandoverState,
  noHandovers,
  type Released,
} from "../streams/handover-records.ts";
import { foundAs, type HandoffSubject } from "./plan-handoff.ts";
import { inventoryOfSession, manifestOfSession } from "./session-runtime.ts";

/** Who owned a session at a position. */
export interface OwnershipAt {
  readonly subject: HandoffSubject;
  /** Owners, fragments and footprints as far as this session goes. */
  readonly state: HandoverState;
  /** Up to there, oldest first. */
  readonly handovers: readonly Handover[];
  /** Set where it had been given up by then. */
  readonly released: Released | undefined;
}

/** A session's own handoffs again, without the upgrades that came with them. */
const foldOwn = (
  all: HandoverState,
  subject: HandoffSubject,
  handovers: readonly Handover[],
): HandoverState => {
  const { controller } = all.manager;
  const start: HandoverState = {
    ...noHandovers,
    manager: {
      ...noHandovers.manager,
      controller: { ...controller, footprints: new Map(), delegations: [] },
    },
  };
  return handovers.reduce(
    (state, { input, seq, at }) => {
      const { upgrade: _upgrade, ...transfer } = input.transfer;
      return foldHandover(state, { ...input, transfer }, { seq, at });
    },
    foundAs(start, subject),
  );
};

/** The ownership of a session at a position of it, as far as it is durable. */
export const ownershipAt = (
  core: HostCore,
  session: string,
  pin: Pick<SessionPin, "seats" | "runtime">,
  position: number,
): OwnershipAt | undefined => {
  const record = core.workspace.durable.sessions.get(session);
  if (record === undefined) return undefined;
  const all = core.workspace.durable.handover;
  const subject: HandoffSubject = {
    session,
    first: pin.seats[0]?.authority,
    manifest: manifestOfSession(core, record),
    capabilities: inventoryOfSession(pin),
    context: contextOf(session),
  };
  const handovers = (all.handovers.get(session) ?? []).filter(({ input }) => input.position <= position);
  const released = all.released.get(session);
  return {
    subject,
    state: foldOwn(all, subject, handovers),
    handovers,
    released: released !== undefined && released.position <= position ? released : undefined,
  };
};

/** The session whose ownership a what-if looks at: the one it was made of, up to where. */
export const rootSession = (
  core: Pick<HostCore, "workspace">,
  id: string,
  at: number,
): { readonly id: string; readonly at: number } => {
  const parent = core.workspace.durable.sessions.get(id)?.parent;
  return parent === null || parent === undefined
    ? { id, at }
    : rootSession(core, parent.id, Math.min(at, parent.at));
};

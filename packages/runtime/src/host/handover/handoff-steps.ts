import type { ActiveOwner, ReconfigurationManager } from "../../reconfiguration/index.ts";
import { forgetEndedSession, recordNativeSession } from "../../reconfiguration/index.ts";
import type { HandoverTrial } from "../streams/handover-records.ts";

/** The steps of a handoff, in order; a test may let it fail at any of them. */
export const handoffSteps = [
  "time",
  "owner",
  "fragments",
  "footprint",
  "coherence",
  "fact",
  "receipt",
  "rollback",
] as const;

export type HandoffStep = (typeof handoffSteps)[number];

const failingOwner = (owner: ActiveOwner, at: HandoffStep): ActiveOwner => {
  const { session } = owner;
  switch (at) {
    case "owner":
      return { ...owner, handOver: () => ({ code: "PAR8301", variant: "MissingOwner", session }) };
    case "fragments":
      return {
        ...owner,
        handOver: (presented, to, scope) => {
          // The owner has moved already when the fragments do not.
          owner.handOver(presented, to, scope);
          owner.restore();
          return { code: "PAR8313", variant: "SessionMissing", session };
        },
      };
    case "rollback":
      return { ...owner, restore: () => "the owner was not put back" };
    default:
      return owner;
  }
};

const failingManager = (
  manager: ReconfigurationManager,
  session: string,
  at: HandoffStep,
): ReconfigurationManager => {
  switch (at) {
    case "footprint":
      return forgetEndedSession(manager, session);
    case "coherence":
      return recordNativeSession(manager, "nobody", session);
    default:
      return manager;
  }
};

/** What makes a handoff of a session fail at a step, on purpose. */
export const failingAt = (step: HandoffStep | undefined, session: string): HandoverTrial =>
  step === undefined
    ? {}
    : {
        owner: (owner) => failingOwner(owner, step),
        manager: (manager) => failingManager(manager, session, step),
        ...(step === "fact" || step === "rollback"
          ? { persist: () => "the fact was not kept: made to fail" }
          : {}),
      };

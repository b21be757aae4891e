import type { HandoffStage } from "@parley/wire";
import type { ActiveOwner, ReconfigurationManager } from "../../reconfiguration/index.ts";
import { forgetEndedSession, recordNativeSession } from "../../reconfiguration/index.ts";
import type { HandoverTrial } from "../streams/handover-records.ts";

const failingOwner = (owner: ActiveOwner, at: HandoffStage): ActiveOwner => {
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
  at: HandoffStage,
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

/**
 * What stands between a handoff and its ports so that it fails at a stage on
 * request. `time` and `receipt` are not met here: the clock is read before the
 * trial, the receipts are signed after it.
 */
export const failHandoffAt = (stage: HandoffStage, session: string): HandoverTrial => ({
  owner: (owner) => failingOwner(owner, stage),
  manager: (manager) => failingManager(manager, session, stage),
  ...(stage === "fact" || stage === "rollback"
    ? { persist: () => "the fact was not kept: made to fail" }
    : {}),
});

import type { StoredEntry } from "@parley/wire";
import { deriveAuthority } from "./derive-authority.ts";
import { deriveContext } from "./derive-context.ts";
import { deriveFork, deriveOpen, deriveStep } from "./derive-session.ts";
import { deriveWorkspace } from "./derive-workspace.ts";
import type { DerivedChange } from "./derived-change.ts";
import type { DerivedLook } from "./derived-look.ts";

/**
 * What one entry changes in the derived tables: a pure function of the entry,
 * its stream and its commit number, and of the rows as the entries before left
 * them, so that folding the streams again in commit order gives the same tables.
 */
export const deriveEntry = (stored: StoredEntry, look: DerivedLook): readonly DerivedChange[] => {
  const { input } = stored.entry;
  switch (input.kind) {
    case "open":
      return deriveOpen(stored, input);
    case "fork":
      return deriveFork(stored, input);
    case "advance":
    case "decide":
    case "payload":
    case "timer":
    case "clock":
    case "inject":
    case "topology":
    case "pause":
    case "resume":
    case "cancel":
    case "delegate":
    case "upgrade":
    case "close":
      return deriveStep(stored);
    case "authority.created":
    case "device.added":
    case "key.bound":
    case "key.retired":
    case "key.rotated":
    case "authority.facts":
    case "token.issued":
    case "token.presented":
    case "token.revoked":
    case "budget.limited":
    case "budget.allotted":
    case "budget.replenished":
    case "budget.epoch":
    case "budget.removed":
    case "leakage.limited":
    case "leakage.reset":
    case "sends.settled":
    case "handoff.signed":
    case "group.prepared":
    case "group.committed":
    case "group.rolledBack":
      return deriveAuthority(stored, input, look);
    case "context.created":
    case "fact.recorded":
    case "replica.joined":
    case "facts.added":
    case "replicas.parted":
    case "replicas.healed":
    case "replicas.synced":
    case "sync.tried":
      return deriveContext(stored, input, look);
    default:
      return deriveWorkspace(stored, input, look);
  }
};

import type { StoredEntry } from "@parley/wire";
import { deriveFork, deriveOpen, deriveStep } from "./derive-session.ts";
import { deriveWorkspace } from "./derive-workspace.ts";
import type { DerivedChange } from "./derived-change.ts";

/**
 * What one entry changes in the derived tables: a pure function of the entry,
 * its stream and its commit number, so that folding the streams again in commit
 * order gives the same tables.
 */
export const deriveEntry = (stored: StoredEntry): readonly DerivedChange[] => {
  const { entry, stream, commit } = stored;
  const { input } = entry;
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
      return [
        {
          op: "put",
          table: "authorities",
          row: { id: stream, name: input.name, hue: input.hue, created: entry.at, commit },
        },
      ];
    case "device.added":
      return [
        {
          op: "put",
          table: "devices",
          row: { authority: stream, device: input.device, name: input.name, added: entry.at, commit },
        },
      ];
    case "context.created":
      return [
        { op: "put", table: "contexts", row: { id: stream, title: input.title, created: entry.at, commit } },
      ];
    case "key.bound":
    case "key.retired":
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
    case "fact.recorded":
    case "replica.joined":
    case "facts.added":
    case "replicas.parted":
    case "replicas.healed":
    case "replicas.synced":
    case "sync.tried":
      // No table is made of these.
      return [];
    default:
      return deriveWorkspace(stored, input);
  }
};

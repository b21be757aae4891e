import type { AuthorityInput, StoredEntry } from "@parley/wire";
import { deriveBudget, deriveCharges, deriveEpoch } from "./derive-budget.ts";
import { deriveFacts } from "./derive-facts.ts";
import { deriveGroup, deriveKey, deriveRotation } from "./derive-key.ts";
import { deriveToken } from "./derive-token.ts";
import type { DerivedChange } from "./derived-change.ts";
import type { DerivedLook } from "./derived-look.ts";

type LeakageInput = Extract<AuthorityInput, { readonly kind: "leakage.limited" | "leakage.reset" }>;

const leakage = (
  { stream: authority, entry, commit }: StoredEntry,
  input: LeakageInput,
): readonly DerivedChange[] => {
  const row = { authority, context: input.context, seq: entry.seq, commit };
  return input.kind === "leakage.limited"
    ? [{ op: "put", table: "leakages", row: { ...row, ...input.limits } }]
    : [{ op: "put", table: "leakages", row: { ...row, reset: entry.at } }];
};

/** What an entry of an authority's stream changes. The authority's id is the name of its stream. */
export const deriveAuthority = (
  stored: StoredEntry,
  input: AuthorityInput,
  look: DerivedLook,
): readonly DerivedChange[] => {
  const { stream, entry, commit } = stored;
  switch (input.kind) {
    case "authority.created": {
      const row = { id: stream, name: input.name, hue: input.hue, created: entry.at, commit };
      return [{ op: "put", table: "authorities", row }];
    }
    case "device.added": {
      const row = { authority: stream, device: input.device, name: input.name, added: entry.at, commit };
      return [{ op: "put", table: "devices", row }];
    }
    case "key.bound":
    case "key.retired":
      return deriveKey(stored, input, look);
    case "key.rotated":
      return deriveRotation(stored, input, look);
    case "authority.facts":
      return deriveFacts(stored, input.facts);
    case "token.issued":
    case "token.presented":
    case "token.revoked":
      return deriveToken(stored, input, look);
    case "budget.limited":
    case "budget.allotted":
    case "budget.replenished":
    case "budget.removed":
      return deriveBudget(stored, input, look);
    case "budget.epoch":
      return deriveEpoch(stored, input.epoch, look);
    case "leakage.limited":
    case "leakage.reset":
      return leakage(stored, input);
    case "sends.settled":
      return deriveCharges(stored, input.batch.charges, look);
    case "handoff.signed":
      // The handoff itself is a row of the workspace's entry.
      return [];
    case "group.prepared":
    case "group.committed":
    case "group.rolledBack":
      return deriveGroup(stored, input, look);
  }
};

import type { AuthorityInput, StoredEntry } from "@parley/wire";
import { deriveEpoch } from "./derive-budget.ts";
import type { DerivedChange } from "./derived-change.ts";
import type { DerivedLook } from "./derived-look.ts";

type KeyInput = Extract<AuthorityInput, { readonly kind: "key.bound" | "key.retired" }>;
type GroupInput = Extract<AuthorityInput, { readonly kind: `group.${string}` }>;

/** A key that is bound, once; or retired, which it is once, too. */
export const deriveKey = (
  { stream: authority, commit }: StoredEntry,
  input: KeyInput,
  look: DerivedLook,
): readonly DerivedChange[] => {
  const { key } = input;
  if (input.kind === "key.bound") {
    const { purpose, epoch, device = "" } = input;
    const row = { authority, key, purpose, device, epoch, retired: null, reason: null, commit };
    return [{ op: "put", table: "keys", row, update: [] }];
  }
  const [epoch] = look("epochs", { authority });
  return look("keys", { authority, key })
    .filter(({ retired }) => (retired ?? null) === null)
    .map(({ purpose, device }) => ({
      op: "patch",
      table: "keys",
      key: { authority, key, purpose, device },
      set: { retired: epoch?.epoch ?? 0, reason: input.reason, commit },
    }));
};

/** A key in place of another, with the epoch it begins. */
export const deriveRotation = (
  stored: StoredEntry,
  input: Extract<AuthorityInput, { readonly kind: "key.rotated" }>,
  look: DerivedLook,
): readonly DerivedChange[] => {
  const { stream: authority, commit } = stored;
  const { device, epoch, reason } = input;
  const begun = deriveEpoch(stored, epoch, look);
  const of = { authority, purpose: "device", device } as const;
  const [old] = look("keys", { ...of, key: input.replaces });
  if (old === undefined || (old.retired ?? null) !== null) return begun;
  if (look("keys", { ...of, key: input.key }).length > 0) return begun;
  const row = { ...of, key: input.key, epoch, retired: null, reason: null, commit };
  return [
    {
      op: "patch",
      table: "keys",
      key: { ...of, key: input.replaces },
      set: { retired: epoch - 1, reason, commit },
    },
    { op: "put", table: "keys", row, update: [] },
    ...begun,
  ];
};

/** A key held together: prepared, then signing in place of the one before it, or forgotten. */
export const deriveGroup = (
  { stream: authority, entry, commit }: StoredEntry,
  input: GroupInput,
  look: DerivedLook,
): readonly DerivedChange[] => {
  const { ceremony } = input;
  const { seq } = entry;
  if (input.kind === "group.prepared") {
    const { of: purpose, context, epoch, group } = input;
    const { publicKey, threshold } = group;
    const key = { authority, ceremony, purpose, context, epoch, publicKey, threshold };
    return [{ op: "put", table: "group_keys", row: { ...key, state: "prepared", seq, commit } }];
  }
  const [found] = look("group_keys", { authority, ceremony });
  if (found?.state !== "prepared") return [];
  const { purpose, context } = found;
  const patch = (one: string, state: "active" | "retired" | "forgotten"): DerivedChange => ({
    op: "patch",
    table: "group_keys",
    key: { authority, ceremony: one },
    set: { state, seq, commit },
  });
  if (input.kind === "group.rolledBack") return [patch(ceremony, "forgotten")];
  const before = look("group_keys", { authority, purpose, context, state: "active" });
  return [...before.map((one) => patch(one.ceremony, "retired")), patch(ceremony, "active")];
};

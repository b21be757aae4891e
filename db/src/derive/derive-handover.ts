import { boundariesOfManifest, executeUpgrade, seedUpgrade, unseeded } from "@parley/runtime/derived";
import type { ReconfigurationInput, RuntimeUpgradeRequest, StoredEntry } from "@parley/wire";
import type { DerivedChange } from "./derived-change.ts";
import type { DerivedLook } from "./derived-look.ts";

type InputOf<K extends ReconfigurationInput["kind"]> = Extract<ReconfigurationInput, { readonly kind: K }>;
type Delegated = InputOf<"session.delegated">;

const footprint = (
  authority: string,
  session: string,
  where: "native" | "delegatedIn" | "delegatedOut",
  commit: number,
): DerivedChange => ({
  op: "put",
  table: "footprints",
  row: { authority, session, class: where, commit },
});

/** A session that was never handed over begins whole, with whoever hands it over first. */
const fragmentsOf = (
  { commit }: StoredEntry,
  { presented, manifest }: Delegated,
  to: string,
): readonly DerivedChange[] => {
  const { session } = presented;
  return boundariesOfManifest(manifest).flatMap(({ bundle = null, fragments }) =>
    fragments.map((fragment) => ({
      op: "put",
      table: "fragments",
      row: { session, fragment, owner: to, protocol: manifest.protocol_id, bundle, commit },
    })),
  );
};

/** Whoever gave the session to the giver has no more to do with it. */
const footprints = (
  { commit }: StoredEntry,
  { session, from, to }: Delegated["transfer"],
  look: DerivedLook,
): readonly DerivedChange[] => {
  const held = look("footprints", { session });
  const borrowed = held.some((one) => one.authority === from && one.class === "delegatedIn");
  const out = held.filter((one) => borrowed && one.authority !== from && one.class === "delegatedOut");
  return [
    ...out.map(
      ({ authority }): DerivedChange => ({ op: "drop", table: "footprints", key: { authority, session } }),
    ),
    footprint(from, session, "delegatedOut", commit),
    footprint(to, session, "delegatedIn", commit),
  ];
};

const upgraded = (
  { commit, entry }: StoredEntry,
  bundle: string,
  request: RuntimeUpgradeRequest,
  session: string | null,
  look: DerivedLook,
): readonly DerivedChange[] => {
  const [runtime] = look("runtimes", { bundle });
  const members = JSON.parse(runtime?.members ?? "[]") as readonly string[];
  // One that nobody was put on is not tried.
  if (runtime === undefined || members.length === 0) return [];
  const before = { ...unseeded, epoch: runtime.epoch, active_members: members };
  const { snapshot, reason } = executeUpgrade(bundle, before, request);
  const after = JSON.stringify(snapshot.active_members);
  return [
    { op: "put", table: "runtimes", row: { bundle, epoch: snapshot.epoch, members: after, commit } },
    {
      op: "put",
      table: "upgrades",
      row: {
        commit,
        bundle,
        upgrade: request.upgrade_id,
        plan: request.plan.plan_id,
        session,
        outcome: reason === undefined ? "committed" : "failed",
        reason: reason ?? null,
        before: runtime.members,
        after,
        at: entry.at,
      },
    },
  ];
};

const delegated = (stored: StoredEntry, input: Delegated, look: DerivedLook): readonly DerivedChange[] => {
  const { commit, entry } = stored;
  const { presented, transfer, context, position, fact } = input;
  const { session, from: giver, to: receiver, bundle, upgrade } = transfer;
  const generation = presented.generation + 1;
  const scope = JSON.stringify(transfer.scope);
  const { at } = entry;
  const owner = { session, owner: receiver, generation, scope, state: "held" as const, at, commit };
  const row = { commit, session, giver, receiver, bundle, context, generation, scope, fact, position, at };
  const [held] = look("owners", { session });
  const moved: readonly DerivedChange[] =
    held?.state === "held"
      ? [{ op: "patch", table: "fragments", key: { session }, set: { owner: receiver, commit } }]
      : fragmentsOf(stored, input, receiver);
  return [
    { op: "put", table: "owners", row: owner },
    ...moved,
    ...footprints(stored, transfer, look),
    { op: "put", table: "delegations", row },
    ...(upgrade === undefined ? [] : upgraded(stored, bundle, upgrade, session, look)),
  ];
};

const registered = (
  { commit, entry }: StoredEntry,
  { bundle, generated }: InputOf<"bundle.registered">,
): readonly DerivedChange[] => {
  const { bundle_id: id, protocol_ids, exports, imports } = bundle;
  const row = {
    id,
    origin: generated === true ? ("generated" as const) : ("registered" as const),
    protocols: JSON.stringify(protocol_ids),
    exports: JSON.stringify(exports),
    imports: JSON.stringify(imports),
    at: entry.at,
    commit,
  };
  return [
    { op: "put", table: "bundles", row, update: [] },
    { op: "put", table: "runtimes", row: { bundle: id, epoch: 0, members: "[]", commit }, update: [] },
  ];
};

const names = (...lists: readonly string[]): readonly string[] =>
  lists.flatMap((list) => JSON.parse(list) as readonly string[]);

const sortedNames = (...lists: readonly string[]): string =>
  JSON.stringify([...new Set(names(...lists))].sort());

const linked = (
  { commit, entry }: StoredEntry,
  { left, right, linked: id }: InputOf<"bundles.linked">,
  look: DerivedLook,
): readonly DerivedChange[] => {
  const [one] = look("bundles", { id: left });
  const [other] = look("bundles", { id: right });
  if (one === undefined || other === undefined) return [];
  const row = {
    id,
    origin: "linked" as const,
    left,
    right,
    protocols: JSON.stringify(names(one.protocols, other.protocols)),
    exports: sortedNames(one.exports, other.exports),
    imports: sortedNames(one.imports, other.imports),
    at: entry.at,
    commit,
  };
  return [
    { op: "put", table: "bundles", row, update: [] },
    { op: "put", table: "runtimes", row: { bundle: id, epoch: 0, members: "[]", commit }, update: [] },
  ];
};

/** What an entry about owners, bundles and runtimes changes. */
export const deriveHandover = (
  stored: StoredEntry,
  input: ReconfigurationInput,
  look: DerivedLook,
): readonly DerivedChange[] => {
  const { commit } = stored;
  switch (input.kind) {
    case "session.delegated":
      return delegated(stored, input, look);
    case "owner.released": {
      const { session } = input;
      return [
        { op: "patch", table: "owners", key: { session }, set: { state: "released", commit } },
        { op: "drop", table: "fragments", key: { session } },
        { op: "drop", table: "footprints", key: { session } },
      ];
    }
    case "bundle.registered":
      return registered(stored, input);
    case "bundles.linked":
      return linked(stored, input, look);
    case "upgrade.seeded": {
      const { bundle } = input;
      const members = JSON.stringify(seedUpgrade(input.members)?.active_members ?? []);
      return [{ op: "put", table: "runtimes", row: { bundle, epoch: 0, members, commit } }];
    }
    case "upgrade.executed":
      return upgraded(stored, input.bundle, input.request, null, look);
  }
};

import type { StoredEntry, WorkspaceInput } from "@parley/wire";
import { deriveCeremony } from "./derive-ceremony.ts";
import { deriveHandover } from "./derive-handover.ts";
import { deriveServices } from "./derive-services.ts";
import type { DerivedChange } from "./derived-change.ts";
import type { DerivedLook } from "./derived-look.ts";

type InputOf<K extends WorkspaceInput["kind"]> = Extract<WorkspaceInput, { readonly kind: K }>;

const versioned = (stored: StoredEntry, input: InputOf<"protocol.versioned">): readonly DerivedChange[] => [
  {
    op: "put",
    table: "versions",
    row: {
      commit: stored.commit,
      protocol: input.id,
      version: input.version,
      source: input.source,
      label: input.label ?? null,
      at: stored.entry.at,
    },
  },
  changed(stored, input.id, { latest: input.version }),
];

const changed = (
  { entry, commit }: StoredEntry,
  id: string,
  set: { readonly name?: string; readonly hidden?: boolean; readonly latest?: string },
): DerivedChange => ({
  op: "patch",
  table: "protocols",
  key: { id },
  set: { ...set, updated: entry.at, head: commit },
});

const registered = (
  { entry, commit }: StoredEntry,
  input: InputOf<"session.registered">,
): readonly DerivedChange[] => [
  {
    op: "put",
    table: "sessions",
    row: {
      id: input.id,
      protocol: input.protocol,
      version: input.version,
      parent: input.parent ?? null,
      forkSeq: input.at ?? null,
      created: entry.at,
      updated: entry.at,
      head: commit,
    },
    update: ["protocol", "version", "parent", "forkSeq"],
  },
];

/** What an entry of the workspace stream changes. A session's id is the name of its stream. */
export const deriveWorkspace = (
  stored: StoredEntry,
  input: WorkspaceInput,
  look: DerivedLook,
): readonly DerivedChange[] => {
  const { entry, commit } = stored;
  switch (input.kind) {
    case "workspace.created":
    case "workspace.configured":
    // Scenarios and runtime profiles are few and small: the host folds them.
    case "scenario.saved":
    case "scenario.deleted":
    case "scenario.restored":
    case "factType.declared":
    case "profile.saved":
    case "profile.deleted":
      return [];
    case "protocol.created":
      return [
        {
          op: "put",
          table: "protocols",
          row: {
            id: input.id,
            name: input.name,
            origin: input.origin,
            namespace: input.namespace ?? null,
            hidden: false,
            created: entry.at,
            updated: entry.at,
            head: commit,
          },
        },
      ];
    case "protocol.renamed":
      return [changed(stored, input.id, { name: input.name })];
    case "protocol.versioned":
      return versioned(stored, input);
    case "protocol.categorised":
      // The host folds it; the row says when.
      return [changed(stored, input.id, {})];
    case "protocol.hidden":
      return [changed(stored, input.id, { hidden: true })];
    case "protocol.restored":
      return [changed(stored, input.id, { hidden: false })];
    case "session.registered":
      return registered(stored, input);
    case "session.delegated":
    case "owner.released":
    case "bundle.registered":
    case "bundles.linked":
    case "upgrade.seeded":
    case "upgrade.executed":
      return deriveHandover(stored, input, look);
    case "ceremony.started":
    case "ceremony.prepared":
    case "ceremony.answered":
    case "ceremony.committed":
    case "ceremony.aborted":
    case "ceremony.superseded":
    case "ceremony.swept":
    case "ceremony.joined":
      return deriveCeremony(stored, input, look);
    case "composition.started":
    case "composition.stepped":
    case "migration.stepped":
    case "audit.refused":
      return deriveServices(stored, input, look);
    case "protocol.registered": {
      const { protocolId, class: clazz, budget, policy } = input;
      return [
        { op: "put", table: "registrations", row: { protocolId, class: clazz, budget, policy, commit } },
      ];
    }
  }
};

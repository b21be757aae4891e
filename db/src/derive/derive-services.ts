import type { MigrationEvent, ServicesInput, StoredEntry } from "@parley/wire";
import type { DerivedChange } from "./derived-change.ts";
import type { DerivedLook } from "./derived-look.ts";

const stepOf = (event: MigrationEvent) => ({
  event: event.kind,
  migration: "migration" in event ? event.migration : null,
  version: "version" in event ? event.version : null,
  changed: "changed" in event ? event.changed : null,
});

/** What an entry about compositions, migrations and refusals changes. */
export const deriveServices = (
  { entry, commit }: StoredEntry,
  input: ServicesInput,
  look: DerivedLook,
): readonly DerivedChange[] => {
  const { at } = entry;
  switch (input.kind) {
    case "composition.started": {
      const { id, composition } = input;
      const { name, kind } = composition;
      const row = { id, name, kind, steps: 0, started: at, updated: at, commit };
      return [{ op: "put", table: "compositions", row }];
    }
    case "composition.stepped": {
      const { id, event } = input;
      const [run] = look("compositions", { id });
      if (run === undefined) return [];
      const phase = "phase" in event ? event.phase : null;
      const session = "session" in event ? event.session : null;
      const set = { steps: run.steps + 1, updated: at, commit };
      return [
        { op: "patch", table: "compositions", key: { id }, set },
        {
          op: "put",
          table: "composition_steps",
          row: { commit, composition: id, event: event.kind, phase, session, at },
        },
      ];
    }
    case "migration.stepped":
      return [
        {
          op: "put",
          table: "migration_steps",
          row: { commit, subject: input.subject, ...stepOf(input.event), at },
        },
      ];
    case "audit.refused": {
      const { what, subject, code, variant, detail } = input;
      return [{ op: "put", table: "refusals", row: { commit, what, subject, code, variant, detail, at } }];
    }
  }
};

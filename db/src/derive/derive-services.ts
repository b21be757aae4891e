import type { MigrationEvent, ServicesInput, StoredEntry } from "@parley/wire";
import { deriveStarted, deriveStepped } from "./derive-composition.ts";
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
  stored: StoredEntry,
  input: ServicesInput,
  look: DerivedLook,
): readonly DerivedChange[] => {
  const { commit } = stored;
  const { at } = stored.entry;
  switch (input.kind) {
    case "composition.started":
      return deriveStarted(stored, input);
    case "composition.stepped":
      return deriveStepped(stored, input, look);
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

import type { StoreError } from "@parley/runtime/host";

/** Why a data folder was not opened. Nothing was changed by the attempt, except that the folder may have been created. */
export type StoreOpenError =
  /** Another process owns the folder; `pid` is absent when it could not be read. */
  | { readonly kind: "in-use"; readonly folder: string; readonly pid?: number }
  /** Written by a newer Parley: `unknown` lists the migrations this one does not have. */
  | {
      readonly kind: "newer";
      readonly found: number;
      readonly known: number;
      readonly unknown: readonly string[];
    }
  /** A migration applied to this file is not the one this Parley has under that name. */
  | { readonly kind: "altered-migration"; readonly tag: string }
  /** The file exists but is no database of Parley's. */
  | { readonly kind: "foreign-file"; readonly file: string }
  /** A read-only open of a folder without a database, or of one that needs migrating first. */
  | { readonly kind: "absent"; readonly file: string }
  | { readonly kind: "outdated"; readonly found: number; readonly known: number }
  /** Migrating left rows that refer to nothing; it was rolled back. */
  | { readonly kind: "broken-references"; readonly tables: readonly string[] }
  | { readonly kind: "io"; readonly error: StoreError };

/** One sentence for a person at a terminal. */
export const describeOpenError = (error: StoreOpenError): string => {
  switch (error.kind) {
    case "in-use":
      return `The data folder ${error.folder} is in use by ${
        error.pid === undefined ? "another process" : `process ${error.pid}`
      }. Stop it, or choose another folder with PARLEY_DATA.`;
    case "newer":
      return `The database was written by a newer Parley (version ${error.found}, this one knows ${error.known}). Update Parley to open it.`;
    case "altered-migration":
      return `The database was made with another form of migration ${error.tag}; it is not opened, to keep it safe.`;
    case "foreign-file":
      return `${error.file} is not a Parley database.`;
    case "absent":
      return `There is no database at ${error.file}.`;
    case "outdated":
      return `The database has version ${error.found}, this Parley needs ${error.known}; open it for writing once to migrate it.`;
    case "broken-references":
      return `Migrating would leave dangling references in ${error.tables.join(", ")}; nothing was changed.`;
    case "io":
      return `The database could not be opened: ${
        error.error.kind === "failed" ? error.error.reason : error.error.kind
      }.`;
  }
};

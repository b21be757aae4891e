import type { DerivedRow, DerivedTableName } from "./derived-tables.ts";

/** Inserts a row; where its key exists, overwrites `update` (every given column when absent). */
export type PutRow = {
  [N in DerivedTableName]: {
    readonly op: "put";
    readonly table: N;
    readonly row: DerivedRow<N>;
    readonly update?: readonly (keyof DerivedRow<N>)[];
  };
}[DerivedTableName];

/** Overwrites columns of the row with this key; nothing if there is none. */
export type PatchRow = {
  [N in DerivedTableName]: {
    readonly op: "patch";
    readonly table: N;
    readonly key: Partial<DerivedRow<N>>;
    readonly set: Partial<DerivedRow<N>>;
  };
}[DerivedTableName];

/** Removes every row with these columns; with `containing`, those whose columns also contain these texts. */
export type DropRows = {
  [N in DerivedTableName]: {
    readonly op: "drop";
    readonly table: N;
    readonly key: Partial<DerivedRow<N>>;
    readonly containing?: Partial<DerivedRow<N>>;
  };
}[DerivedTableName];

/** One change an entry makes to the derived tables. */
export type DerivedChange = PutRow | PatchRow | DropRows;

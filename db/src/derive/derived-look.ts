import type { Connection } from "../store/connect.ts";
import { columnOf, propertyOf, quoted } from "./column-name.ts";
import type { DerivedRow, DerivedTableName } from "./derived-tables.ts";

/**
 * The rows of a derived table with these columns, in the order they came, as
 * the entries before left them. What an entry changes may depend on them, and
 * on nothing else beside the entry.
 */
export type DerivedLook = <N extends DerivedTableName>(
  table: N,
  where: Partial<DerivedRow<N>>,
) => readonly DerivedRow<N>[];

/** Looks through one connection; SQL is made and prepared once for each shape of question. */
export const derivedLook = (db: Connection): DerivedLook => {
  const prepared = new Map<string, ReturnType<Connection["prepare"]>>();
  return <N extends DerivedTableName>(table: N, where: Partial<DerivedRow<N>>) => {
    const names = Object.keys(where);
    const shape = `${table} ${names.join(" ")}`;
    let statement = prepared.get(shape);
    if (statement === undefined) {
      const conditions = names.map((name) => `${quoted(columnOf(name))} = ?`).join(" AND ");
      statement = db.prepare(`SELECT * FROM ${quoted(table)} WHERE ${conditions} ORDER BY rowid`);
      prepared.set(shape, statement);
    }
    const rows = statement.all(Object.values(where)) as readonly { readonly [column: string]: unknown }[];
    return rows.map(
      (row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [propertyOf(name), value]),
        ) as unknown as DerivedRow<N>,
    );
  };
};

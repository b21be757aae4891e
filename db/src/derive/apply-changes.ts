import { getTableColumns } from "drizzle-orm";
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Connection } from "../store/connect.ts";
import type { DerivedChange } from "./derived-change.ts";
import { type DerivedTableName, derivedTables } from "./derived-tables.ts";

interface TableShape {
  readonly columns: { readonly [property: string]: SQLiteColumn };
  readonly keys: readonly string[];
}

const shapeOf = (table: SQLiteTable): TableShape => {
  const columns: { readonly [property: string]: SQLiteColumn } = getTableColumns(table);
  const composite = getTableConfig(table).primaryKeys.flatMap((key) => key.columns);
  const primary = composite.length > 0 ? composite : Object.values(columns).filter((column) => column.primary);
  return { columns, keys: primary.map((column) => column.name) };
};

const shapes = new Map(
  Object.entries(derivedTables).map(([name, table]) => [name as DerivedTableName, shapeOf(table)]),
);

/** The SQL name and driver value of each given property. */
const pairs = (shape: TableShape, values: object): readonly (readonly [string, unknown])[] =>
  Object.entries(values).flatMap(([property, value]) => {
    const column = shape.columns[property];
    if (column === undefined) throw new Error(`no derived column ${property}`);
    return value === undefined ? [] : [[column.name, value === null ? null : column.mapToDriverValue(value)]];
  });

const quoted = (name: string): string => `"${name}"`;
const assignments = (names: readonly string[], value: (name: string) => string): string =>
  names.map((name) => `${quoted(name)} = ${value(name)}`).join(", ");

const putSql = (table: string, keys: readonly string[], names: readonly string[], update: readonly string[]) =>
  `INSERT INTO ${quoted(table)} (${names.map(quoted).join(", ")}) VALUES (${names.map(() => "?").join(", ")}) ` +
  `ON CONFLICT (${keys.map(quoted).join(", ")}) DO ${
    update.length === 0 ? "NOTHING" : `UPDATE SET ${assignments(update, (name) => `excluded.${quoted(name)}`)}`
  }`;

const patchSql = (table: string, set: readonly string[], key: readonly string[]): string =>
  `UPDATE ${quoted(table)} SET ${assignments(set, () => "?")} WHERE ${key
    .map((name) => `${quoted(name)} = ?`)
    .join(" AND ")}`;

/** Writes derived changes through one connection; statements are prepared once per shape. */
export const changeApplier = (db: Connection): ((change: DerivedChange) => void) => {
  const prepared = new Map<string, ReturnType<Connection["prepare"]>>();
  const run = (sql: string, values: readonly unknown[]): void => {
    let statement = prepared.get(sql);
    if (statement === undefined) prepared.set(sql, (statement = db.prepare(sql)));
    statement.run(values);
  };
  return (change) => {
    const shape = shapes.get(change.table);
    if (shape === undefined) throw new Error(`no derived table ${change.table}`);
    if (change.op === "put") {
      const row = pairs(shape, change.row);
      const names = row.map(([name]) => name);
      const allowed = change.update?.map((property) => shape.columns[property]?.name);
      const update = names.filter(
        (name) => !shape.keys.includes(name) && (allowed === undefined || allowed.includes(name)),
      );
      run(putSql(change.table, shape.keys, names, update), row.map(([, value]) => value));
    } else {
      const set = pairs(shape, change.set);
      const key = pairs(shape, change.key);
      run(
        patchSql(change.table, set.map(([name]) => name), key.map(([name]) => name)),
        [...set, ...key].map(([, value]) => value),
      );
    }
  };
};

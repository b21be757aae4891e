import type { Connection } from "../store/connect.ts";
import type { DerivedChange } from "./derived-change.ts";

type Pair = readonly [column: string, value: unknown];

/** The schema's rule for names: a property `forkSeq` is the column `fork_seq`. */
const columnOf = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const pairs = (values: object): readonly Pair[] =>
  Object.entries(values).flatMap(([property, value]) =>
    value === undefined ? [] : [[columnOf(property), typeof value === "boolean" ? Number(value) : value]],
  );

const quoted = (name: string): string => `"${name}"`;

const putSql = (table: string, keys: readonly string[], names: readonly string[], update: readonly string[]) =>
  `INSERT INTO ${quoted(table)} (${names.map(quoted).join(", ")}) VALUES (${names.map(() => "?").join(", ")}) ` +
  `ON CONFLICT (${keys.map(quoted).join(", ")}) DO ${
    update.length === 0
      ? "NOTHING"
      : `UPDATE SET ${update.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(", ")}`
  }`;

const patchSql = (table: string, set: readonly Pair[], key: readonly Pair[]): string =>
  `UPDATE ${quoted(table)} SET ${set.map(([name]) => `${quoted(name)} = ?`).join(", ")} ` +
  `WHERE ${key.map(([name]) => `${quoted(name)} = ?`).join(" AND ")}`;

/** The columns of a table's primary key, in its order. */
const primaryKey = (db: Connection, table: string): readonly string[] =>
  (db.pragma(`table_info(${quoted(table)})`) as readonly { readonly name: string; readonly pk: number }[])
    .filter(({ pk }) => pk > 0)
    .sort((left, right) => left.pk - right.pk)
    .map(({ name }) => name);

/** Writes derived changes through one connection; statements are prepared once per shape. */
export const changeApplier = (db: Connection): ((change: DerivedChange) => void) => {
  const prepared = new Map<string, ReturnType<Connection["prepare"]>>();
  const keys = new Map<string, readonly string[]>();
  const run = (sql: string, values: readonly Pair[]): void => {
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = db.prepare(sql);
      prepared.set(sql, statement);
    }
    statement.run(values.map(([, value]) => value));
  };
  const keyOf = (table: string): readonly string[] => {
    const known = keys.get(table) ?? primaryKey(db, table);
    keys.set(table, known);
    return known;
  };
  return (change) => {
    const { table } = change;
    if (change.op === "patch") {
      const [set, key] = [pairs(change.set), pairs(change.key)];
      run(patchSql(table, set, key), [...set, ...key]);
      return;
    }
    const row = pairs(change.row);
    const names = row.map(([name]) => name);
    const key = keyOf(table);
    const allowed = change.update?.map((property) => columnOf(property));
    const update = names.filter((name) => !key.includes(name) && (allowed === undefined || allowed.includes(name)));
    run(putSql(table, key, names, update), row);
  };
};

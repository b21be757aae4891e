import type { Connection } from "../store/connect.ts";
import { columnOf, quoted } from "./column-name.ts";
import type { DerivedChange } from "./derived-change.ts";

type Pair = readonly [property: string, value: unknown];

/** The properties that are given, by their own names, with values as SQLite takes them. */
const pairs = (values: object): readonly Pair[] => {
  const given: Pair[] = [];
  for (const [property, value] of Object.entries(values))
    if (value !== undefined) given.push([property, typeof value === "boolean" ? Number(value) : value]);
  return given;
};

const putSql = (
  table: string,
  keys: readonly string[],
  names: readonly string[],
  update: readonly string[],
) =>
  `INSERT INTO ${quoted(table)} (${names.map(quoted).join(", ")}) VALUES (${names.map(() => "?").join(", ")}) ` +
  `ON CONFLICT (${keys.map(quoted).join(", ")}) DO ${
    update.length === 0
      ? "NOTHING"
      : `UPDATE SET ${update.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(", ")}`
  }`;

const patchSql = (table: string, set: readonly string[], key: readonly string[]): string =>
  `UPDATE ${quoted(table)} SET ${set.map((name) => `${quoted(name)} = ?`).join(", ")} ` +
  `WHERE ${key.map((name) => `${quoted(name)} = ?`).join(" AND ")}`;

const dropSql = (table: string, key: readonly string[], containing: readonly string[]): string => {
  const whole = key.map((name) => `${quoted(name)} = ?`);
  const part = containing.map((name) => `instr(${quoted(name)}, ?) > 0`);
  return `DELETE FROM ${quoted(table)} WHERE ${[...whole, ...part].join(" AND ")}`;
};

/** The columns of a table's primary key, in its order. */
const primaryKey = (db: Connection, table: string): readonly string[] =>
  (db.pragma(`table_info(${quoted(table)})`) as readonly { readonly name: string; readonly pk: number }[])
    .filter(({ pk }) => pk > 0)
    .sort((left, right) => left.pk - right.pk)
    .map(({ name }) => name);

const columnsOf = (given: readonly Pair[]): readonly string[] =>
  given.map(([property]) => columnOf(property));

/** What a change gives, in the order its SQL takes it. */
const givenBy = (change: DerivedChange): readonly Pair[] => {
  switch (change.op) {
    case "put":
      return pairs(change.row);
    case "patch":
      return [...pairs(change.set), ...pairs(change.key)];
    case "drop":
      return [...pairs(change.key), ...pairs(change.containing ?? {})];
  }
};

const sqlOf = (db: Connection, change: DerivedChange): string => {
  const { table } = change;
  if (change.op === "patch")
    return patchSql(table, columnsOf(pairs(change.set)), columnsOf(pairs(change.key)));
  if (change.op === "drop")
    return dropSql(table, columnsOf(pairs(change.key)), columnsOf(pairs(change.containing ?? {})));
  const names = columnsOf(pairs(change.row));
  const key = primaryKey(db, table);
  const allowed = change.update?.map((property) => columnOf(property));
  const update = names.filter(
    (name) => !key.includes(name) && (allowed === undefined || allowed.includes(name)),
  );
  return putSql(table, key, names, update);
};

/** Writes derived changes through one connection; SQL is made and prepared once for each shape of change. */
export const changeApplier = (db: Connection): ((change: DerivedChange) => void) => {
  const prepared = new Map<string, ReturnType<Connection["prepare"]>>();
  return (change) => {
    const given = givenBy(change);
    let shape = `${change.op} ${change.table}`;
    const values: unknown[] = [];
    for (const [property, value] of given) {
      shape += ` ${property}`;
      values.push(value);
    }
    if (change.op === "put" && change.update !== undefined) shape += ` | ${change.update.join(" ")}`;
    let statement = prepared.get(shape);
    if (statement === undefined) {
      statement = db.prepare(sqlOf(db, change));
      prepared.set(shape, statement);
    }
    statement.run(values);
  };
};

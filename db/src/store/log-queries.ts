import type {
  BudgetQuery,
  ChainPlace,
  FactQuery,
  LogQueries,
  ReceiptPlace,
  ReceiptQuery,
} from "@parley/runtime/host";
import type { Connection } from "./connect.ts";
import { storeErrorOf } from "./store-error-of.ts";

type Value = string | number;

/** One condition: SQL with a `?`, and what stands for it. Left out while its value is. */
type Condition = readonly [sql: string, value: Value | undefined];

interface Where {
  readonly sql: string;
  readonly values: readonly Value[];
}

const where = (conditions: readonly Condition[]): Where => {
  const given = conditions.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
  const sql = given.length === 0 ? "" : `WHERE ${given.map((one) => one.sql).join(" AND ")}`;
  return { sql, values: given.map(({ value }) => value) };
};

interface ReceiptRow {
  readonly id: string;
  readonly authority: string;
  readonly seq: number;
  readonly index: number;
  readonly prevId: string | null;
  readonly prevEpoch: number;
  readonly prevNonce: number;
}

/** The receipt before it of its pair, which its index leads to at once. */
const BEFORE = `LEFT JOIN receipts p ON p.rowid = (
  SELECT q.rowid FROM receipts q WHERE q.authority = r.authority AND q.context = r.context AND q.peer = r.peer
    AND (q."commit" < r."commit" OR (q."commit" = r."commit" AND q.part < r.part))
  ORDER BY q."commit" DESC, q.part DESC LIMIT 1)`;

const RECEIPT = `SELECT r.id, r.authority, r.seq, r.part AS "index", p.id AS prevId, p.epoch AS prevEpoch,
  p.nonce AS prevNonce FROM receipts r ${BEFORE}`;

const placeOf = ({ id, authority, seq, index, prevId, prevEpoch, prevNonce }: ReceiptRow): ReceiptPlace => ({
  id,
  authority,
  seq,
  index,
  ...(prevId === null ? {} : { previous: { id: prevId, epoch: prevEpoch, nonce: prevNonce } }),
});

interface ChangeRow {
  readonly receipt: string | null;
  readonly session: string;
  readonly edgeId: string;
  readonly label: string;
  readonly device: string;
  readonly cost: number;
  readonly nonce: number;
}

type ChangeRows = ChangeRow &
  Omit<Awaited<ReturnType<LogQueries["budgetChanges"]>>["items"][number], "charge">;

/** A charge has its receipt under the same key. */
const CHANGE = `SELECT b.seq, b.at, b.kind, b.text, b.context, b.peer, b."limit", b.spent, b.epoch, r.id AS receipt,
  r.session, r.edge AS edgeId, r.label, r.device, r.cost, r.nonce FROM budget_changes b
  LEFT JOIN receipts r ON b.kind = 'charged' AND r."commit" = b."commit" AND r.part = b.part`;

const changeOf = (row: ChangeRows) => {
  const { receipt, session, edgeId, label, device, cost, nonce, ...change } = row;
  const charge = receipt === null ? null : { receipt, session, edgeId, label, device, cost, nonce };
  return { ...change, charge };
};

/** Prepares each form of a question once. */
const preparer = (db: Connection) => {
  const prepared = new Map<string, ReturnType<Connection["prepare"]>>();
  return <Row>(sql: string, values: readonly Value[]): readonly Row[] => {
    const statement = prepared.get(sql) ?? db.prepare(sql);
    prepared.set(sql, statement);
    return statement.all(values) as readonly Row[];
  };
};

type Ask = ReturnType<typeof preparer>;

const count = (ask: Ask, from: string, { sql, values }: Where): number =>
  ask<{ readonly n: number }>(`SELECT count(*) AS n FROM ${from} ${sql}`, values)[0]?.n ?? 0;

const receipts = (ask: Ask, query: ReceiptQuery) => {
  const { id, authority, context, peer, session, before, until, limit } = query;
  const fitting: readonly Condition[] = [
    ["r.id = ?", id],
    ["r.authority = ?", authority],
    ["r.context = ?", context],
    ["r.peer = ?", peer],
    ["r.session = ?", session],
    ["r.seq <= ?", until],
  ];
  const listed = where([...fitting, ["r.seq < ?", before]]);
  const rows = ask<ReceiptRow>(`${RECEIPT} ${listed.sql} ORDER BY r."commit" DESC, r.part DESC LIMIT ?`, [
    ...listed.values,
    limit,
  ]);
  return { items: rows.map(placeOf), total: count(ask, "receipts r", where(fitting)) };
};

const receiptTaking = (ask: Ask, place: ChainPlace): ReceiptPlace | undefined => {
  const { authority, context, peer, epoch, nonce, prev } = place;
  const [row] = ask<ReceiptRow>(
    `${RECEIPT} WHERE r.authority = ? AND r.context = ? AND r.peer = ?
      AND ((r.epoch = ? AND r.nonce = ?) OR r.prev = ?) ORDER BY r."commit", r.part LIMIT 1`,
    [authority, context, peer, epoch, nonce, prev],
  );
  return row && placeOf(row);
};

const budgetChanges = (ask: Ask, query: BudgetQuery) => {
  const { authority, context, peer, before, until, limit } = query;
  const { sql, values } = where([
    ["b.authority = ?", authority],
    ["b.context = ?", context],
    ["b.peer = ?", peer],
    ["b.seq <= ?", until],
    ["b.seq < ?", before],
  ]);
  const rows = ask<ChangeRows>(`${CHANGE} ${sql} ORDER BY b."commit" DESC, b.part DESC LIMIT ?`, [
    ...values,
    limit + 1,
  ]);
  return { items: rows.slice(0, limit).map(changeOf).reverse(), more: rows.length > limit };
};

const factPlaces = (ask: Ask, query: FactQuery) => {
  const { stream, ids, type, by, since, until, position, from, limit = -1 } = query;
  const fitting = where([
    ["stream = ?", stream],
    ["id IN (SELECT value FROM json_each(?))", ids && JSON.stringify(ids)],
    ["type = ?", type],
    ['"by" = ?', by],
    ["ms >= ?", since],
    ["ms <= ?", until],
    ["seq <= ?", position],
  ]);
  const items = ask<{ readonly id: string; readonly seq: number }>(
    `SELECT id, seq FROM facts ${fitting.sql} ORDER BY "order", id LIMIT ? OFFSET ?`,
    [...fitting.values, limit, from],
  );
  return { items, total: count(ask, "facts", fitting) };
};

const partedContexts = (ask: Ask): readonly string[] =>
  ask<{ readonly id: string }>("SELECT id FROM contexts WHERE parted = 1 ORDER BY id", []).map(
    ({ id }) => id,
  );

/** The questions across entries, read off the derived tables: nothing is folded. */
export const logQueries = (db: Connection): LogQueries => {
  const ask = preparer(db);
  const answering = async <T>(answer: () => T): Promise<T> => {
    try {
      return answer();
    } catch (cause) {
      throw storeErrorOf(cause);
    }
  };
  return {
    receipts: (query) => answering(() => receipts(ask, query)),
    receiptTaking: (place) => answering(() => receiptTaking(ask, place)),
    budgetChanges: (query) => answering(() => budgetChanges(ask, query)),
    factPlaces: (query) => answering(() => factPlaces(ask, query)),
    partedContexts: () => answering(() => partedContexts(ask)),
  };
};

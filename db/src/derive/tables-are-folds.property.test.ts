import type { Host, LogStore } from "@parley/runtime/host";
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import { copyLog } from "../testing/copy-log.ts";
import { openForTest } from "../testing/open-for-test.ts";
import { act, beginHistory, deeds } from "../testing/random-history.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { derivedTableNames } from "./derived-tables.ts";

/** Every question of a kind, with and without each filter. */
const answers = async (store: LogStore, contexts: readonly string[]) => {
  const all = { until: 1_000_000, limit: 1_000 };
  const some = { ...all, limit: 3, before: 12 };
  const asked = [];
  for (const authority of ["ada", "bea", "chan"])
    for (const how of [all, some, { ...all, peer: "bea" }])
      asked.push(
        await store.receipts({ authority, ...how }),
        await store.budgetChanges({ authority, ...how }),
      );
  const facts = { position: 1_000_000, from: 0 };
  for (const stream of [...contexts, "ada", "bea"])
    for (const how of [
      facts,
      { ...facts, position: 4 },
      { ...facts, from: 1, limit: 2 },
      { ...facts, by: "ada" },
    ])
      asked.push(await store.factPlaces({ stream, ...how }));
  asked.push(await store.partedContexts(), await store.receipts({ limit: 5 }));
  return asked;
};

type Rows = (sql: string, ...values: readonly string[]) => readonly unknown[];

const byKey = <T extends readonly unknown[]>(rows: readonly T[]): readonly T[] =>
  [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

const sameOwners = async (host: Host, moving: string, rows: Rows): Promise<void> => {
  const { owner, fragments, delegated } = await host.ownership(moving).then((view) => {
    if (!view.ok) throw new Error(JSON.stringify(view.error));
    return view.value;
  });
  const held = rows("SELECT owner, generation FROM owners WHERE session = ? AND state = 'held'", moving);
  expect(held).toEqual(delegated && owner !== null ? [[owner.owner, owner.generation]] : []);
  if (!delegated || owner === null) return;
  expect(rows("SELECT fragment, owner FROM fragments WHERE session = ? ORDER BY 1", moving)).toEqual(
    fragments.map((one) => [one.key, one.owner]),
  );
};

const sameReconfiguration = async (host: Host, rows: Rows): Promise<void> => {
  const view = await host.reconfiguration();
  const placed = view.footprints.flatMap(({ authority, footprint }) =>
    (["native", "delegatedIn", "delegatedOut"] as const).flatMap((name) =>
      footprint[name].map((session) => [authority, session, name]),
    ),
  );
  expect(rows("SELECT authority, session, class FROM footprints ORDER BY 1, 2")).toEqual(byKey(placed));
  expect(rows("SELECT id, origin, exports FROM bundles ORDER BY id")).toEqual(
    byKey(view.bundles.map(({ id, origin, exports }) => [id, origin, JSON.stringify(exports)])),
  );
  expect(rows("SELECT count(*) FROM delegations")).toEqual([[view.delegations.length]]);
  expect(rows("SELECT count(*) FROM upgrades")).toEqual([[view.upgrades.length]]);
};

const endings: { readonly [state: string]: string } = {
  Committed: "committed",
  Aborted: "aborted",
  Superseded: "superseded",
};

const sameCeremonies = (host: Host, rows: Rows): void => {
  const cards = host.ceremonies().map((one) => {
    const { id, state, deadline, endedAt, reason, progress } = one;
    const { accepted, refused } = progress;
    return [id, endings[state] ?? "open", deadline, endedAt, reason, accepted, refused];
  });
  const answered = (accept: number) =>
    `(SELECT count(*) FROM ceremony_answers a WHERE a.ceremony = c.id AND a.accept = ${accept})`;
  expect(
    rows(
      `SELECT id, status, deadline, ended, reason, ${answered(1)}, ${answered(0)} FROM ceremonies c ORDER BY id`,
    ),
  ).toEqual(byKey(cards));
};

const sameAuthority = async (host: Host, authority: string, rows: Rows): Promise<void> => {
  const found = await host.authority(authority);
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  const { budgets, tokens, keys, epoch } = found.value;
  expect(
    rows(
      'SELECT context, peer, "limit", spent, epoch FROM budgets WHERE authority = ? ORDER BY context, peer',
      authority,
    ),
  ).toEqual(byKey(budgets.map((one) => [one.context, one.peer, one.limit, one.spent, one.epoch])));
  expect(
    rows("SELECT id, revoked IS NOT NULL, parent FROM tokens WHERE authority = ? ORDER BY id", authority),
  ).toEqual(byKey(tokens.map(({ id, revoked, parent }) => [id, Number(revoked !== null), parent])));
  expect(rows("SELECT key, epoch, retired FROM keys WHERE authority = ? ORDER BY key", authority)).toEqual(
    byKey(keys.map((one) => [one.key, one.epoch, one.retired?.epoch ?? null])),
  );
  expect(rows("SELECT epoch FROM epochs WHERE authority = ?", authority)).toEqual(
    epoch === 0 ? [] : [[epoch]],
  );
};

const sameMembership = async (host: Host, context: string, rows: Rows): Promise<void> => {
  const found = await host.facts(context, { limit: 100_000 });
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  expect(
    rows(
      `SELECT f.id, r.authority FROM facts f JOIN replicas r ON r.context = f.stream
       WHERE f.stream = ? AND NOT EXISTS (SELECT 1 FROM missing_facts m
         WHERE m.context = f.stream AND m.fact = f.id AND m.authority = r.authority) ORDER BY 1, 2`,
      context,
    ),
  ).toEqual(
    byKey(found.value.items.flatMap(({ id, replicas }) => replicas.map((one) => [id, one] as const))),
  );
};

test("after any history tables say what the folds of the streams say, and are what refolding them gives", {
  timeout: 300_000,
}, async () => {
  const filled = new Set<string>();
  await fc.assert(
    fc.asyncProperty(deeds, async (done) => {
      const history = await beginHistory();
      for (const one of done) await act(history, one);
      const { host, store, sessions } = history;
      const durable = await openForTest({ folder: temporaryFolder() });
      await copyLog(store, durable);
      const contexts = (await store.streams("context")).map(({ stream }) => stream);
      expect(await answers(durable, contexts)).toEqual(await answers(store, contexts));
      const db = new Database(durable.file, { readonly: true });
      const rows: Rows = (sql, ...values) => db.prepare(sql).raw().all(values);
      await sameOwners(host, sessions[1], rows);
      await sameReconfiguration(host, rows);
      sameCeremonies(host, rows);
      for (const authority of ["ada", "bea", "chan"]) await sameAuthority(host, authority, rows);
      for (const context of contexts) await sameMembership(host, context, rows);
      for (const name of derivedTableNames)
        if (rows(`SELECT 1 FROM "${name}" LIMIT 1`).length > 0) filled.add(name);
      db.close();
      expect(await durable.rebuild()).toMatchObject({ equal: true, different: [] });
      await durable.close();
      await host.close();
    }),
    { numRuns: 6 },
  );
  // What no deed makes: its own test says what it leaves.
  const others = [
    "ceremony_sessions",
    "composition_phases",
    "composition_steps",
    "compositions",
    "migration_steps",
    "missing_facts",
    "timers",
  ];
  // Whether replicas still differ in the end is up to the order of deeds.
  filled.delete("missing_facts");
  expect(derivedTableNames.filter((name) => !filled.has(name))).toEqual(others);
});

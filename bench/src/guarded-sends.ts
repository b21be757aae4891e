import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "@parley/db";
import { loadBiscuitTokens, openKeyStore, systemClock, systemRandom } from "@parley/node";
import { createHost, type Host, operator } from "@parley/runtime/host";
import { must } from "./ring-host.ts";
import { median } from "./steady.ts";

const ROUNDS = 5;

/** Two who take turns; every message asks a token, is charged, leaves a fact and a signed receipt. */
const GUARDED = `protocol Guarded =
  roles A, B
  rec Lap
    A { guard_capability : "chat:message:send", flow_cost : 1, journal_facts : "ping" } -> B : ping
    B { guard_capability : "chat:message:send", flow_cost : 1, journal_facts : "pong" } -> A : pong
    continue Lap
`;

const people = ["ada", "bea", "chan", "dee", "eli", "fay", "gus", "hal"] as const;
const devices = {
  ada: "phone",
  bea: "phone",
  chan: "laptop",
  dee: "phone",
  eli: "laptop",
  fay: "phone",
  gus: "desktop",
  hal: "phone",
};

/** Pairs of people by turns, so that every authority is charged by many sessions at once. */
const seatsOf = (index: number) =>
  [people[index % 8] ?? "ada", people[(index + 1 + Math.floor(index / 8)) % 8] ?? "bea"].map(
    (authority, role) => ({
      role: role === 0 ? "A" : "B",
      authority,
      device: `${authority}-${devices[authority]}`,
    }),
  );

const openAll = async (host: Host, count: number): Promise<readonly string[]> => {
  const protocol = must(await host.createProtocol(operator, { name: "guarded", source: GUARDED })).id;
  const opened = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      host.openSession(operator, { protocol, decisions: "first", seats: seatsOf(index) }),
    ),
  );
  return opened.map((one) => must(one).session.id);
};

/** Advances every session `each` times, one after the other's answer; answers how many guarded messages went out. */
const drive = async (host: Host, ids: readonly string[], each: number): Promise<number> => {
  let sent = 0;
  await Promise.all(
    ids.map(async (id) => {
      for (let i = 0; i < each; i += 1) {
        const { entries } = must(await host.inputs(operator, id, { inputs: [{ kind: "advance" }] }));
        sent += entries.filter(({ events }) => events.some(({ kind }) => kind === "sent")).length;
      }
    }),
  );
  return sent;
};

/** Guarded sends a second over many sessions at once, each durable with its charge, receipt and fact before the next. */
export const guardedSends = async (sessions = 200, each = 40) => {
  const folder = mkdtempSync(join(tmpdir(), "parley-bench-"));
  try {
    const opened = await openStore({ folder });
    if (!opened.ok) throw new Error(opened.error.kind);
    const { store } = opened;
    const host = await createHost({
      store,
      drafts: store,
      clock: systemClock,
      random: systemRandom,
      keys: openKeyStore(folder),
      tokens: await loadBiscuitTokens(),
      yield: () => new Promise((resolve) => setImmediate(resolve)),
    });
    const ids = await openAll(host, sessions);
    const rates: number[] = [];
    let sends = 0;
    for (let i = 0; i <= ROUNDS; i += 1) {
      const start = performance.now();
      const sent = await drive(host, ids, each);
      if (i > 0) rates.push((sent * 1000) / (performance.now() - start));
      sends += sent;
    }
    await host.close();
    await store.close();
    return {
      sessions,
      sends,
      sendsPerSecond: Math.round(median(rates)),
      best: Math.round(Math.max(...rates)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

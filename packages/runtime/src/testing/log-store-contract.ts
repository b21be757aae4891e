import { chainHash, decodeEntry, type MachineEvent, type SessionPin } from "@parley/wire";
import type { describe as Describe, expect as Expect, it as It } from "vitest";
import type { DraftStore, LogStore, UnitResult } from "../host/ports.ts";
import { chainBuilder } from "./chain-builder.ts";

/** The test tools the suite is written with, handed in so that this file stays free of them. */
export interface SuiteTools {
  readonly describe: typeof Describe;
  readonly it: typeof It;
  readonly expect: typeof Expect;
}

/** An empty store for one test; the suite closes it. */
export type OpenEmptyStore = () => Promise<LogStore & DraftStore>;

const step = { input: { kind: "advance" } } as const;

const commitsOf = (results: readonly UnitResult[]): readonly number[] =>
  results.flatMap((result) => (result.ok ? result.commits.flat() : []));

type Test = (store: LogStore & DraftStore) => Promise<void>;
type Check = (promise: string, test: Test) => void;

const appendPromises = (check: Check, expect: typeof Expect): void => {
  check("an appended entry is read back byte for byte, and its chain verifies", async (store) => {
    const log = chainBuilder("a", "session");
    const append = log.append(step, step, step);
    await store.append([{ appends: [append] }]);
    const read = await store.read("a", 0, 10);
    expect(read.map(({ hash }) => hash)).toEqual(append.entries.map(({ hash }) => hash));
    expect(read.map(({ bytes }) => [...bytes])).toEqual(append.entries.map(({ bytes }) => [...bytes]));
    expect(read.map(({ entry }) => entry.seq)).toEqual([0, 1, 2]);
    expect(read.every(({ stream }) => stream === "a")).toBe(true);
    const first = read[0];
    expect(first && decodeEntry(first.bytes)).toEqual({ ok: true, entry: first?.entry });
    expect(first && chainHash("", first.bytes)).toBe(first?.hash);
    expect(await store.head("a")).toEqual({
      kind: "session",
      seq: 2,
      hash: read[2]?.hash,
      commit: read[2]?.commit,
    });
  });

  check("reading starts at `from` and stops at `limit`; an unknown stream is empty", async (store) => {
    await store.append([{ appends: [chainBuilder("a", "session").append(step, step, step, step)] }]);
    expect((await store.read("a", 1, 2)).map(({ entry }) => entry.seq)).toEqual([1, 2]);
    expect(await store.read("a", 4, 10)).toEqual([]);
    expect(await store.read("nowhere", 0, 10)).toEqual([]);
    expect(await store.head("nowhere")).toBeUndefined();
  });

  check(
    "an append at another seq than the head's is stale, says the actual one, and adds nothing",
    async (store) => {
      const log = chainBuilder("a", "session");
      await store.append([{ appends: [log.append(step)] }]);
      const again = chainBuilder("a", "session").append(step);
      const ahead = chainBuilder("b", "session", { seq: 4, hash: "" }).append(step);
      expect(await store.append([{ appends: [again] }, { appends: [ahead] }])).toEqual([
        { ok: false, error: { kind: "stale", stream: "a", expected: -1, actual: 0 } },
        { ok: false, error: { kind: "stale", stream: "b", expected: 4, actual: -1 } },
      ]);
      expect(await store.lastCommit()).toBe(1);
      expect(await store.head("b")).toBeUndefined();
    },
  );

  check("units of one batch on the same stream follow each other", async (store) => {
    const log = chainBuilder("a", "session");
    const results = await store.append([{ appends: [log.append(step)] }, { appends: [log.append(step)] }]);
    expect(results.map(({ ok }) => ok)).toEqual([true, true]);
    expect((await store.head("a"))?.seq).toBe(1);
  });

  check(
    "a batch may build on others that are still on their way: order is kept, and answers too",
    async (store) => {
      const log = chainBuilder("a", "session");
      const answered: number[] = [];
      const batches = Array.from({ length: 40 }, async (_, index) => {
        const results = await store.append([{ appends: [log.append(step)] }]);
        answered.push(index);
        return results;
      });
      expect((await Promise.all(batches)).flat().every(({ ok }) => ok)).toBe(true);
      expect(answered).toEqual(Array.from({ length: 40 }, (_, index) => index));
      expect((await store.head("a"))?.seq).toBe(39);
    },
  );

  check("of two concurrent appends at one head exactly one wins", async (store) => {
    const one = chainBuilder("a", "session").append({ ...step, at: 1 });
    const other = chainBuilder("a", "session").append({ ...step, at: 2 });
    const results = await Promise.all([
      store.append([{ appends: [one] }]),
      store.append([{ appends: [other] }]),
    ]);
    expect(results.flat().filter(({ ok }) => ok)).toHaveLength(1);
    expect(await store.read("a", 0, 10)).toHaveLength(1);
  });
};

const unitPromises = (check: Check, expect: typeof Expect): void => {
  check("a unit that touches several streams adds to all of them or to none", async (store) => {
    const a = chainBuilder("a", "session");
    const b = chainBuilder("b", "authority");
    expect(await store.append([{ appends: [a.append(step), b.append(step)] }])).toEqual([
      { ok: true, commits: [[1], [2]] },
    ]);
    const staleB = chainBuilder("b", "authority").append(step);
    const [failed] = await store.append([{ appends: [a.append(step), staleB] }]);
    expect(failed).toEqual({ ok: false, error: { kind: "stale", stream: "b", expected: -1, actual: 0 } });
    expect((await store.head("a"))?.seq).toBe(0);
    expect(await store.lastCommit()).toBe(2);
  });

  check("a failing unit leaves the others of its batch standing", async (store) => {
    const a = chainBuilder("a", "session").append(step);
    const stale = chainBuilder("x", "session", { seq: 7, hash: "" }).append(step);
    const c = chainBuilder("c", "session").append(step);
    const results = await store.append([{ appends: [a] }, { appends: [stale] }, { appends: [c] }]);
    expect(results.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(await store.head("x")).toBeUndefined();
    expect((await store.readCommits(0, 10)).map(({ stream }) => stream)).toEqual(["a", "c"]);
  });

  check("commit numbers count every entry of the workspace from 1, without gaps", async (store) => {
    const logs = ["a", "b", "c"].map((name) => chainBuilder(name, "session"));
    const numbers: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const stale = chainBuilder("z", "session", { seq: 9, hash: "" }).append(step, step);
      const units = logs.map((log) => ({ appends: [log.append(step, step)] }));
      numbers.push(
        ...commitsOf(await store.append([...units.slice(0, 1), { appends: [stale] }, ...units.slice(1)])),
      );
    }
    expect(numbers).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect((await store.readCommits(0, 100)).map(({ commit }) => commit)).toEqual(numbers);
    expect(await store.lastCommit()).toBe(30);
  });

  check("reading commits resumes after any number", async (store) => {
    expect(await store.readCommits(0, 10)).toEqual([]);
    const [a, b] = [chainBuilder("a", "session"), chainBuilder("b", "context")];
    for (let round = 0; round < 4; round += 1)
      await store.append([{ appends: [a.append(step), b.append(step)] }]);
    const all = await store.readCommits(0, 100);
    const resumed = [];
    for (let after = 0; ; ) {
      const page = await store.readCommits(after, 3);
      resumed.push(...page);
      if (page.length === 0) break;
      after = page.at(-1)?.commit ?? after;
    }
    expect(resumed).toEqual(all);
    expect(await store.readCommits(6, 10)).toEqual(all.slice(6));
  });

  check("streams are listed by kind with their heads", async (store) => {
    const a = chainBuilder("a", "session");
    await store.append([{ appends: [a.append(step, step)] }]);
    await store.append([{ appends: [chainBuilder("w", "workspace").append(step)] }]);
    await store.append([{ appends: [chainBuilder("b", "session").append(step)] }]);
    const sessions = await store.streams("session");
    expect(sessions.map(({ stream, head }) => [stream, head.seq, head.commit])).toEqual([
      ["a", 1, 2],
      ["b", 0, 4],
    ]);
    expect(sessions[0]?.head).toEqual(await store.head("a"));
    expect(await store.streams("authority")).toEqual([]);
  });
};

const pin = (stream: string, clock: "real" | "manual"): SessionPin => ({
  kind: "open",
  stream,
  title: `The ${stream}`,
  semantics: 1,
  protocol: "p",
  version: "v",
  image: "i",
  imageBytes: new Uint8Array(),
  families: {},
  names: {},
  seats: [],
  policy: "default",
  decisions: "ask",
  config: {},
  seed: "s",
  clock,
  drive: "manual",
});

/** A role of a session enters a timeout of its own. */
const entered = (coroutine: number, role: string, timer: string, deadline: number): MachineEvent => {
  const [scope = "", lap = "0"] = (timer.split("/").at(-1) ?? "").split("#");
  return { kind: "entered", tick: 1, coroutine, role, scope, lap: Number.parseInt(lap, 10), timer, deadline };
};

const left = (role: string, scope: string, lap: number): MachineEvent => ({
  kind: "left",
  tick: 2,
  coroutine: 0,
  role,
  scope,
  lap,
  outcome: "done",
});

const sessionPromises = (check: Check, expect: typeof Expect): void => {
  check("every session is listed as its entries leave it, whatever other streams hold", async (store) => {
    const [a, b] = [chainBuilder("a", "session"), chainBuilder("b", "session")];
    await store.append([{ appends: [a.append({ input: pin("a", "real") }, step)] }]);
    await store.append([{ appends: [b.append({ input: pin("b", "manual") })] }]);
    await store.append([
      { appends: [a.append({ ...step, at: 9_000, events: [{ kind: "completed", tick: 3, sid: 0 }] })] },
      { appends: [chainBuilder("w", "workspace").append(step)] },
    ]);
    const rows = [...(await store.sessionRows())].sort((x, y) => (x.stream < y.stream ? -1 : 1));
    expect(rows).toEqual([
      { stream: "a", title: "The a", status: "completed", seq: 2, at: 9_000 },
      { stream: "b", title: "The b", status: "open", seq: 0, at: 1_000 },
    ]);
  });

  check("the first deadline of each session on a real clock is known while its timer runs", async (store) => {
    const [a, b] = [chainBuilder("a", "session"), chainBuilder("b", "session")];
    const then = (...events: readonly MachineEvent[]) =>
      store.append([{ appends: [a.append({ ...step, events })] }]);
    await store.append([{ appends: [a.append({ input: pin("a", "real") })] }]);
    await store.append([
      { appends: [b.append({ input: pin("b", "manual"), events: [entered(0, "A", "0#0", 1)] })] },
    ]);
    const first = async () => (await store.deadlines()).map(({ stream, deadline }) => [stream, deadline]);
    expect(await first()).toEqual([]);
    await then(entered(0, "A", "0#0", 90), entered(3, "A", "0#0/1#2@0", 40), entered(1, "B", "2#0", 60));
    expect(await first()).toEqual([["a", 40]]);
    await then(left("B", "0", 0), left("A", "0", 1));
    expect(await first()).toEqual([["a", 40]]);
    await then(left("A", "0", 0));
    expect(await first()).toEqual([["a", 60]]);
    await then(entered(0, "A", "0#1", 30), { kind: "expired", tick: 4, sid: 0, timer: "0#1" });
    expect(await first()).toEqual([["a", 60]]);
    await then(entered(5, "C", "4#0", 20), { kind: "halted", tick: 5, coroutine: 5, role: "C" });
    expect(await first()).toEqual([["a", 60]]);
    await then({ kind: "closed", tick: 6, sid: 0 });
    expect(await first()).toEqual([]);
  });
};

const stagePromises = (check: Check, expect: typeof Expect): void => {
  check("streams put aside are taken in whole, before the appends of their unit", async (store) => {
    const [a, b] = [chainBuilder("a", "session"), chainBuilder("b", "context")];
    const first = a.append({ input: pin("a", "real") }, step);
    const [stage, second, of] = [await store.stage(), a.append(step), b.append(step)];
    await stage.add("a", "session", first.entries);
    await stage.add("b", "context", of.entries);
    await stage.add("a", "session", second.entries);
    await stage.add("left", "context", chainBuilder("left", "context").append(step).entries);
    expect(await store.head("a")).toBeUndefined();
    const appends = [chainBuilder("w", "workspace").append(step)];
    const staged = { stage, streams: ["a", "b"] };
    expect(await store.append([{ appends, staged }])).toEqual([{ ok: true, commits: [[5]] }]);
    await stage.drop();
    const all = [...first.entries, ...second.entries];
    expect((await store.read("a", 0, 9)).map(({ hash }) => hash)).toEqual(all.map(({ hash }) => hash));
    expect((await store.readCommits(0, 9)).map(({ stream }) => stream)).toEqual(["a", "a", "a", "b", "w"]);
    expect((await store.sessionRows()).map(({ stream, seq }) => [stream, seq])).toEqual([["a", 2]]);
    expect(await store.head("left")).toBeUndefined();
    expect(await store.append([{ appends: [a.append(step)] }])).toEqual([{ ok: true, commits: [[6]] }]);
  });

  check("a stream that is there already fails the unit that would take it in, whole", async (store) => {
    await store.append([{ appends: [chainBuilder("b", "session").append(step)] }]);
    const stage = await store.stage();
    for (const stream of ["a", "b"])
      await stage.add(stream, "session", chainBuilder(stream, "session").append(step, step).entries);
    const appends = [chainBuilder("w", "workspace").append(step)];
    const [result] = await store.append([{ appends, staged: { stage, streams: ["a", "b"] } }]);
    expect(result).toEqual({ ok: false, error: { kind: "stale", stream: "b", expected: -1, actual: 0 } });
    await stage.drop();
    expect([await store.head("a"), await store.head("w"), await store.lastCommit()]).toEqual([
      undefined,
      undefined,
      1,
    ]);
  });
};

const idempotencyPromises = (check: Check, expect: typeof Expect): void => {
  const row = { actor: "operator", key: "k", requestHash: "ab".repeat(32), answer: '{"ok":true}', at: 5 };

  check("an answer is kept with its unit, under the unit's last commit", async (store) => {
    const log = chainBuilder("a", "session");
    await store.append([{ appends: [log.append(step, step)], idempotency: row }]);
    expect(await store.idempotency("operator", "k")).toEqual({ ...row, commit: 2 });
    expect(await store.idempotency("operator", "other")).toBeUndefined();
    expect(await store.idempotency("someone", "k")).toBeUndefined();
  });

  check("a unit that fails keeps no answer", async (store) => {
    const stale = chainBuilder("a", "session", { seq: 3, hash: "" }).append(step);
    await store.append([{ appends: [stale], idempotency: row }]);
    expect(await store.idempotency("operator", "k")).toBeUndefined();
  });

  check("a key that is taken fails the second unit whole", async (store) => {
    const [a, b] = [chainBuilder("a", "session").append(step), chainBuilder("b", "session").append(step)];
    const other = { ...row, answer: "{}" };
    const results = await store.append([
      { appends: [a], idempotency: row },
      { appends: [b], idempotency: other },
    ]);
    expect(results.map(({ ok }) => ok)).toEqual([true, false]);
    expect(await store.head("b")).toBeUndefined();
    expect((await store.idempotency("operator", "k"))?.answer).toBe(row.answer);
  });
};

const cachePromises = (check: Check, expect: typeof Expect): void => {
  check(
    "the latest snapshot at or before a position is found, and dropping them loses no entry",
    async (store) => {
      const append = chainBuilder("a", "session").append(...Array.from({ length: 10 }, () => step));
      await store.append([{ appends: [append] }]);
      const at = (seq: number) => ({
        stream: "a",
        seq,
        semantics: 1,
        entryHash: append.entries[seq]?.hash ?? "",
        bytes: Uint8Array.of(seq, 255),
      });
      await store.putSnapshot(at(2));
      await store.putSnapshot(at(6));
      expect(await store.snapshot("a", 9)).toEqual(at(6));
      expect(await store.snapshot("a", 6)).toEqual(at(6));
      expect(await store.snapshot("a", 5)).toEqual(at(2));
      expect(await store.snapshot("a", 1)).toBeUndefined();
      expect(await store.snapshot("b", 9)).toBeUndefined();
      const before = await store.read("a", 0, 100);
      await store.dropSnapshots();
      expect(await store.snapshot("a", 9)).toBeUndefined();
      expect(await store.read("a", 0, 100)).toEqual(before);
    },
  );

  check("a snapshot whose entry hash is not the chain's is ignored", async (store) => {
    const append = chainBuilder("a", "session").append(step, step, step);
    await store.append([{ appends: [append] }]);
    const good = {
      stream: "a",
      seq: 0,
      semantics: 1,
      entryHash: append.entries[0]?.hash ?? "",
      bytes: new Uint8Array(1),
    };
    await store.putSnapshot(good);
    await store.putSnapshot({ ...good, seq: 2, entryHash: "f".repeat(64) });
    expect(await store.snapshot("a", 2)).toEqual(good);
  });

  check("a draft is replaced only over the revision it was made from", async (store) => {
    expect(await store.draft("p")).toBeUndefined();
    const first = { protocol: "p", source: "one", at: 1 };
    expect(await store.putDraft(first, 0)).toEqual({ ok: true, draft: { ...first, revision: 1 } });
    const second = { protocol: "p", source: "two", at: 2 };
    expect(await store.putDraft(second, 0)).toEqual({ ok: false, current: { ...first, revision: 1 } });
    expect(await store.putDraft(second, 1)).toEqual({ ok: true, draft: { ...second, revision: 2 } });
    expect(await store.draft("p")).toEqual({ ...second, revision: 2 });
    expect(await store.putDraft({ ...first, protocol: "q" }, 3)).toEqual({ ok: false, current: undefined });
  });
};

/**
 * The promises of `LogStore` and `DraftStore` (model §1), the same for every
 * implementation. Call it at the top of a test file.
 *
 * @example logStoreContract("memory", async () => memoryStore(), { describe, it, expect });
 */
export const logStoreContract = (name: string, open: OpenEmptyStore, tools: SuiteTools): void => {
  const check: Check = (promise, test) => {
    tools.it(promise, async () => {
      const store = await open();
      try {
        await test(store);
      } finally {
        await store.close();
      }
    });
  };
  tools.describe(`the log store contract: ${name}`, () => {
    appendPromises(check, tools.expect);
    unitPromises(check, tools.expect);
    sessionPromises(check, tools.expect);
    stagePromises(check, tools.expect);
    idempotencyPromises(check, tools.expect);
    cachePromises(check, tools.expect);
  });
};

import type { ContextInput } from "@parley/wire";
import { expect, test } from "vitest";
import { failingStore } from "../../testing/failing-store.ts";
import { memoryStore } from "../memory-store.ts";
import type { AppendUnit } from "../ports.ts";
import { type ContextState, emptyContext } from "../streams/context-state.ts";
import { contextPart } from "./append.ts";
import { type Cell, newCell } from "./cell.ts";
import type { UnitPart } from "./unit.ts";
import { createWriter } from "./writer.ts";

const asked = { actor: { kind: "operator", id: "o" }, now: 5 } as const;
const fact = (name: string): ContextInput => ({ kind: "fact.recorded", fact: name, by: "a" });

const setup = () => {
  const failing = failingStore(memoryStore());
  const batches: number[] = [];
  const store = {
    ...failing.store,
    append: (units: readonly AppendUnit[]) => {
      batches.push(units.length);
      return failing.store.append(units);
    },
  };
  const commits: number[] = [];
  const writer = createWriter(store, (entries) => commits.push(...entries.map(({ commit }) => commit)));
  const cells = new Map(["a", "b", "c"].map((name) => [name, newCell(emptyContext(name))]));
  const cell = (name: string) => cells.get(name) as Cell<ContextState>;
  const part = (name: string) => contextPart(name, cell(name), [fact(name)], asked) as UnitPart;
  const write = (...names: string[]) => writer.write({ parts: names.map(part) });
  const heads = () => [...cells.values()].map(({ durable, tentative }) => [durable.seq, tentative.seq]);
  return { failing, batches, commits, writer, write, heads };
};

test("what is asked for in one turn is one batch, and what comes meanwhile the next", async () => {
  const { batches, write, writer, commits } = setup();
  const first = [write("a"), write("b")];
  await Promise.resolve();
  await Promise.resolve();
  const later = write("a");
  expect((await Promise.all([...first, later])).every(({ ok }) => ok)).toBe(true);
  await writer.idle();
  expect(batches).toEqual([2, 1]);
  expect(commits).toEqual([1, 2, 3]);
});

test("a batch holds 32 units at most", async () => {
  const { batches, write } = setup();
  await Promise.all(Array.from({ length: 70 }, () => write("a")));
  expect(batches).toEqual([32, 32, 6]);
});

/** A store that carries out the batches handed to it one by one, in their order, as it is told to. */
const gated = () => {
  const memory = memoryStore();
  const waiting: ((outcome: "written" | "full") => void)[] = [];
  const store = {
    ...memory,
    append: async (units: readonly AppendUnit[]) => {
      const outcome = await new Promise<"written" | "full">((resolve) => waiting.push(resolve));
      if (outcome === "full") throw { kind: "full" };
      return memory.append(units);
    },
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const next = async (outcome: "written" | "full" = "written"): Promise<void> => {
    waiting.shift()?.(outcome);
    await turn();
  };
  const writer = createWriter(store, () => undefined);
  const cells = new Map(["a", "b"].map((name) => [name, newCell(emptyContext(name))]));
  const cell = (name: string) => cells.get(name) as Cell<ContextState>;
  const done: string[] = [];
  const write = async (label: string, ...names: string[]): Promise<void> => {
    const parts = names.map((name) => contextPart(name, cell(name), [fact(label)], asked) as UnitPart);
    void writer.write({ parts }).then((one) => done.push(`${label} ${one.ok ? "ok" : one.error.kind}`));
    await turn();
  };
  const heads = () => [...cells.values()].map(({ durable, tentative }) => [durable.seq, tentative.seq]);
  return { waiting, next, write, writer, done, heads };
};

test("a batch waits for no other, be it of its own streams: those follow in the order they were made", async () => {
  const { waiting, next, write, done, heads } = gated();
  await write("first", "a");
  await write("on it", "a");
  await write("beside", "b");
  expect(waiting).toHaveLength(3);
  for (let left = waiting.length; left > 0; left -= 1) await next();
  expect(done).toEqual(["first ok", "on it ok", "beside ok"]);
  expect(heads()).toEqual([
    [1, 1],
    [0, 0],
  ]);
});

test("what built on a batch that failed fails with it and is told why, on its way or not; what did not stands", async () => {
  const { waiting, next, write, writer, done, heads } = gated();
  await write("lost", "a");
  await write("beside", "b");
  await write("on both", "a", "b");
  await next("full");
  // Made from what is on disk, but while others are still on their way that take the stream back once more.
  await write("too early", "b", "a");
  expect(waiting).toHaveLength(2);
  await next();
  await next();
  await writer.idle();
  expect(done).toEqual(["lost store-full", "beside ok", "on both store-full", "too early store-full"]);
  expect(heads()).toEqual([
    [-1, -1],
    [0, 0],
  ]);
  await write("again", "b", "a");
  await next();
  expect(done.at(-1)).toBe("again ok");
});

test("nothing is durable before the store says so", async () => {
  const { write, heads } = setup();
  const writing = write("a");
  expect(heads()[0]).toEqual([-1, 0]);
  await writing;
  expect(heads()[0]).toEqual([0, 0]);
});

test("after a failed batch every stream it touched, and every one standing on those, is what is on disk", async () => {
  const { failing, write, heads } = setup();
  await write("a", "b", "c");
  failing.fail({ kind: "full" });
  const inFlight = write("a");
  await Promise.resolve();
  await Promise.resolve();
  // Queued while the first is on its way: `c` stands on nothing that failed, until `b` joins it to `a`.
  const queued = [write("c"), write("b", "c"), write("a", "b")];
  const outcomes = await Promise.all([inFlight, ...queued]);
  expect(outcomes.map((one) => (one.ok ? "ok" : one.error.kind))).toEqual(Array(4).fill("store-full"));
  expect(heads()).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
  failing.fail(undefined);
  expect((await write("a", "b", "c")).ok).toBe(true);
});

test("a failed unit leaves units of other streams standing", async () => {
  const { failing, write, heads } = setup();
  failing.failUnit({ kind: "failed", reason: "savepoint" });
  const outcomes = await Promise.all([write("a"), write("b"), write("a", "c")]);
  expect(outcomes.map(({ ok }) => ok)).toEqual([false, true, false]);
  expect(heads()).toEqual([
    [-1, -1],
    [0, 0],
    [-1, -1],
  ]);
});

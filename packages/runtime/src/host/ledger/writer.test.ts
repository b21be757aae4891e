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

test("a batch holds 100 units at most", async () => {
  const { batches, write } = setup();
  await Promise.all(Array.from({ length: 140 }, () => write("a")));
  expect(batches).toEqual([100, 40]);
});

test("a batch does not wait for one of other streams, and one of its own streams it never overtakes", async () => {
  const open: (() => void)[] = [];
  const memory = memoryStore();
  const store = {
    ...memory,
    append: async (units: readonly AppendUnit[]) => {
      await new Promise<void>((resolve) => open.push(resolve));
      return memory.append(units);
    },
  };
  const writer = createWriter(store, () => undefined);
  const cells = new Map(["a", "b"].map((name) => [name, newCell(emptyContext(name))]));
  const done: string[] = [];
  const write = (label: string, name: string): void => {
    const part = contextPart(name, cells.get(name) as Cell<ContextState>, [fact(label)], asked) as UnitPart;
    void writer.write({ parts: [part] }).then(({ ok }) => done.push(`${label} ${ok}`));
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  write("a1", "a");
  await turn();
  write("a2", "a");
  write("b1", "b");
  await turn();
  expect(open).toHaveLength(2);
  open[1]?.();
  await turn();
  expect(done).toEqual(["b1 true"]);
  open[0]?.();
  await turn();
  expect(open).toHaveLength(3);
  open[2]?.();
  await writer.idle();
  expect(done).toEqual(["b1 true", "a1 true", "a2 true"]);
});

test("a failure waits for what is still on its way before it takes back what stands on both", async () => {
  const open: ((fail: boolean) => void)[] = [];
  const memory = memoryStore();
  const store = {
    ...memory,
    append: async (units: readonly AppendUnit[]) => {
      if (await new Promise<boolean>((resolve) => open.push(resolve))) throw { kind: "full" };
      return memory.append(units);
    },
  };
  const writer = createWriter(store, () => undefined);
  const cells = new Map(["a", "b"].map((name) => [name, newCell(emptyContext(name))]));
  const cell = (name: string) => cells.get(name) as Cell<ContextState>;
  const write = (...names: string[]) =>
    writer.write({
      parts: names.map((name) => contextPart(name, cell(name), [fact("f")], asked) as UnitPart),
    });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const a = write("a");
  await turn();
  const b = write("b");
  await turn();
  const both = write("a", "b");
  open[0]?.(true);
  await turn();
  open[1]?.(false);
  expect((await Promise.all([a, b, both])).map(({ ok }) => ok)).toEqual([false, true, false]);
  expect([cell("a"), cell("b")].map(({ durable, tentative }) => [durable.seq, tentative.seq])).toEqual([
    [-1, -1],
    [0, 0],
  ]);
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

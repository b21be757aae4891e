import { chainBuilder } from "@parley/runtime/testing";
import { expect, test } from "vitest";
import { groupCommit } from "./group-commit.ts";
import type { WriterClient } from "./writer-client.ts";
import type { WriterJob } from "./writer-message.ts";

interface Sent {
  readonly jobs: readonly WriterJob[];
  readonly answer: (commitMs?: number, workMs?: number) => void;
  readonly fail: () => void;
}

/** A writer that answers when the test says so. */
const fakeWriter = () => {
  const sent: Sent[] = [];
  const client: WriterClient = {
    version: 1,
    send: (request) =>
      new Promise((resolve, reject) => {
        if (request.kind !== "batch") throw new Error("only batches here");
        const { jobs } = request;
        const answers = jobs.map((job) =>
          job.kind === "append" ? job.units.map(() => ({ ok: true, commits: [[1]] }) as const) : undefined,
        );
        sent.push({
          jobs,
          answer: (commitMs = 0.1, workMs = 0.1) =>
            resolve({ id: 1, ok: true, kind: "batch", answers, workMs, commitMs }),
          fail: () => reject({ kind: "full" }),
        });
      }),
  };
  return { sent, group: groupCommit(client) };
};

const turn = () => new Promise((resolve) => setImmediate(resolve));
const job = (units = 1) => ({
  kind: "append" as const,
  units: Array.from({ length: units }, (_, index) => ({
    appends: [chainBuilder(`s${index}`, "session").append({ input: { kind: "advance" } })],
  })),
});

test("what is asked in one turn of the event loop shares a transaction; a lone job does not wait", async () => {
  const { sent, group } = fakeWriter();
  const asked = [group.submit(job()), group.submit(job()), group.submit({ kind: "drop-snapshots" })];
  await turn();
  expect(sent.map(({ jobs }) => jobs.length)).toEqual([3]);
  sent[0]!.answer();
  expect(await Promise.all(asked)).toEqual([
    [{ ok: true, commits: [[1]] }],
    [{ ok: true, commits: [[1]] }],
    undefined,
  ]);
  expect(group.stats()).toEqual({ batches: 1, units: 3, commitMs: [0.1] });
});

test("while a batch is under way later jobs gather, and nothing is answered before its own batch", async () => {
  const { sent, group } = fakeWriter();
  const answered: string[] = [];
  void group.submit(job()).then(() => answered.push("first"));
  await turn();
  for (const name of ["second", "third"]) {
    void group.submit(job()).then(() => answered.push(name));
    await turn();
  }
  expect(sent).toHaveLength(1);
  expect(answered).toEqual([]);
  sent[0]!.answer();
  await turn();
  await turn();
  expect(answered).toEqual(["first"]);
  expect(sent.map(({ jobs }) => jobs.length)).toEqual([1, 2]);
});

test("a batch holds at most 256 units, and one job is never split", async () => {
  const { sent, group } = fakeWriter();
  for (let count = 0; count < 700; count += 1) void group.submit(job());
  void group.submit(job(300));
  for (let batch = 0; batch < 10; batch += 1) {
    await turn();
    for (const { answer } of sent) answer(50);
    await turn();
  }
  const sizes = sent.map(({ jobs }) =>
    jobs.reduce((sum, one) => sum + (one.kind === "append" ? one.units.length : 1), 0),
  );
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1000);
  expect(sizes.at(-1)).toBe(300);
  expect(sizes.slice(0, -1).every((size) => size <= 256)).toBe(true);
});

test("on a slow disk one batch is out at a time, on a quick one two", async () => {
  const { sent, group } = fakeWriter();
  for (let count = 0; count < 200; count += 1) void group.submit(job());
  await turn();
  expect(sent.map(({ jobs }) => jobs.length)).toEqual([100, 100]);
  sent[0]!.answer(50);
  sent[1]!.answer(50);
  await turn();
  for (let count = 0; count < 200; count += 1) void group.submit(job());
  await turn();
  expect(sent.slice(2).map(({ jobs }) => jobs.length)).toEqual([200]);
  // As long, but most of it work: the disk is not what is slow.
  sent[2]!.answer(50, 80);
  await turn();
  for (let count = 0; count < 200; count += 1) void group.submit(job());
  await turn();
  expect(sent.slice(3).map(({ jobs }) => jobs.length)).toEqual([100, 100]);
});

test("a batch that fails rejects every job in it, and the next goes on", async () => {
  const { sent, group } = fakeWriter();
  const lost = [group.submit(job()), group.submit(job())].map((asked) =>
    asked.catch((error: unknown) => error),
  );
  await turn();
  sent[0]!.fail();
  expect(await Promise.all(lost)).toEqual([{ kind: "full" }, { kind: "full" }]);
  const next = group.submit(job());
  await turn();
  sent[1]!.answer();
  expect(await next).toHaveLength(1);
});

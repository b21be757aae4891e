import { analyse } from "@parley/core";
import { replayRun, sessionInputs, walk } from "@parley/core/explore";
import { arbitraryProgram } from "@parley/core/testing";
import type { InputsRequest } from "@parley/wire/http";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { operator } from "./caller.ts";
import type { Host } from "./host-api.ts";

/** Sends and receipts of the session, in order, as `Ada>Bob:Hello` and `Bob<Ada:Hello`. */
const messagesOf = async (host: Host, id: string): Promise<readonly string[]> => {
  const log = await host.log(id, 0, 1_000);
  if (!log.ok) throw new Error(JSON.stringify(log.error));
  return log.value.items.flatMap(({ events }) =>
    events.flatMap((event): readonly string[] => {
      const { kind, edge, label } = event as {
        kind: string;
        edge?: { from: string; to: string };
        label: string;
      };
      const { from, to } = edge ?? { from: "", to: "" };
      if (kind === "sent") return [`${from}>${to}:${label}`];
      return kind === "received" ? [`${to}<${from}:${label}`] : [];
    }),
  );
};

/** Hands the run in; answers how far it was taken and what happened, and what the run says happens. */
const replayed = async (source: string, run: ReturnType<typeof walk>, roles: readonly string[]) => {
  const { host } = await hostFixture();
  const { id } = await openText(host, source, { clock: "manual", drive: "manual", decisions: "ask" });
  const { batches } = sessionInputs(run, roles);
  const how = await replayRun(batches, {
    post: async (inputs) => {
      const answer = await host.inputs(operator, id, { inputs: [...inputs] as InputsRequest["inputs"] });
      if (!answer.ok) throw new Error(`${JSON.stringify(inputs)}: ${JSON.stringify(answer.error)}`);
    },
    timers: async () => {
      const view = await host.view(id);
      return view.ok ? view.value.next.filter((action) => action.kind === "timer") : [];
    },
  });
  const expected = run.trace.flatMap(({ role, kind, peer, label }) => {
    if (kind === "send") return [`${role}>${peer}:${label}`];
    return kind === "receive" ? [`${role}<${peer}:${label}`] : [];
  });
  return { how, happened: await messagesOf(host, id), expected };
};

test("a run of the explored system, asked for input by input, happens on the machine step by step", async () => {
  const programs = arbitraryProgram({
    par: false,
    loops: ["repeat", "decide"],
    cases: true,
    deeds: true,
    effects: true,
  });
  await fc.assert(
    fc.asyncProperty(programs, fc.array(fc.nat({ max: 9_999 }), { maxLength: 25 }), async (source, picks) => {
      const sample = analyse(source).samples?.at(-1);
      if (sample === undefined) return;
      const { how, happened, expected } = await replayed(
        source,
        walk(sample.locals, picks),
        sample.bound.roles,
      );
      expect(how).toEqual({ kind: "done" });
      expect(happened).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});

test("a run through timeouts that run out or are cancelled happens on the machine, as far as one clock lets it", async () => {
  const programs = arbitraryProgram({
    par: false,
    timeouts: true,
    loops: ["repeat", "decide"],
    cases: true,
    deeds: true,
  });
  let through = 0;
  await fc.assert(
    fc.asyncProperty(programs, fc.array(fc.nat({ max: 9_999 }), { maxLength: 25 }), async (source, picks) => {
      const sample = analyse(source).samples?.at(-1);
      if (sample === undefined) return;
      const run = walk(sample.locals, picks);
      fc.pre(run.trace.some(({ kind }) => kind === "expire"));
      const { how, happened, expected } = await replayed(source, run, sample.bound.roles);
      expect(how.kind).not.toBe("noTimer");
      if (how.kind === "done") {
        through += 1;
        expect(happened).toEqual(expected);
      } else expect(expected.slice(0, happened.length)).toEqual(happened);
    }),
    { numRuns: 40 },
  );
  expect(through).toBeGreaterThan(10);
});

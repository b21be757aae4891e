import { analyse } from "@parley/core";
import { sessionInputs, walk } from "@parley/core/explore";
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
      const run = walk(sample.locals, picks);
      const { host } = await hostFixture();
      const { id } = await openText(host, source);
      const { batches, complete } = sessionInputs(run, sample.bound.roles);
      const cut = run.trace.findIndex(({ kind }) => kind === "expire");
      expect(complete).toBe(cut < 0);
      const happened = cut < 0 ? run.trace : run.trace.slice(0, cut);
      for (const inputs of batches) {
        const answer = await host.inputs(operator, id, { inputs: [...inputs] as InputsRequest["inputs"] });
        expect(answer).toMatchObject({ ok: true });
      }
      const expected = happened.flatMap(({ role, kind, peer, label }) => {
        if (kind === "send") return [`${role}>${peer}:${label}`];
        return kind === "receive" ? [`${role}<${peer}:${label}`] : [];
      });
      expect(await messagesOf(host, id)).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});

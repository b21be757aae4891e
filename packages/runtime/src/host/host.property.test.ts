import { analyse } from "@parley/core";
import { arbitraryProgram, wholeLanguage } from "@parley/core/testing";
import type { SessionView } from "@parley/wire/http";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { randomWalk } from "../testing/random-walk.ts";
import { operator } from "./caller.ts";
import { replayFile } from "./transfer/verify-file.ts";

const walk = fc.array(fc.nat({ max: 9_999 }), { minLength: 1, maxLength: 40 });
const decisions = fc.constantFrom("ask", "first", "random", "roundRobin") as fc.Arbitrary<
  "ask" | "first" | "random" | "roundRobin"
>;
const drive = fc.constantFrom("manual", "eager") as fc.Arbitrary<"manual" | "eager">;
/** A role that could not tell the arms of a random choice apart makes a program unsound: not this test's matter. */
const source = fc
  .oneof(
    arbitraryProgram({ decorations: true }),
    arbitraryProgram({ ...wholeLanguage, loops: ["decide", "repeat"], decorations: false }),
  )
  .filter((text) => analyse(text).verdict === "sound");
const session = fc.record({ source, walk, decisions, drive });

/** A session opened and walked. */
const walked = async (of: {
  readonly source: string;
  readonly walk: readonly number[];
  readonly decisions: "ask" | "first" | "random" | "roundRobin";
  readonly drive: "manual" | "eager";
}) => {
  const fixture = await hostFixture();
  const { host } = fixture;
  const checked = host.check({ source: of.source });
  const names = Object.fromEntries(checked.parameters.map((name) => [name, 2]));
  const opened = await openText(host, of.source, {
    names,
    decisions: of.decisions,
    drive: of.drive,
    clock: "manual",
    seed: "property",
  });
  const views = [opened, ...(await randomWalk(host, opened.id, of.walk))];
  return { ...fixture, id: opened.id, views };
};

/** What of a view belongs to its position, not to what came after it. */
const position = ({ head, branches, run, updatedAt, createdAt, ...rest }: SessionView) => rest;

test("replay equals live, by every event and hash", async () => {
  await fc.assert(
    fc.asyncProperty(session, async (of) => {
      const { host, id } = await walked(of);
      const replayed = await host.replay(id);
      expect(replayed).toMatchObject({ ok: true, value: { ok: true, findings: [] } });
    }),
    { numRuns: 60 },
  );
});

test("a view of a position is what live had there, with and without snapshots", async () => {
  await fc.assert(
    fc.asyncProperty(session, async (of) => {
      const { host, store, id, views } = await walked(of);
      const latest = new Map(views.map((view) => [view.at, view]));
      const seen = async () => {
        const found = [];
        for (const at of latest.keys()) {
          const view = await host.view(id, at);
          found.push(view.ok ? position(view.value) : view.error);
        }
        return found;
      };
      expect(await seen()).toEqual([...latest.values()].map(position));
      await store.dropSnapshots();
      expect(await seen()).toEqual([...latest.values()].map(position));
    }),
    { numRuns: 30 },
  );
});

test("a fork given the same inputs does the same", async () => {
  await fc.assert(
    fc.asyncProperty(session, fc.nat(), async (of, cut) => {
      const { host, id, views } = await walked(of);
      const head = views.at(-1)?.head ?? 0;
      const at = cut % (head + 1);
      const fork = await host.fork(operator, id, { at });
      if (!fork.ok) throw new Error(fork.error.kind);
      const log = await host.log(id, at + 1, 10_000);
      for (const { input } of log.ok ? log.value.items : []) {
        const request = { expectedHead: undefined as number | undefined, inputs: [input as never] };
        const view = await host.view(fork.value.id);
        // A timer that the fork's own clock has fired already is not fired again.
        const timers = view.ok
          ? view.value.next.flatMap((one) => (one.kind === "timer" ? [one.id] : []))
          : [];
        if (input.kind === "timer" && !timers.includes(String(input.id))) continue;
        request.expectedHead = view.ok ? view.value.head : undefined;
        expect(await host.inputs(operator, fork.value.id, request)).toMatchObject({ ok: true });
      }
      const end = await host.view(fork.value.id);
      expect(end.ok && [end.value.protocolHash, end.value.tick, end.value.status]).toEqual(
        ((view) => [view?.protocolHash, view?.tick, view?.status])(views.at(-1)),
      );
    }),
    { numRuns: 30 },
  );
});

test("an exported session replays anywhere", async () => {
  await fc.assert(
    fc.asyncProperty(session, async (of) => {
      const { host, id, views } = await walked(of);
      const file = await host.exportSession(id);
      if (!file.ok) throw new Error(file.error.kind);
      expect(replayFile(file.value)).toEqual({
        ok: true,
        value: { ok: true, head: views.at(-1)?.head ?? 0, findings: [] },
      });
      const other = (await hostFixture()).host;
      const taken = await other.importSession(operator, file.value);
      expect(taken.ok && taken.value.stateHash).toBe(views.at(-1)?.stateHash);
    }),
    { numRuns: 20 },
  );
});

import { analyse } from "@parley/core";
import { arbitraryProgram, wholeLanguage } from "@parley/core/testing";
import type { InputsRequest, SessionView } from "@parley/wire/http";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { randomWalk } from "../testing/random-walk.ts";
import { timedNames, timedSources } from "../testing/timed-sources.ts";
import { operator } from "./caller.ts";
import type { Host } from "./host-api.ts";
import type { Result } from "./host-error.ts";
import { replayFile } from "./transfer/verify-file.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const source = fc.oneof(
  arbitraryProgram({ ...wholeLanguage, loops: ["decide", "repeat"], decorations: false }).filter(
    (text) => analyse(text).verdict === "sound",
  ),
  fc.constantFrom(...timedNames.map((name) => timedSources[name] ?? "")),
);
const session = fc.record({
  source,
  decisions: fc.constantFrom("ask", "first", "random", "roundRobin"),
  scheduler: fc.constantFrom("cooperative", "roundRobin", "aging", "tokenWeighted", "progressAware"),
  drive: fc.constantFrom("manual", "eager"),
});
const walk = fc.array(fc.nat({ max: 9_999 }), { minLength: 1, maxLength: 24 });

type InputJson = InputsRequest["inputs"][number];

/** A fault of the network or a site, by number. */
const faultOf = (view: SessionView, n: number): InputJson | undefined => {
  const role = view.roles[n % view.roles.length]?.role ?? "";
  const edge = view.edges[n % Math.max(view.edges.length, 1)];
  if (n % 97 === 1) return { kind: "topology", event: { kind: "crash", site: role } };
  const down = view.broken?.crashed[0];
  if (down !== undefined && n % 3 === 0) return { kind: "topology", event: { kind: "restart", site: down } };
  if (edge === undefined) return undefined;
  const { from, to } = edge;
  const flying = view.edges.find(({ queue }) => queue.length > 0);
  const seq = flying?.queue[0]?.seq;
  if (flying !== undefined && seq !== undefined && n % 5 === 2) {
    const fault = (["drop", "duplicate", "overtake", "bitFlip", "truncation"] as const)[n % 4] ?? "drop";
    const { from: sender, to: receiver } = flying;
    return { kind: "topology", event: { kind: "frame", from: sender, to: receiver, seq, fault } };
  }
  switch (n % 4) {
    case 0:
      return { kind: "topology", event: { kind: "partition", from, to } };
    case 1:
      return { kind: "topology", event: { kind: "corrupt", from, to, corruption: "truncation" } };
    default:
      return { kind: "topology", event: { kind: "heal", from, to } };
  }
};

/** Walks a session; before every other step something breaks. */
const roughWalk = async (host: Host, id: string, steps: readonly number[]): Promise<number> => {
  let faults = 0;
  for (const n of steps) {
    const view = must(await host.view(id));
    const fault = n % 2 === 0 ? faultOf(view, n) : undefined;
    if (fault !== undefined) {
      const done = await host.inputs(operator, id, { expectedHead: view.head, inputs: [fault] });
      if (done.ok) faults += 1;
    }
    await randomWalk(host, id, [n]);
  }
  return faults;
};

const open = async (host: Host, of: { readonly source: string }): Promise<string> => {
  const { source: text, ...request } = of;
  const names = Object.fromEntries(host.check({ source: text }).parameters.map((name) => [name, 2]));
  return (await openText(host, text, { ...request, names, clock: "manual", seed: "faults" })).id;
};

test("with faults of the network and of sites, under every scheduler, replay equals live and an export replays", async () => {
  let faults = 0;
  await fc.assert(
    fc.asyncProperty(session, walk, async (of, steps) => {
      const { host } = await hostFixture();
      const id = await open(host, of);
      faults += await roughWalk(host, id, steps);
      const view = must(await host.view(id));
      expect(must(await host.replay(id))).toMatchObject({ ok: true, findings: [] });
      expect(replayFile(must(await host.exportSession(id)))).toEqual({
        ok: true,
        value: { ok: true, head: view.head, findings: [] },
      });
    }),
    { numRuns: 30 },
  );
  expect(faults).toBeGreaterThan(8);
});

test("a fork given the same inputs and faults does the same", async () => {
  await fc.assert(
    fc.asyncProperty(session, walk, fc.nat(), async (of, steps, cut) => {
      const { host } = await hostFixture();
      const id = await open(host, of);
      await roughWalk(host, id, steps);
      const end = must(await host.view(id));
      const at = cut % (end.head + 1);
      const fork = must(await host.fork(operator, id, { at }));
      for (const { input } of must(await host.log(id, at + 1, 10_000)).items) {
        const { head, next } = must(await host.view(fork.id));
        // A timer that the fork's own clock has fired already is not fired again.
        const running = next.some((one) => one.kind === "timer" && one.id === String(input.id));
        if (input.kind === "timer" && !running) continue;
        const done = await host.inputs(operator, fork.id, { expectedHead: head, inputs: [input as never] });
        expect(done).toMatchObject({ ok: true });
      }
      const { protocolHash, tick, status } = must(await host.view(fork.id));
      expect([protocolHash, tick, status]).toEqual([end.protocolHash, end.tick, end.status]);
    }),
    { numRuns: 15 },
  );
});

test("no input to one session changes the hashes of another", async () => {
  let inputs = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(session, { minLength: 2, maxLength: 3 }),
      fc.array(fc.tuple(fc.nat(), walk), { minLength: 3, maxLength: 8 }),
      async (list, turns) => {
        const { host } = await hostFixture();
        const ids: string[] = [];
        for (const of of list) ids.push(await open(host, of));
        const hashes = async (): Promise<readonly string[]> => {
          const views = await Promise.all(ids.map(async (id) => must(await host.view(id))));
          return views.map(({ protocolHash, stateHash, head }) => `${protocolHash} ${stateHash} ${head}`);
        };
        for (const [which, steps] of turns) {
          const mine = which % ids.length;
          const before = await hashes();
          await roughWalk(host, ids[mine] ?? "", steps.slice(0, 4));
          const after = await hashes();
          after.forEach((hash, i) => {
            if (i !== mine) expect(hash).toBe(before[i]);
            else if (hash !== before[i]) inputs += 1;
          });
        }
        const file = must(await host.exportSession(ids[0] ?? ""));
        const taken = must(await (await hostFixture()).host.importSession(operator, file));
        expect(taken.stateHash).toBe(must(await host.view(ids[0] ?? "")).stateHash);
      },
    ),
    { numRuns: 15 },
  );
  expect(inputs).toBeGreaterThan(10);
});

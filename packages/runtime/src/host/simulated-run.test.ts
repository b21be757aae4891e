import { analyse } from "@parley/core";
import { arbitraryProgram } from "@parley/core/testing";
import type { MachineEvent } from "@parley/wire";
import type { InputsRequest } from "@parley/wire/http";
import fc from "fast-check";
import { expect, test } from "vitest";
import { imagesOf } from "../simulation/images-of.ts";
import { type Played, playReplay } from "../simulation/play-replay.ts";
import type { RawScenario } from "../simulation/raw-scenario.ts";
import { readScenario } from "../simulation/read-scenario.ts";
import { sessionReplay } from "../simulation/session-replay.ts";
import { simulate } from "../simulation/simulate.ts";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { operator } from "./caller.ts";

const messagesIn = (events: readonly MachineEvent[]): readonly string[] =>
  events.flatMap((event) =>
    event.kind === "sent" || event.kind === "received"
      ? [`${event.kind} ${event.edge.from} ${event.edge.to} ${event.label} ${event.payload.kind}`]
      : [],
  );

/** Simulates a text, hands the run to a session of it, and answers what happened in both. */
const both = async (source: string, raw: RawScenario) => {
  const read = readScenario(raw);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const image = imagesOf(analyse(source))(read.scenario);
  if (!image.ok) throw new Error(JSON.stringify(image.errors));
  const run = simulate(image.image, read.scenario);
  const replay = sessionReplay(image.image, read.scenario);
  if (!run.ok || replay === undefined) throw new Error("refused");
  const { host } = await hostFixture();
  const options = { clock: "manual", drive: "manual", decisions: "ask", grant: "declared" } as const;
  const session = await openText(host, source, options);
  let head = session.head;
  const happened: MachineEvent[] = [];
  const played: Played = await playReplay(
    replay,
    session.roles.map(({ role }) => role),
    {
      openedAt: session.clockAt,
      post: async (inputs, structural) => {
        const request = { inputs: [...inputs], ...(structural ? { expectedHead: head } : {}) };
        const answer = await host.inputs(operator, session.id, request as InputsRequest);
        if (!answer.ok) throw new Error(JSON.stringify(answer.error));
        head = answer.value.head;
        const events = answer.value.entries.flatMap((entry) => entry.events as unknown as MachineEvent[]);
        happened.push(...events);
        return events;
      },
    },
  );
  return {
    played,
    happened: messagesIn(happened),
    expected: messagesIn(run.result.trace.map(({ event }) => event)),
    result: run.result,
  };
};

const SHOP = `module shop exposing (Shop)

protocol Shop =
  roles Buyer, Shop
  Buyer -> Shop : Ask of Nat
  Buyer -> Shop : More of String
  choice Shop at
    | Sold =>
      Shop -> Buyer : Price of Nat
    | Out =>
      Shop -> Buyer : Sorry
`;

test("a run in which a message is lost stands, as a session, where its receiver waits in vain", async () => {
  const faults = [{ from: "Shop", to: "Buyer", nth: 0, do: "drop" }];
  const { played, happened, expected, result } = await both(SHOP, { name: "lost", faults });
  expect(result.outcome).toBe("stuck");
  expect(played).toEqual({ kind: "done" });
  expect(happened).toEqual(expected);
});

test("forged, replaced, late and overtaken messages arrive in a session as they did in the run", async () => {
  for (const faults of [
    [{ from: "Buyer", to: "Shop", nth: 0, do: "delay", ms: 50 }],
    [{ from: "Buyer", to: "Shop", nth: 0, do: "corrupt", how: "tamper" }],
    [{ from: "Shop", to: "Buyer", nth: 0, do: "replace", label: "Sorry" }],
  ]) {
    const { played, happened, expected } = await both(SHOP, { name: "faulty", faults });
    expect([faults, played]).toEqual([faults, { kind: "done" }]);
    expect(happened).toEqual(expected);
  }
});

test("a role that crashed for good stays down in the session", async () => {
  const adversaries = [
    { trigger: { after_step: 1 }, action: { type: "crash", role: "Shop" }, budget: { total: 1 } },
  ];
  const { played, happened, expected } = await both(SHOP, { name: "down", adversaries });
  expect(played).toEqual({ kind: "done" });
  expect(happened).toEqual(expected);
});

test("runs of random programs under a rough network happen in a session as they did", async () => {
  const programs = arbitraryProgram({
    par: false,
    loops: ["repeat", "decide"],
    cases: true,
    deeds: true,
    effects: true,
  });
  let faulty = 0;
  await fc.assert(
    fc.asyncProperty(programs, fc.nat({ max: 999 }), async (source, seed) => {
      const sample = analyse(source).samples?.at(-1);
      if (sample === undefined || Object.keys(sample.bindings.families).length > 0) return;
      const raw = {
        name: "rough",
        seed,
        steps: 120,
        policy: "random",
        network: {
          base_latency_ms: 3,
          latency_variance: 0.5,
          loss_probability: 0.05,
          reorder_probability: 0.1,
        },
      };
      const { played, happened, expected, result } = await both(source, raw);
      if (result.outcome !== "completed") faulty += 1;
      expect(played).toEqual({ kind: "done" });
      expect(happened).toEqual(expected);
    }),
    { numRuns: 30 },
  );
  expect(faulty).toBeGreaterThan(0);
});

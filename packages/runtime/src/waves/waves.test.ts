import type { MachineEvent } from "@parley/wire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CodeImage, compileImage } from "../machine/code/image.ts";
import { commit, type RoundOutcome } from "../machine/commit.ts";
import { protocolHash } from "../machine/hash.ts";
import { type Plan, plan } from "../machine/plan.ts";
import type { Answers } from "../machine/request.ts";
import { cloneMachine } from "../machine/snapshot.ts";
import type { Machine } from "../machine/state.ts";
import type { WaveShape } from "../machine/wave-shape.ts";
import { opened } from "../testing/driven-run.ts";
import { randomImage, randomParImage } from "../testing/random-image.ts";
import { imageOfTypes, recv, send } from "../testing/small-types.ts";
import { causalForm } from "./causal-form.ts";
import { planWave, type Wave, waveProblem } from "./plan-wave.ts";
import { type WaveRound, waveRound } from "./wave-round.ts";

const shape = (width: number): WaveShape => ({ width, lanes: width, widening: true });

/** Answers that depend on the endpoint and its step alone, so that no schedule changes them. */
const answersOf = (next: Plan): Answers => {
  const decision = next.requests.find((request) => request.kind === "decision");
  const guard = { allow: true };
  if (decision === undefined) return { guard };
  const turn = decision.step + decision.role.length + decision.endpoint.length;
  const option = decision.options[(turn * 7) % decision.options.length];
  return { guard, ...(option === undefined ? {} : { label: option.label }) };
};

interface Run {
  readonly machine: Machine;
  readonly events: readonly MachineEvent[];
  readonly rounds: readonly WaveRound[];
}

const MAX_STEPS = 120;

/** Runs one step a round, or with a shape in waves, until everybody has done `limit` steps or nobody can go on. */
const run = (image: CodeImage, wave?: WaveShape, limit = 10): Run => {
  const machine = opened(image);
  const events: MachineEvent[] = [];
  const rounds: WaveRound[] = [];
  /** An endpoint that has taken its steps gets no verdict any more, in every schedule alike. */
  const serve = (next: Plan): RoundOutcome => {
    const coroutine = machine.coroutines.get(next.coroutine ?? -1);
    const over = (coroutine?.endpoint?.step ?? 0) >= limit;
    const outcome = commit(machine, next, over ? {} : answersOf(next));
    events.push(...outcome.events);
    return outcome;
  };
  for (let i = 0; i < MAX_STEPS * 4; i += 1) {
    const next = plan(machine);
    if (next.kind !== "run") break;
    if (wave === undefined) serve(next);
    else rounds.push(waveRound(machine, wave, serve));
  }
  return { machine, events, rounds };
};

const fan = (marked: boolean) => {
  const leg = (to: string, next: ReturnType<typeof send> | undefined) => {
    const one = send(to, { go: next === undefined ? {} : { next } });
    if (one.kind !== "send" || !marked) return one;
    return {
      ...one,
      branches: one.branches.map((branch) => ({
        ...branch,
        annotations: [{ key: "parallel", value: "true" }],
      })),
    };
  };
  return imageOfTypes({
    A: leg("B", leg("C", leg("D", undefined))),
    B: recv("A", { go: {} }),
    C: recv("A", { go: {} }),
    D: recv("A", { go: {} }),
  });
};

const ticksOfSends = (events: readonly MachineEvent[]) =>
  events.flatMap((event) => (event.kind === "sent" ? [event.tick] : []));

describe("waves", () => {
  it("of width one are the ordinary rounds, event for event", () => {
    fc.assert(
      fc.property(fc.oneof(randomImage, randomParImage), ({ image }) => {
        expect(run(image, shape(1)).events).toEqual(run(image).events);
      }),
      { numRuns: 60 },
    );
  });

  it("of any width do the same as one step at a time, whatever the schedule", () => {
    fc.assert(
      fc.property(
        fc.oneof(randomImage, randomParImage),
        fc.integer({ min: 2, max: 5 }),
        ({ image }, width) => {
          const [one, many] = [run(image), run(image, shape(width))];
          expect(causalForm(many.events)).toEqual(causalForm(one.events));
        },
      ),
      { numRuns: 80 },
    );
  });

  it("give the same state whatever order their members are committed in", () => {
    fc.assert(
      fc.property(randomImage, fc.nat(20), ({ image }, rounds) => {
        const machine = opened(image);
        for (let i = 0; i < rounds; i += 1) {
          const next = plan(machine);
          if (next.kind === "run") commit(machine, next, answersOf(next));
        }
        const wave = planWave(machine, shape(4), 4, machine.tick + 1);
        const after = (members: Wave["members"]) => {
          const copy = cloneMachine(machine);
          waveRound(
            copy,
            { ...shape(4), width: Math.max(1, members.length) },
            (next) => commit(copy, next, answersOf(next)),
            () => ({
              ...wave,
              version: copy.version,
              members: copy.tick === machine.tick ? members : [],
            }),
          );
          return protocolHash(copy);
        };
        expect(after([...wave.members].reverse())).toBe(after(wave.members));
      }),
      { numRuns: 60 },
    );
  });

  it("run on lanes that are all different, and never wider than asked", () => {
    const pairs = imageOfTypes({
      A: send("B", { x: {} }),
      B: recv("A", { x: {} }),
      C: send("D", { y: {} }),
      D: recv("C", { y: {} }),
    });
    const { rounds, machine } = run(pairs, { width: 4, lanes: 2, widening: true });
    expect(Math.max(...rounds.map(({ width }) => width))).toBe(2);
    for (const { lanes } of rounds)
      for (const { wave } of lanes) {
        const used = lanes.filter((one) => one.wave === wave).map(({ lane }) => lane);
        expect(new Set(used).size).toBe(used.length);
      }
    expect(machine.sessions.get(0)?.status.kind).toBe("completed");
  });

  it("take one coroutine of a session unless they may be widened", () => {
    const { rounds } = run(fan(false), { width: 4, lanes: 4, widening: false });
    expect(Math.max(...rounds.map(({ width }) => width))).toBe(1);
  });

  it("without a valid certificate are one ordinary step", () => {
    const image = imageOfTypes({
      A: send("B", { x: {} }),
      B: recv("A", { x: {} }),
      C: send("D", { y: {} }),
      D: recv("C", { y: {} }),
    });
    const machine = opened(image);
    const good = planWave(machine, shape(4), 4, 1);
    expect(good.members.map(({ coroutine }) => coroutine)).toEqual([0, 2]);
    const [first] = good.members;
    const broken: readonly (readonly [Wave, string])[] = [
      [{ ...good, version: good.version + 1 }, "stale"],
      [{ ...good, members: first ? [first, first] : [] }, "twice"],
      [
        {
          ...good,
          members: [...good.members, { coroutine: 1, lane: 1, footprint: { sid: 0, keys: [], steps: 1 } }],
        },
        "overlap",
      ],
      [
        { ...good, members: [{ coroutine: 9, lane: 1, footprint: { sid: 0, keys: [], steps: 1 } }] },
        "not-ready",
      ],
    ];
    for (const [wave, kind] of broken) {
      expect(waveProblem(machine, shape(4), wave)?.kind).toBe(kind);
      const copy = cloneMachine(machine);
      const round = waveRound(
        copy,
        shape(4),
        (next) => commit(copy, next, answersOf(next)),
        () => ({ ...wave, version: copy.version + (kind === "stale" ? 1 : 0) }),
      );
      expect(round).toMatchObject({ steps: 1, refused: { kind } });
      expect(copy.tick).toBe(1);
    }
    expect(waveProblem(machine, { ...shape(4), lanes: 2 }, good)).toEqual({ kind: "lane", lane: 0 });
  });
});

describe("edges marked parallel", () => {
  it("leave in one wave, and the run normalises to the sequential one", () => {
    const sequential = run(fan(true));
    const waves = run(fan(true), shape(4));
    expect(new Set(ticksOfSends(waves.events)).size).toBe(1);
    expect(new Set(ticksOfSends(sequential.events)).size).toBe(3);
    expect(causalForm(waves.events)).toEqual(causalForm(sequential.events));
    expect(protocolHash(waves.machine)).toBe(protocolHash(sequential.machine));
  });

  it("are a hint: without it each send has a round of its own", () => {
    expect(new Set(ticksOfSends(run(fan(false), { width: 1, lanes: 1, widening: true }).events)).size).toBe(
      3,
    );
  });
});

describe("the causal form", () => {
  it("tells a run apart in which something else was decided", () => {
    const ways = { yes: {}, no: {} };
    const image = compileImage({
      version: "",
      locals: new Map([
        ["A", send("B", ways)],
        ["B", recv("A", ways)],
      ]),
    });
    const taking = (label: string): readonly MachineEvent[] => {
      const machine = opened(image);
      const events: MachineEvent[] = [];
      for (let i = 0; i < 8; i += 1)
        events.push(...commit(machine, plan(machine), { label, guard: { allow: true } }).events);
      return events;
    };
    expect(causalForm(taking("yes"))).not.toEqual(causalForm(taking("no")));
  });
});

import type { LocalBranch, LocalType } from "@parley/core";
import {
  type CodeImage,
  commit,
  compileImage,
  createMachine,
  type Machine,
  machineHashes,
  openSession,
  plan,
} from "@parley/runtime/machine";
import { median } from "./steady.ts";

export interface RingRate {
  readonly roles: number;
  readonly steps: number;
  readonly stepsPerSecond: number;
}

export interface MachineRates {
  readonly rings: readonly RingRate[];
  /** Rate at 1,000,000 rounds over the rate at 16,000: 1 is flat. */
  readonly flatness: number;
  /** 10,000 hosted sessions, a machine each, ten rounds at a visit, over one session. */
  readonly sessionsRatio: number;
  /** Rounds per second with both hashes brought up to date after each. */
  readonly hashedPerSecond: number;
}

const branch = (peer: string, label: string, next: LocalType): LocalBranch => ({
  peer,
  label,
  payload: { text: "", sort: "Unit" },
  annotations: [],
  edge: label,
  span: { start: 0, end: 0 },
  next,
});

const again: LocalType = { kind: "var", name: "lap" };

/** A token that goes round for ever: each role receives from the one before and sends to the one after. */
const ring = (size: number): CodeImage => {
  const name = (i: number): string => `R${(i + size) % size}`;
  const locals = new Map<string, LocalType>();
  for (let i = 0; i < size; i += 1) {
    const before = name(i - 1);
    const incoming = `m${(i - 1 + size) % size}`;
    const send = (next: LocalType): LocalType => ({
      kind: "send",
      branches: [branch(name(i + 1), `m${i}`, next)],
    });
    const receive = (next: LocalType): LocalType => ({
      kind: "recv",
      from: before,
      branches: [branch(before, incoming, next)],
    });
    const body = i === 0 ? send(receive(again)) : receive(send(again));
    locals.set(name(i), { kind: "mu", var: "lap", body });
  }
  return compileImage({ version: "", locals });
};

const opened = (image: CodeImage): Machine => {
  const machine = createMachine(image);
  openSession(machine);
  return machine;
};

const allowed = { guard: { allow: true } };

/** Rounds per second over many machines, visited in turn. */
const manyRate = (image: CodeImage, sessions: number, steps: number): number => {
  const machines = Array.from({ length: sessions }, () => opened(image));
  const visit = 10;
  const sink = { push: (): void => {} };
  const run = (count: number): void => {
    for (let done = 0; done < count; done += visit) {
      const machine = machines[(done / visit) % sessions] as Machine;
      for (let i = 0; i < visit; i += 1) commit(machine, plan(machine), allowed, sink);
    }
  };
  // Once round first: sessions that are hosted have been there for a while.
  run(sessions * visit);
  const begin = performance.now();
  run(steps);
  return Math.round(steps / ((performance.now() - begin) / 1000));
};

/** Rounds per second, with a sink that counts events. */
const rate = (machine: Machine, steps: number, after?: (machine: Machine) => void): number => {
  let events = 0;
  const sink = {
    push: (): void => {
      events += 1;
    },
  };
  const begin = performance.now();
  for (let i = 0; i < steps; i += 1) {
    commit(machine, plan(machine), allowed, sink);
    after?.(machine);
  }
  const seconds = (performance.now() - begin) / 1000;
  if (events === 0) throw new Error("the ring stands still");
  return Math.round(steps / seconds);
};

/** The best of a few runs: the others measure the neighbours. */
const best = (runs: number, measure: () => number): number =>
  Math.max(...Array.from({ length: runs }, measure));

const SIZES = [1_000, 4_000, 16_000, 100_000, 1_000_000];

/** Measures the machine alone: no host, no store. */
export const machine = (): MachineRates => {
  const images = new Map([2, 8].map((size) => [size, ring(size)] as const));
  for (const image of images.values()) rate(opened(image), 500_000);
  const rings = [...images].flatMap(([roles, image]) =>
    SIZES.map((steps) => ({
      roles,
      steps,
      stepsPerSecond: best(steps > 100_000 ? 3 : 7, () => rate(opened(image), steps)),
    })),
  );
  const pair = images.get(2) as CodeImage;
  const at = (steps: number): number =>
    rings.find((entry) => entry.roles === 2 && entry.steps === steps)?.stepsPerSecond ?? 0;
  const ratio = (value: number): number => Number(value.toFixed(2));
  // One and many side by side, so that a busy machine slows both.
  const ratios = Array.from({ length: 3 }, () => {
    const one = rate(opened(pair), 1_000_000);
    return manyRate(pair, 10_000, 1_000_000) / one;
  });
  return {
    rings,
    flatness: ratio(at(1_000_000) / at(16_000)),
    sessionsRatio: ratio(median(ratios)),
    hashedPerSecond: best(3, () => rate(opened(pair), 20_000, machineHashes)),
  };
};

if (import.meta.main) console.log(JSON.stringify(machine(), null, 1));

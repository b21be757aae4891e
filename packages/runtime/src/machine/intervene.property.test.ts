import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drive, opened } from "../testing/driven-run.ts";
import { randomGlobalImage, randomParImage } from "../testing/random-image.ts";
import { randomScoped } from "../testing/random-scoped.ts";
import { stateHash } from "./hash.ts";
import { type FrameFault, type Intervention, intervene, interventionError } from "./intervene.ts";
import { plan } from "./plan.ts";
import { cloneMachine } from "./snapshot.ts";
import type { Machine } from "./state.ts";

const faults: readonly FrameFault[] = [
  "drop",
  "duplicate",
  "overtake",
  "bitFlip",
  "truncation",
  "payloadErase",
];
const dice = fc.array(fc.nat(10_000), { minLength: 31, maxLength: 97 });
const anyImage = fc.oneof(randomGlobalImage, randomParImage, randomScoped);

/** What could be done to this machine, chosen by a number. */
const chosen = (machine: Machine, roll: number): Intervention | undefined => {
  const { roles } = machine.image;
  const site = roles[roll % roles.length] ?? "";
  const frames = [...machine.sessions.values()].flatMap(({ edges }) =>
    edges.flatMap((edge) => edge.frames.list().map(({ seq }) => ({ ...edge.name, seq }))),
  );
  const frame = frames[roll % Math.max(1, frames.length)];
  const fault = faults[roll % faults.length] ?? "drop";
  switch (roll % 4) {
    case 0:
      return { kind: "crash", site };
    case 1:
      return { kind: "restart", site: [...machine.crashed][0] ?? site };
    default:
      return frame && { kind: "frame", from: frame.from, to: frame.to, seq: frame.seq, fault };
  }
};

/** What a machine keeps twice must agree. */
const consistent = (machine: Machine): void => {
  const alive = [...machine.coroutines.values()].filter(
    ({ status }) => status.kind !== "done" && status.kind !== "faulted",
  );
  expect(machine.live).toBe(alive.length);
  for (const session of machine.sessions.values()) {
    const own = [...machine.coroutines.values()].filter(({ sid }) => sid === session.sid);
    expect(session.live).toBe(own.filter((one) => alive.includes(one)).length);
    expect(session.faults).toBe(own.filter(({ status }) => status.kind === "faulted").length);
  }
  for (const queued of machine.queue.list()) expect(alive.includes(queued)).toBe(true);
  expect(stateHash(cloneMachine(machine))).toBe(stateHash(machine));
};

describe("whatever is done to a machine from outside", () => {
  test("its books stay straight, a copy has the same hash, and it never throws", () => {
    const seen = { crash: 0, restart: 0, frame: 0, refused: 0 };
    fc.assert(
      fc.property(anyImage, dice, ({ image }, rolls) => {
        const machine = opened(image);
        for (const [at, roll] of rolls.slice(0, 14).entries()) {
          drive(machine, rolls.slice(at), {}, 3);
          const event = chosen(machine, roll);
          if (event === undefined) continue;
          const before = stateHash(machine);
          if (interventionError(machine, event) !== undefined) {
            seen.refused += 1;
            expect(stateHash(machine)).toBe(before);
            continue;
          }
          const planned = plan(machine);
          intervene(machine, event);
          expect(machine.version).not.toBe(planned.version);
          seen[event.kind as "crash" | "restart" | "frame"] += 1;
          consistent(machine);
        }
      }),
      { numRuns: 40 },
    );
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(10);
  });

  test("a crash and a restart of everybody leaves a session that ends as if nothing had been", () => {
    fc.assert(
      fc.property(randomGlobalImage, dice, fc.nat(12), ({ image }, rolls, after) => {
        const machine = opened(image);
        drive(machine, rolls, {}, after);
        const unharmed = cloneMachine(machine);
        const { roles } = machine.image;
        const failed = [...machine.coroutines.values()].some(({ status }) => status.kind === "faulted");
        fc.pre(!failed);
        for (const site of roles) intervene(machine, { kind: "crash", site });
        for (const site of roles) intervene(machine, { kind: "restart", site });
        expect([...machine.sessions.values()].map(({ status }) => status.kind)).toEqual(
          [...unharmed.sessions.values()].map(({ status }) => status.kind),
        );
        const kinds = (one: Machine) => [...one.coroutines.values()].map(({ status }) => status.kind).sort();
        const rest = rolls.map((roll) => (roll % 8 < 2 ? roll + 2 : roll));
        expect(kinds(drive(machine, rest, {}, 2_000).machine).includes("faulted")).toBe(
          kinds(drive(unharmed, rest, {}, 2_000).machine).includes("faulted"),
        );
      }),
      { numRuns: 50 },
    );
  });
});

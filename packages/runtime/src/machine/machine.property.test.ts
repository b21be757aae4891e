import type { LocalType } from "@parley/core";
import { hashBytes, type MachineEvent } from "@parley/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drive, opened, perform } from "../testing/driven-run.ts";
import { type RandomImage, randomImage, randomParImage } from "../testing/random-image.ts";
import { decodeImage, encodeImage, imageId } from "./code/image.ts";
import { inject, pauseRole } from "./controls.ts";
import { machineHashes } from "./hash.ts";
import { plan } from "./plan.ts";
import { cloneMachine, decodeMachine, encodeMachine } from "./snapshot.ts";

const seeds = fc.array(fc.nat(1000), { minLength: 7, maxLength: 41 });
const anyImage = fc.oneof(randomImage, randomParImage);
const runs = { numRuns: 120 };

describe("the machine", () => {
  test("a plan changes nothing", () => {
    fc.assert(
      fc.property(anyImage, seeds, ({ image }, dice) => {
        const bytes = (of: Parameters<typeof encodeMachine>[0]): string => hashBytes(encodeMachine(of));
        drive(opened(image), dice, {
          planned: (machine) => {
            const before = bytes(machine);
            plan(machine);
            expect(bytes(machine)).toBe(before);
          },
        });
      }),
      { numRuns: 40 },
    );
  });

  test("the same answers give the same states", () => {
    fc.assert(
      fc.property(anyImage, seeds, ({ image }, dice) => {
        const live = drive(opened(image), dice);
        const replayed = opened(image);
        const events = live.moves.flatMap((move) => perform(replayed, move)?.events ?? []);
        expect(events).toEqual(live.events);
        expect(machineHashes(replayed)).toEqual(machineHashes(live.machine));
        expect(encodeMachine(replayed)).toEqual(encodeMachine(live.machine));
      }),
      runs,
    );
  });

  test("a snapshot taken anywhere goes on exactly as the machine did", () => {
    fc.assert(
      fc.property(anyImage, seeds, fc.nat(100), ({ image }, dice, cut) => {
        const { moves } = drive(opened(image), dice);
        const original = opened(image);
        for (const move of moves.slice(0, cut)) perform(original, move);
        const restored = decodeMachine(image, encodeMachine(original));
        if (!restored.ok) throw new Error(restored.error.kind);
        const copy = cloneMachine(original);
        const [first, second, third] = [original, restored.machine, copy].map((machine) => {
          const shown = moves.slice(cut).flatMap((move) => perform(machine, move)?.events ?? []);
          return { shown, hashes: machineHashes(machine) };
        });
        expect(second).toEqual(first);
        expect(third).toEqual(first);
      }),
      runs,
    );
  });

  test("hashes asked for at every round equal those asked for once", () => {
    fc.assert(
      fc.property(anyImage, seeds, ({ image }, dice) => {
        const watched = drive(opened(image), dice, { committed: (machine) => void machineHashes(machine) });
        const quiet = drive(opened(image), dice);
        expect(machineHashes(watched.machine)).toEqual(machineHashes(quiet.machine));
      }),
      runs,
    );
  });

  test("a blocked round moves the clock and the scheduler only", () => {
    fc.assert(
      fc.property(anyImage, seeds, ({ image }, dice) => {
        let before = "";
        drive(opened(image), dice, {
          planned: (machine) => {
            before = machineHashes(machine).protocol;
          },
          committed: (machine, outcome) => {
            const { protocol } = machineHashes(machine);
            if (outcome.status === "blocked") expect(protocol).toBe(before);
            else expect(protocol).not.toBe(before);
          },
        });
      }),
      runs,
    );
  });

  test("a projected protocol neither faults nor gets stuck, and leaves no frame behind", () => {
    fc.assert(
      fc.property(anyImage, seeds, ({ image }, dice) => {
        const { machine, events } = drive(opened(image), dice, {}, 600);
        expect(events.filter((event) => event.kind === "faulted")).toEqual([]);
        if (plan(machine).kind === "stuck") expect(machine.asking.size).toBeGreaterThan(0);
        if (machine.live > 0) return;
        const [session] = machine.sessions.values();
        expect(session?.status).toEqual({ kind: "completed" });
        expect(session?.edges.map((edge) => edge.frames.length)).toEqual(session?.edges.map(() => 0));
      }),
      runs,
    );
  });

  test("an image is read back as it was written", () => {
    fc.assert(
      fc.property(anyImage, ({ image }) => {
        const read = decodeImage(encodeImage(image));
        if (!read.ok) throw new Error(read.error.kind);
        expect(read.image).toEqual(image);
        expect(imageId(read.image)).toBe(imageId(image));
      }),
      runs,
    );
  });
});

type Message = Extract<MachineEvent, { kind: "sent" | "received" }>;

const ofEndpoint = (events: readonly MachineEvent[], role: string, path: string): readonly Message[] =>
  events.filter(
    (event): event is Message =>
      ((event.kind === "sent" && event.edge.from === role) ||
        (event.kind === "received" && event.edge.to === role)) &&
      (event.endpoint ?? "") === path,
  );

/** Whether the messages are a prefix of a word of the type, found by walking the type itself. */
const isWord = (type: LocalType, messages: readonly Message[]): boolean => {
  const unfold = (at: LocalType, loops: ReadonlyMap<string, LocalType>): Place => {
    if (at.kind === "mu") return unfold(at.body, new Map(loops).set(at.var, at));
    if (at.kind === "var") return unfold(loops.get(at.name) ?? { kind: "end" }, loops);
    if (at.kind === "par") return unfold(at.next, loops);
    return { type: at, loops };
  };
  let place = unfold(type, new Map());
  for (const message of messages) {
    if (place.type.kind !== (message.kind === "sent" ? "send" : "recv")) return false;
    const peer = message.kind === "sent" ? message.edge.to : message.edge.from;
    const branches = "branches" in place.type ? place.type.branches : [];
    const branch = branches.find((one) => one.label === message.label && one.peer === peer);
    if (branch === undefined || branch.edge !== message.edgeId) return false;
    place = unfold(branch.next, place.loops);
  }
  return true;
};

interface Place {
  readonly type: LocalType;
  readonly loops: ReadonlyMap<string, LocalType>;
}

describe("each role on its own (model §6)", () => {
  test("its trace is a word of its local automaton, arm by arm", () => {
    fc.assert(
      fc.property(anyImage, seeds, ({ image, locals }, dice) => {
        const { events } = drive(opened(image), dice);
        for (const [role, type] of locals) {
          expect(isWord(type, ofEndpoint(events, role, ""))).toBe(true);
          if (type.kind !== "par") continue;
          type.arms.forEach((arm, i) => {
            expect(isWord(arm, ofEndpoint(events, role, String(i)))).toBe(true);
          });
        }
      }),
      runs,
    );
  });

  test("alone against its recorded frames it sends the same frames", () => {
    fc.assert(
      fc.property(randomImage, seeds, (protocol, dice) => {
        const { events } = drive(opened(protocol.image), dice);
        for (const role of protocol.image.roles) {
          const own = ofEndpoint(events, role, "").filter((event) => event.kind === "sent");
          expect(replayAlone(protocol, role, events)).toEqual(own.map(({ label, edge }) => [label, edge.to]));
        }
      }),
      runs,
    );
  });
});

/** Runs one role with the others paused: what came to it is put on its edges, its decisions are those it made. */
const replayAlone = (
  { image }: RandomImage,
  role: string,
  events: readonly MachineEvent[],
): readonly (readonly [string, string])[] => {
  const machine = opened(image, { buffers: { mode: "fifo", capacity: 1000, full: { kind: "block" } } });
  for (const other of image.roles) if (other !== role) pauseRole(machine, other);
  const decided = ofEndpoint(events, role, "").filter((event) => event.kind === "sent");
  for (const event of ofEndpoint(events, role, ""))
    if (event.kind === "received")
      inject(machine, {
        sid: 0,
        from: event.edge.from,
        to: role,
        label: event.label,
        payload: event.payload,
      });
  const sent: (readonly [string, string])[] = [];
  for (let i = 0; i < 1000 && sent.length < decided.length; i += 1) {
    const label = decided[sent.length]?.label;
    const outcome = perform(machine, {
      kind: "round",
      answers: { guard: { allow: true }, ...(label === undefined ? {} : { label }) },
    });
    if (outcome?.status === "stuck") break;
    for (const event of outcome?.events ?? [])
      if (event.kind === "sent") sent.push([event.label, event.edge.to]);
  }
  return sent;
};

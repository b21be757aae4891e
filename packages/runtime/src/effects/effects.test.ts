import type { MachineEvent } from "@parley/wire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guardLayers } from "../admission/hardening-profile.ts";
import type { CodeImage } from "../machine/code/image.ts";
import { commit } from "../machine/commit.ts";
import { stateHash } from "../machine/hash.ts";
import { plan } from "../machine/plan.ts";
import type { Answers } from "../machine/request.ts";
import { opened } from "../testing/driven-run.ts";
import { randomImage } from "../testing/random-image.ts";
import { act, imageOfTypes, recv, send } from "../testing/small-types.ts";
import { compareTraces } from "../trace/compare-traces.ts";
import { auraEffectKinds, auraEffects, replayWithHooks } from "./aura-events.ts";
import {
  captureEffectTrace,
  defaultCapture,
  effectLaws,
  effectTrace,
  exchangeCount,
  exchangesOf,
  readEffectTrace,
} from "./effect-trace.ts";
import { replayReport } from "./replay-report.ts";
import { replayTape, TapeReader, TapeRecorder, tapeErrorText } from "./tape.ts";

const ways = { yes: {}, no: {} };
const talk = imageOfTypes({
  A: send("B", { hi: { next: send("B", ways) } }),
  B: recv("A", { hi: { next: recv("A", ways) } }),
});
const allow = { guard: { allow: true } } as const;

const record = (image: CodeImage, answer: (labels: readonly string[]) => string | undefined, max = 60) => {
  const machine = opened(image);
  const events: MachineEvent[] = [];
  const recorder = new TapeRecorder();
  let rounds = 0;
  for (; rounds < max; rounds += 1) {
    const planned = plan(machine);
    if (planned.kind !== "run") break;
    const decision = planned.requests.find((request) => request.kind === "decision");
    const label = answer(decision?.options.map((option) => option.label) ?? []);
    const answers: Answers = { ...allow, ...(label === undefined ? {} : { label }) };
    recorder.record(planned, answers);
    events.push(...commit(machine, planned, answers).events);
  }
  return { machine, events, tape: recorder.entries, rounds };
};
const first = (labels: readonly string[]): string | undefined => labels[0];

describe("a tape", () => {
  it("gives back the run it was recorded of, event for event and hash for hash", () => {
    fc.assert(
      fc.property(randomImage, fc.nat(5), ({ image }, turn) => {
        const run = record(image, (labels) => labels[turn % Math.max(1, labels.length)]);
        const again = replayTape(image, {}, run.tape, { maxRounds: run.rounds });
        const opening = again.events.slice(0, again.events.length - run.events.length);
        expect(opening.map(({ kind }) => kind)).toEqual(["opened"]);
        const [left, right] = [run.events, again.events.slice(1)].map((events) => ({ events, reads: [] }));
        expect(left && right && compareTraces(left, right, "full")).toEqual({ equal: true });
        expect(stateHash(again.machine)).toBe(stateHash(run.machine));
        expect(again.error).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  it("that ends early says at which entry, and what was asked there", () => {
    const { tape } = record(talk, first);
    const { error } = replayTape(talk, {}, tape.slice(0, -1), { maxRounds: 50 });
    expect(error).toEqual({ kind: "exhausted", index: 1, expected: "handle_choose", role: "A" });
    expect(error && tapeErrorText(error)).toBe("replay trace exhausted at index 1, expected handle_choose");
  });

  it("whose kinds are swapped is refused there, and the cursor stays", () => {
    const { tape } = record(talk, first);
    const swapped = [...tape].reverse();
    const { error } = replayTape(talk, {}, swapped, { maxRounds: 50 });
    expect(error).toEqual({
      kind: "kind-mismatch",
      index: 0,
      expected: "send_decision",
      got: "handle_choose",
    });
    const machine = opened(talk);
    const reader = new TapeReader(swapped);
    reader.next(plan(machine));
    expect(reader.remaining).toBe(2);
  });

  it("recorded for another role is refused with both places, unless kinds are all that counts", () => {
    const { tape } = record(talk, first);
    const other = tape.map((entry) => ({ ...entry, role: "Z" }));
    expect(replayTape(talk, {}, other, { maxRounds: 50 }).error).toMatchObject({
      kind: "place-mismatch",
      index: 0,
      expected: "A hi",
      got: "Z hi",
    });
    const relaxed = replayTape(talk, {}, other, { maxRounds: 50, mode: "kinds" });
    expect(relaxed.error).toBeUndefined();
    expect(relaxed.events.at(-1)?.kind).toBe("completed");
  });

  it("with something left over is no tape of this run", () => {
    const { tape } = record(talk, first);
    const longer = [...tape, ...tape];
    expect(replayTape(talk, {}, longer, { maxRounds: 50 }).error).toEqual({
      kind: "left-over",
      index: 2,
      remaining: 2,
    });
    expect(replayTape(talk, {}, longer, { maxRounds: 50, mode: "kinds" }).error).toBeUndefined();
  });
});

const layered: CodeImage = (() => {
  const image = imageOfTypes({ A: act({ kind: "publish", event: "Done", args: [] } as never) });
  const [program] = image.programs;
  const layer = guardLayers.migrationLock;
  return {
    ...image,
    programs: program
      ? [
          {
            ...program,
            start: 0,
            code: [
              { kind: "acquire", layer, dst: 2 },
              { kind: "release", layer, evidence: 2 },
              { kind: "halt" },
            ],
          },
        ]
      : [],
  };
})();
/** A layer denied once, then granted and given back. */
const guarded = (): readonly MachineEvent[] => {
  const machine = opened(layered);
  const events: MachineEvent[] = [...commit(machine, plan(machine), {}).events];
  const held = opened(layered);
  for (let i = 0; i < 3; i += 1)
    events.push(...commit(held, plan(held), { evidence: { kind: "str", value: "lease" } }).events);
  return events;
};

describe("the structured effect events", () => {
  const all = [...record(talk, first).events, ...guarded()];

  it("are six, each with its key, its predicate and the role as its witness", () => {
    const seen = new Map(auraEffects(all).map((event) => [event.kind, event]));
    expect([...seen.keys()].sort()).toEqual([...auraEffectKinds].sort());
    const shown = auraEffectKinds.map((kind) => {
      const event = seen.get(kind);
      return [event?.key, event?.predicate, event?.witness];
    });
    expect(shown).toEqual([
      ["vm.send", "aura.transport.send", "role:A"],
      ["vm.recv", "aura.transport.recv", "role:B"],
      ["vm.choose", "aura.protocol.choice", "role:A"],
      ["vm.step", "aura.protocol.step", "role:B"],
      ["vm.acquire", "aura.guard.acquire", "role:A"],
      ["vm.release", "aura.guard.release", "role:A"],
    ]);
  });

  it("say what was sent to whom, what was chosen and what was held", () => {
    const values = auraEffects(all).map(({ value }) => value);
    expect(values).toEqual(
      expect.arrayContaining([
        "A->B:hi",
        "B<-A:hi",
        "A:yes",
        "sid=0:A:aura.guard.migration_lock:granted:scope=unmapped",
        "sid=0:A:aura.guard.migration_lock",
      ]),
    );
  });

  it("tell a layer that was denied from one that was granted", () => {
    const acquired = auraEffects(all).filter(({ kind }) => kind === "acquire");
    expect(acquired.map(({ granted }) => granted)).toEqual([false, true]);
  });

  it("are a projection: the same events, the same stream", () => {
    expect(auraEffects(record(talk, first).events)).toEqual(auraEffects(record(talk, first).events));
  });

  it("are handed to hooks in order; the first objection ends the replay where it was raised", () => {
    const stream = auraEffects(record(talk, first).events);
    const seen: string[] = [];
    const stopped = replayWithHooks(stream, {
      send: ({ value }) => void seen.push(value),
      choose: ({ value }) => (value === "A:no" ? undefined : `took ${value}`),
    });
    expect(seen).toEqual(["A->B:hi", "A->B:yes"]);
    expect(stopped).toEqual({
      index: stream.findIndex(({ kind }) => kind === "choose"),
      error: "took A:yes",
    });
    expect(replayWithHooks(stream, {})).toBeUndefined();
  });
});

describe("an effect trace", () => {
  const { events } = record(talk, first);
  const exchanges = exchangesOf(events);

  it("counts one send in the first round as the fourth exchange", () => {
    const [entry] = effectTrace(exchanges, "full", "host");
    expect(entry).toMatchObject({ kind: "send_decision", effectId: 3, orderingKey: 1 });
    expect(exchangeCount(exchanges.slice(0, 1))).toBe(3);
  });

  it("keeps everything, topology only, or nothing, and the ids are the same", () => {
    const [opening, ...rest] = exchanges;
    const disturbed = [
      { ...(opening as (typeof exchanges)[number]), topology: [{ Crash: { site: "A" } }] },
      ...rest,
    ];
    const full = effectTrace(disturbed, "full", "host");
    const topology = effectTrace(disturbed, "topologyOnly", "host");
    expect(topology.map(({ kind }) => kind)).toEqual(["topology_event"]);
    expect(topology).toEqual(full.filter(({ kind }) => kind === "topology_event"));
    expect(effectTrace(disturbed, "disabled", "host")).toEqual([]);
  });

  it.each(["json", "cbor"] as const)("is read back from %s as it was written", (encoding) => {
    const bundle = { entries: effectTrace(exchanges, "full", "host"), faults: [] };
    const captured = captureEffectTrace(bundle, { ...defaultCapture, encoding });
    expect(captured.ok && readEffectTrace(captured.data)).toMatchObject({ ok: true, bundle });
  });

  it("is put in order before it is written", () => {
    const entries = effectTrace(exchanges, "full", "host");
    const shuffled = captureEffectTrace({ entries: [...entries].reverse(), faults: [] });
    expect(shuffled.ok && shuffled.bundle.entries).toEqual(entries);
  });

  it("with a kind that has no law is refused, each such kind named once", () => {
    const [entry] = effectTrace(exchanges, "full", "host");
    const strange = ["zap", "ask", "zap"].map((kind) => ({ ...(entry as NonNullable<typeof entry>), kind }));
    expect(captureEffectTrace({ entries: strange, faults: [] })).toEqual({
      ok: false,
      error: { kind: "unclassified-kinds", kinds: ["ask", "zap"] },
    });
    expect(effectLaws.topology_event).toBe("algebraic");
  });

  it("that is foreign or cut short is refused with its reason and place", () => {
    const bundle = { entries: effectTrace(exchanges, "full", "host"), faults: [] };
    const json = JSON.stringify(bundle);
    const errorOf = (data: string | Uint8Array) => {
      const read = readEffectTrace(data);
      return read.ok ? undefined : read.error;
    };
    expect(errorOf(json.slice(0, 40))).toMatchObject({ kind: "json" });
    expect(errorOf(new Uint8Array([0xff, 1, 2]))).toMatchObject({ kind: "cbor" });
    expect(errorOf("{}")).toMatchObject({ kind: "json", reason: "not a bundle of entries and faults" });
    const bad = JSON.stringify({ ...bundle, entries: [bundle.entries[0], { effectId: "x" }] });
    expect(errorOf(bad)).toEqual({ kind: "malformed", index: 1, reason: "not a trace entry" });
  });
});

describe("the report of a replay", () => {
  const { events } = record(talk, first);
  const trace = (of: readonly MachineEvent[]) => ({ events: of, reads: [] });
  /** The same run, every round one later. */
  const later = events.map((event) => ({ ...event, tick: event.tick + 1 }));

  it("is consistent in every mode where the two are the same", () => {
    for (const mode of ["full", "replay", "moduloEffects", "moduloCommutativity"] as const)
      expect(replayReport(trace(events), trace(events), mode)).toMatchObject({
        consistent: true,
        exactTrace: true,
        exactEffects: true,
        recordedEvents: events.length,
        differs: undefined,
      });
  });

  it("says in which mode two runs of other rounds are still alike, and where they part", () => {
    const own = events.filter(({ kind }) => kind === "sent" || kind === "received");
    const shifted = later.filter(({ kind }) => kind === "sent" || kind === "received");
    expect(replayReport(trace(own), trace(shifted), "moduloEffects").consistent).toBe(true);
    expect(replayReport(trace(own), trace(shifted), "full")).toMatchObject({
      consistent: false,
      exactTrace: false,
      exactEffects: false,
      differs: { in: "events", index: 0 },
    });
  });

  it("names the place of a run cut short", () => {
    const cut = replayReport(trace(events), trace(events.slice(0, -1)), "replay");
    expect(cut.differs).toEqual({ in: "events", index: events.length - 1 });
  });
});

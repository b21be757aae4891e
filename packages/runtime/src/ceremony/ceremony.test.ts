import type { CeremonyRequest, Participant } from "@parley/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ceremonyStatus } from "../journal/ceremony-status.ts";
import {
  acceptedBy,
  brokenCeremonyRules,
  type Ceremonies,
  cannotPass,
  ceremonyIdOf,
  ceremonyState,
  noCeremonies,
} from "./ceremony.ts";
import { ceremonyErrorText } from "./ceremony-error.ts";
import {
  type CeremonyFlow,
  ceremonyKinds,
  initialMode,
  lifecyclePolicies,
  modeAllowed,
} from "./ceremony-kind.ts";
import { sourceMatches } from "./participant.ts";
import {
  abortCeremony,
  answerCeremony,
  type CeremonyStep,
  commitCeremony,
  startCeremony,
  supersedeCeremony,
  sweepCeremonies,
} from "./run-ceremony.ts";
import { isSuperseded, supersessionCandidates, supersessionChain } from "./supersession.ts";

const guardian = (authority: string): Participant => ({ kind: "guardian", authority });
const request = (over: Partial<CeremonyRequest> = {}): CeremonyRequest => ({
  id: "c1",
  kind: "GuardianRotation",
  context: "x",
  initiator: "ada",
  threshold: 2,
  participants: ["gus", "hal", "fay"].map(guardian),
  prestate: "p",
  operation: "o",
  pendingEpoch: 5,
  ...over,
});
const done = (step: CeremonyStep) => {
  if (!step.ok) throw new Error(ceremonyErrorText(step.error));
  return step;
};
const variant = (step: CeremonyStep): string => (step.ok ? "ok" : step.error.variant);
const yes = (ceremonies: Ceremonies, who: string, at = 1, id = "c1", accept = true): CeremonyStep =>
  answerCeremony(
    ceremonies,
    id,
    { participant: guardian(who), accept, source: { kind: "authority", authority: who } },
    at,
  );
const begun = (over: Partial<CeremonyRequest> = {}, from = noCeremonies) =>
  done(startCeremony(from, request(over), 0)).ceremonies;
const commit = { consensus: "k", prestate: "p", relationship: "rel" };

describe("a ceremony of two in three", () => {
  test("is preparing, pending, committing and committed, and its facts say the same", () => {
    const facts = [];
    const start = done(startCeremony(noCeremonies, request({ trace: "t" }), 0));
    facts.push(...start.facts);
    expect(ceremonyState(start.ceremony).kind).toBe("Preparing");
    const one = done(yes(start.ceremonies, "gus"));
    facts.push(...one.facts);
    expect(ceremonyState(one.ceremony)).toEqual({
      kind: "PendingEpoch",
      pendingEpoch: 5,
      required: 2,
      received: 1,
    });
    expect(variant(commitCeremony(one.ceremonies, "c1", commit, 2))).toBe("ThresholdNotMet");
    const two = done(yes(one.ceremonies, "hal", 2));
    facts.push(...two.facts);
    expect(two.ceremony).toMatchObject({ mode: "CoordinatorSoftSafe" });
    expect(ceremonyState(two.ceremony).kind).toBe("Committing");
    const end = done(commitCeremony(two.ceremonies, "c1", commit, 3));
    facts.push(...end.facts);
    expect(ceremonyState(end.ceremony)).toEqual({ kind: "Committed", consensus: "k", at: 3 });
    expect(facts.every((fact) => fact.trace_id === "t")).toBe(true);
    expect(ceremonyStatus(facts)).toMatchObject({
      state: "Committed",
      relationshipId: "rel",
      committedAt: 3,
    });
    expect(done(commitCeremony(end.ceremonies, "c1", commit, 4)).facts).toEqual([]);
  });

  test("takes an answer once: again it changes nothing, otherwise it is refused and the first stands", () => {
    const one = done(yes(begun(), "gus"));
    expect(done(yes(one.ceremonies, "gus", 2))).toMatchObject({ facts: [], ceremonies: one.ceremonies });
    expect(variant(yes(one.ceremonies, "gus", 2, "c1", false))).toBe("AnsweredOtherwise");
    expect(acceptedBy(one.ceremony)).toEqual(["guardian:gus"]);
  });

  test("takes answers of its participants only, from themselves, in time and while it is open", () => {
    const open = begun();
    expect(variant(yes(open, "zed"))).toBe("NotParticipant");
    expect(variant(yes(open, "gus", 1, "nope"))).toBe("UnknownCeremony");
    expect(
      variant(
        answerCeremony(
          open,
          "c1",
          { participant: guardian("gus"), accept: true, source: { kind: "authority", authority: "hal" } },
          1,
        ),
      ),
    ).toBe("SourceMismatch");
    expect(variant(yes(open, "gus", 60_000))).toBe("ok");
    expect(variant(yes(open, "gus", 60_001))).toBe("TimedOut");
    expect(variant(yes(done(abortCeremony(open, "c1", "no", 1)).ceremonies, "gus"))).toBe("CeremonyEnded");
  });

  test("cannot pass once too many refused", () => {
    const one = done(yes(begun(), "gus", 1, "c1", false));
    expect(cannotPass(one.ceremony)).toBe(false);
    expect(cannotPass(done(yes(one.ceremonies, "hal", 1, "c1", false)).ceremony)).toBe(true);
  });

  test("does not begin with participants that cannot be", () => {
    for (const over of [
      { threshold: 0 },
      { threshold: 4 },
      { participants: [guardian("gus"), guardian("gus")] },
      { participants: [] },
    ])
      expect(variant(startCeremony(noCeremonies, request(over), 0))).toBe("InvalidParticipants");
    expect(variant(startCeremony(begun(), request(), 0))).toBe("DuplicateCeremony");
  });

  test("commits only upon the prestate it began with, which nobody else has used", () => {
    const ready = (id: string, from: Ceremonies): Ceremonies =>
      done(yes(done(yes(begun({ id }, from), "gus", 1, id)).ceremonies, "hal", 1, id)).ceremonies;
    const both = ready("c2", ready("c1", noCeremonies));
    expect(variant(commitCeremony(both, "c1", { ...commit, prestate: "q" }, 2))).toBe("PrestateMoved");
    const first = done(commitCeremony(both, "c1", commit, 2)).ceremonies;
    expect(variant(commitCeremony(first, "c2", commit, 2))).toBe("PrestateUsed");
    expect(variant(commitCeremony(both, "c1", commit, 60_001))).toBe("TimedOut");
  });
});

describe("deadlines", () => {
  test("end what is overdue, in order, and nothing else", () => {
    const all = begun({ id: "b", kind: "Invitation" }, begun({ id: "a", kind: "Invitation" }, begun()));
    const swept = sweepCeremonies(all, 20_001);
    expect(swept.ended.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(swept.facts.map(({ kind }) => kind)).toEqual(["CeremonyAborted", "CeremonyAborted"]);
    expect(ceremonyState(swept.ceremonies.get("a") as never)).toEqual({
      kind: "Aborted",
      reason: "Ceremony timed out",
      at: 20_001,
    });
    expect(sweepCeremonies(swept.ceremonies, 20_001).ended).toEqual([]);
    expect(sweepCeremonies(all, 20_000).ended).toEqual([]);
  });
});

describe("supersession", () => {
  test("names candidates by prestate and operation, and why each would give way", () => {
    const all = begun({ id: "other", context: "y" }, begun({ id: "c2", prestate: "old" }, begun()));
    const candidates = supersessionCandidates(all, { context: "x", kind: "GuardianRotation", prestate: "p" });
    expect(candidates.map(({ ceremony, reason }) => [ceremony.id, reason.code])).toEqual([
      ["c1", "newer_request"],
      ["c2", "prestate_stale"],
    ]);
    expect(supersessionCandidates(all, { context: "x", kind: "Invitation", prestate: "p" })).toEqual([]);
  });

  test("keeps the reason, is told once, and shows the whole chain from any of its members", () => {
    let all = begun({ id: "c3" }, begun({ id: "c2" }, begun()));
    all = done(supersedeCeremony(all, "c1", "c2", { code: "prestate_stale" }, 5)).ceremonies;
    all = done(supersedeCeremony(all, "c2", "c3", { code: "precedence", winner: "c3" }, 6)).ceremonies;
    expect(ceremonyState(all.get("c1") as never)).toMatchObject({ reason: { code: "prestate_stale" } });
    expect(all.get("c3")?.supersedes).toEqual(["c2"]);
    for (const id of ["c1", "c2", "c3"])
      expect(supersessionChain(all, id).map(({ old, by }) => [old, by])).toEqual([
        ["c1", "c2"],
        ["c2", "c3"],
      ]);
    expect(supersessionChain(begun({ id: "lone" }, all), "lone")).toEqual([]);
    expect(isSuperseded(all, "c1")).toBe(true);
    expect(done(supersedeCeremony(all, "c1", "c3", { code: "timeout" }, 9)).facts).toEqual([]);
  });

  test("leaves a committed ceremony, and one cannot take its own place", () => {
    const two = done(yes(done(yes(begun(), "gus")).ceremonies, "hal")).ceremonies;
    const end = done(commitCeremony(two, "c1", commit, 3)).ceremonies;
    expect(variant(supersedeCeremony(end, "c1", "c2", { code: "newer_request" }, 4))).toBe("CeremonyEnded");
    expect(variant(supersedeCeremony(end, "c1", "c1", { code: "newer_request" }, 4))).toBe(
      "SupersedesItself",
    );
    expect(variant(supersedeCeremony(end, "nope", "c1", { code: "newer_request" }, 4))).toBe(
      "UnknownCeremony",
    );
  });
});

test("under any interleaving rules hold, and at most one ceremony commits upon a prestate", () => {
  const move = fc.record({
    kind: fc.constantFrom("start", "yes", "no", "commit", "abort", "supersede", "sweep"),
    id: fc.constantFrom("c1", "c2", "c3"),
    who: fc.constantFrom("gus", "hal", "fay", "zed"),
    prestate: fc.constantFrom("p", "q"),
    wait: fc.integer({ min: 0, max: 30_000 }),
  });
  fc.assert(
    fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
      let all: Ceremonies = noCeremonies;
      let at = 0;
      for (const { kind, id, who, prestate, wait } of moves) {
        at += wait;
        const steps: Record<typeof kind, () => CeremonyStep | undefined> = {
          start: () => startCeremony(all, request({ id, prestate }), at),
          yes: () => yes(all, who, at, id),
          no: () => yes(all, who, at, id, false),
          commit: () => commitCeremony(all, id, { ...commit, prestate }, at),
          abort: () => abortCeremony(all, id, "given up", at),
          supersede: () => supersedeCeremony(all, id, "c3", { code: "newer_request" }, at),
          sweep: () => {
            all = sweepCeremonies(all, at).ceremonies;
            return undefined;
          },
        };
        const before = all;
        const step = steps[kind]();
        if (step?.ok === false) expect(all).toBe(before);
        if (step?.ok) all = step.ceremonies;
        const committed = [...all.values()].filter(({ outcome }) => outcome?.kind === "committed");
        expect(new Set(committed.map((one) => one.prestate)).size).toBe(committed.length);
        for (const one of all.values()) {
          expect(brokenCeremonyRules(one)).toEqual([]);
          const earlier = before.get(one.id)?.outcome;
          if (earlier) expect(one.outcome).toEqual(earlier.kind === "aborted" ? one.outcome : earlier);
        }
      }
    }),
  );
});

test("every kind has its deadline, every flow its way to agreement", () => {
  expect(Object.entries(ceremonyKinds).map(([kind, { timeout }]) => [kind, timeout / 1_000])).toEqual([
    ["GuardianRotation", 60],
    ["DeviceRotation", 60],
    ["DeviceEnrollment", 45],
    ["DeviceRemoval", 45],
    ["Recovery", 90],
    ["OtaActivation", 90],
    ["Invitation", 20],
    ["RendezvousSecureChannel", 20],
  ]);
  for (const flow of Object.keys(lifecyclePolicies) as CeremonyFlow[]) {
    expect(modeAllowed(flow, initialMode(flow))).toBe(true);
    expect(lifecyclePolicies[flow].sequence.at(-1)).toBe("ConsensusFinalized");
  }
  expect(modeAllowed("Invitation", "Provisional")).toBe(false);
});

test("an answer comes from the participant itself: device from device, guardian and member from their authority", () => {
  expect(sourceMatches({ kind: "device", device: "d" }, { kind: "device", device: "d" })).toBe(true);
  expect(sourceMatches({ kind: "device", device: "d" }, { kind: "authority", authority: "d" })).toBe(false);
  expect(
    sourceMatches({ kind: "member", group: "g", authority: "a" }, { kind: "authority", authority: "a" }),
  ).toBe(true);
});

test("a ceremony's id is of what it is upon, what it does and its nonce", () => {
  const ids = [
    ceremonyIdOf("p", "o", "1"),
    ceremonyIdOf("q", "o", "1"),
    ceremonyIdOf("p", "x", "1"),
    ceremonyIdOf("p", "o", "2"),
  ];
  expect(new Set(ids).size).toBe(4);
});

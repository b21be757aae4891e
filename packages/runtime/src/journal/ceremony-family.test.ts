import { assert, property, shuffledSubarray, subarray } from "fast-check";
import { expect, test } from "vitest";
import {
  type CeremonyFact,
  ceremonyId,
  ceremonyTimestampMs,
  type OwnCeremonyFact,
  readCeremonyFact,
} from "./ceremony-fact.ts";
import { ceremonyFamily } from "./ceremony-family.ts";
import { ceremonyStatus } from "./ceremony-status.ts";
import { buildFactRegistry, readTypedPayload } from "./fact-registry.ts";
import { firstPartyFactTypes } from "./fact-types.ts";

const meta = { ceremony_id: "c1", agreement_mode: "Provisional", trace_id: "t1" } as const;
const facts: readonly CeremonyFact[] = [
  { kind: "CeremonyInitiated", ...meta, timestamp_ms: 1, required_responses: 2 },
  { kind: "CeremonyAcceptanceReceived", ...meta, timestamp_ms: 2, participant: "bo" },
  { kind: "CeremonyAcceptanceReceived", ...meta, timestamp_ms: 3, participant: "cy" },
  { kind: "CeremonyCommitted", ...meta, timestamp_ms: 4, relationship_id: "r1" },
  { kind: "CeremonyAborted", ...meta, timestamp_ms: 5, reason: "declined" },
  {
    kind: "CeremonySuperseded",
    ...meta,
    timestamp_ms: 6,
    superseding_ceremony_id: "c2",
    reason: "newer_request",
  },
];
const [initiated, first, second, committed, aborted, superseded] = facts as [
  CeremonyFact,
  CeremonyFact,
  CeremonyFact,
  CeremonyFact,
  CeremonyFact,
  CeremonyFact,
];

interface Progress {
  readonly notes: number;
  readonly accepted: number;
}
const family = ceremonyFamily<Progress>({
  type: "acme.onboarding",
  owner: "acme.Onboarding",
  variants: { NoteTaken: { text: { kind: "text" } }, Weather: { sunny: { kind: "boolean" } } },
  view: {
    initial: { notes: 0, accepted: 0 },
    step: (state, fact) => ({
      notes: state.notes + Number(fact.kind === "NoteTaken"),
      accepted: state.accepted + Number(fact.kind === "CeremonyAcceptanceReceived"),
    }),
  },
});
const noted: OwnCeremonyFact = { kind: "NoteTaken", ceremony_id: "c1", timestamp_ms: 9, text: "hi" };
const weather: OwnCeremonyFact = { kind: "Weather", sunny: true };

test("every variant names its ceremony and its time; an own one may name none", () => {
  for (const fact of facts) {
    expect(ceremonyId(fact)).toBe("c1");
    expect(ceremonyTimestampMs(fact)).toBe(facts.indexOf(fact) + 1);
  }
  expect(ceremonyId(noted)).toBe("c1");
  expect(ceremonyTimestampMs(noted)).toBe(9);
  expect(ceremonyId(weather)).toBeUndefined();
  expect(ceremonyTimestampMs(weather)).toBeUndefined();
});

test("a standard fact without its meta, without relationship_id or reason, or with an unknown mode is none", () => {
  for (const fact of facts) expect(readCeremonyFact(fact)).toEqual(fact);
  for (const bad of [
    { ...committed, relationship_id: undefined },
    { ...aborted, reason: undefined },
    { ...superseded, superseding_ceremony_id: "" },
    { ...initiated, ceremony_id: undefined },
    { ...initiated, timestamp_ms: undefined },
    { ...initiated, timestamp_ms: 1.5 },
    { ...initiated, agreement_mode: "Final" },
    { ...initiated, kind: "CeremonyBegun" },
    null,
  ])
    expect(readCeremonyFact(bad)).toBeUndefined();
  const { agreement_mode: _, trace_id: __, ...plain } = initiated;
  expect(readCeremonyFact(plain)).toEqual(plain);
});

test("the standard status follows the furthest step: preparing, pending, then how it ended", () => {
  expect(ceremonyStatus([])).toBeUndefined();
  expect(ceremonyStatus([initiated])).toEqual({ state: "Preparing" });
  expect(ceremonyStatus([first, initiated, second, first])).toEqual({
    state: "PendingEpoch",
    pendingEpoch: 0,
    requiredResponses: 2,
    receivedResponses: 2,
  });
  expect(ceremonyStatus([committed, initiated])).toEqual({
    state: "Committed",
    relationshipId: "r1",
    consensusId: "0".repeat(64),
    committedAt: 4,
  });
  expect(ceremonyStatus([aborted, first])).toEqual({ state: "Aborted", reason: "declined", abortedAt: 5 });
  expect(ceremonyStatus([superseded, aborted])).toEqual({
    state: "Superseded",
    by: "c2",
    reason: "newer_request",
  });
});

test("the status does not depend on the order of arrival, and a ceremony that ended stays ended", () => {
  assert(
    property(
      subarray([...facts], { minLength: 1 }).chain((some) =>
        shuffledSubarray(some, { minLength: some.length }),
      ),
      (arrived) => {
        const status = ceremonyStatus(arrived);
        expect(status).toEqual(ceremonyStatus([...arrived].sort((a, b) => a.timestamp_ms - b.timestamp_ms)));
        if (arrived.includes(committed)) expect(status?.state).toBe("Committed");
      },
    ),
  );
});

test("a protocol gets facts of its own type, with variants and a view beside the standard ones", () => {
  for (const fact of [...facts, noted, weather]) {
    const written = family.encode(fact);
    if (!written.ok) throw new Error(written.error.code);
    expect(written.envelope.type).toBe("acme.onboarding");
    expect(family.decode(written.envelope)).toEqual({ ok: true, fact });
  }
  const all = [...facts.slice(0, 3), noted, weather];
  expect(family.status(all)).toEqual(new Map([["c1", ceremonyStatus(facts.slice(0, 3))]]));
  expect(family.view?.(all)).toEqual(new Map([["c1", { notes: 1, accepted: 2 }]]));
  expect(ceremonyFamily({ type: "t", owner: "o" }).view).toBeUndefined();
});

test("a fact that is none of the family's is neither written nor read", () => {
  expect(family.encode({ kind: "Storm" })).toMatchObject({ ok: false, error: { code: "PAR7705" } });
  expect(family.encode({ kind: "NoteTaken" })).toMatchObject({ ok: false });
  const written = ceremonyFamily({ type: "other", owner: "o" }).encode(initiated);
  if (!written.ok) throw new Error(written.error.code);
  expect(family.decode(written.envelope)).toMatchObject({ ok: false, error: { code: "PAR7703" } });
});

test("its type registers beside the first-party ones", () => {
  const built = buildFactRegistry([...firstPartyFactTypes, family.definition]);
  if (!built.ok) throw new Error(built.error.code);
  const written = family.encode(committed);
  if (!written.ok) throw new Error(written.error.code);
  expect(readTypedPayload(built.registry, written.envelope)).toMatchObject({ ok: true, value: committed });
});

import { bindOperation, commitTranscript } from "@parley/runtime/consensus";
import { aggregateSignature, commitNonces, generateKey, signShare } from "@parley/runtime/threshold";
import type { CommitFactJson } from "@parley/wire/http";
import { describe, expect, test } from "vitest";
import { flipBit } from "../ui/flip-bit.ts";
import { type CheckedCeremony, verifyCommit } from "./verify-commit.ts";

const seeded = (seed: number) => {
  let state = seed;
  return (count: number): Uint8Array =>
    Uint8Array.from({ length: count }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    });
};

const names = ["guardian:bea", "guardian:chan", "guardian:dee"];
const hash = (digit: string): string => digit.repeat(64);

const asked = { guardians: ["bea", "chan"] };

const committed = (): { readonly ceremony: CheckedCeremony; readonly commit: CommitFactJson } => {
  const made = generateKey({ threshold: 2, participants: names }, seeded(7));
  if (!made.ok) throw new Error("no key");
  const { group, shares } = made.value;
  const said = {
    consensus_id: hash("1"),
    prestate_hash: hash("2"),
    operation_hash: bindOperation(hash("2"), asked),
    threshold: 2,
  };
  const message = commitTranscript(said);
  const random = seeded(11);
  const begun = shares.slice(0, 2).map((share) => ({ share, ...commitNonces(share, random) }));
  const commitments = begun.map(({ commitment }) => commitment);
  const proof = aggregateSignature(
    group,
    commitments,
    message,
    begun.map(({ share, nonces }) => signShare(group, share, nonces, commitments, message)),
  );
  if (!proof.ok) throw new Error("no signature");
  const participants = names.map((key, at) => ({
    key,
    participant: { kind: "guardian" as const, authority: key.slice(9) },
    authority: key.slice(9),
    device: null,
    name: key.slice(9),
    answer: at < 2 ? { accept: true, reason: null, at: 5 } : null,
  }));
  return {
    ceremony: {
      prestate: said.prestate_hash,
      operation: said.operation_hash,
      asked,
      progress: { required: 2 },
      participants,
      group: { epoch: 1, state: "active", key: structuredClone(group) as never, transcript: hash("4") },
    },
    commit: {
      ...said,
      threshold_signature: structuredClone(proof.value) as CommitFactJson["threshold_signature"],
      group_public_key: group.publicKey,
      participants: names.slice(0, 2),
      timestamp_ms: 9,
      fast_path: true,
    },
  };
};

describe("a commit checked in the browser", () => {
  const { ceremony, commit } = committed();

  test("every step of a real one passes: who, prestate, operation, key, each share, aggregate, signature", async () => {
    const steps = await verifyCommit(ceremony, commit);
    expect(steps.map(({ step }) => step)).toEqual([
      "participants",
      "prestate",
      "operation",
      "asked",
      "group",
      "share guardian:bea",
      "share guardian:chan",
      "aggregate",
      "signature",
    ]);
    expect(steps.filter(({ ok }) => !ok)).toEqual([]);
  });

  test("any bit turned is noticed", async () => {
    for (let flip = 0; flip < 7; flip += 1) {
      const { value, where } = flipBit(commit, flip);
      const steps = await verifyCommit(ceremony, value);
      expect(
        steps.some(({ ok }) => !ok),
        where,
      ).toBe(true);
    }
  });

  test("one who did not accept, one named twice, and another threshold are told", async () => {
    const failed = async (change: Partial<CommitFactJson>) =>
      (await verifyCommit(ceremony, { ...commit, ...change })).find(({ step }) => step === "participants");
    expect(await failed({ participants: [names[0] ?? "", names[2] ?? ""] })).toMatchObject({
      ok: false,
      detail: "guardian:dee did not accept it.",
    });
    expect(await failed({ participants: [names[0] ?? "", names[0] ?? ""] })).toMatchObject({
      ok: false,
      detail: "Somebody is named twice.",
    });
    expect((await failed({ threshold: 1 }))?.detail).toContain("asked for 2");
  });
});

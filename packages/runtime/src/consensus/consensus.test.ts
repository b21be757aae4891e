import type { CommitFact } from "@parley/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aggregateSignature, commitNonces, generateKey, signShare } from "../threshold/index.ts";
import { commitProblem, commitTranscript } from "./commit-fact.ts";
import { emptyDetector, evidenceSince, isProof, mergeEvidence, noteVote } from "./equivocation.ts";
import {
  applyVote,
  brokenInvariants,
  type ConsensusInstance,
  canTakeFastPath,
  completeByFallback,
  excludeEquivocator,
  failConsensus,
  gossipVotes,
  startConsensus,
  type Transition,
  triggerFallback,
} from "./instance.ts";
import { bindOperation, consensusId, prestateError, prestateHash } from "./prestate.ts";

const asked = {
  id: "c",
  operation: "op",
  prestate: "pre",
  threshold: 2,
  witnesses: ["a", "b", "c"],
  initiator: "a",
};
const begun = (fast = true, over = {}): ConsensusInstance =>
  take(startConsensus({ ...asked, ...over }, fast));
const take = (step: Transition): ConsensusInstance => {
  if (!step.ok) throw new Error(step.error.reason);
  return step.instance;
};
const reason = (step: Transition): string => (step.ok ? "enabled" : step.error.reason);
const vote = (witness: string, result = "r1") => ({ witness, result, share: "00" });

const moveBy = {
  vote: (state: ConsensusInstance, witness: string, result: string) =>
    applyVote(state, vote(witness, result)),
  gossip: (state: ConsensusInstance, witness: string, result: string) =>
    gossipVotes(state, [vote(witness, result)]),
  fallback: (state: ConsensusInstance) => triggerFallback(state),
  complete: (state: ConsensusInstance, _witness: string, result: string) => completeByFallback(state, result),
  fail: (state: ConsensusInstance) => failConsensus(state),
  exclude: (state: ConsensusInstance, witness: string): Transition => ({
    ok: true,
    instance: excludeEquivocator(state, witness),
  }),
};

describe("a prestate", () => {
  test("has one name whatever the order, and is refused empty, doubled or too large", () => {
    const one = { authority: "ada", commitment: "1" };
    const other = { authority: "bea", commitment: "2" };
    expect(prestateHash({ authorities: [one, other], context: "x" })).toBe(
      prestateHash({ authorities: [other, one], context: "x" }),
    );
    expect(prestateHash({ authorities: [one], context: "y" })).not.toBe(
      prestateHash({ authorities: [one], context: "x" }),
    );
    expect(prestateError({ authorities: [], context: "x" })?.variant).toBe("NoAuthorities");
    expect(prestateError({ authorities: [one, one], context: "x" })?.variant).toBe("DuplicateAuthority");
    const many = Array.from({ length: 257 }, (_, index) => ({ authority: `a${index}`, commitment: "1" }));
    expect(prestateError({ authorities: many, context: "x" })?.variant).toBe("TooManyAuthorities");
    expect(prestateError({ authorities: many.slice(1), context: "x" })).toBeUndefined();
  });

  test("binds an operation: upon another prestate it is another operation", () => {
    expect(bindOperation("p", { a: 1 })).not.toBe(bindOperation("q", { a: 1 }));
    expect(consensusId("p", "o", 1)).not.toBe(consensusId("p", "o", 2));
  });
});

describe("an agreement", () => {
  test("starts only with as many witnesses as its threshold", () => {
    expect(reason(startConsensus({ ...asked, witnesses: ["a"] }, true))).toMatch(/cannot meet/);
    expect(reason(startConsensus({ ...asked, threshold: 0 }, true))).toMatch(/less than one/);
    expect(begun(false)).toMatchObject({ phase: "FallbackActive", fallbackTimer: true });
  });

  test("commits with the vote that makes the threshold and takes none after", () => {
    const two = take(applyVote(take(applyVote(begun(), vote("a"))), vote("b")));
    expect(two).toMatchObject({ phase: "Committed", commit: { result: "r1", signers: ["a", "b"] } });
    expect(reason(applyVote(two, vote("c")))).toMatch(/Committed/);
    expect(reason(failConsensus(two))).toMatch(/Committed/);
  });

  test("of votes that conflict commits what most agree on", () => {
    const state = ["r1", "r2", "r2"].reduce(
      (instance, result, index) => take(applyVote(instance, vote(asked.witnesses[index] ?? "", result))),
      begun(),
    );
    expect(state.commit?.result).toBe("r2");
  });

  test("takes no vote of an outsider, a second one, or one of an equivocator", () => {
    const one = take(applyVote(begun(), vote("a")));
    expect(reason(applyVote(one, vote("z")))).toMatch(/not a witness/);
    expect(reason(applyVote(one, vote("a", "r2")))).toMatch(/already voted/);
    const excluded = excludeEquivocator(one, "a");
    expect(excluded.votes).toEqual([]);
    expect(reason(applyVote(excluded, vote("a")))).toMatch(/equivocated/);
    expect(reason(applyVote(take(applyVote(excluded, vote("b"))), vote("b")))).toMatch(/already/);
  });

  test("falls back once, gossips below its threshold, and completes what has the votes", () => {
    const slow = take(triggerFallback(begun()));
    expect(reason(triggerFallback(slow))).toMatch(/FallbackActive/);
    expect(reason(gossipVotes(begun(), [vote("a")]))).toMatch(/FastPathActive/);
    const one = take(gossipVotes(slow, [vote("a"), vote("a", "r2"), vote("z")]));
    expect(one.votes).toHaveLength(1);
    expect(reason(gossipVotes(one, [vote("b")]))).toMatch(/use complete_via_fallback/);
    expect(reason(gossipVotes(one, [vote("z")]))).toMatch(/no vote/);
    expect(reason(completeByFallback(one, "r1"))).toBe("1 of 2 votes");
    expect(take(completeByFallback(one, "r1", [vote("b")])).phase).toBe("Committed");
  });

  test("keeps its invariants under any schedule, and two of one id decide alike", () => {
    const move = fc.record({
      kind: fc.constantFrom(...(Object.keys(moveBy) as (keyof typeof moveBy)[])),
      witness: fc.constantFrom("a", "b", "c", "z"),
      result: fc.constantFrom("r1", "r2"),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), fc.integer({ min: 1, max: 3 }), (moves, threshold) => {
        let state = begun(true, { threshold });
        for (const { kind, witness, result } of moves) {
          const terminal = state.phase === "Committed" || state.phase === "Failed";
          const before = state;
          const step = moveBy[kind](state, witness, result);
          if (step.ok) state = step.instance;
          expect(brokenInvariants(state)).toEqual([]);
          if (terminal) expect(state.phase).toBe(before.phase);
          if (before.commit !== null) expect(state.commit).toEqual(before.commit);
        }
      }),
    );
  });

  test("takes the fast path only when every witness's nonces are fresh", () => {
    const cached = new Map([
      ["a", 3],
      ["b", 5],
    ]);
    expect(canTakeFastPath(["a", "b"], cached, 5, 3)).toBe(true);
    expect(canTakeFastPath(["a", "b"], cached, 6, 3)).toBe(false);
    expect(canTakeFastPath(["a", "b"], cached, 4, 3)).toBe(false);
    expect(canTakeFastPath(["a", "c"], cached, 5, 3)).toBe(false);
  });
});

describe("evidence", () => {
  const seen = (result: string, prestate = "pre", at = 1) => ({
    witness: "a",
    consensus: "c",
    prestate,
    result,
    at,
  });

  test("is found exactly when a witness votes two ways upon one prestate", () => {
    const first = noteVote(emptyDetector, seen("r1")).detector;
    expect(noteVote(first, seen("r1")).proof).toBeUndefined();
    expect(noteVote(first, seen("r2", "other")).proof).toBeUndefined();
    const found = noteVote(first, seen("r2"));
    expect(found.proof).toMatchObject({ first: "r1", second: "r2" });
    expect(found.detector.seen.get(JSON.stringify(["a", "c", "pre"]))).toBe("r1");
  });

  test("joins once, whichever way round, and says what is new", () => {
    const proof = { witness: "a", consensus: "c", prestate: "p", first: "1", second: "2", at: 5 };
    const once = mergeEvidence(emptyDetector, [proof, proof, { ...proof, first: "2", second: "1" }]);
    expect(once.proofs).toHaveLength(1);
    expect(mergeEvidence(once, once.proofs)).toBe(once);
    expect(isProof({ ...proof, second: "1" })).toBe(false);
    expect(mergeEvidence(emptyDetector, [{ ...proof, second: "1" }]).proofs).toEqual([]);
    expect(evidenceSince(once, "c", 4)).toHaveLength(1);
    expect(evidenceSince(once, "c", 5)).toEqual([]);
  });
});

describe("a commit", () => {
  const random = (() => {
    let state = 5;
    return (count: number) =>
      Uint8Array.from({ length: count }, () => {
        state = (state * 1103515245 + 12345) % 2147483648;
        return state % 256;
      });
  })();
  const signed = (): CommitFact => {
    const made = generateKey({ threshold: 2, participants: ["a", "b", "c"] }, random);
    if (!made.ok) throw new Error("no key");
    const { group, shares } = made.value;
    const base = { consensus_id: "c", prestate_hash: "p", operation_hash: "o", threshold: 2 };
    const message = commitTranscript(base);
    const two = shares.slice(0, 2).map((share) => ({ share, ...commitNonces(share, random) }));
    const commitments = two.map(({ commitment }) => commitment);
    const signature = aggregateSignature(
      group,
      commitments,
      message,
      two.map(({ share, nonces }) => signShare(group, share, nonces, commitments, message)),
    );
    if (!signature.ok) throw new Error("no signature");
    return {
      ...base,
      threshold_signature: signature.value,
      group_public_key: group.publicKey,
      participants: ["a", "b"],
      timestamp_ms: 1,
      fast_path: true,
    };
  };

  test("verifies by itself, and not with anything it binds changed", () => {
    const fact = signed();
    expect(commitProblem(fact)).toBeUndefined();
    const broken = [
      { ...fact, participants: ["a"] },
      { ...fact, participants: ["a", "a"] },
      { ...fact, group_public_key: null },
      { ...fact, prestate_hash: "q" },
      { ...fact, operation_hash: "q" },
      { ...fact, consensus_id: "q" },
      { ...fact, threshold: 1 },
    ];
    expect(broken.map((one) => commitProblem(one)?.reason)).toEqual([
      "Insufficient participants for threshold",
      "Duplicate participants",
      "Missing group public key for verification",
      ...Array.from({ length: 4 }, () => "The signature is not the group's over this decision"),
    ]);
  });
});

import type { TreeOp } from "@parley/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyOperation } from "./apply-operation.ts";
import {
  type AttestedOperation,
  acceptOperation,
  operationTranscript,
  proposeOperation,
  requiredAttestation,
} from "./attested-operation.ts";
import {
  type AuthorityTree,
  activeLeaves,
  emptyAuthorityTree,
  proveLeaf,
  treeBranches,
  treeCommitment,
  verifyLeaf,
} from "./authority-tree.ts";
import {
  allPolicy,
  anyPolicy,
  atLeastAsStrict,
  meetPolicies,
  requiredSigners,
  showPolicy,
  type TreePolicy,
  thresholdPolicy,
} from "./policy.ts";
import { reduceTree } from "./reduce-tree.ts";

const of = (m: number, n: number): TreePolicy => {
  const made = thresholdPolicy(m, n);
  if (!made.ok) throw new Error(made.error.variant);
  return made.policy;
};
const add = (key: string, role: "Device" | "Guardian" = "Device"): TreeOp => ({
  kind: "addLeaf",
  publicKey: key,
  role,
});
const build = (...ops: readonly TreeOp[]): AuthorityTree =>
  ops.reduce((tree, op) => {
    const applied = applyOperation(tree, op);
    if (!applied.ok) throw new Error(applied.error.variant);
    return applied.tree;
  }, emptyAuthorityTree);

describe("a policy", () => {
  test("is strict in its own order: all absorbs, any gives way, of one size the greater number", () => {
    expect(meetPolicies(of(2, 3), of(3, 3))).toEqual(allPolicy);
    expect(meetPolicies(anyPolicy, of(2, 3))).toEqual(of(2, 3));
    expect(meetPolicies(of(2, 3), of(1, 3))).toEqual(of(2, 3));
    expect(meetPolicies(of(1, 2), of(2, 3))).toEqual(of(2, 3));
    expect(meetPolicies(of(2, 4), of(1, 2))).toEqual(of(1, 2));
    expect([anyPolicy, of(2, 3), allPolicy].map(showPolicy)).toEqual(["Any", "2-of-3", "All"]);
  });

  test("meets commutatively and idempotently, and what comes out is as strict as what went in", () => {
    const policy = fc.oneof(
      fc.constant(anyPolicy),
      fc.constant(allPolicy),
      fc.integer({ min: 1, max: 5 }).chain((n) => fc.integer({ min: 1, max: n }).map((m) => of(m, n))),
    );
    fc.assert(
      fc.property(policy, policy, policy, (a, b, c) => {
        expect(meetPolicies(a, b)).toEqual(meetPolicies(b, a));
        expect(meetPolicies(a, a)).toEqual(a);
        const left = meetPolicies(meetPolicies(a, b), c);
        expect(showPolicy(left)).toBe(showPolicy(meetPolicies(a, meetPolicies(b, c))));
        expect(atLeastAsStrict(left, a) && atLeastAsStrict(left, b)).toBe(true);
      }),
    );
  });

  test("says how many sign, and refuses what cannot be", () => {
    expect(requiredSigners(of(2, 3), 3)).toEqual({ ok: true, count: 2 });
    expect(requiredSigners(of(2, 3), 4)).toMatchObject({ error: { variant: "ChildCountMismatch" } });
    expect(requiredSigners(allPolicy, 0)).toMatchObject({ error: { variant: "EmptyChildSet" } });
    expect(thresholdPolicy(0, 3)).toMatchObject({ error: { variant: "InvalidThreshold" } });
    expect(thresholdPolicy(4, 3).ok).toBe(false);
  });
});

describe("an authority's tree", () => {
  test("of three leaves and a threshold of two asks two of three at the root and all below", () => {
    const tree = build(add("aa"), add("bb"), add("cc"), { kind: "updatePolicy", threshold: 2 });
    expect(
      treeBranches(tree).map(({ node, policy, left, right }) => [node, showPolicy(policy), left, right]),
    ).toEqual([
      [0, "2-of-3", { kind: "branch", node: 1 }, { kind: "branch", node: 2 }],
      [1, "All", { kind: "leaf", id: 0 }, { kind: "leaf", id: 1 }],
      [2, "All", { kind: "leaf", id: 2 }, { kind: "leaf", id: 2 }],
    ]);
  });

  test("refuses a threshold nobody can meet, a leaf that is not there and a key that is none", () => {
    const tree = build(add("aa"));
    expect(applyOperation(tree, { kind: "updatePolicy", threshold: 0 })).toMatchObject({
      error: { variant: "InvalidThreshold" },
    });
    expect(applyOperation(tree, { kind: "updatePolicy", threshold: 2 }).ok).toBe(false);
    expect(applyOperation(tree, { kind: "removeLeaf", leaf: 4 })).toMatchObject({
      error: { variant: "LeafNotFound" },
    });
    const gone = build(add("aa"), { kind: "removeLeaf", leaf: 0 });
    expect(applyOperation(gone, { kind: "removeLeaf", leaf: 0 }).ok).toBe(false);
    expect(applyOperation(gone, add("bb"))).toMatchObject({ tree: { leaves: [{ id: 0 }, { id: 1 }] } });
    expect(applyOperation(tree, add("xyz"))).toMatchObject({ error: { variant: "InvalidKey" } });
    expect(applyOperation(tree, add("aa".repeat(65))).ok).toBe(false);
  });

  test("changes its name with every operation, and a rotation keeps its leaves", () => {
    const steps = [
      add("aa"),
      add("bb", "Guardian"),
      { kind: "updatePolicy", threshold: 2 },
      { kind: "rotateEpoch" },
      { kind: "removeLeaf", leaf: 0 },
    ] as const;
    const names = steps.map((_, index) => treeCommitment(build(...steps.slice(0, index + 1))));
    expect(new Set(names).size).toBe(steps.length);
    const rotated = build(...steps.slice(0, 4));
    expect(rotated.epoch).toBe(1);
    expect(activeLeaves(rotated).map(({ epoch }) => epoch)).toEqual([1, 1]);
    expect(treeBranches(emptyAuthorityTree)).toEqual([]);
  });

  test("proves each of its leaves, and no other key passes for one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat({ max: 8 }), (size, gone) => {
        const adds = Array.from({ length: size }, (_, index) => add((index + 16).toString(16)));
        const tree = build(
          ...adds,
          ...(gone < size - 1 ? [{ kind: "removeLeaf", leaf: gone } as const] : []),
        );
        const shape = { epoch: tree.epoch, threshold: tree.threshold, active: activeLeaves(tree).length };
        for (const leaf of tree.leaves) {
          const proof = proveLeaf(tree, leaf.id);
          expect(proof !== undefined).toBe(leaf.active);
          if (proof === undefined) continue;
          expect(verifyLeaf(treeCommitment(tree), shape, leaf, proof)).toBe(true);
          expect(verifyLeaf(treeCommitment(tree), shape, { ...leaf, publicKey: "ff" }, proof)).toBe(false);
        }
      }),
      { numRuns: 40 },
    );
    expect(proveLeaf(emptyAuthorityTree, 0)).toBeUndefined();
  });
});

describe("an attested operation", () => {
  const sign = (authority: string, op: TreeOp, tree: AuthorityTree, threshold = 1): AttestedOperation => {
    const proposed = proposeOperation(tree, op);
    if (!proposed.ok) throw new Error(proposed.error.variant);
    const { parent, next } = proposed;
    return {
      op,
      parent,
      next,
      threshold,
      signature: String(operationTranscript(authority, op, parent, next)),
    };
  };
  const verify = (transcript: Uint8Array, signature: string): boolean => String(transcript) === signature;

  test("is accepted upon the state it was made upon, by enough, signed for this authority, doing what it says", () => {
    const tree = build(add("aa"), add("bb"), { kind: "updatePolicy", threshold: 2 });
    const good = sign("ada", add("cc"), tree, 2);
    expect(acceptOperation("ada", tree, good, verify)).toMatchObject({
      ok: true,
      tree: { leaves: { length: 3 } },
    });
    const refused = [
      acceptOperation("ada", build(add("aa")), good, verify),
      acceptOperation("ada", tree, { ...good, threshold: 1 }, verify),
      acceptOperation("bea", tree, good, verify),
      acceptOperation("ada", tree, { ...good, op: { kind: "removeLeaf", leaf: 9 } }, () => true),
      acceptOperation("ada", tree, { ...good, op: add("dd") }, () => true),
    ];
    expect(refused.map((one) => (one.ok ? "ok" : one.error.variant))).toEqual([
      "ParentMismatch",
      "InsufficientSigners",
      "SignatureFailed",
      "LeafNotFound",
      "CommitmentMismatch",
    ]);
    expect(requiredAttestation(emptyAuthorityTree)).toBe(1);
    expect(proposeOperation(tree, { kind: "removeLeaf", leaf: 9 }).ok).toBe(false);
  });

  test("reduces to one tree whatever the order; of several upon one state one counts", () => {
    const first = sign("ada", add("aa"), emptyAuthorityTree);
    const rivals = ["bb", "cc", "dd"].map((key) => sign("ada", add(key), emptyAuthorityTree));
    const next = sign("ada", { kind: "rotateEpoch" }, build(add("aa")));
    const all = [first, ...rivals, next];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        const reduced = reduceTree(order);
        expect(reduced.tree).toEqual(reduceTree(all).tree);
        expect(activeLeaves(reduced.tree)).toHaveLength(1);
        expect(reduced.applied.length + reduced.passedOver.length).toBe(all.length);
      }),
    );
    expect(reduceTree([]).tree).toEqual(emptyAuthorityTree);
    expect(reduceTree([{ ...first, next: "no" }]).applied).toEqual([]);
  });
});

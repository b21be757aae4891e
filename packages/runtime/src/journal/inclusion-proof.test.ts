import { hashText } from "@parley/wire";
import { assert, integer, property } from "fast-check";
import { expect, test } from "vitest";
import { type InclusionProof, proofSteps, prove, verifyProof } from "./inclusion-proof.ts";
import { root, treeOf } from "./root-tree.ts";

const ids = Array.from({ length: 2000 }, (_, n) => hashText(`n${n}`));
const tree = treeOf(ids.map((id) => [id, 0]));
const top = root(tree);
const must = (id: string): InclusionProof => {
  const proof = prove(tree, id);
  if (proof === undefined) throw new Error("not held");
  return proof;
};

/** The proof with one bit of one character of its text turned. */
const flipped = (proof: InclusionProof, at: number, bit: number): InclusionProof => {
  let seen = 0;
  const turn = (text: string): string => {
    const local = at - seen;
    seen += text.length;
    if (local < 0 || local >= text.length) return text;
    const turned = String.fromCharCode(text.charCodeAt(local) ^ (1 << bit));
    return text.slice(0, local) + turned + text.slice(local + 1);
  };
  return { id: turn(proof.id), bucket: proof.bucket.map(turn), path: proof.path.map((row) => row.map(turn)) };
};

test("every id that is held has a proof that verifies against the root", () => {
  for (const id of ids) expect(verifyProof(top, must(id))).toBe(true);
});

test("an id that is not held has no proof, and no proof verifies against another root", () => {
  expect(prove(tree, hashText("other"))).toBeUndefined();
  expect(verifyProof(hashText("other"), must(ids[0] ?? ""))).toBe(false);
});

test("a proof is rejected for every bit that is turned in it", () => {
  const proof = must(ids[7] ?? "");
  const length = 64 * (1 + proof.bucket.length + proof.path.flat().length);
  for (let at = 0; at < length; at += 1)
    for (let bit = 0; bit < 7; bit += 1) expect(verifyProof(top, flipped(proof, at, bit))).toBe(false);
  assert(
    property(integer({ min: 0, max: 1999 }), integer({ min: 0, max: 63 }), (n, at) => {
      expect(verifyProof(top, flipped(must(ids[n] ?? ""), at, 0))).toBe(false);
    }),
  );
});

test("a proof that lacks a part, or has one too many, is rejected", () => {
  const proof = must(ids[3] ?? "");
  const row = proof.path[0] ?? [];
  for (const bad of [
    { ...proof, path: proof.path.slice(1) },
    { ...proof, path: [...proof.path, row] },
    { ...proof, path: [row.slice(1), ...proof.path.slice(1)] },
    { ...proof, bucket: [] },
    { ...proof, bucket: proof.bucket.filter((id) => id !== proof.id) },
    { ...proof, bucket: [...proof.bucket].reverse() },
    { ...proof, id: ids[4] ?? "" },
  ])
    expect(verifyProof(top, bad)).toBe(false);
});

test("the steps of a check go from the bucket up to the root and say what came out", () => {
  const steps = proofSteps(top, must(ids[5] ?? ""));
  expect(steps.map(({ step }) => step)).toEqual(["shape", "bucket", "branch", "branch", "root"]);
  expect(steps.at(-1)).toEqual({ step: "root", pass: true, depth: 0, hash: top });
});

import type { Hash } from "@parley/wire";
import { compareText, isHash } from "./byte-order.ts";
import { branchHash, bucketHash, bucketLimit, digitAt, nodeHash, type RootTree } from "./root-tree.ts";

/**
 * Why a root holds an id: the bucket the id lies in, and at each branch above
 * it, innermost first, the hashes of the fifteen other subtrees by digit.
 */
export interface InclusionProof {
  readonly id: Hash;
  readonly bucket: readonly Hash[];
  readonly path: readonly (readonly Hash[])[];
}

/** One step of checking a proof, for showing: what was hashed, what came out. */
export interface ProofStep {
  readonly step: "shape" | "bucket" | "branch" | "root";
  readonly pass: boolean;
  /** Digits of the id above this node: 0 at the top. */
  readonly depth: number;
  readonly hash: Hash;
}

/** The proof that a tree holds an id; undefined when it does not. */
export const prove = <V>(tree: RootTree<V>, id: Hash): InclusionProof | undefined => {
  const path: (readonly Hash[])[] = [];
  let node = tree.node;
  for (let depth = 0; node?.kind === "branch"; depth += 1) {
    const digit = digitAt(id, depth);
    path.unshift(node.children.filter((_, other) => other !== digit).map((child) => nodeHash(child)));
    node = node.children[digit];
  }
  return node?.ids.includes(id) ? { id, bucket: node.ids, path } : undefined;
};

/** Every part is a hash in its one text form, the bucket ascends below one prefix and holds the id. */
const wellFormed = ({ id, bucket, path }: InclusionProof): boolean =>
  isHash(id) &&
  path.length < 64 &&
  path.every((siblings) => siblings.length === 15 && siblings.every(isHash)) &&
  bucket.length <= bucketLimit &&
  bucket.every(
    (one, at) =>
      isHash(one) &&
      one.startsWith(id.slice(0, path.length)) &&
      (at === 0 || compareText(bucket[at - 1] ?? "", one) < 0),
  ) &&
  bucket.includes(id);

/**
 * Checks a proof against a root, step by step, from the bucket upwards. The
 * first step judges the shape; hashes are only worth something after it.
 */
export const proofSteps = (root: Hash, proof: InclusionProof): readonly ProofStep[] => {
  const { id, bucket, path } = proof;
  if (!wellFormed(proof)) return [{ step: "shape", pass: false, depth: path.length, hash: id }];
  let hash = bucketHash(bucket);
  const steps: ProofStep[] = [
    { step: "shape", pass: true, depth: path.length, hash: id },
    { step: "bucket", pass: true, depth: path.length, hash },
  ];
  path.forEach((siblings, level) => {
    const depth = path.length - 1 - level;
    const digit = digitAt(id, depth);
    hash = branchHash([...siblings.slice(0, digit), hash, ...siblings.slice(digit)]);
    steps.push({ step: "branch", pass: true, depth, hash });
  });
  return [...steps, { step: "root", pass: hash === root, depth: 0, hash }];
};

/** Whether a root holds the id of a proof. Pure: the browser checks with it (model §5). */
export const verifyProof = (root: Hash, proof: InclusionProof): boolean =>
  proofSteps(root, proof).every(({ pass }) => pass);

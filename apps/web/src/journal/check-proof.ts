import type { FactProofView } from "@parley/wire/http";
import { flipBit } from "../ui/flip-bit.ts";

/** The steps of a proof checked here; `flips` turns one bit of it before. */
export const checkProof = async ({ root, proof }: FactProofView, flips: number | undefined) => {
  // The journal's code is fetched when the first proof is checked.
  const { proofSteps, verifyProof } = await import("@parley/runtime/journal");
  const { value, where } = flips === undefined ? { value: proof, where: "" } : flipBit(proof, flips);
  const { id, bucket, path } = value as unknown as Parameters<typeof verifyProof>[1];
  const given = { id, bucket, path };
  return { where, ok: verifyProof(root, given), steps: proofSteps(root, given) };
};

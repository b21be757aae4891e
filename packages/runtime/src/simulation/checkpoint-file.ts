import { decodeCanonical, encodeCanonical, type Hash, hashBytes } from "@parley/wire";
import type { Checkpoint } from "./checkpoint.ts";
import type { LinkPolicy } from "./scenario.ts";
import type { SimState } from "./sim-state.ts";

const VERSION = 1;

/** Why bytes are no checkpoint. */
export type CheckpointError =
  | { readonly kind: "unknown-version"; readonly version: unknown }
  | { readonly kind: "integrity-mismatch"; readonly expected: unknown; readonly actual: Hash }
  | { readonly kind: "malformed"; readonly reason: string };

/** A checkpoint as bytes that carry their own BLAKE3 hash: one flipped bit is noticed. */
export const encodeCheckpoint = (checkpoint: Checkpoint): Uint8Array => {
  const { counts, asked, used, ...state } = checkpoint.state;
  const body = encodeCanonical({
    ...checkpoint,
    state: { ...state, counts: [...counts], asked: [...asked], used: [...used] },
  });
  return encodeCanonical({ v: VERSION, hash: hashBytes(body), body });
};

const fixed = (value: bigint | undefined): bigint | undefined =>
  value === undefined ? undefined : BigInt(value);

/** Small integers come back as numbers: what must be a bigint is made one again. */
const restoreState = (state: SimState): SimState => {
  const { adversary, reconfiguration, network, policy } = state.rng;
  const rng = (of: SimState["rng"]["network"]) => ({ ...of, seed: BigInt(of.seed) });
  return {
    ...state,
    rng: {
      adversary: rng(adversary),
      reconfiguration: rng(reconfiguration),
      network: rng(network),
      policy: rng(policy),
    },
    links: state.links.map(
      (link): LinkPolicy => ({
        ...link,
        latency: link.latency,
        variance: fixed(link.variance),
        loss: fixed(link.loss),
      }),
    ),
    field: state.field.map(({ values, calls, peer }) => ({
      values: values.map(BigInt),
      calls,
      peer: peer.map(BigInt),
    })),
    carried: state.carried.map(([message, values]) => [message, values.map(BigInt)] as const),
    counts: new Map(state.counts),
    asked: new Map(state.asked),
    used: new Set(state.used),
  };
};

/** Reads the bytes of a checkpoint; `resumeSimulation` then checks that it belongs to the image. */
export const decodeCheckpoint = (
  bytes: Uint8Array,
):
  | { readonly ok: true; readonly checkpoint: Checkpoint }
  | { readonly ok: false; readonly error: CheckpointError } => {
  try {
    const file = decodeCanonical(bytes) as { v?: unknown; hash?: unknown; body?: unknown } | null;
    if (file?.v !== VERSION) return { ok: false, error: { kind: "unknown-version", version: file?.v } };
    const { body } = file;
    if (!(body instanceof Uint8Array))
      return { ok: false, error: { kind: "malformed", reason: "there is no body" } };
    const actual = hashBytes(body);
    if (actual !== file.hash)
      return { ok: false, error: { kind: "integrity-mismatch", expected: file.hash, actual } };
    const checkpoint = decodeCanonical(body) as Checkpoint;
    return { ok: true, checkpoint: { ...checkpoint, state: restoreState(checkpoint.state) } };
  } catch (cause) {
    return { ok: false, error: { kind: "malformed", reason: String(cause) } };
  }
};

import type { Hash } from "@parley/wire";
import { type AmpFact, type AmpGroup, ampGroups } from "./amp-transition.ts";

/** Messages a receiver may skip unless a channel says otherwise. */
export const DEFAULT_SKIP_WINDOW = 1_024;

/** Where one channel stands: its epoch, its last checkpoint, and what is proposed next. */
export interface ChannelState {
  readonly channel: string;
  readonly epoch: number;
  readonly checkpointGeneration: number;
  readonly skipWindow: number;
  readonly transition: AmpGroup | null;
  /** The transition that may be used before it is final. */
  readonly pendingBump: Hash | null;
  readonly bootstrap: { readonly [name: string]: unknown } | null;
}

const channelOf = ({ fields }: AmpFact): string => String(fields.channel ?? "");
const number = (value: unknown, otherwise: number): number =>
  Number.isSafeInteger(value) ? Number(value) : otherwise;

interface Checkpoint {
  readonly epoch: number;
  readonly generation: number;
  readonly commitment: string;
  readonly window: unknown;
}

const checkpointsOf = (facts: readonly AmpFact[]): readonly Checkpoint[] =>
  facts
    .filter(({ variant }) => variant === "AmpChannelCheckpoint")
    .map(({ fields }) => ({
      epoch: number(fields.chan_epoch, 0),
      generation: number(fields.base_gen, 0),
      commitment: String(fields.ck_commitment ?? ""),
      window: fields.skip_window_override,
    }))
    .sort(
      (a, b) => b.epoch - a.epoch || b.generation - a.generation || (a.commitment < b.commitment ? 1 : -1),
    );

/** Epochs follow each other: one counts when the one before it is final. */
const epochOf = (groups: readonly AmpGroup[]): number => {
  let epoch = 0;
  while (groups.some(({ parentEpoch, status }) => parentEpoch === epoch && status === "A3Finalized"))
    epoch += 1;
  return epoch;
};

/** Every channel that facts speak of, by name (spec/aura-state.md §6.2). */
export const channelStates = (facts: readonly AmpFact[]): readonly ChannelState[] => {
  const all = ampGroups(facts);
  const channels = [
    ...new Set(facts.filter(({ variant }) => variant.startsWith("Amp")).map(channelOf)),
  ].sort();
  return channels.map((channel) => {
    const own = facts.filter((fact) => channelOf(fact) === channel);
    const groups = all.filter((group) => group.channel === channel);
    const epoch = epochOf(groups);
    const checkpoint = checkpointsOf(own).find((one) => one.epoch <= epoch);
    const policies = own.filter(({ variant }) => variant === "AmpChannelPolicy");
    const policy = policies.find(({ fields }) => fields.skip_window !== undefined) ?? policies[0];
    const transition = groups.find(({ parentEpoch }) => parentEpoch === epoch) ?? null;
    const bootstrap = own.filter(({ variant }) => variant === "AmpChannelBootstrap").at(-1);
    return {
      channel,
      epoch,
      checkpointGeneration: checkpoint?.generation ?? 0,
      skipWindow: number(checkpoint?.window, number(policy?.fields.skip_window, DEFAULT_SKIP_WINDOW)),
      transition,
      pendingBump: transition?.status === "A2Live" ? transition.live : null,
      bootstrap: bootstrap?.fields ?? null,
    };
  });
};

/** The generation before which checkpoints may go. */
export const pruneBoundary = (maxGeneration: number, window = DEFAULT_SKIP_WINDOW): number =>
  Math.max(0, maxGeneration - (2 * window + 512));

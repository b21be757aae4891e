import type { Hash } from "@parley/wire";
import { factOf, type Journal, journalRoot } from "./journal.ts";
import { holds } from "./root-tree.ts";
import { mergeBatch } from "./sync-batch.ts";
import {
  digestFault,
  invalidDigest,
  type PartDigest,
  type SyncDigest,
  type SyncError,
  type SyncMessage,
  syncSchema,
} from "./sync-message.ts";
import { digestOf, heldBelow, lackedBy, partOf, type SyncSide } from "./sync-responder.ts";

/** What a run does next. */
type Phase =
  /** Compare the parts; those that differ and are large fall into sixteen. */
  | { readonly kind: "narrow"; readonly parts: readonly PartDigest[]; readonly small: readonly PartDigest[] }
  /** Exchange filters of the small parts. */
  | { readonly kind: "settle"; readonly parts: readonly PartDigest[] }
  /** Ask for what the other side offered. */
  | { readonly kind: "pull"; readonly want: readonly Hash[]; readonly give: readonly Hash[] }
  /** Send what its filter did not hold. */
  | { readonly kind: "push"; readonly give: readonly Hash[] }
  | {
      readonly kind: "ended";
      readonly status: "equal" | "unfinished" | "refused";
      readonly error?: SyncError;
    };

/** The requester of a run: everything it needs to go on, after any cut. */
export interface SyncState {
  readonly journal: Journal;
  readonly phase: Phase;
  /** From 1. */
  readonly round: number;
  readonly received: readonly Hash[];
  readonly sent: readonly Hash[];
}

const fromRoot = (journal: Journal): Phase => ({ kind: "narrow", parts: [partOf(journal, "")], small: [] });

/** A run that is to begin. */
export const startSync = (journal: Journal): SyncState => ({
  journal,
  phase: fromRoot(journal),
  round: 1,
  received: [],
  sent: [],
});

/**
 * A run that was cut goes on: what was merged on either side stays, and the
 * comparison starts again from the root, so nothing is sent a second time even
 * when only the answer was lost.
 */
export const resumeSync = (state: SyncState): SyncState => ({ ...state, phase: fromRoot(state.journal) });

const saltOf = ({ round }: SyncState): number => round & 0xff;

/** The message to send now; undefined when the run has ended. Asking twice gives the same message. */
export const nextMessage = (state: SyncState, side: SyncSide): SyncMessage | undefined => {
  const { journal, phase } = state;
  const header = { schema: syncSchema, namespace: journal.namespace, from: side.authority } as const;
  switch (phase.kind) {
    case "narrow":
      return digestOf(journal, side, phase.parts);
    case "settle":
      return digestOf(
        journal,
        side,
        phase.parts,
        heldBelow(journal, phase.parts, side.config.errorRate, saltOf(state)),
      );
    case "pull":
      return { ...header, kind: "request", ids: phase.want.slice(0, side.config.batchSize) };
    case "push": {
      const ids = phase.give.slice(0, side.config.batchSize);
      return { ...header, kind: "batch", facts: ids.flatMap((id) => factOf(journal, id) ?? []) };
    }
    case "ended":
      return undefined;
  }
};

const ended = (state: SyncState, status: "equal" | "unfinished"): SyncState => ({
  ...state,
  phase: { kind: "ended", status },
});

const failed = (state: SyncState, error: SyncError): SyncState => ({
  ...state,
  phase: { kind: "ended", status: "refused", error },
});

const nextRound = (state: SyncState, side: SyncSide): SyncState =>
  state.round >= side.config.maxRounds
    ? ended(state, "unfinished")
    : { ...state, round: state.round + 1, phase: fromRoot(state.journal) };

/** Goes to the first phase that has something to do; with nothing to move, to the next round. */
const moving = (
  state: SyncState,
  want: readonly Hash[],
  give: readonly Hash[],
  side: SyncSide,
): SyncState => {
  if (want.length > 0) return { ...state, phase: { kind: "pull", want, give } };
  if (give.length > 0) return { ...state, phase: { kind: "push", give } };
  return nextRound(state, side);
};

const sixteenth = (journal: Journal, prefix: string): readonly PartDigest[] =>
  Array.from("0123456789abcdef", (digit) => partOf(journal, prefix + digit));

const narrowed = (
  state: SyncState,
  phase: Extract<Phase, { kind: "narrow" }>,
  reply: SyncDigest,
  side: SyncSide,
): SyncState => {
  if (reply.root === journalRoot(state.journal)) return ended(state, "equal");
  const asked = new Set(phase.parts.map(({ prefix }) => prefix));
  const small = [...phase.small];
  const parts: PartDigest[] = [];
  for (const theirs of reply.parts) {
    if (!asked.has(theirs.prefix)) return failed(state, invalidDigest("a part that was not asked about"));
    const ours = partOf(state.journal, theirs.prefix);
    const large = Math.max(ours.size, theirs.size) > side.config.partSize;
    if (large && ours.size > 0 && theirs.size > 0 && theirs.prefix.length < 64)
      parts.push(...sixteenth(state.journal, theirs.prefix));
    else small.push(ours);
  }
  if (parts.length > 0) return { ...state, phase: { kind: "narrow", parts, small } };
  if (small.length === 0) return failed(state, invalidDigest("roots differ, and no part does"));
  return { ...state, phase: { kind: "settle", parts: small } };
};

const settled = (
  state: SyncState,
  phase: Extract<Phase, { kind: "settle" }>,
  reply: SyncDigest,
  side: SyncSide,
): SyncState => {
  const { held, offers } = reply;
  if (held === undefined || offers === undefined)
    return failed(state, invalidDigest("a filter is answered by a filter"));
  const want = [...new Set(offers)].filter((id) => !holds(state.journal.facts, id));
  const asked = new Set(phase.parts.map(({ prefix }) => prefix));
  const differing = reply.parts.filter(({ prefix }) => asked.has(prefix));
  return moving(state, want, lackedBy(held, state.journal, differing, side.config.offerLimit), side);
};

const onDigest = (state: SyncState, reply: SyncDigest, side: SyncSide): SyncState => {
  const fault = digestFault(reply);
  if (fault !== undefined) return failed(state, fault);
  const { phase } = state;
  if (phase.kind === "narrow") return narrowed(state, phase, reply, side);
  if (phase.kind === "settle") return settled(state, phase, reply, side);
  if (phase.kind !== "push") return failed(state, invalidDigest("a digest where facts were asked for"));
  const { batchSize } = side.config;
  const grown = { ...state, sent: [...state.sent, ...phase.give.slice(0, batchSize)] };
  if (reply.root === journalRoot(state.journal)) return ended(grown, "equal");
  return moving(grown, [], phase.give.slice(batchSize), side);
};

/**
 * The run after an answer. An answer that does not fit, or facts that do not
 * hold, end it as refused; what was merged before stays.
 */
export const onReply = (state: SyncState, reply: SyncMessage, side: SyncSide): SyncState => {
  const { phase } = state;
  if (reply.kind === "refusal") return failed(state, reply.error);
  if (reply.kind === "digest") return onDigest(state, reply, side);
  if (reply.kind === "request" || phase.kind !== "pull")
    return failed(state, invalidDigest(`a ${reply.kind} that answers nothing`));
  const asked = phase.want.slice(0, side.config.batchSize);
  const merged = mergeBatch(state.journal, reply.facts, asked, side.checks);
  if (!merged.ok) return failed(state, merged.error);
  if (merged.ids.length === 0) return failed(state, { code: "PAR7726", error: "not_found", ids: asked });
  const { journal, ids } = merged;
  const want = phase.want.filter((id) => !holds(journal.facts, id));
  return moving({ ...state, journal, received: [...state.received, ...ids] }, want, phase.give, side);
};

import type { ContextInput, Hash } from "@parley/wire";
import type { FactChecks } from "./fact-fault.ts";
import { factId } from "./fact-id.ts";
import type { Journal } from "./journal.ts";
import { type Replicas, replicaJournal } from "./replicas.ts";
import { defaultSyncConfig, type SyncConfig } from "./sync-config.ts";
import { type SyncError, type SyncMessage, syncMessageBytes } from "./sync-message.ts";
import { nextMessage, onReply, resumeSync, type SyncState, startSync } from "./sync-requester.ts";
import { answerSync, type SyncSide } from "./sync-responder.ts";

/** What a run needs from outside: a way to the peer, and how facts are judged. */
export interface SyncEffects {
  readonly send: (message: SyncMessage) => void;
  /** The next message of the peer; undefined when the line is cut or it has ended. */
  readonly receive: () => SyncMessage | undefined;
  readonly checks: FactChecks;
  readonly allows?: (peer: string) => boolean;
}

/** What holds a replicated state in a convergent handler: immutable, so a run gives back another. */
export interface JournalCoordinator<Self> {
  readonly cvHandler: () => { readonly getState: () => Journal };
  readonly withCvState: (state: Journal) => Self;
}

/** The least coordinator: one journal in a convergent handler. */
export interface SingleJournal extends JournalCoordinator<SingleJournal> {}

export const journalCoordinator = (journal: Journal): SingleJournal => ({
  cvHandler: () => ({ getState: () => journal }),
  withCvState: (state) => journalCoordinator(state),
});

/** How a run went. */
export interface AntiEntropyResult {
  /** `equal`: one root on both sides. `served`: a responder whose peer has ended. `unfinished`, `cut`: run again, it goes on from there. */
  readonly status: "equal" | "served" | "unfinished" | "cut" | "refused";
  readonly isSuccess: () => boolean;
  readonly error?: SyncError;
  /** Ids merged here, and there. */
  readonly received: readonly Hash[];
  readonly sent: readonly Hash[];
  readonly rounds: number;
  readonly messages: number;
  /** Of all messages both ways, in canonical bytes. */
  readonly bytes: number;
}

interface Traffic {
  messages: number;
  bytes: number;
}

const counted = (traffic: Traffic, message: SyncMessage): SyncMessage => {
  traffic.messages += 1;
  traffic.bytes += syncMessageBytes(message).length;
  return message;
};

const resultOf = (
  status: AntiEntropyResult["status"],
  state: Pick<SyncState, "received" | "sent" | "round">,
  traffic: Traffic,
  error?: SyncError,
): AntiEntropyResult => ({
  status,
  isSuccess: () => status === "equal" || status === "served",
  ...(error === undefined ? {} : { error }),
  received: state.received,
  sent: state.sent,
  rounds: state.round,
  ...traffic,
});

const request = (side: SyncSide, effects: SyncEffects, journal: Journal) => {
  const traffic = { messages: 0, bytes: 0 };
  let state = startSync(journal);
  for (;;) {
    const message = nextMessage(state, side);
    if (message === undefined) break;
    effects.send(counted(traffic, message));
    const reply = effects.receive();
    if (reply === undefined) {
      const cut: SyncError = { code: "PAR7725", error: "network", why: "the peer does not answer" };
      return { state: resumeSync(state), result: resultOf("cut", state, traffic, cut) };
    }
    state = onReply(state, counted(traffic, reply), side);
  }
  const { phase } = state;
  const status = phase.kind === "ended" ? phase.status : "unfinished";
  return {
    state,
    result: resultOf(status, state, traffic, phase.kind === "ended" ? phase.error : undefined),
  };
};

const respond = (side: SyncSide, effects: SyncEffects, before: Journal) => {
  const traffic = { messages: 0, bytes: 0 };
  const received: Hash[] = [];
  let journal = before;
  for (let message = effects.receive(); message !== undefined; message = effects.receive()) {
    const answered = answerSync(journal, counted(traffic, message), side);
    if (answered.journal !== journal && message.kind === "batch") received.push(...message.facts.map(factId));
    journal = answered.journal;
    effects.send(counted(traffic, answered.reply));
  }
  return { journal, result: resultOf("served", { received, sent: [], round: 1 }, traffic) };
};

/**
 * One run of anti-entropy with a peer, as the one that asks or as the one that
 * answers. The coordinator is not changed: the second part of the answer is
 * the one with the synchronised state, read by `cvHandler().getState()`.
 * A run that was cut or did not finish keeps what it merged; run it again.
 *
 * @example const [result, updated] = executeAntiEntropy("ada", {}, true, effects, coordinator);
 */
export const executeAntiEntropy = <C extends JournalCoordinator<C>>(
  authority: string,
  config: Partial<SyncConfig>,
  isRequester: boolean,
  effects: SyncEffects,
  coordinator: C,
): readonly [AntiEntropyResult, C] => {
  const { checks, allows } = effects;
  const side: SyncSide = {
    authority,
    config: { ...defaultSyncConfig, ...config },
    checks,
    ...(allows === undefined ? {} : { allows }),
  };
  const before = coordinator.cvHandler().getState();
  const run = isRequester
    ? (({ state, result }) => ({ journal: state.journal, result }))(request(side, effects, before))
    : respond(side, effects, before);
  return [run.result, run.journal === before ? coordinator : coordinator.withCvState(run.journal)];
};

/** A peer in the same process: what is sent to it is answered at once from its journal. */
export interface LocalPeer {
  readonly effects: SyncEffects;
  /** Its journal as it is now. */
  readonly journal: () => Journal;
}

export const localPeer = (
  authority: string,
  journal: Journal,
  checks: FactChecks,
  config: Partial<SyncConfig> = {},
): LocalPeer => {
  const side: SyncSide = { authority, config: { ...defaultSyncConfig, ...config }, checks };
  const replies: SyncMessage[] = [];
  let held = journal;
  return {
    journal: () => held,
    effects: {
      checks,
      send: (message) => {
        const answered = answerSync(held, message, side);
        held = answered.journal;
        replies.push(answered.reply);
      },
      receive: () => replies.shift(),
    },
  };
};

/** A run between two replicas of one context and the input that records it. */
export const syncReplicas = (
  state: Replicas,
  requester: string,
  responder: string,
  checks: FactChecks,
  config: Partial<SyncConfig> = {},
): {
  readonly result: AntiEntropyResult;
  readonly input: Extract<ContextInput, { kind: "replicas.synced" }>;
} => {
  const peer = localPeer(responder, replicaJournal(state, responder), checks, config);
  const own = journalCoordinator(replicaJournal(state, requester));
  const [result] = executeAntiEntropy(requester, config, true, peer.effects, own);
  const { received, sent, rounds, bytes } = result;
  return {
    result,
    input: {
      kind: "replicas.synced",
      requester,
      responder,
      toRequester: received,
      toResponder: sent,
      rounds,
      bytes,
    },
  };
};

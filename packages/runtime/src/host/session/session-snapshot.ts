import { decodeCanonical, encodeCanonical, type SessionPin, type Value } from "@parley/wire";
import { decodeMachine, encodeMachine } from "../../machine/snapshot.ts";
import type { PolicyCursor } from "./decision-policy.ts";
import { type Given, inboxForm } from "./given.ts";
import { pinnedImage } from "./open-session.ts";
import type { SessionState } from "./session-state.ts";

/** The version of the snapshot encoding; another one is ignored, as any bad cache. */
const SNAPSHOT_VERSION = 2;

/** Entries between two snapshots (model §1.5). */
export const SNAPSHOT_EVERY = 512;

interface SnapshotForm {
  readonly v: number;
  readonly stream: string;
  readonly pin: SessionPin;
  readonly fork: SessionState["fork"] | null;
  readonly machine: Uint8Array;
  readonly inbox: {
    readonly decisions: readonly (readonly [string, Given<string>])[];
    readonly payloads: readonly (readonly [string, Given<Value>])[];
  };
  readonly counts: readonly (readonly [string, number])[];
  readonly cursor: PolicyCursor;
  readonly simulatedFacts: number;
  /** Missing from snapshots made before guards could deny. */
  readonly simulatedCharges?: SessionState["simulatedCharges"];
  readonly denials?: SessionState["denials"];
  /** Missing from snapshots made before there were lanes: these are not used. */
  readonly topology?: SessionState["topology"];
  /** Missing from snapshots made before operations were told: these are not used where there are any. */
  readonly operations?: SessionState["operations"];
  /** Missing from snapshots made before there was a budget. */
  readonly unattended?: number;
  readonly position: number;
  readonly at: number;
  readonly hash: string;
  readonly protocolHash: string;
  readonly stateHash: string;
}

/** Canonical bytes of a session's state, queues verbatim, without the event trace. */
export const encodeSession = (state: SessionState): Uint8Array => {
  const { image: _image, machine, inbox, counts, fork, ...rest } = state;
  const form: SnapshotForm = {
    v: SNAPSHOT_VERSION,
    ...rest,
    fork: fork ?? null,
    machine: encodeMachine(machine),
    inbox: inboxForm(inbox),
    counts: [...counts].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
  return encodeCanonical(form);
};

/** Reads a snapshot; `undefined` when it cannot be used, which costs time and nothing else. */
export const decodeSession = (bytes: Uint8Array): SessionState | undefined => {
  try {
    const form = decodeCanonical(bytes) as SnapshotForm;
    if (form.v !== SNAPSHOT_VERSION || form.topology === undefined) return undefined;
    const image = pinnedImage(form.pin);
    if (!image.ok) return undefined;
    const read = decodeMachine(image.image, form.machine);
    if (!read.ok) return undefined;
    const { machine } = read;
    const begun = [...machine.sessions.values()].some(({ operations }) => operations.size > 0);
    if (form.operations === undefined && begun) return undefined;
    const { v: _v, fork, inbox, counts, topology, ...rest } = form;
    return {
      ...rest,
      unattended: form.unattended ?? 0,
      simulatedCharges: form.simulatedCharges ?? [],
      denials: form.denials ?? [],
      topology,
      operations: form.operations ?? [],
      fork: fork ?? undefined,
      image: image.image,
      machine,
      inbox: { decisions: new Map(inbox.decisions), payloads: new Map(inbox.payloads) },
      counts: new Map(counts),
    };
  } catch {
    return undefined;
  }
};

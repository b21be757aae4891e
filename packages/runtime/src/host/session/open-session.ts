import { type ForkPin, hashDomain, type MachineEvent, type SessionPin } from "@parley/wire";
import type { CodeImage, ImageError } from "../../machine/code/image.ts";
import { decodeImage, imageId } from "../../machine/code/image.ts";
import type { MachineConfig } from "../../machine/config.ts";
import { createMachine, openSession as openOnMachine } from "../../machine/open.ts";
import { cloneMachine } from "../../machine/snapshot.ts";
import { countInto } from "../../observe/observation.ts";
import type { Applied } from "./apply-input.ts";
import { firstCursor } from "./decision-policy.ts";
import type { Gather } from "./gather.ts";
import { cloneInbox, emptyInbox } from "./given.ts";
import { noteOperations } from "./operation-lane.ts";
import { runToQuiescence } from "./rounds.ts";
import { sentFacts } from "./session-facts.ts";
import type { SessionState } from "./session-state.ts";

/** A session just opened, and what its entry 0 records. */
export interface Opened {
  readonly state: SessionState;
  readonly applied: Applied;
}

const decoded = new Map<string, WeakRef<CodeImage>>();

/** The image of a pin: many sessions of one image share it. */
export const pinnedImage = (
  pin: SessionPin,
): { readonly ok: true; readonly image: CodeImage } | { readonly ok: false; readonly error: ImageError } => {
  const known = decoded.get(pin.image)?.deref();
  // The bytes are asked each time: who carries them on must find the same image in them elsewhere.
  const named = hashDomain("parley.image/1", pin.imageBytes) === pin.image;
  if (known !== undefined && named) return { ok: true, image: known };
  const read = decodeImage(pin.imageBytes);
  if (read.ok && (!named || imageId(read.image) !== pin.image))
    return { ok: false, error: { kind: "malformed", reason: "the image is not the one its id names" } };
  if (read.ok) decoded.set(pin.image, new WeakRef(read.image));
  return read;
};

/** What a pin changes in the machine's default configuration. */
const configOf = (pin: SessionPin): Partial<MachineConfig> => pin.config as Partial<MachineConfig>;

/** The state before any round of a session: its machine, opened. */
const newState = (pin: SessionPin, image: CodeImage, at: number) => {
  const machine = createMachine(image, configOf(pin));
  const opened = openOnMachine(machine);
  if (!opened.ok) throw new Error(`an admitted image does not open: ${opened.error.kind}`);
  const state: SessionState = {
    stream: pin.stream,
    pin,
    fork: undefined,
    image,
    machine,
    inbox: emptyInbox(),
    counts: new Map(),
    cursor: firstCursor(pin.seed),
    simulatedFacts: 0,
    simulatedCharges: [],
    denials: [],
    topology: [],
    operations: [],
    unattended: 0,
    position: 0,
    at,
    hash: "",
    protocolHash: "",
    stateHash: "",
  };
  return { state, events: opened.events };
};

/** Opens the session a pin describes; an eager one runs to where it waits. */
export const openSession = (pin: SessionPin, image: CodeImage, at: number, gather: Gather): Opened => {
  const { state, events: opening } = newState(pin, image, at);
  const eager = pin.drive === "eager";
  const ran = eager ? runToQuiescence(state, gather) : { rounds: 0, reads: [], events: [] };
  const events: readonly MachineEvent[] = [...opening, ...ran.events];
  countInto(state.counts, events);
  noteOperations(state, events);
  const applied: Applied = {
    rounds: eager ? ran.rounds : undefined,
    reads: ran.reads,
    events,
    facts: sentFacts(image, events),
  };
  return { state, applied };
};

/** An independent copy. */
export const cloneSession = (state: SessionState): SessionState => ({
  ...state,
  machine: cloneMachine(state.machine),
  inbox: cloneInbox(state.inbox),
  counts: new Map(state.counts),
});

/**
 * The state a fork starts in: its parent's at `pin.at`, on a manual clock and
 * with an overlay of its own. The parent's state is consumed: pass a copy if
 * it is still needed.
 */
export const forkSession = (parent: SessionState, pin: ForkPin): SessionState => ({
  ...parent,
  stream: pin.stream,
  pin: { ...parent.pin, stream: pin.stream, title: pin.title, clock: "manual" },
  fork: { parent: pin.parent, at: pin.at },
  position: pin.at + 1,
  hash: "",
});

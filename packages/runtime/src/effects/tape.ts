import type { MachineEvent } from "@parley/wire";
import type { CodeImage } from "../machine/code/image.ts";
import { commit } from "../machine/commit.ts";
import type { MachineConfig } from "../machine/config.ts";
import { createMachine, openSession } from "../machine/open.ts";
import { type Plan, plan } from "../machine/plan.ts";
import type { Answers, Request } from "../machine/request.ts";
import type { Machine } from "../machine/state.ts";

/** What a round asked its host for, by the kinds of an effect trace. */
export type TapeKind =
  | "send_decision"
  | "handle_choose"
  | "handle_acquire"
  | "handle_release"
  | "invoke_step";

/** One answered round of a recorded run. */
export interface TapeEntry {
  readonly kind: TapeKind;
  readonly role: string;
  /** Arm path and step of the endpoint, where one asked. */
  readonly place: string;
  readonly answers: Answers;
}

/** Where a replay leaves its tape. `index` counts entries of the tape from 0. */
export type TapeError =
  | { readonly kind: "exhausted"; readonly index: number; readonly expected: TapeKind; readonly role: string }
  | {
      readonly kind: "kind-mismatch";
      readonly index: number;
      readonly expected: TapeKind;
      readonly got: TapeKind;
    }
  | {
      readonly kind: "place-mismatch";
      readonly index: number;
      readonly expected: string;
      readonly got: string;
    }
  | { readonly kind: "left-over"; readonly index: number; readonly remaining: number };

/** One sentence of an error, the first two in the reference's words. */
export const tapeErrorText = (error: TapeError): string => {
  switch (error.kind) {
    case "exhausted":
      return `replay trace exhausted at index ${error.index}, expected ${error.expected}`;
    case "kind-mismatch":
      return `replay trace kind mismatch at index ${error.index}: expected ${error.expected}, got ${error.got}`;
    case "place-mismatch":
      return `at index ${error.index} ${error.expected} asked, the tape was recorded for ${error.got}`;
    case "left-over":
      return `the run ended at index ${error.index} with ${error.remaining} entries of the tape left`;
  }
};

const kindOf = (requests: readonly Request[]): TapeKind | undefined => {
  const [first] = requests;
  if (first === undefined) return undefined;
  switch (first.kind) {
    case "decision":
      return "handle_choose";
    case "effect":
      return first.name === "acquire" ? "handle_acquire" : "handle_release";
    case "guard":
      return "send_decision";
    case "payload":
      return requests.some(({ kind }) => kind === "guard") ? "send_decision" : "invoke_step";
  }
};

const askedBy = ({ requests }: Plan): { readonly role: string; readonly place: string } => {
  const [first] = requests;
  if (first === undefined) return { role: "", place: "" };
  const at =
    "step" in first ? `${first.endpoint}@${first.step}` : "label" in first ? first.label : first.layer;
  return { role: first.role, place: at };
};

/** Records what each plan was answered with; a plan that asked nothing leaves no entry. */
export class TapeRecorder {
  readonly entries: TapeEntry[] = [];

  record(planned: Plan, answers: Answers): void {
    const kind = kindOf(planned.requests);
    if (kind !== undefined) this.entries.push({ kind, ...askedBy(planned), answers });
  }
}

/** How closely a replay is held to its tape: `kinds` as the reference, which never looks at who asked. */
export type TapeMode = "exact" | "kinds";

/** Plays a tape back, one answered round after the other. */
export class TapeReader {
  private cursor = 0;
  private readonly tape: readonly TapeEntry[];
  private readonly mode: TapeMode;

  constructor(tape: readonly TapeEntry[], mode: TapeMode = "exact") {
    this.tape = tape;
    this.mode = mode;
  }

  /** Entries nothing has asked for yet. */
  get remaining(): number {
    return this.tape.length - this.cursor;
  }

  /** The answers to a plan; on an error the cursor stays. */
  next(
    planned: Plan,
  ): { readonly ok: true; readonly answers: Answers } | { readonly ok: false; readonly error: TapeError } {
    const expected = kindOf(planned.requests);
    if (expected === undefined) return { ok: true, answers: {} };
    const index = this.cursor;
    const entry = this.tape[index];
    const asked = askedBy(planned);
    if (entry === undefined)
      return { ok: false, error: { kind: "exhausted", index, expected, role: asked.role } };
    if (entry.kind !== expected)
      return { ok: false, error: { kind: "kind-mismatch", index, expected, got: entry.kind } };
    const [here, there] = [`${asked.role} ${asked.place}`, `${entry.role} ${entry.place}`];
    if (this.mode === "exact" && here !== there)
      return { ok: false, error: { kind: "place-mismatch", index, expected: here, got: there } };
    this.cursor += 1;
    return { ok: true, answers: entry.answers };
  }

  /** The error of a run that has ended with this much of its tape. */
  end(): TapeError | undefined {
    return this.remaining === 0 || this.mode === "kinds"
      ? undefined
      : { kind: "left-over", index: this.cursor, remaining: this.remaining };
  }
}

/** A run by tape. */
export interface TapeRun {
  readonly machine: Machine;
  readonly events: readonly MachineEvent[];
  /** Where the run left its tape; it stops there, and everything before stands. */
  readonly error: TapeError | undefined;
}

/**
 * Runs an image by a tape until nobody can run, the tape does not fit, or
 * `maxRounds` have run: the last is no error, and the run can be taken up again.
 */
export const replayTape = (
  image: CodeImage,
  config: Partial<MachineConfig>,
  tape: readonly TapeEntry[],
  of: { readonly maxRounds: number; readonly mode?: TapeMode },
): TapeRun => {
  const machine = createMachine(image, config);
  const opened = openSession(machine);
  const events: MachineEvent[] = opened.ok ? [...opened.events] : [];
  const reader = new TapeReader(tape, of.mode);
  for (let round = 0; round < of.maxRounds; round += 1) {
    const planned = plan(machine);
    if (planned.kind !== "run") return { machine, events, error: reader.end() };
    const given = reader.next(planned);
    if (!given.ok) return { machine, events, error: given.error };
    events.push(...commit(machine, planned, given.answers).events);
  }
  return { machine, events, error: undefined };
};

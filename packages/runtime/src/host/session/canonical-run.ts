import type { Entry, MachineEvent, Read, SessionInput, SessionPin } from "@parley/wire";
import type { ExecutionPolicy } from "../../admission/execution-policy.ts";
import type { CodeImage } from "../../machine/code/image.ts";
import type { MachineConfig } from "../../machine/config.ts";
import type { Coroutine, Machine } from "../../machine/state.ts";
import { wakeDenied, wakeFor } from "../../machine/wake.ts";
import { buildEnvelopeDiffArtifact, type EnvelopeArtifact } from "../../waves/envelope-diff.ts";
import { type Fragment, fragmentOf } from "../../waves/fragment.ts";
import { control } from "./apply-input.ts";
import { foldEntry, type Recorded } from "./fold-entry.ts";
import type { Gather } from "./gather.ts";
import { openSession } from "./open-session.ts";
import { runWhile } from "./rounds.ts";
import type { SessionState } from "./session-state.ts";

const key = (...parts: readonly unknown[]): string => JSON.stringify(parts);

const readKey = (read: Read): string => {
  switch (read.kind) {
    case "decision":
    case "payload":
      return key(read.kind, read.role, read.endpoint, read.step);
    case "guard":
      return key(read.kind, read.role, read.edgeId, read.label);
    case "effect":
      return key(read.kind, read.name);
    case "retry":
      return key(read.kind, read.role, read.endpoint);
    default:
      return key(read.kind, read.purpose);
  }
};

type ReadOf<K extends Read["kind"]> = Extract<Read, { readonly kind: K }>;

/**
 * Answers by who asks for what, in whatever order: the outside of a recorded
 * run, for a run of the same inputs under another schedule. What was read more
 * than once for one step (a guard had denied) counts as it was last.
 */
const keyedGather = (reads: readonly Read[]): Gather => {
  const steps = new Map<string, Read>();
  const queues = new Map<string, Read[]>();
  for (const read of reads) {
    const at = readKey(read);
    if (read.kind === "decision" || read.kind === "payload") steps.set(at, read);
    else queues.set(at, [...(queues.get(at) ?? []), read]);
  }
  const next = <K extends Read["kind"]>(at: string): ReadOf<K> | undefined =>
    queues.get(at)?.shift() as ReadOf<K> | undefined;
  const ofStep = <K extends "decision" | "payload">(
    kind: K,
    asked: { readonly role: string; readonly endpoint: string; readonly step: number },
  ): ReadOf<K> | undefined =>
    steps.get(key(kind, asked.role, asked.endpoint, asked.step)) as ReadOf<K> | undefined;
  return {
    decision: (_state, request) => ofStep("decision", request),
    payload: (_state, request) => ofStep("payload", request),
    guard: (_state, { role, edgeId, label }) => next<"guard">(key("guard", role, edgeId, label)),
    retry: (_state, { role, endpoint }) => next<"retry">(key("retry", role, endpoint)),
    effect: (_state, { name }) => next<"effect">(key("effect", name)),
    failure: (_state, role, label) => {
      const queue = queues.get(key("effect", "script.fails")) as ReadOf<"effect">[] | undefined;
      const at = queue?.findIndex(({ result }) => {
        const about = result as { readonly role: string; readonly label: string };
        return about.role === role && about.label === label;
      });
      return at === undefined || at < 0 ? undefined : queue?.splice(at, 1)[0];
    },
  };
};

/** Lets everybody ask again. */
const wakeAll = ({ machine }: SessionState): void => {
  wakeDenied(machine);
  for (const coroutine of [...machine.asking]) {
    const role = machine.image.roles[coroutine.role];
    if (role !== undefined) wakeFor(machine, role, coroutine.endpoint?.path ?? "");
  }
};

/** The pin of the canonical run: one step a round, first in, first out. */
const canonicalPin = (pin: SessionPin): SessionPin => {
  const { wave: _wave, ...config } = pin.config as Partial<MachineConfig>;
  return { ...pin, drive: "manual", config: { ...config, scheduler: { kind: "cooperative" } } };
};

/** A coroutine by what it is: ids are handed out in order of creation, which a schedule may change. */
const nameOf = ({ sid, role, endpoint }: Coroutine): string => key(sid, role, endpoint?.path ?? null);

/** How many steps each coroutine has to its credit. */
class Progress {
  private readonly left = new Map<string, number>();

  readonly stepped = ({ machine }: SessionState, id: number): void => this.add(machine, id, 1);
  readonly repeated = ({ machine }: SessionState, id: number): void => this.add(machine, id, -1);
  readonly may = (coroutine: Coroutine): boolean => (this.left.get(nameOf(coroutine)) ?? 0) > 0;

  private add(machine: Machine, id: number, by: number): void {
    const coroutine = machine.coroutines.get(id);
    if (coroutine === undefined) return;
    const name = nameOf(coroutine);
    this.left.set(name, (this.left.get(name) ?? 0) + by);
  }
}

interface SideBySide {
  readonly candidate: SessionState;
  readonly baseline: SessionState;
  readonly candidateEvents: MachineEvent[];
  readonly baselineEvents: MachineEvent[];
}

/**
 * Folds a log and runs its inputs canonically beside it: after every entry
 * each coroutine has taken as many steps in one as in the other.
 */
const sideBySide = (entries: readonly Recorded[], pin: SessionPin, image: CodeImage): SideBySide | string => {
  const progress = new Progress();
  const gather: Gather = {
    ...keyedGather(entries.flatMap(({ entry }) => entry.reads)),
    stepped: progress.repeated,
  };
  let candidate: SessionState | undefined;
  let baseline: SessionState | undefined;
  const candidateEvents: MachineEvent[] = [];
  const baselineEvents: MachineEvent[] = [];
  for (const recorded of entries) {
    const { entry } = recorded;
    const folded = foldEntry(candidate, recorded, { stepped: progress.stepped });
    if (!folded.ok) return folded.why;
    candidate = folded.state;
    candidateEvents.push(...entry.events);
    // Where timeouts run, every round is one step: the run is its own canonical one.
    if (candidate.machine.linked.scoped) {
      baseline = candidate;
      baselineEvents.push(...entry.events);
      continue;
    }
    if (baseline === undefined) {
      const opened = openSession(canonicalPin(pin), image, entry.at, gather);
      baseline = opened.state;
      baselineEvents.push(...opened.applied.events);
    } else baselineEvents.push(...repeat(baseline, entry));
    wakeAll(baseline);
    baselineEvents.push(...runWhile(baseline, gather, progress.may).events);
  }
  if (candidate === undefined || baseline === undefined) return "an empty log";
  return { candidate, baseline, candidateEvents, baselineEvents };
};

/** Does to the canonical run what an input did, beside rounds. */
const repeat = (state: SessionState, entry: Entry): readonly MachineEvent[] => {
  state.at = entry.at;
  state.position += 1;
  return control(state, entry.input as SessionInput);
};

/** How a session that runs in waves compares with the canonical run of the same inputs. */
export interface CanonicalComparison {
  readonly artifact: EnvelopeArtifact;
  readonly baseline: Fragment;
  readonly candidate: Fragment;
}

/**
 * Runs the inputs of a log again, one step a round, with every outside answer
 * it recorded, and builds the diff artifact (spec/aura-runtime.md §7). A
 * sentence when the log cannot be folded.
 */
export const compareWithCanonical = (
  entries: readonly Recorded[],
  pin: SessionPin,
  image: CodeImage,
  policy: ExecutionPolicy,
): CanonicalComparison | string => {
  const both = sideBySide(entries, pin, image);
  if (typeof both === "string") return both;
  const { tier } = policy;
  const baseline = fragmentOf(both.baseline.machine, both.baselineEvents, {
    engine: "cooperative",
    maxWaveWidth: 1,
    tier,
  });
  const candidate = fragmentOf(both.candidate.machine, both.candidateEvents, {
    engine: "waves",
    maxWaveWidth: both.candidate.waves?.maxWidth ?? 0,
    tier,
  });
  return { artifact: buildEnvelopeDiffArtifact(policy, baseline, candidate), baseline, candidate };
};

import type { MachineEvent } from "@parley/wire";
import type { CapabilityInventory, RuntimeContracts } from "../admission/capability-inventory.ts";
import { inventoryFromPairs, inventoryOf } from "../admission/capability-inventory.ts";
import type { ExecutionPolicy, ProtocolClass } from "../admission/execution-policy.ts";
import { artifactMetadata, type DeterminismProfileMetadata } from "../admission/policy-resolution.ts";
import { maxSteps, type TerminationBudget, takeStep } from "../admission/termination-limit.ts";
import { type CodeImage, encodeImage } from "../machine/code/image.ts";
import { commit } from "../machine/commit.ts";
import { closeSession, inject } from "../machine/controls.ts";
import { createMachine, openSession } from "../machine/open.ts";
import { plan } from "../machine/plan.ts";
import type { Answers } from "../machine/request.ts";
import { cloneMachine } from "../machine/snapshot.ts";
import type { Machine } from "../machine/state.ts";
import type { EnvelopeArtifact } from "../waves/envelope-diff.ts";
import { type EnvelopeError, validateEnvelopeArtifact } from "../waves/envelope-policy.ts";
import { currentWeight } from "./current-weight.ts";
import { type EngineConfig, engineConfigError } from "./engine-config.ts";
import {
  type ChoreoEngineError,
  type EngineResult,
  engineDone,
  engineErrorOfFault,
  engineFailed,
  interpreter,
} from "./engine-error.ts";
import { hexOf, type InboundMessage, type QueuedBridgeHandler } from "./queued-bridge.ts";
import type { EngineRecording, EngineStep } from "./recording.ts";

/** What is opened: an image, whose protocol it is, and how it is run. */
export interface EngineOpening {
  readonly image: CodeImage;
  readonly protocol: string;
  readonly handler: QueuedBridgeHandler;
  /** Absent for a raw opening: no policy, and the class of recovery grants. */
  readonly policy?: ExecutionPolicy;
  /** Set where the policy was found by hand; its class decides the budget. */
  readonly class?: ProtocolClass;
}

/** What a receive waits for. */
export interface BlockedReceive {
  readonly from: string;
  readonly to: string;
}

/** How a run ended: done, or nothing can go on until something comes from outside. */
export interface EngineRun {
  readonly status: "AllDone" | "Stuck";
  readonly steps: number;
  readonly blocked: BlockedReceive | null;
  /** Its budget is four fifths spent, or more. */
  readonly nearlySpent: boolean;
}

interface EngineSession {
  readonly id: number;
  readonly machine: Machine;
  readonly opening: EngineOpening;
  readonly initialWeight: number;
  readonly record: EngineStep[];
  budget: TerminationBudget;
  ended: boolean;
}

type StepKind = "Continue" | "Stuck" | "AllDone";

/**
 * A thin engine over the protocol machine (spec/aura-runtime.md §8): sessions
 * of a role each, with explicit hooks to open, step, run and close them. It
 * holds no clock and no I/O; whatever comes from outside comes through a
 * session's bridge and is recorded, so that a run can be replayed.
 */
export class ChoreoEngine {
  readonly config: EngineConfig;
  readonly contracts: RuntimeContracts | undefined;
  /** What was there when the engine was made. */
  readonly capabilitySnapshot: CapabilityInventory;
  private readonly sessions = new Map<number, EngineSession>();
  private nextId = 0;
  private last = -1;

  private constructor(config: EngineConfig, contracts: RuntimeContracts | undefined) {
    this.config = config;
    this.contracts = contracts;
    this.capabilitySnapshot = contracts === undefined ? inventoryFromPairs([]) : inventoryOf(contracts);
  }

  /** Makes an engine, if its configuration is one that its contracts carry. */
  static create(config: EngineConfig, contracts: RuntimeContracts | undefined): EngineResult<ChoreoEngine> {
    const error = engineConfigError(config, contracts);
    return error === undefined ? engineDone(new ChoreoEngine(config, contracts)) : engineFailed(error);
  }

  /** Opens a session; its number is the engine's own. */
  open(opening: EngineOpening): EngineResult<number> {
    const machine = createMachine(opening.image, this.config.machine);
    const opened = openSession(machine);
    if (!opened.ok) return engineFailed(interpreter(`the session cannot be opened: ${opened.error.kind}`));
    const id = this.nextId;
    this.nextId += 1;
    const initialWeight = currentWeight(machine);
    const steps = maxSteps(initialWeight, classOf(opening), this.config.termination);
    const budget = { protocol: opening.protocol, initialWeight, maxSteps: steps, consumed: 0 };
    this.sessions.set(id, { id, machine, opening, initialWeight, record: [], budget, ended: false });
    return engineDone(id);
  }

  /** Sessions that have not ended, by number. */
  activeSessions(): readonly number[] {
    return this.active().map(({ id }) => id);
  }

  /** One round of one session, the next in turn that can run; a session that is done leaves the engine's hands. */
  step(): EngineResult<StepKind> {
    const active = this.active();
    if (active.length === 0) return engineDone("AllDone");
    const turn = [
      ...active.filter(({ id }) => id > this.last),
      ...active.filter(({ id }) => id <= this.last),
    ];
    for (const session of turn) {
      const stepped = this.stepSession(session);
      if (!stepped.ok) return stepped;
      if (stepped.value === "Stuck") continue;
      this.last = session.id;
      return engineDone(this.active().length === 0 ? "AllDone" : "Continue");
    }
    return engineDone("Stuck");
  }

  /**
   * Rounds of all sessions until all are done or none can go on, within the
   * budget of the heaviest class. The budget is asked before what the round
   * did is looked at, so a last step too many is an error (spec/aura-runtime.md §8.3).
   */
  run(limit: number = Number.POSITIVE_INFINITY): EngineResult<EngineRun> {
    const active = this.active();
    const weight = active.reduce((sum, { machine }) => sum + currentWeight(machine), 0);
    const steps = maxSteps(weight, heaviest(active), this.config.termination, limit);
    const protocol = active.at(-1)?.opening.protocol ?? "none";
    let budget: TerminationBudget = { protocol, initialWeight: weight, maxSteps: steps, consumed: 0 };
    for (;;) {
      const stepped = this.step();
      if (!stepped.ok) return stepped;
      if (stepped.value === "Stuck") return engineDone(this.runEnd("Stuck", budget, active));
      const progress = takeStep(budget);
      if (!progress.ok) return engineFailed(progress.error as ChoreoEngineError);
      budget = progress.budget;
      if (stepped.value === "AllDone") return engineDone(this.runEnd("AllDone", budget, active));
    }
  }

  /**
   * Runs one session on with what its bridge has queued, until it is done or
   * waits for a message that has not come; called again it goes on. All calls
   * share the budget computed when it was opened.
   */
  runToCompletion(id: number): EngineResult<EngineRun> {
    const session = this.sessions.get(id);
    if (session === undefined) return engineFailed(lifecycle(id, "there is no such session"));
    if (session.ended) return engineDone(this.runEnd("AllDone", session.budget, [session]));
    for (;;) {
      const waiting = blockedReceive(session.machine);
      const message = waiting === undefined ? undefined : session.opening.handler.takeInbound(waiting.from);
      if (message !== undefined) {
        const delivered = this.deliver(id, message);
        if (!delivered.ok) return delivered;
      }
      const stepped = this.stepSession(session);
      if (!stepped.ok) return stepped;
      if (stepped.value === "Stuck") return engineDone(this.runEnd("Stuck", session.budget, [session]));
      const progress = takeStep(session.budget);
      if (!progress.ok) return engineFailed(progress.error as ChoreoEngineError);
      session.budget = progress.budget;
      if (session.ended) return engineDone(this.runEnd("AllDone", session.budget, [session]));
    }
  }

  /** Hands a message to the role that waits for it. */
  deliver(id: number, message: InboundMessage): EngineResult<null> {
    const session = this.sessions.get(id);
    if (session === undefined || session.ended) return engineFailed(lifecycle(id, "it is not active"));
    const to = activeRole(session.machine);
    const value = message.payload.length === 0 ? ({ kind: "unit" } as const) : str(hexOf(message.payload));
    const sid = 0;
    const done = inject(session.machine, {
      sid,
      from: message.from,
      to,
      label: message.label,
      payload: value,
    });
    if (!done.ok) return engineFailed(lifecycle(id, `${message.from} has nothing to say to ${to}`));
    session.record.push({ kind: "deliver", from: message.from, to, label: message.label, value });
    return engineDone(null);
  }

  /** Ends a session, whatever it waits for. */
  close(id: number): EngineResult<null> {
    const session = this.sessions.get(id);
    if (session === undefined || session.ended) return engineFailed(lifecycle(id, "it is not active"));
    closeSession(session.machine, 0);
    session.record.push({ kind: "close" });
    session.ended = true;
    return engineDone(null);
  }

  /** What the session's round waits for, if it waits for a message. */
  blockedReceive(id: number): BlockedReceive | undefined {
    const session = this.sessions.get(id);
    return session === undefined ? undefined : blockedReceive(session.machine);
  }

  /** Everything a session took from outside, in order; `replayRecording` folds it again. */
  recording(id: number): EngineRecording | undefined {
    const session = this.sessions.get(id);
    return session === undefined
      ? undefined
      : {
          image: encodeImage(session.opening.image),
          config: { ...this.config.machine },
          steps: [...session.record],
        };
  }

  /** A copy of a session's machine, for its hashes and views. */
  machineOf(id: number): Machine | undefined {
    const session = this.sessions.get(id);
    return session === undefined ? undefined : cloneMachine(session.machine);
  }

  /** What an artifact of the session says of its policy; none for a raw opening. */
  determinismProfileMetadata(id: number): DeterminismProfileMetadata | undefined {
    const policy = this.sessions.get(id)?.opening.policy;
    return policy === undefined ? undefined : artifactMetadata(policy);
  }

  /** Whether an artifact, or its absence, is one that the session's policy allows. */
  validateSessionEnvelopeArtifact(
    id: number,
    artifact: EnvelopeArtifact | undefined,
  ): EngineResult<EnvelopeError | null> {
    const session = this.sessions.get(id);
    if (session === undefined) return engineFailed(interpreter(`there is no session ${id}`));
    const { policy } = session.opening;
    return engineDone(policy === undefined ? null : (validateEnvelopeArtifact(policy, artifact) ?? null));
  }

  private active(): readonly EngineSession[] {
    return [...this.sessions.values()].filter(({ ended }) => !ended);
  }

  private runEnd(
    status: EngineRun["status"],
    budget: TerminationBudget,
    of: readonly EngineSession[],
  ): EngineRun {
    const waits = of.flatMap(({ machine, ended }) => (ended ? [] : (blockedReceive(machine) ?? [])));
    return {
      status,
      steps: budget.consumed,
      blocked: waits[0] ?? null,
      nearlySpent: budget.consumed >= budget.maxSteps * 0.8,
    };
  }

  private stepSession(session: EngineSession): EngineResult<StepKind> {
    const { machine, opening } = session;
    const planned = plan(machine);
    if (planned.kind === "stuck") return engineDone("Stuck");
    if (planned.kind === "allDone") {
      session.ended = true;
      return engineDone("AllDone");
    }
    const answers: Answers = opening.handler.answer(planned, opening.image);
    const { events } = commit(machine, planned, answers);
    session.record.push({ kind: "round", answers });
    opening.handler.committed(events);
    const fault = faultOf(events);
    if (fault !== undefined) {
      session.ended = true;
      const witness = opening.handler.events.at(-1)?.witness;
      return engineFailed(engineErrorOfFault(session.id, fault, { tick: machine.tick, witness }));
    }
    session.ended = machine.live === 0;
    return engineDone(session.ended ? "AllDone" : "Continue");
  }
}

const str = (value: string) => ({ kind: "str", value }) as const;

const lifecycle = (session: number, reason: string): ChoreoEngineError => ({
  code: "PAR8262",
  variant: "SessionLifecycle",
  session,
  reason,
});

const classOf = (opening: EngineOpening): ProtocolClass =>
  opening.class ?? opening.policy?.class ?? "RecoveryGrant";

const factors: readonly ProtocolClass[] = [
  "ConsensusFallback",
  "SyncAntiEntropy",
  "RecoveryGrant",
  "DkgCeremony",
  "ConsensusFastPath",
];

/** The class with the largest factor among the active sessions. */
const heaviest = (active: readonly EngineSession[]): ProtocolClass =>
  factors.find((name) => active.some(({ opening }) => classOf(opening) === name)) ?? "RecoveryGrant";

const faultOf = (events: readonly MachineEvent[]) => {
  for (const event of events) if (event.kind === "faulted") return event.fault;
  return undefined;
};

/** The one role of a scoped image that does anything; its first role where nobody does. */
const activeRole = (machine: Machine): string => {
  const index = machine.image.programs.findIndex(({ states }) => states.length > 1);
  return machine.image.roles[Math.max(0, index)] as string;
};

const blockedReceive = (machine: Machine): BlockedReceive | undefined => {
  for (const { status } of machine.coroutines.values())
    if (status.kind === "blocked" && status.reason.kind === "empty")
      return { from: status.reason.edge.from, to: status.reason.edge.to };
  return undefined;
};

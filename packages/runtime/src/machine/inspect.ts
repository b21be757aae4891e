import { showDeed } from "@parley/core";
import type { BlockReason, Edge, Value } from "@parley/wire";
import { type ListingLine, listing } from "./code/listing.ts";
import type { LinkedProgram, OwnState } from "./link.ts";
import { requestsOf } from "./plan.ts";
import type { Request } from "./request.ts";
import { roleName } from "./round.ts";
import { leaving } from "./scopes.ts";
import type {
  Coroutine,
  CoroutineStatus,
  Frame,
  KnownFact,
  Machine,
  ScopeFrame,
  SessionStatus,
  Timer,
} from "./state.ts";
import { isHeld, wakes } from "./wake.ts";

/** An endpoint as views name it. */
export interface EndpointRef {
  readonly sid: number;
  readonly role: string;
  readonly path: string;
}

/** The local type an endpoint is at, one step deep. */
export type LocalTypeView =
  | { readonly kind: "end" | "closed" }
  | { readonly kind: "par"; readonly arms: number }
  /** What it does by itself; `edgeId` is the statement. */
  | { readonly kind: "perform"; readonly text: string; readonly edgeId: string }
  | { readonly kind: "decide"; readonly outcomes: readonly string[]; readonly edgeId: string }
  | { readonly kind: "scope" | "leave"; readonly edgeId: string }
  | {
      readonly kind: "send" | "recv";
      readonly branches: readonly {
        readonly peer: string;
        readonly label: string;
        readonly payload: string;
        readonly edgeId: string;
      }[];
    };

export interface CoroutineView {
  readonly coroutine: number;
  readonly sid: number;
  readonly role: string;
  /** Arm path; empty for the role itself. */
  readonly endpoint: string;
  readonly pc: number;
  readonly step: number;
  readonly status: CoroutineStatus;
  /** Blocked no longer, and about to run: what it waited for has come. */
  readonly woken: boolean;
  readonly held: boolean;
  readonly registers: readonly Value[];
  readonly type: LocalTypeView;
  readonly owned: readonly EndpointRef[];
  /** Credits left; `null` without limit. */
  readonly credits: number | null;
  readonly tokens: number;
  /** Facts it has been told, in that order. */
  readonly known: readonly KnownFact[];
  /** The timeout scopes it is in, outermost first. */
  readonly scopes: readonly ScopeView[];
  /** How it leaves a scope when it runs next, whatever it stands at; absent when it need not. */
  readonly leaving: "timeout" | "cancel" | "told" | undefined;
  /** Names its deeds have bound, in that order. */
  readonly names: readonly (readonly [string, Value])[];
}

/** A timeout scope a coroutine is in; `timer` is its owner's. */
export interface ScopeView {
  readonly scope: string;
  readonly lap: number;
  readonly owner: string;
  readonly timer: Timer | undefined;
}

export interface EdgeView extends Edge {
  readonly frames: readonly Frame[];
  readonly capacity: number;
  readonly sent: number;
  readonly received: number;
}

export interface SessionView {
  readonly sid: number;
  readonly status: SessionStatus;
  readonly epoch: number;
}

const ownView = (program: LinkedProgram, own: OwnState): LocalTypeView => {
  switch (own.kind) {
    case "perform":
      return { kind: "perform", text: showDeed(own.deed), edgeId: own.edgeId };
    case "decide":
      return { kind: "decide", outcomes: own.outcomes.map(({ outcome }) => outcome), edgeId: own.scope };
    case "scope":
      return { kind: "scope", edgeId: own.scope };
    case "leave": {
      const scope = program.linked[own.of]?.own;
      return { kind: "leave", edgeId: scope?.kind === "scope" ? scope.scope : "" };
    }
  }
};

const typeView = (program: LinkedProgram | undefined, type: number): LocalTypeView => {
  const state = program?.linked[type];
  if (program === undefined || state === undefined) return { kind: "closed" };
  if (state.own !== undefined) return ownView(program, state.own);
  if (state.kind === "par") return { kind: "par", arms: state.arms.length };
  if (state.kind !== "send" && state.kind !== "recv") return { kind: "end" };
  const branches = state.branches.map(({ peer, label, payload, edgeId }) => ({
    peer,
    label,
    payload,
    edgeId,
  }));
  return { kind: state.kind, branches };
};

const scopeView = (machine: Machine, coroutine: Coroutine, scope: ScopeFrame): ScopeView => {
  const own = machine.linked.programs[coroutine.role]?.linked[scope.state]?.own;
  const tag = scope.tags.at(-1);
  const timers = machine.sessions.get(coroutine.sid)?.timers;
  return {
    scope: tag?.id ?? "",
    lap: tag?.lap ?? 0,
    owner: own?.kind === "scope" ? own.owner : "",
    timer: scope.timer === undefined ? undefined : timers?.get(scope.timer),
  };
};

const coroutineView = (machine: Machine, coroutine: Coroutine): CoroutineView => {
  const { endpoint } = coroutine;
  const program = endpoint === undefined ? undefined : machine.linked.programs[endpoint.role];
  return {
    coroutine: coroutine.id,
    sid: coroutine.sid,
    role: roleName(machine, coroutine.role),
    endpoint: endpoint?.path ?? "",
    pc: coroutine.pc,
    step: endpoint?.step ?? 0,
    status: coroutine.status,
    woken: coroutine.status.kind === "blocked" && !coroutine.waiting,
    held: isHeld(machine, coroutine.role, machine.tick + 1),
    registers: [...coroutine.regs],
    type: typeView(program, endpoint?.type ?? -1),
    scopes: coroutine.scopes.map((scope) => scopeView(machine, coroutine, scope)),
    leaving: machine.linked.scoped ? leaving(machine, coroutine)?.exit.outcome : undefined,
    names: [...coroutine.names],
    owned: coroutine.owned.map(({ sid, role, path }) => ({ sid, role: roleName(machine, role), path })),
    credits: coroutine.credits < 0 ? null : coroutine.credits,
    tokens: coroutine.tokens,
    known: [...coroutine.known],
  };
};

/** Every coroutine, by id. */
export const inspectCoroutines = (machine: Machine): readonly CoroutineView[] =>
  [...machine.coroutines.values()].map((coroutine) => coroutineView(machine, coroutine));

/** One coroutine, if it still exists. */
export const inspectCoroutine = (machine: Machine, id: number): CoroutineView | undefined => {
  const coroutine = machine.coroutines.get(id);
  return coroutine && coroutineView(machine, coroutine);
};

/** Every edge of every session with what stands on it. */
export const inspectEdges = (machine: Machine): readonly EdgeView[] =>
  [...machine.sessions.values()].flatMap((session) =>
    session.edges.map((edge) => ({
      ...edge.name,
      frames: edge.frames.list(),
      capacity: edge.capacity,
      sent: edge.sent,
      received: edge.received,
    })),
  );

export const inspectSessions = (machine: Machine): readonly SessionView[] =>
  [...machine.sessions.values()].map(({ sid, status, epoch }) => ({ sid, status, epoch }));

/** The program of a role, line by line; empty for a role the image does not have. */
export const inspectProgram = (machine: Machine, role: string): readonly ListingLine[] => {
  const program = machine.image.programs[machine.linked.roleIndex.get(role) ?? -1];
  return program === undefined ? [] : listing(program);
};

/** A coroutine that cannot run, and what it waits for. */
export interface Waiting extends EndpointRef {
  readonly coroutine: number;
  readonly reason: BlockReason;
}

export interface Enabled {
  /** Decisions and payloads that an input could answer now, with the guards that would follow. */
  readonly requests: readonly Request[];
  /** Coroutines that can run, in queue order. */
  readonly ready: readonly number[];
  readonly waiting: readonly Waiting[];
}

/**
 * What is possible now: every decision or payload of a coroutine that is ready
 * or already asks for it, who can run, and what everybody else waits for.
 */
export const enabled = (machine: Machine): Enabled => {
  const requests: Request[] = [];
  const waiting: Waiting[] = [];
  for (const coroutine of machine.coroutines.values()) {
    const { status } = coroutine;
    if (status.kind === "done" || status.kind === "faulted") continue;
    if (!coroutine.waiting || machine.asking.has(coroutine))
      requests.push(
        ...requestsOf(machine, coroutine).filter(
          (request) => request.kind === "decision" || request.kind === "payload",
        ),
      );
    if (coroutine.waiting && status.kind === "blocked")
      waiting.push({
        coroutine: coroutine.id,
        sid: coroutine.sid,
        role: roleName(machine, coroutine.role),
        path: coroutine.endpoint?.path ?? "",
        reason: status.reason,
      });
  }
  const tick = machine.tick + 1;
  // Whoever the next round wakes stands behind those queued already.
  const ready = [
    ...machine.queue.list().filter((coroutine) => !isHeld(machine, coroutine.role, tick)),
    ...wakes(machine, tick),
  ].map((coroutine) => coroutine.id);
  return { requests, ready, waiting };
};

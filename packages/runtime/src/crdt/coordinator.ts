import { decodeCanonical, encodeCanonical } from "@parley/wire";
import { type CausalOperation, type CommutativeHandler, commutativeHandler } from "./commutative.ts";
import { type ConvergentHandler, convergentHandler } from "./convergent.ts";
import { type DeltaHandler, type DeltaLattice, deltaHandler } from "./delta.ts";
import { type ConstraintEvent, type MeetHandler, meetHandler } from "./meet.ts";
import type { JoinSemilattice, MeetSemilattice } from "./semilattice.ts";
import { mergeClocks, tickClock, type VectorClock } from "./vector-clock.ts";

export type CrdtType = "Convergent" | "Commutative" | "Delta" | "Meet";

/** What a replica asks of another: its kind, and what it has seen. */
export interface SyncRequest {
  readonly session: string;
  readonly type: CrdtType;
  readonly clock: VectorClock;
}

/** What is sent back, in canonical bytes; each kind has its own. */
export type SyncData =
  | { readonly kind: "FullState"; readonly state: Uint8Array }
  | { readonly kind: "Operations"; readonly operations: readonly Uint8Array[] }
  | { readonly kind: "Deltas"; readonly deltas: readonly Uint8Array[] }
  | { readonly kind: "Constraints"; readonly constraints: readonly Uint8Array[] };

export interface SyncResponse {
  readonly session: string;
  readonly type: CrdtType;
  readonly data: SyncData;
}

export type CrdtError =
  | { readonly code: "PAR7742"; readonly variant: "MissingHandler"; readonly type: CrdtType }
  | {
      readonly code: "PAR7743";
      readonly variant: "TypeMismatch";
      readonly expected: SyncData["kind"];
      readonly actual: SyncData["kind"];
    }
  | { readonly code: "PAR7744"; readonly variant: "DeserializationFailed"; readonly reason: string };

const dataOf: { readonly [type in CrdtType]: SyncData["kind"] } = {
  Convergent: "FullState",
  Commutative: "Operations",
  Delta: "Deltas",
  Meet: "Constraints",
};

/** The handlers of a coordinator, one of a kind at most. */
interface Handlers<S, D, O, C> {
  readonly cv?: ConvergentHandler<S>;
  readonly delta?: DeltaHandler<S, D>;
  /** Deltas and operations this side has and others may lack. */
  readonly deltas?: readonly D[];
  readonly cm?: CommutativeHandler<S, O>;
  readonly operations?: readonly CausalOperation<O>[];
  readonly mv?: MeetHandler<C>;
}

/** A coordinator after a step, or why there is none; either way the old one is as it was. */
export type CrdtResult<T, V> =
  | { readonly ok: true; readonly coordinator: T; readonly value: V }
  | { readonly ok: false; readonly error: CrdtError };

/**
 * The replicas of one party in one session: at most one handler of each
 * family. Immutable: protocols take one and give one back (spec/aura-protocols.md §15.8).
 *
 * @example
 * CrdtCoordinator.new("ada").withActor("ada-phone").withCv(unionSet, ["x"]).withDeltaThreshold(counts, 100)
 */
export class CrdtCoordinator<S = never, D = never, O = never, C = never> {
  readonly authority: string;
  readonly actor: string | undefined;
  readonly clock: VectorClock;
  private readonly handlers: Handlers<S, D, O, C>;

  private constructor(
    authority: string,
    actor: string | undefined,
    clock: VectorClock,
    handlers: Handlers<S, D, O, C>,
  ) {
    this.authority = authority;
    this.actor = actor;
    this.clock = clock;
    this.handlers = handlers;
  }

  static new(authority: string): CrdtCoordinator {
    return new CrdtCoordinator(authority, undefined, {}, {});
  }

  static newWithActor(authority: string, device: string): CrdtCoordinator {
    return new CrdtCoordinator(authority, device, {}, {});
  }

  private with<S2, D2, O2, C2>(handlers: Handlers<S2, D2, O2, C2>): CrdtCoordinator<S2, D2, O2, C2> {
    return new CrdtCoordinator(this.authority, this.actor, this.clock, handlers);
  }

  withCvHandler<S2>(handler: ConvergentHandler<S2>): CrdtCoordinator<S2, D, O, C> {
    const { cm: _cm, delta: _delta, cv: _cv, ...rest } = this.handlers;
    return this.with<S2, D, O, C>({ ...rest, cv: handler });
  }

  /** A convergent replica of a lattice, at a state or at its bottom. */
  withCv<S2>(lattice: JoinSemilattice<S2>, state?: S2): CrdtCoordinator<S2, D, O, C> {
    return this.withCvHandler(convergentHandler(lattice, state));
  }

  /** The same replica with what it has joined with another state. */
  withCvState(state: S): CrdtCoordinator<S, D, O, C> {
    const { cv } = this.handlers;
    return cv === undefined ? this : this.with({ ...this.handlers, cv: cv.receive(state) });
  }

  withCmHandler<O2>(handler: CommutativeHandler<S, O2>): CrdtCoordinator<S, D, O2, C> {
    const { cm: _cm, operations: _operations, ...rest } = this.handlers;
    return this.with<S, D, O2, C>({ ...rest, cm: handler, operations: [] });
  }

  withCm<O2>(apply: (state: S, payload: O2, actor: string) => S, state: S): CrdtCoordinator<S, D, O2, C> {
    return this.withCmHandler(commutativeHandler(apply, state));
  }

  withDeltaHandler<D2>(handler: DeltaHandler<S, D2>): CrdtCoordinator<S, D2, O, C> {
    const { delta: _delta, deltas: _deltas, ...rest } = this.handlers;
    return this.with<S, D2, O, C>({ ...rest, delta: handler, deltas: [] });
  }

  /** A replica that folds deltas once this many wait. */
  withDeltaThreshold<D2>(lattice: DeltaLattice<S, D2>, threshold: number): CrdtCoordinator<S, D2, O, C> {
    return this.withDeltaHandler(deltaHandler(lattice, threshold));
  }

  withMvHandler<C2>(handler: MeetHandler<C2>): CrdtCoordinator<S, D, O, C2> {
    const { mv: _mv, ...rest } = this.handlers;
    return this.with<S, D, O, C2>({ ...rest, mv: handler });
  }

  withMv<C2>(lattice: MeetSemilattice<C2>): CrdtCoordinator<S, D, O, C2> {
    return this.withMvHandler(meetHandler(lattice));
  }

  withMvState<C2>(lattice: MeetSemilattice<C2>, state: C2): CrdtCoordinator<S, D, O, C2> {
    return this.withMvHandler(meetHandler(lattice, state));
  }

  cvHandler(): ConvergentHandler<S> {
    return this.need(this.handlers.cv, "Convergent");
  }

  cmHandler(): CommutativeHandler<S, O> {
    return this.need(this.handlers.cm, "Commutative");
  }

  deltaHandler(): DeltaHandler<S, D> {
    return this.need(this.handlers.delta, "Delta");
  }

  mvHandler(): MeetHandler<C> {
    return this.need(this.handlers.mv, "Meet");
  }

  has(type: CrdtType): boolean {
    const { cv, cm, delta, mv } = this.handlers;
    return { Convergent: cv, Commutative: cm, Delta: delta, Meet: mv }[type] !== undefined;
  }

  /** Asking for a handler that was never given is a mistake of the caller; requests from outside are answered with `MissingHandler`. */
  private need<H>(handler: H | undefined, type: CrdtType): H {
    if (handler === undefined) throw new Error(`the coordinator has no ${type} handler`);
    return handler;
  }

  private bumped(clock: VectorClock = this.clock): VectorClock {
    return this.actor === undefined ? clock : tickClock(clock, this.actor);
  }

  private at(clock: VectorClock, handlers = this.handlers): CrdtCoordinator<S, D, O, C> {
    return new CrdtCoordinator(this.authority, this.actor, clock, handlers);
  }

  /** An operation of one's own, kept for whoever asks. */
  issue(payload: O): CrdtCoordinator<S, D, O, C> {
    const { handler, operation } = this.cmHandler().issue(this.actor ?? this.authority, payload);
    const operations = [...(this.handlers.operations ?? []), operation];
    return this.at(this.clock, { ...this.handlers, cm: handler, operations });
  }

  /** A change of one's own as a delta, kept for whoever asks. */
  update(change: (state: S) => D | undefined): CrdtCoordinator<S, D, O, C> {
    const { handler, delta } = this.deltaHandler().update(change);
    const deltas = [...(this.handlers.deltas ?? []), ...(delta === undefined ? [] : [delta])];
    return this.at(this.clock, { ...this.handlers, delta: handler, deltas });
  }

  /** Asks another for what it has of one family. */
  request(
    session: string,
    type: CrdtType,
  ): { readonly coordinator: CrdtCoordinator<S, D, O, C>; readonly request: SyncRequest } {
    const coordinator = this.at(this.bumped());
    return { coordinator, request: { session, type, clock: coordinator.clock } };
  }

  /** Answers a request. Without a handler of that family nothing changes, the clock included. */
  answer(request: SyncRequest): CrdtResult<CrdtCoordinator<S, D, O, C>, SyncResponse> {
    const { session, type, clock } = request;
    if (!this.has(type)) return { ok: false, error: { code: "PAR7742", variant: "MissingHandler", type } };
    return {
      ok: true,
      coordinator: this.at(this.bumped(mergeClocks(this.clock, clock))),
      value: { session, type, data: this.dataFor(type) },
    };
  }

  private dataFor(type: CrdtType): SyncData {
    switch (type) {
      case "Convergent":
        return { kind: "FullState", state: encodeCanonical(this.cvHandler().getState()) };
      case "Commutative":
        return { kind: "Operations", operations: (this.handlers.operations ?? []).map(encodeCanonical) };
      case "Delta":
        return { kind: "Deltas", deltas: (this.handlers.deltas ?? []).map(encodeCanonical) };
      case "Meet":
        return { kind: "Constraints", constraints: this.mvHandler().history.map(encodeCanonical) };
    }
  }

  /** Takes an answer: everything in it is read before anything is applied. */
  receive(response: SyncResponse): CrdtResult<CrdtCoordinator<S, D, O, C>, number> {
    const { type, data } = response;
    if (!this.has(type)) return { ok: false, error: { code: "PAR7742", variant: "MissingHandler", type } };
    if (dataOf[type] !== data.kind)
      return {
        ok: false,
        error: { code: "PAR7743", variant: "TypeMismatch", expected: dataOf[type], actual: data.kind },
      };
    const bytes = bytesOf(data);
    let items: readonly unknown[];
    try {
      items = bytes.map((one) => decodeCanonical(one));
    } catch (cause) {
      return {
        ok: false,
        error: { code: "PAR7744", variant: "DeserializationFailed", reason: String(cause) },
      };
    }
    return { ok: true, coordinator: this.at(this.clock, this.applied(type, items)), value: items.length };
  }

  private applied(type: CrdtType, items: readonly unknown[]): Handlers<S, D, O, C> {
    const { handlers } = this;
    switch (type) {
      case "Convergent":
        return {
          ...handlers,
          cv: (items as readonly S[]).reduce((cv, one) => cv.receive(one), this.cvHandler()),
        };
      case "Commutative": {
        const operations = items as readonly CausalOperation<O>[];
        return {
          ...handlers,
          cm: operations.reduce((cm, one) => cm.receive(one), this.cmHandler()),
          operations: unknownTo(handlers.operations ?? [], operations),
        };
      }
      case "Delta":
        return {
          ...handlers,
          delta: (items as readonly D[]).reduce((delta, one) => delta.receive(one), this.deltaHandler()),
        };
      case "Meet":
        return {
          ...handlers,
          mv: (items as readonly ConstraintEvent<C>[]).reduce((mv, one) => {
            const received = mv.receive(one);
            return received.ok ? received.handler : mv;
          }, this.mvHandler()),
        };
    }
  }
}

const bytesOf = (data: SyncData): readonly Uint8Array[] => {
  switch (data.kind) {
    case "FullState":
      return [data.state];
    case "Operations":
      return data.operations;
    case "Deltas":
      return data.deltas;
    case "Constraints":
      return data.constraints;
  }
};

const unknownTo = <O>(
  known: readonly CausalOperation<O>[],
  more: readonly CausalOperation<O>[],
): readonly CausalOperation<O>[] => [
  ...known,
  ...more.filter(
    ({ actor, sequence }) => !known.some((one) => one.actor === actor && one.sequence === sequence),
  ),
];

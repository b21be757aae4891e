import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CausalOperation, commutativeHandler } from "./commutative.ts";
import {
  consensusConstraint,
  deviceCapability,
  resourceQuota,
  securityPolicy,
  timeWindow,
} from "./constraints.ts";
import { CrdtCoordinator } from "./coordinator.ts";
import { DELTA_THRESHOLD, type DeltaLattice, deltaHandler } from "./delta.ts";
import { constraintIn, constraintsAgree, meetHandler } from "./meet.ts";
import {
  allowedSet,
  type JoinSemilattice,
  type MeetSemilattice,
  mapOf,
  maxNumber,
  minNumber,
  requiredSet,
  unionSet,
} from "./semilattice.ts";
import { covers, lamportOf, mergeClocks, tickClock } from "./vector-clock.ts";

const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d")).map((list) => [...list].sort());
const small = fc.integer({ min: 0, max: 9 });
const maybeNames = fc.option(names, { nil: null });

const laws = <T>(
  op: (one: T, other: T) => T,
  unit: T,
  equal: (one: T, other: T) => boolean,
  value: fc.Arbitrary<T>,
) =>
  fc.assert(
    fc.property(value, value, value, (a, b, c) => {
      expect(equal(op(a, b), op(b, a))).toBe(true);
      expect(equal(op(op(a, b), c), op(a, op(b, c)))).toBe(true);
      expect(equal(op(a, a), a)).toBe(true);
      expect(equal(op(a, unit), a)).toBe(true);
    }),
  );
const joins = <T>({ join, bottom, equal }: JoinSemilattice<T>, value: fc.Arbitrary<T>) =>
  laws(join, bottom, equal, value);
const meets = <T>({ meet, top, equal }: MeetSemilattice<T>, value: fc.Arbitrary<T>) =>
  laws(meet, top, equal, value);

test("joins are commutative, associative and idempotent, and their bottom adds nothing", () => {
  joins(maxNumber, small);
  joins(unionSet, names);
  joins(mapOf(maxNumber), fc.dictionary(fc.constantFrom("x", "y"), fc.integer({ min: 1, max: 9 })));
});

test("meets are commutative, associative and idempotent, and their top constrains nothing", () => {
  meets(minNumber, small);
  meets(allowedSet, maybeNames);
  meets(requiredSet, names);
  meets(timeWindow, fc.record({ start: small, end: small }));
  meets(securityPolicy, fc.record({ required: names, allowed: maybeNames, level: small, duration: small }));
  meets(consensusConstraint, fc.record({ min: small, max: small, percent: small }));
  meets(resourceQuota, fc.record({ bytes: small, operations: small, sessions: small }));
  meets(deviceCapability, fc.record({ operations: maybeNames, until: small }));
});

const counts: DeltaLattice<{ readonly [key: string]: number }, { readonly [key: string]: number }> = {
  ...mapOf(maxNumber),
  joinDelta: mapOf(maxNumber).join,
  apply: mapOf(maxNumber).join,
};

describe("a replica by deltas", () => {
  test("ends alike whatever its threshold and order", () => {
    const delta = fc.dictionary(fc.constantFrom("x", "y", "z"), fc.integer({ min: 1, max: 9 }), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(
        fc.array(delta, { maxLength: 30 }),
        fc.integer({ min: 1, max: 12 }),
        (deltas, threshold) => {
          const one = deltas.reduce(
            (handler, each) => handler.receive(each),
            deltaHandler(counts, threshold),
          );
          const other = [...deltas]
            .reverse()
            .reduce((handler, each) => handler.receive(each), deltaHandler(counts));
          expect(counts.equal(one.getState(), other.compact().getState())).toBe(true);
          expect(one.waiting).toBeLessThan(threshold);
        },
      ),
    );
  });

  test("folds at its threshold, and a change that changes nothing has no delta", () => {
    let handler = deltaHandler(counts);
    for (let index = 1; index < DELTA_THRESHOLD; index++) handler = handler.receive({ x: index });
    expect(handler.waiting).toBe(9);
    expect(handler.receive({ x: 10 }).waiting).toBe(0);
    expect(handler.update(() => ({ x: 1 })).delta).toBeUndefined();
    const changed = handler.update(() => ({ y: 1 }));
    expect(changed.delta).toEqual({ y: 1 });
    expect(changed.handler.getState()).toEqual({ x: 9, y: 1 });
  });
});

describe("a replica by operations", () => {
  const append = (state: readonly string[], payload: string): readonly string[] => [...state, payload];

  test("applies each once, after what it depends on, whatever order they come in", () => {
    // Two actors write in turn; each has seen the other's before.
    const operations: CausalOperation<string>[] = [];
    let author = commutativeHandler<readonly string[], string>(append, []);
    for (const [index, actor] of ["a", "b", "a", "b", "b", "a"].entries()) {
      const issued = author.issue(actor, `${index}`);
      author = issued.handler;
      operations.push(issued.operation);
    }
    fc.assert(
      fc.property(
        fc.shuffledSubarray(operations, { minLength: operations.length }),
        fc.array(fc.nat({ max: 5 })),
        (order, again) => {
          const repeated = [...order, ...again.flatMap((index) => operations[index] ?? [])];
          const replica = repeated.reduce(
            (handler, one) => handler.receive(one),
            commutativeHandler<readonly string[], string>(append, []),
          );
          expect(replica.getState()).toEqual(author.getState());
          expect(replica.buffered).toEqual([]);
        },
      ),
    );
  });

  test("keeps what came early, and lets everything through when the gap closes", () => {
    let author = commutativeHandler<readonly string[], string>(append, []);
    const made = [1, 2, 3].map((index) => {
      const issued = author.issue("a", `${index}`);
      author = issued.handler;
      return issued.operation;
    });
    const [first, second, third] = made as [(typeof made)[0], (typeof made)[0], (typeof made)[0]];
    const early = commutativeHandler<readonly string[], string>(append, [])
      .receive(third)
      .receive(second)
      .receive(third);
    expect(early.getState()).toEqual([]);
    expect(early.buffered).toHaveLength(2);
    expect(early.receive(first).getState()).toEqual(["1", "2", "3"]);
  });
});

describe("a replica of constraints", () => {
  test("only tightens, refuses a counter that went back, and is known by its proof", () => {
    const first = meetHandler(timeWindow).receive({
      sender: "a",
      counter: 1,
      constraint: { start: 5, end: 50 },
    });
    if (!first.ok) throw new Error("refused");
    const second = first.handler.receive({ sender: "b", counter: 1, constraint: { start: 0, end: 20 } });
    if (!second.ok) throw new Error("refused");
    expect(second.handler.getState()).toEqual({ start: 5, end: 20 });
    expect(second.handler.satisfies({ start: 0, end: 30 })).toBe(true);
    expect(second.handler.satisfies({ start: 9, end: 30 })).toBe(false);
    expect(second.handler.receive({ sender: "a", counter: 1, constraint: timeWindow.top })).toMatchObject({
      error: { variant: "CounterRegression", last: 1, counter: 1 },
    });
    expect(constraintsAgree([first.handler.proof(), first.handler.proof()])).toBe(true);
    expect(constraintsAgree([first.handler.proof(), second.handler.proof()])).toBe(false);
    expect(constraintsAgree([])).toBe(false);
  });

  test("holds in several scopes what each of them demands", () => {
    const byScope = new Map([
      ["global", { start: 0, end: 90 }],
      ["session:s", { start: 10, end: 100 }],
    ] as const);
    expect(constraintIn(timeWindow, byScope, ["global", "session:s", "device:d"])).toEqual({
      start: 10,
      end: 90,
    });
  });
});

test("clocks merge pointwise, count on, and know what they cover", () => {
  expect(mergeClocks({ a: 1, b: 5 }, { a: 3, c: 1 })).toEqual({ a: 3, b: 5, c: 1 });
  expect(tickClock({}, "a")).toEqual({ a: 1 });
  expect(lamportOf({})).toBe(0);
  expect(lamportOf({ a: 2, b: 7 })).toBe(7);
  expect(covers({ a: 2 }, { a: 2, b: 0 })).toBe(true);
  expect(covers({ a: 2 }, { b: 1 })).toBe(false);
});

describe("a coordinator", () => {
  const cv = (state: readonly string[]) =>
    CrdtCoordinator.newWithActor("ada", "phone").withCv(unionSet, state);

  test("asks, answers and takes the answer; neither side is changed in place", () => {
    const asking = cv(["a"]);
    const answering = CrdtCoordinator.newWithActor("bea", "laptop").withCv(unionSet, ["b"]);
    const asked = asking.request("s", "Convergent");
    expect(asked.request.clock).toEqual({ phone: 1 });
    const answered = answering.answer(asked.request);
    if (!answered.ok) throw new Error(answered.error.variant);
    expect(answered.coordinator.clock).toEqual({ laptop: 1, phone: 1 });
    const taken = asked.coordinator.receive(answered.value);
    if (!taken.ok) throw new Error(taken.error.variant);
    expect(taken.coordinator.cvHandler().getState()).toEqual(["a", "b"]);
    expect(asking.cvHandler().getState()).toEqual(["a"]);
    expect(asking.clock).toEqual({});
  });

  test("refuses what it has no handler for, data of another kind and bytes that are none, and is as it was", () => {
    expect(cv([]).answer({ session: "s", type: "Meet", clock: {} })).toEqual({
      ok: false,
      error: { code: "PAR7742", variant: "MissingHandler", type: "Meet" },
    });
    const wrong = { session: "s", type: "Convergent", data: { kind: "Deltas", deltas: [] } } as const;
    expect(cv([]).receive(wrong)).toMatchObject({
      error: { variant: "TypeMismatch", expected: "FullState", actual: "Deltas" },
    });
    const broken = {
      session: "s",
      type: "Convergent",
      data: { kind: "FullState", state: new Uint8Array([255]) },
    } as const;
    expect(cv([]).receive(broken)).toMatchObject({ error: { variant: "DeserializationFailed" } });
    expect(cv([]).receive({ session: "s", type: "Delta", data: { kind: "Deltas", deltas: [] } }).ok).toBe(
      false,
    );
    expect(() => CrdtCoordinator.new("ada").mvHandler()).toThrow(/no Meet handler/);
  });

  test("carries operations, deltas and constraints that the other side lacks", () => {
    const all = () =>
      CrdtCoordinator.newWithActor("ada", "phone")
        .withCv(counts)
        .withCm(
          (state: { readonly [key: string]: number }, key: string) => ({
            ...state,
            [key]: (state[key] ?? 0) + 1,
          }),
          {},
        )
        .withDeltaThreshold(counts, 100)
        .withMv(timeWindow);
    const told = all()
      .issue("x")
      .issue("x")
      .update(() => ({ d: 4 }));
    const constrained = told
      .mvHandler()
      .receive({ sender: "ada", counter: 1, constraint: { start: 3, end: 9 } });
    if (!constrained.ok) throw new Error("refused");
    const source = told.withMvHandler(constrained.handler);
    const target = (["Commutative", "Delta", "Meet"] as const).reduce((replica, type) => {
      const answered = source.answer({ session: "s", type, clock: {} });
      if (!answered.ok) throw new Error(answered.error.variant);
      const taken = replica.receive(answered.value);
      if (!taken.ok) throw new Error(taken.error.variant);
      const again = taken.coordinator.receive(answered.value);
      if (!again.ok) throw new Error(again.error.variant);
      return again.coordinator;
    }, all());
    expect(target.cmHandler().getState()).toEqual({ x: 2 });
    expect(target.deltaHandler().getState()).toEqual({ d: 4 });
    expect(target.mvHandler().getState()).toEqual({ start: 3, end: 9 });
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Backoff, backoffDelay, backoffProblem } from "./backoff.ts";
import { admitRequest, type CircuitState, closedCircuit, settleRequest } from "./circuit-breaker.ts";
import { startTransaction, stepTransaction, type TransactionState, transactionAsks } from "./compensation.ts";
import { type RetryState, retryDelay, startRetry, stepRetry } from "./retry.ts";

describe("backoff", () => {
  const of = (kind: Backoff["kind"], attempt: number) =>
    backoffDelay({ kind, delay: 100, max: 1_000 }, attempt);

  test("is fixed, linear, exponential, or exponential with the attempt's own jitter, and never too long", () => {
    expect([0, 3].map((attempt) => of("fixed", attempt))).toEqual([100, 100]);
    expect([0, 3, 20].map((attempt) => of("linear", attempt))).toEqual([100, 400, 1_000]);
    expect([0, 3, 20].map((attempt) => of("exponential", attempt))).toEqual([100, 800, 1_000]);
    expect(of("exponentialWithJitter", 3)).toBe(824);
  });

  test("cannot begin at zero or end before it begins", () => {
    expect(backoffProblem({ kind: "fixed", delay: 0, max: 1 })).toMatch(/more than zero/);
    expect(backoffProblem({ kind: "fixed", delay: 2, max: 1 })).toMatch(/shorter/);
    expect(backoffProblem({ kind: "fixed", delay: 1, max: 1 })).toBeUndefined();
  });
});

describe("a retried operation", () => {
  const policy = { maxAttempts: 3, operationTimeout: 1_000, baseDelay: 100, maxDelay: 10_000, jitter: 0.5 };
  const fail = { kind: "failed", cause: "net", retryable: true, random: 0 } as const;

  test("waits base · 2^attempt and jitter, and gives up after as many tries as it has", () => {
    expect([0, 1, 2].map((attempt) => retryDelay(policy, attempt, 0))).toEqual([100, 200, 400]);
    expect(retryDelay(policy, 1, 0.999)).toBe(299);
    expect(retryDelay(policy, 30, 0.5)).toBe(10_000);
    let state: RetryState = startRetry(policy, 0);
    state = stepRetry(policy, state, fail, 5);
    expect(state).toMatchObject({ kind: "waiting", until: 105 });
    expect(stepRetry(policy, state, { kind: "clock", random: 0 }, 104)).toBe(state);
    state = stepRetry(policy, state, { kind: "clock", random: 0 }, 105);
    expect(state).toMatchObject({ kind: "running", attempt: 1, until: 1_105 });
    state = stepRetry(policy, state, { kind: "clock", random: 0 }, 1_105);
    expect(state).toMatchObject({ kind: "waiting", cause: "the operation timed out", until: 1_305 });
    state = stepRetry(policy, state, { kind: "clock", random: 0 }, 2_000);
    state = stepRetry(policy, state, fail, 2_001);
    expect(state).toMatchObject({
      kind: "failed",
      error: { variant: "MaxRetriesExceeded", attempts: 3, last: "net" },
    });
    expect(stepRetry(policy, state, { kind: "succeeded" }, 3_000)).toBe(state);
  });

  test("fails at once when trying again cannot help, and says how many tries a success took", () => {
    const state = startRetry(policy, 0);
    expect(stepRetry(policy, state, { ...fail, retryable: false }, 1)).toMatchObject({
      error: { variant: "NotRetryable", cause: "net" },
    });
    expect(stepRetry(policy, state, { kind: "succeeded" }, 1)).toEqual({ kind: "succeeded", attempts: 1 });
  });
});

describe("a circuit breaker", () => {
  const policy = { failureThreshold: 2, recoveryTimeout: 100, testThreshold: 1 };

  test("opens after so many failures, lets a probe through in time, closes or opens again by it", () => {
    let state: CircuitState = settleRequest(policy, closedCircuit, false, 1);
    expect(settleRequest(policy, state, true, 2)).toEqual(closedCircuit);
    state = settleRequest(policy, state, false, 10);
    expect(state).toEqual({ kind: "Open", openedAt: 10 });
    expect(admitRequest(policy, state, 109)).toEqual({
      ok: false,
      error: { code: "PAR8803", variant: "CircuitBreakerOpen", until: 110 },
    });
    const probe = admitRequest(policy, state, 110);
    if (!probe.ok) throw new Error("refused");
    expect(admitRequest(policy, probe.state, 111).ok).toBe(false);
    expect(settleRequest(policy, probe.state, true, 112)).toEqual(closedCircuit);
    expect(settleRequest(policy, probe.state, false, 112)).toEqual({ kind: "Open", openedAt: 112 });
    expect(settleRequest(policy, state, true, 112)).toBe(state);
  });
});

describe("compensation", () => {
  const operations = ["reserve", "charge", "ship"];

  test("undoes what was done in reverse order and ends with what failed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 }),
        fc.nat({ max: 5 }),
        (names, at) => {
          const failing = at % names.length;
          const log: string[] = [];
          let state: TransactionState = startTransaction(names);
          for (let asks = transactionAsks(state); asks !== undefined; asks = transactionAsks(state)) {
            if ("do" in asks) {
              const fails = log.length === failing;
              if (!fails) log.push(`do ${log.length}`);
              state = stepTransaction(
                names,
                state,
                fails ? { kind: "failed", cause: "x" } : { kind: "done" },
              );
            } else {
              log.push(`undo ${state.kind === "compensating" ? state.completed.length - 1 : -1}`);
              state = stepTransaction(names, state, { kind: "undone" });
            }
          }
          const done = Array.from({ length: failing }, (_, index) => index);
          expect(log).toEqual([
            ...done.map((index) => `do ${index}`),
            ...[...done].reverse().map((index) => `undo ${index}`),
          ]);
          expect(state).toMatchObject({
            kind: "failed",
            error: { operation: names[failing], notUndone: [] },
          });
        },
      ),
    );
  });

  test("completes when all are done, and names what could not be undone", () => {
    const done = operations.reduce<TransactionState>(
      (state) => stepTransaction(operations, state, { kind: "done" }),
      startTransaction(operations),
    );
    expect(done).toEqual({ kind: "completed", completed: operations });
    expect(startTransaction([])).toEqual({ kind: "completed", completed: [] });
    let state = startTransaction(operations);
    state = stepTransaction(operations, state, { kind: "done" });
    state = stepTransaction(operations, state, { kind: "failed", cause: "declined" });
    expect(transactionAsks(state)).toEqual({ undo: "reserve" });
    expect(stepTransaction(operations, state, { kind: "notUndone" })).toMatchObject({
      error: { variant: "OperationFailed", operation: "charge", cause: "declined", notUndone: ["reserve"] },
    });
  });
});

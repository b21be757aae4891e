/** When a breaker opens, how long it stays so, and how many probes it lets through. */
export interface BreakerPolicy {
  readonly failureThreshold: number;
  /** ms. */
  readonly recoveryTimeout: number;
  readonly testThreshold: number;
}

/** No source gives numbers; these are ours. */
export const defaultBreakerPolicy: BreakerPolicy = {
  failureThreshold: 5,
  recoveryTimeout: 30_000,
  testThreshold: 2,
};

/** State of the breaker of one operation; times are session time, ms. */
export type CircuitState =
  | { readonly kind: "Closed"; readonly failureCount: number }
  | { readonly kind: "Open"; readonly openedAt: number }
  | { readonly kind: "HalfOpen"; readonly testRequests: number };

export const closedCircuit: CircuitState = { kind: "Closed", failureCount: 0 };

export interface CircuitBreakerOpen {
  readonly code: "PAR8803";
  readonly variant: "CircuitBreakerOpen";
  /** When it lets a probe through; absent while probes are under way. */
  readonly until?: number;
}

export type Admitted =
  | { readonly ok: true; readonly state: CircuitState }
  | { readonly ok: false; readonly error: CircuitBreakerOpen };

/** Asks to run: always while closed, after the recovery time as a probe, and so many probes at once. */
export const admitRequest = (policy: BreakerPolicy, state: CircuitState, at: number): Admitted => {
  switch (state.kind) {
    case "Closed":
      return { ok: true, state };
    case "Open": {
      const until = state.openedAt + policy.recoveryTimeout;
      return at >= until
        ? { ok: true, state: { kind: "HalfOpen", testRequests: 1 } }
        : { ok: false, error: { code: "PAR8803", variant: "CircuitBreakerOpen", until } };
    }
    case "HalfOpen":
      return state.testRequests < policy.testThreshold
        ? { ok: true, state: { kind: "HalfOpen", testRequests: state.testRequests + 1 } }
        : { ok: false, error: { code: "PAR8803", variant: "CircuitBreakerOpen" } };
  }
};

/** How an admitted request went: a probe that succeeds closes, one that fails opens again. */
export const settleRequest = (
  policy: BreakerPolicy,
  state: CircuitState,
  succeeded: boolean,
  at: number,
): CircuitState => {
  switch (state.kind) {
    case "Closed": {
      if (succeeded) return closedCircuit;
      const failureCount = state.failureCount + 1;
      return failureCount >= policy.failureThreshold
        ? { kind: "Open", openedAt: at }
        : { kind: "Closed", failureCount };
    }
    case "HalfOpen":
      return succeeded ? closedCircuit : { kind: "Open", openedAt: at };
    case "Open":
      return state;
  }
};

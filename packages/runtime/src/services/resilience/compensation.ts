/** An operation that failed, after everything before it was undone. */
export interface OperationFailed {
  readonly code: "PAR8804";
  readonly variant: "OperationFailed";
  readonly operation: string;
  readonly cause: string;
  /** Compensations that failed themselves: those operations are not undone. */
  readonly notUndone: readonly string[];
}

/** Operations in order; what was done is undone in reverse when one fails. */
export type TransactionState =
  | { readonly kind: "running"; readonly completed: readonly string[]; readonly next: string }
  | {
      readonly kind: "compensating";
      /** Still to undo; the last is undone next. */
      readonly completed: readonly string[];
      readonly operation: string;
      readonly cause: string;
      readonly notUndone: readonly string[];
    }
  | { readonly kind: "completed"; readonly completed: readonly string[] }
  | { readonly kind: "failed"; readonly error: OperationFailed };

export type TransactionEvent =
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly cause: string }
  | { readonly kind: "undone" }
  | { readonly kind: "notUndone" };

export const startTransaction = (operations: readonly string[]): TransactionState => {
  const [next] = operations;
  return next === undefined ? { kind: "completed", completed: [] } : { kind: "running", completed: [], next };
};

/** What a transaction asks for now: to do an operation, or to undo one. */
export const transactionAsks = (
  state: TransactionState,
): { readonly do: string } | { readonly undo: string } | undefined => {
  if (state.kind === "running") return { do: state.next };
  const last = state.kind === "compensating" ? state.completed.at(-1) : undefined;
  return last === undefined ? undefined : { undo: last };
};

const compensating = (
  state: Extract<TransactionState, { readonly kind: "compensating" }>,
): TransactionState =>
  state.completed.length > 0
    ? state
    : {
        kind: "failed",
        error: {
          code: "PAR8804",
          variant: "OperationFailed",
          operation: state.operation,
          cause: state.cause,
          notUndone: state.notUndone,
        },
      };

/** One step of the fold; what was not asked for changes nothing. */
export const stepTransaction = (
  operations: readonly string[],
  state: TransactionState,
  event: TransactionEvent,
): TransactionState => {
  if (state.kind === "running") {
    if (event.kind === "failed")
      return compensating({
        kind: "compensating",
        completed: state.completed,
        operation: state.next,
        cause: event.cause,
        notUndone: [],
      });
    if (event.kind !== "done") return state;
    const completed = [...state.completed, state.next];
    const next = operations[completed.length];
    return next === undefined ? { kind: "completed", completed } : { kind: "running", completed, next };
  }
  if (state.kind !== "compensating" || (event.kind !== "undone" && event.kind !== "notUndone")) return state;
  const undone = state.completed.at(-1);
  return compensating({
    ...state,
    completed: state.completed.slice(0, -1),
    notUndone:
      event.kind === "notUndone" && undone !== undefined ? [...state.notUndone, undone] : state.notUndone,
  });
};

import type { MachineEvent } from "@parley/wire";
import { operationKey } from "../../machine/operations.ts";
import type { SessionState } from "./session-state.ts";

/** Moves kept of one operation: the last ones. */
const KEPT = 32;

/** An operation took another state. */
export interface OperationMove {
  readonly position: number;
  /** Session time, ms. */
  readonly at: number;
  /** `pending`, the outcome it was resolved with, `invalidated`, or how late it is: `noProgress`, `degraded`, `timedOut`. */
  readonly state: string;
  /** The statement that did it; of a late one that by which it began. */
  readonly edgeId: string;
}

/** An operation that was begun, resolved or invalidated, as it has gone so far. */
export interface OperationTrack {
  /** Its name, and for a member of a family its index too. */
  readonly operation: string;
  /** Who began it last. */
  readonly role: string;
  /** The progress contract it was begun under. */
  readonly contract?: string;
  /** Position it was last begun at, and the statement. */
  readonly begun: number;
  readonly beganBy: string;
  /** All moves there were; `moves` has the last of them, oldest first. */
  readonly count: number;
  readonly moves: readonly OperationMove[];
}

const late: ReadonlySet<unknown> = new Set(["noProgress", "degraded", "timedOut"]);

/** What a deed makes of an operation. */
const stateAfter = (deed: string, detail: { readonly [key: string]: unknown }): string | undefined => {
  switch (deed) {
    case "begin":
      return "pending";
    case "invalidate":
      return "invalidated";
    case "resolve":
      return typeof detail.outcome === "string" ? detail.outcome : undefined;
    case "await":
      return typeof detail.answer === "string" ? detail.answer : undefined;
    default:
      return undefined;
  }
};

const moved = (
  before: OperationTrack,
  move: OperationMove,
  more: Partial<OperationTrack> = {},
): OperationTrack => ({
  ...before,
  ...more,
  count: before.count + 1,
  moves: [...before.moves, move].slice(-KEPT),
});

const performed = (
  tracks: Map<string, OperationTrack>,
  event: Extract<MachineEvent, { readonly kind: "performed" }>,
  where: Pick<OperationMove, "position" | "at">,
): void => {
  const { role, deed, detail, edgeId } = event;
  const name = detail.operation;
  const state = stateAfter(deed, detail);
  if (typeof name !== "string" || state === undefined) return;
  const operation = operationKey(name, role);
  const { position } = where;
  const fresh: OperationTrack = {
    operation,
    role,
    begun: position,
    beganBy: edgeId,
    count: 0,
    moves: [],
  };
  const before = tracks.get(operation) ?? fresh;
  const move = { ...where, state, edgeId };
  if (deed === "begin") {
    const { contract: _of, ...rest } = before;
    const held = typeof detail.contract === "string" ? { contract: detail.contract } : {};
    tracks.set(operation, moved(rest, move, { role, begun: position, beganBy: edgeId, ...held }));
  } else if (before.moves.at(-1)?.state !== state) tracks.set(operation, moved(before, move));
};

const stalled = (
  tracks: Map<string, OperationTrack>,
  { fields }: Extract<MachineEvent, { readonly kind: "observed" }>,
  where: Pick<OperationMove, "position" | "at">,
): void => {
  const before = typeof fields.operation === "string" ? tracks.get(fields.operation) : undefined;
  if (before === undefined || !late.has(fields.state)) return;
  tracks.set(
    before.operation,
    moved(before, { ...where, state: String(fields.state), edgeId: before.beganBy }),
  );
};

const isAboutOperation = (event: MachineEvent): boolean =>
  event.kind === "performed"
    ? event.detail.operation !== undefined
    : event.kind === "observed" && event.name === "Progress";

/** Keeps how operations went with the state that has just taken these events; for views, no part of any hash. */
export const noteOperations = (state: SessionState, events: readonly MachineEvent[]): void => {
  let tracks: Map<string, OperationTrack> | undefined;
  const { position, at } = state;
  for (const event of events) {
    if (!isAboutOperation(event)) continue;
    tracks ??= new Map(state.operations.map((track) => [track.operation, track]));
    if (event.kind === "performed") performed(tracks, event, { position, at });
    else if (event.kind === "observed") stalled(tracks, event, { position, at });
  }
  if (tracks !== undefined) state.operations = [...tracks.values()];
};

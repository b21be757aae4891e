import type { SessionView } from "@parley/wire/http";
import type { IconName } from "../../ui/icon.tsx";

type Track = NonNullable<SessionView["operationTracks"]>[number];
export type Move = Track["moves"][number];
export type Watch = NonNullable<SessionView["operations"]>[number];

interface Look {
  readonly word: string;
  readonly icon: IconName;
  readonly tone?: "ok" | "warn" | "bad";
}

/** An operation at the position looked at. */
export interface OperationRow extends Look {
  /** Its name, for a member of a family with its index. */
  readonly operation: string;
  readonly role: string;
  readonly contract: string | undefined;
  readonly begun: number;
  readonly moves: readonly Move[];
  /** Moves before those. */
  readonly earlier: number;
  /** Session time it is held to; absent where nothing holds it, or it has ended. */
  readonly watch: Watch | undefined;
  /** What has to happen for it to go on, as a sentence; absent once it has ended. */
  readonly waits: string | undefined;
  /** It has gone without progress for a window or longer. */
  readonly late: boolean;
}

const looks: Readonly<Record<string, Look>> = {
  pending: { word: "Under way", icon: "play" },
  noProgress: { word: "Stalled", icon: "warn", tone: "warn" },
  degraded: { word: "Degraded", icon: "warn", tone: "warn" },
  timedOut: { word: "Timed out", icon: "warn", tone: "bad" },
  invalidated: { word: "Invalidated", icon: "cross", tone: "warn" },
  done: { word: "Done", icon: "check", tone: "ok" },
  Success: { word: "Resolved: success", icon: "check", tone: "ok" },
  Failure: { word: "Resolved: failure", icon: "cross", tone: "bad" },
  Timeout: { word: "Resolved: timeout", icon: "warn", tone: "bad" },
  Cancelled: { word: "Resolved: cancelled", icon: "cross", tone: "warn" },
};

/** A state of an operation: word, icon, hue. */
export const stateLook = (state: string): Look => looks[state] ?? { word: state, icon: "check" };

const running: ReadonlySet<string> = new Set(["pending", "noProgress", "degraded", "timedOut"]);

/** Its name as the text has it: a member's index left out. */
export const nameOf = (operation: string): string => operation.replace(/\[\d+\]$/, "");

interface Waiting {
  readonly words: string;
  /** Whoever performs it cannot go on. */
  readonly blocked: boolean;
}

/** What an operation under way waits for, as far as the endpoints say. */
const waitingOf = ({ role, operation }: Track, roles: SessionView["roles"]): Waiting => {
  const awaits = `await ${nameOf(operation)}`;
  const own = roles.find((one) => one.role === role)?.endpoints ?? [];
  const live = own.filter(({ status }) => status === "ready" || status === "blocked");
  const asked = live.find(({ statement, wait }) => statement?.text === awaits && wait !== null);
  if (asked !== undefined) return { words: `${role} must say that it is done`, blocked: false };
  if (live.some(({ status, wait }) => status === "ready" && wait === null))
    return { words: `${role} can go on`, blocked: false };
  const stuck = live.find(({ wait }) => wait !== null);
  if (stuck?.wait) {
    const text = stuck.wait.text.replace(/\.$/, "");
    return { words: text.startsWith("waits") ? `${role} ${text}` : text, blocked: true };
  }
  if (own.some(({ status }) => status === "faulted"))
    return { words: `${role} has faulted, nobody will end it`, blocked: true };
  return { words: `${role} has ended, nobody will end it`, blocked: false };
};

const rowOf = (track: Track, { roles, operations = [] }: SessionView): OperationRow => {
  const { operation, role, contract, begun, moves, count } = track;
  const state = moves.at(-1)?.state ?? "pending";
  const waiting = running.has(state) ? waitingOf(track, roles) : undefined;
  const look =
    state === "pending" && waiting?.blocked === true
      ? ({ word: "Blocked", icon: "wait", tone: "warn" } as const)
      : stateLook(state);
  return {
    ...look,
    operation,
    role,
    contract: contract ?? undefined,
    begun,
    moves,
    earlier: count - moves.length,
    watch: operations.find((one) => one.operation === operation && one.role === role),
    waits: waiting?.words,
    late: state !== "pending" && running.has(state),
  };
};

/** Every operation of a view, the late ones first, then those under way, then by who moved last. */
export const operationRows = (view: SessionView): readonly OperationRow[] => {
  const rank = ({ late, waits }: OperationRow): number => (late ? 0 : waits === undefined ? 2 : 1);
  const last = ({ moves }: OperationRow): number => moves.at(-1)?.seq ?? 0;
  return (view.operationTracks ?? [])
    .map((track) => rowOf(track, view))
    .sort((a, b) => rank(a) - rank(b) || last(b) - last(a));
};

/** What a late operation says in a line: `Approve of Ada has stalled`. */
export const lateWords = ({ operation, role, word }: OperationRow): string =>
  `${operation} of ${role}: ${word.toLowerCase()}`;

import type { EntryJson } from "@parley/wire/http";
import { statementOf } from "../../selection/selection.ts";

/** What one guard said, as the log keeps it. */
export interface LoggedVerdict {
  readonly guard: "capability" | "flow" | "journal" | "leakage";
  readonly allow: boolean;
  readonly reason?: string;
  readonly subject?: string;
  readonly before?: number;
  readonly after?: number;
}

/** A message that the guards were asked about, read from the log. */
export interface Judged {
  readonly seq: number;
  /** Which guard read of the entry it is. */
  readonly index: number;
  readonly role: string;
  readonly edge: string;
  readonly label: string;
  readonly allow: boolean;
  /** What it took; 0 when it was denied. */
  readonly cost: number;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** What a message took from its budget. */
const costOf = (verdicts: readonly LoggedVerdict[]): number =>
  verdicts.reduce(
    (sum, { guard, before, after }) =>
      guard === "flow" && before !== undefined && after !== undefined ? sum + before - after : sum,
    0,
  );

/** Every message that asked the guards for something in a stretch of log, in order; one without annotations asks nothing. */
export const judgedIn = (entries: readonly EntryJson[]): readonly Judged[] =>
  entries.flatMap(({ seq, reads }) =>
    reads
      .filter(({ kind, verdicts }) => kind === "guard" && Array.isArray(verdicts) && verdicts.length > 0)
      .map((read, index): Judged => {
        const verdicts = read.verdicts as readonly LoggedVerdict[];
        const allow = verdicts.every((one) => one.allow);
        const cost = allow ? costOf(verdicts) : 0;
        const { role, edgeId, label } = read;
        return { seq, index, role: text(role), edge: text(edgeId), label: text(label), allow, cost };
      }),
  );

/** What is looked at: a message by its statement, a position, or neither. */
interface Looked {
  readonly edge?: string | undefined;
  readonly seq?: number | undefined;
}

/**
 * The judged message that a selection means: that of its position, else the
 * last of its statement up to there, else the last one at all. None when a
 * message is selected that no guard has been asked about.
 */
export const judgedFor = (judged: readonly Judged[], { edge, seq }: Looked): Judged | undefined => {
  const statement = edge === undefined ? undefined : statementOf(edge);
  const before = judged.filter((one) => seq === undefined || one.seq <= seq);
  const ofEdge = before.filter((one) => statement === undefined || statementOf(one.edge) === statement);
  return (
    ofEdge.find((one) => one.seq === seq) ??
    (statement === undefined ? before.find((one) => one.seq === seq) : undefined) ??
    ofEdge.at(-1)
  );
};

/** The message of the same statement that went through after one was denied. */
export const laterOf = (judged: readonly Judged[], { seq, edge, role }: Judged): Judged | undefined =>
  judged.find((one) => one.seq > seq && one.allow && one.edge === edge && one.role === role);

/** The last word of the guards on a role. */
export const lastOf = (judged: readonly Judged[], role: string): Judged | undefined =>
  judged.findLast((one) => one.role === role);

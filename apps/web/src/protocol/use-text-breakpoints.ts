import { type SequenceModel, walkRows } from "@parley/core/diagram";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { Action } from "../actions/action.ts";
import { useActions } from "../actions/registry.ts";
import type { BreakMarks } from "../diagram/sequence-band.tsx";
import type { Gutter } from "../editor/use-gutter.ts";
import { statementOf, useSelection } from "../selection/selection.ts";
import { marksByStatement, messageStop, moveStops, toggleStop } from "../sessions/debug/marks.ts";
import { type Statement, statementsByLine } from "../sessions/debug/source-lines.ts";
import { changeMarks, marksOf, useMarks } from "../sessions/debug/use-marks.ts";
import { announce } from "../ui/announcer.tsx";

const statementsIn = (model: SequenceModel): readonly Statement[] => {
  const found: Statement[] = [];
  walkRows(model.rows, (row) => {
    if (row.kind === "message" && row.span) found.push({ edge: statementOf(row.edge), ...row.span });
  });
  return found;
};

interface Drawn {
  readonly protocol: string;
  readonly text: string;
  /** The picture of that text; absent while there is none that fits it. */
  readonly model: SequenceModel | undefined;
}

const noLines: ReadonlyMap<number, string> = new Map();

/** The statement that begins in each line, as last read; a text that cannot be read keeps what was known. */
const useLines = ({ text, model }: Drawn): ReadonlyMap<number, string> => {
  const [lines, setLines] = useState(noLines);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a picture belongs to the text it came with.
  useEffect(() => {
    if (!model) return;
    const found = statementsByLine(text, statementsIn(model));
    setLines(new Map([...found].map(([line, { edge }]) => [line, edge])));
  }, [model]);
  return lines;
};

/**
 * The breakpoints of a protocol beside its text and its diagram. They are kept
 * with the protocol, so that every session opened from it stops at them.
 */
export const useTextBreakpoints = (
  drawn: Drawn,
): { readonly gutter: Gutter; readonly breaks: BreakMarks } => {
  const { protocol } = drawn;
  const marks = useMarks(protocol);
  const lines = useLines(drawn);
  const at = useMemo(() => marksByStatement(marks), [marks]);
  const toggle = useCallback(
    (edge: string): void => {
      const before = marksOf(protocol).breakpoints.length;
      changeMarks(protocol, (now) => toggleStop(now, messageStop(edge)));
      announce(
        marksOf(protocol).breakpoints.length > before
          ? "Breakpoint set: sessions of this protocol stop there"
          : "Breakpoint removed",
      );
    },
    [protocol],
  );
  const onToggle = useCallback(
    (statement: string | undefined, line: number): void => {
      if (statement === undefined) announce(`No message begins in line ${line}`);
      else toggle(statement);
    },
    [toggle],
  );
  const onMove = useCallback(
    (moves: ReadonlyMap<string, string>): void => changeMarks(protocol, (now) => moveStops(now, moves)),
    [protocol],
  );
  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: "protocol.breakpoint",
        label: "Breakpoint on the selected message",
        group: "Protocol",
        keys: ["b", "F9"],
        run: () => {
          const { edge } = useSelection.getState().selection;
          if (edge === undefined) announce("Select a message first");
          else toggle(edge);
        },
      },
    ],
    [toggle],
  );
  useActions(actions);
  return useMemo(
    () => ({ gutter: { lines, breaks: at, onToggle, onMove }, breaks: { at, toggle } }),
    [lines, at, onToggle, onMove, toggle],
  );
};

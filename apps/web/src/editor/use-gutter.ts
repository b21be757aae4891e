import { type RefObject, useEffect, useRef } from "react";
import { monaco } from "./monaco.ts";

/** What the margin of a text shows, and what it does. */
export interface Gutter {
  /** The statement that begins in each line of the text as it is now. */
  readonly lines: ReadonlyMap<number, string>;
  /** Statements with a breakpoint: `true` where it is enabled. */
  readonly breaks: ReadonlyMap<string, boolean>;
  /** A line was asked for, by a click in the margin or F9; without a statement where none begins. */
  readonly onToggle: (statement: string | undefined, line: number) => void;
  /** An edit gave these statements other names: a breakpoint stays at its line. */
  readonly onMove: (moves: ReadonlyMap<string, string>) => void;
}

const nothing: Gutter = {
  lines: new Map(),
  breaks: new Map(),
  onToggle: () => undefined,
  onMove: () => undefined,
};

/** Which breakpoints stand at a line whose statement is called something else now. */
export const movedBreaks = (
  shown: ReadonlyMap<string, number | undefined>,
  lines: ReadonlyMap<number, string>,
): ReadonlyMap<string, string> => {
  const moves = new Map<string, string>();
  for (const [statement, line] of shown) {
    const now = line === undefined ? undefined : lines.get(line);
    if (now !== undefined && now !== statement) moves.set(statement, now);
  }
  return moves;
};

/** Breakpoints in the margin of an editor, at their lines also while the text is changed. */
export const useGutter = (
  editor: RefObject<monaco.editor.IStandaloneCodeEditor | undefined>,
  text: string,
  { lines, breaks, onToggle, onMove }: Gutter = nothing,
): void => {
  const latest = useRef({ lines, onToggle });
  latest.current = { lines, onToggle };
  const marks = useRef<monaco.editor.IEditorDecorationsCollection>(undefined);
  /** Statements in the order of their decorations. */
  const shown = useRef<readonly string[]>([]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has another editor.
  useEffect(() => {
    const made = editor.current;
    if (!made) return;
    marks.current = made.createDecorationsCollection();
    shown.current = [];
    const toggle = (line: number): void => latest.current.onToggle(latest.current.lines.get(line), line);
    const click = made.onMouseDown(({ target }) => {
      const line = target.position?.lineNumber;
      if (line !== undefined && target.type === monaco.editor.MouseTargetType.GUTTER_GLYPH_MARGIN)
        toggle(line);
    });
    made.addCommand(monaco.KeyCode.F9, () => {
      const line = made.getPosition()?.lineNumber;
      if (line !== undefined) toggle(line);
    });
    return () => click.dispose();
  }, [editor, text]);

  useEffect(() => {
    const collection = marks.current;
    if (!collection) return;
    const places = new Map(
      shown.current.flatMap((statement, index) =>
        breaks.has(statement) ? [[statement, collection.getRange(index)?.startLineNumber] as const] : [],
      ),
    );
    const moves = movedBreaks(places, lines);
    if (moves.size > 0) {
      shown.current = shown.current.map((statement) => moves.get(statement) ?? statement);
      onMove(moves);
      return;
    }
    const at = [...lines].filter(([, statement]) => breaks.has(statement));
    shown.current = at.map(([, statement]) => statement);
    collection.set(
      at.map(([line, statement]) => ({
        range: new monaco.Range(line, 1, line, 1),
        options: {
          glyphMarginClassName: breaks.get(statement) ? "src-break" : "src-break off",
          glyphMarginHoverMessage: { value: "Breakpoint" },
          stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
        },
      })),
    );
  }, [lines, breaks, onMove]);
};

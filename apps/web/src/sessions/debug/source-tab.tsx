import type { SessionView } from "@parley/wire/http";
import { useEffect, useMemo, useRef } from "react";
import "../../editor/editor.css";
import { isSelected, statementOf, useSelection } from "../../selection/selection.ts";
import { useTheme } from "../../theme/theme.ts";
import { announce } from "../../ui/announcer.tsx";
import { useBreakMarks } from "../sequence-tab.tsx";
import { useOpenSession } from "../session-context.ts";
import { createSourceEditor, type LineMark, type SourceEditor } from "./source-editor.ts";
import { statementsByLine } from "./source-lines.ts";

/** The statements the session stands at: what somebody may do, receive or waits for next. */
const presentOf = (view: SessionView): ReadonlySet<string> =>
  new Set(
    view.roles.flatMap(({ endpoints }) =>
      endpoints.flatMap(({ status, possible, statement, wait }) =>
        status === "done"
          ? []
          : [...possible.map(({ edgeId }) => edgeId), statement?.edgeId, wait?.edgeId].flatMap((edge) =>
              typeof edge === "string" && edge !== "" ? [statementOf(edge)] : [],
            ),
      ),
    ),
  );

/** The protocol's text at the session's version: the present marked, breakpoints in the margin. */
export const SourceTab = () => {
  const { data, picture } = useOpenSession();
  const { view } = data;
  const source = view.source;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<SourceEditor>(undefined);
  const theme = useTheme((state) => state.theme);
  const breaks = useBreakMarks();
  const selected = useSelection(({ selection }) => selection.edge);
  const lines = useMemo(() => statementsByLine(source, picture?.statements ?? []), [source, picture]);
  const latest = useRef({ lines, breaks });
  latest.current = { lines, breaks };
  const first = useRef(theme);

  useEffect(() => {
    if (!host.current) return;
    const made = createSourceEditor(host.current, source, first.current, {
      onGutter: (line) => {
        const statement = latest.current.lines.get(line);
        if (statement === undefined) announce(`No message begins in line ${line}`);
        else latest.current.breaks.toggle(statementOf(statement.edge));
      },
      onLine: (line) => {
        const statement = latest.current.lines.get(line);
        if (statement) useSelection.getState().select({ edge: statement.edge, source: "editor" });
      },
    });
    editor.current = made;
    return () => made.dispose();
  }, [source]);
  useEffect(() => editor.current?.theme(theme), [theme]);

  const marks = useMemo(() => {
    const present = presentOf(view);
    return [...lines].flatMap(([line, { edge }]): readonly LineMark[] => {
      const mark = {
        line,
        present: present.has(statementOf(edge)),
        selected: isSelected(selected, edge),
        breakpoint: breaks.at.get(statementOf(edge)),
      };
      return mark.present || mark.selected || mark.breakpoint !== undefined ? [mark] : [];
    });
  }, [view, lines, selected, breaks]);
  useEffect(() => {
    editor.current?.show(marks);
    const shown = marks.find((mark) => mark.selected) ?? marks.find(({ present }) => present);
    if (shown) editor.current?.reveal(shown.line);
  }, [marks]);
  return (
    <div
      ref={host}
      className="text-editor source-text"
      data-present={marks.filter(({ present }) => present).length}
    />
  );
};

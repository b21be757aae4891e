import { monaco } from "../../editor/monaco.ts";
import { TELL } from "../../editor/tell-language.ts";

/** What a line of the text shows beside it. */
export interface LineMark {
  readonly line: number;
  readonly present: boolean;
  readonly selected: boolean;
  /** `undefined`: no breakpoint; else whether it is enabled. */
  readonly breakpoint: boolean | undefined;
}

export interface SourceEditor {
  show(marks: readonly LineMark[]): void;
  reveal(line: number): void;
  theme(name: string): void;
  dispose(): void;
}

interface Events {
  /** A click in the gutter, or F9 at the cursor. */
  readonly onGutter: (line: number) => void;
  readonly onLine: (line: number) => void;
}

const optionsOf = (mark: LineMark): monaco.editor.IModelDecorationOptions => ({
  isWholeLine: true,
  ...(mark.present ? { className: "src-present" } : mark.selected ? { className: "tell-selected" } : {}),
  ...(mark.breakpoint === undefined
    ? {}
    : {
        glyphMarginClassName: mark.breakpoint ? "src-break" : "src-break off",
        glyphMarginHoverMessage: { value: "Breakpoint" },
      }),
});

/** The text of a session, to be read: what it stands at is marked, breakpoints are in its margin. */
export const createSourceEditor = (
  host: HTMLElement,
  text: string,
  theme: string,
  { onGutter, onLine }: Events,
): SourceEditor => {
  const model = monaco.editor.createModel(text, TELL);
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  const editor = monaco.editor.create(host, {
    model,
    theme: `parley-${theme}`,
    readOnly: true,
    editContext: false,
    domReadOnly: true,
    glyphMargin: true,
    ariaLabel: "Text of the session, read only. F9 sets a breakpoint at the line.",
    automaticLayout: true,
    minimap: { enabled: false },
    fontSize: 13,
    lineHeight: 21,
    scrollBeyondLastLine: false,
    renderLineHighlight: "none",
    renderFinalNewline: "on",
    padding: { top: 12, bottom: 12 },
    stickyScroll: { enabled: false },
    fixedOverflowWidgets: true,
  });
  const decorations = editor.createDecorationsCollection();
  const { GUTTER_GLYPH_MARGIN, GUTTER_LINE_NUMBERS } = monaco.editor.MouseTargetType;
  editor.onMouseDown(({ target }) => {
    const line = target.position?.lineNumber;
    if (line === undefined) return;
    if (target.type === GUTTER_GLYPH_MARGIN || target.type === GUTTER_LINE_NUMBERS) onGutter(line);
    else onLine(line);
  });
  editor.addCommand(monaco.KeyCode.F9, () => {
    const line = editor.getPosition()?.lineNumber;
    if (line !== undefined) onGutter(line);
  });
  return {
    show: (marks) =>
      decorations.set(
        marks.map((mark) => ({
          range: new monaco.Range(mark.line, 1, mark.line, 1),
          options: optionsOf(mark),
        })),
      ),
    reveal: (line) => editor.revealLineInCenterIfOutsideViewport(line),
    theme: (name) => monaco.editor.setTheme(`parley-${name}`),
    dispose: () => {
      editor.dispose();
      model.dispose();
    },
  };
};

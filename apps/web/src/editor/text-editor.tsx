import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from "react";
import { LearnDialog } from "../protocol/learn-dialog.tsx";
import { useTheme } from "../theme/theme.ts";
import type { Problem } from "./analysis.ts";
import { editOthers } from "./edit-others.ts";
import "./editor.css";
import { serveModel } from "./editor-models.ts";
import { LEARN } from "./feature-reading.ts";
import { type LanguageClient, uriOf } from "./language-client.ts";
import { monaco } from "./monaco.ts";
import { leavePlace, takePlace } from "./pending-place.ts";
import { TELL } from "./tell-language.ts";
import { type Gutter, useGutter } from "./use-gutter.ts";

export interface EditorHandle {
  /** One undoable edit. */
  apply(edits: readonly { readonly start: number; readonly end: number; readonly text: string }[]): void;
  reveal(start: number, end: number): void;
  replaceAll(text: string): void;
  focus(): void;
  /** Runs an action of the editor by its id, at the cursor. */
  run(action: string): void;
}

interface TextEditorProps {
  readonly protocol: string;
  /** Answers the questions of the editor; absent for a moment at the start. */
  readonly language: LanguageClient | undefined;
  /** A place in the text of another protocol was asked for. */
  readonly onElsewhere: (protocol: string) => void;
  readonly initial: string;
  readonly problems: readonly Problem[];
  /** The span of what is selected elsewhere. */
  readonly highlight: { readonly start: number; readonly end: number } | undefined;
  readonly onChange: (text: string) => void;
  readonly onCursor: (offset: number) => void;
  /** Keys of the studio, which the editor would otherwise keep for itself. */
  /** Breakpoints in the margin. */
  readonly gutter?: Gutter;
  readonly onKey: (action: "palette" | "save" | "open" | "format") => void;
  readonly handle: RefObject<EditorHandle | null>;
}

const severities = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
};

type Editor = monaco.editor.IStandaloneCodeEditor;

const rangeOf = (model: monaco.editor.ITextModel, start: number, end: number): monaco.Range => {
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(Math.max(end, start + 1));
  return new monaco.Range(from.lineNumber, from.column, to.lineNumber, to.column);
};

const create = (host: HTMLElement, protocol: string, text: string, theme: string): Editor => {
  const uri = monaco.Uri.parse(uriOf(protocol));
  // Made to show a place of this text beside another one.
  monaco.editor.getModel(uri)?.dispose();
  const model = monaco.editor.createModel(text, TELL, uri);
  // One kind of line end: offsets here and in the analysis are the same.
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  return monaco.editor.create(host, {
    model,
    theme: `parley-${theme}`,
    editContext: false,
    glyphMargin: true,
    ariaLabel: "Protocol text. Press Ctrl+M to let Tab leave the editor, F9 for a breakpoint at the line.",
    automaticLayout: true,
    minimap: { enabled: false },
    fontSize: 13,
    lineHeight: 21,
    fontFamily: '"JetBrains Mono", ui-monospace, "SF Mono", Menlo, Consolas, monospace',
    scrollBeyondLastLine: false,
    renderLineHighlight: "none",
    overviewRulerBorder: false,
    padding: { top: 12, bottom: 12 },
    tabSize: 2,
    insertSpaces: true,
    detectIndentation: false,
    wordWrap: "off",
    largeFileOptimizations: true,
    maxTokenizationLineLength: 4_000,
    stickyScroll: { enabled: false },
    unicodeHighlight: { ambiguousCharacters: false },
    renderFinalNewline: "on",
    fixedOverflowWidgets: true,
    "semanticHighlighting.enabled": true,
    wordBasedSuggestions: "off",
    // What was typed is never replaced unasked: names are new more often than not.
    suggest: { selectionMode: "never", showWords: false },
  });
};

const useStudioKeys = (editor: RefObject<Editor | undefined>, onKey: TextEditorProps["onKey"]): void => {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const { KeyCode, KeyMod } = monaco;
    const bind = (keys: number, action: Parameters<typeof onKey>[0]): void => {
      editor.current?.addCommand(keys, () => latest.current(action));
    };
    bind(KeyMod.CtrlCmd | KeyCode.KeyK, "palette");
    bind(KeyMod.CtrlCmd | KeyCode.KeyS, "save");
    bind(KeyMod.CtrlCmd | KeyCode.Enter, "open");
    bind(KeyMod.Shift | KeyMod.Alt | KeyCode.KeyF, "format");
  }, [editor]);
};

/** The text of a protocol, in Monaco. */
export const TextEditor = ({
  protocol,
  language,
  onElsewhere,
  initial,
  problems,
  highlight,
  onChange,
  onCursor,
  gutter,
  onKey,
  handle,
}: TextEditorProps) => {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>(undefined);
  const theme = useTheme((state) => state.theme);
  const events = useRef({ onChange, onCursor });
  events.current = { onChange, onCursor };
  const first = useRef({ initial, theme });
  const elsewhere = useRef(onElsewhere);
  elsewhere.current = onElsewhere;
  const [learning, setLearning] = useState<string>();

  useEffect(() => {
    if (!host.current) return;
    const made = create(host.current, protocol, first.current.initial, first.current.theme);
    editor.current = made;
    const place = takePlace(protocol);
    const opened = made.getModel();
    if (place && opened) {
      const range = rangeOf(opened, place.start, place.end);
      made.setSelection(range);
      made.revealRangeInCenter(range);
      made.focus();
    }
    made.onDidChangeModelContent(() => events.current.onChange(made.getModel()?.getValue() ?? ""));
    made.onDidChangeCursorPosition(({ position, reason }) => {
      const offset = made.getModel()?.getOffsetAt(position) ?? 0;
      if (reason === monaco.editor.CursorChangeReason.Explicit || made.hasTextFocus())
        events.current.onCursor(offset);
    });
    return () => {
      made.getModel()?.dispose();
      made.dispose();
    };
  }, [protocol]);
  useStudioKeys(editor, onKey);
  useGutter(editor, protocol, gutter);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model || !language) return;
    return serveModel(model, {
      language,
      openElsewhere: (other, place) => {
        leavePlace(other, place);
        elsewhere.current(other);
      },
      editElsewhere: editOthers(language),
    });
  }, [language]);

  useEffect(() => {
    const command = monaco.editor.registerCommand(LEARN, (_, code: string) => setLearning(code));
    return () => command.dispose();
  }, []);

  useImperativeHandle(handle, () => ({
    apply: (edits) => {
      const model = editor.current?.getModel();
      if (!model) return;
      editor.current?.pushUndoStop();
      editor.current?.executeEdits(
        "fix",
        edits.map(({ start, end, text }) => ({
          range: start === end ? rangeOf(model, start, start).collapseToStart() : rangeOf(model, start, end),
          text,
        })),
      );
      editor.current?.pushUndoStop();
    },
    reveal: (start, end) => {
      const model = editor.current?.getModel();
      if (!model) return;
      editor.current?.revealRangeInCenterIfOutsideViewport(rangeOf(model, start, end));
      editor.current?.setSelection(rangeOf(model, start, end));
    },
    replaceAll: (text) => {
      const model = editor.current?.getModel();
      if (!model || model.getValue() === text) return;
      editor.current?.pushUndoStop();
      editor.current?.executeEdits("replace", [{ range: model.getFullModelRange(), text }]);
      editor.current?.pushUndoStop();
    },
    focus: () => editor.current?.focus(),
    run: (action) => {
      editor.current?.focus();
      void editor.current?.getAction(action)?.run();
    },
  }));

  useEffect(() => monaco.editor.setTheme(`parley-${theme}`), [theme]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model) return;
    const markers = problems.map((problem) => {
      const range = rangeOf(model, problem.start, problem.end);
      return {
        ...range,
        severity: severities[problem.severity],
        message: problem.message,
        code: problem.code,
        source: "parley",
      };
    });
    monaco.editor.setModelMarkers(model, "parley", markers);
  }, [problems]);

  useEffect(() => {
    const made = editor.current;
    const model = made?.getModel();
    if (!made || !model || !highlight) return;
    const range = rangeOf(model, highlight.start, highlight.end);
    const marks = made.createDecorationsCollection([
      { range, options: { isWholeLine: true, className: "tell-selected" } },
    ]);
    if (!made.hasTextFocus()) made.revealRangeInCenterIfOutsideViewport(range);
    return () => marks.clear();
  }, [highlight]);

  return (
    <>
      <div ref={host} className="text-editor" />
      <LearnDialog code={learning} onClose={() => setLearning(undefined)} />
    </>
  );
};

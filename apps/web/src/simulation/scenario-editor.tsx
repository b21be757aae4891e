import type { PartEdit, ScenarioFinding, ScenarioNames } from "@parley/runtime/simulation";
import { type RefObject, useEffect, useImperativeHandle, useRef } from "react";
import { usePalette } from "../actions/palette.tsx";
import "../editor/editor.css";
import { monaco } from "../editor/monaco.ts";
import { useTheme } from "../theme/theme.ts";
import { offerNames, registerScenario, SCENARIO } from "./scenario-language.ts";

export interface ScenarioEditorHandle {
  /** One undoable edit. */
  apply(edits: readonly PartEdit[]): void;
  reveal(start: number, end: number): void;
}

interface ScenarioEditorProps {
  readonly text: string;
  /** A change of it sets the text anew. */
  readonly epoch: string;
  readonly readOnly: boolean;
  readonly findings: readonly ScenarioFinding[];
  readonly names: ScenarioNames | undefined;
  readonly onChange: (text: string) => void;
  readonly onSave: () => void;
  readonly onRun: () => void;
  readonly handle: RefObject<ScenarioEditorHandle | null>;
}

type Editor = monaco.editor.IStandaloneCodeEditor;

const rangeOf = (model: monaco.editor.ITextModel, start: number, end: number): monaco.Range =>
  monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));

const create = (host: HTMLElement, text: string, theme: string): Editor => {
  registerScenario();
  const model = monaco.editor.createModel(text, SCENARIO);
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  return monaco.editor.create(host, {
    model,
    theme: `parley-${theme}`,
    editContext: false,
    ariaLabel: "Scenario text. Press Ctrl+M to let Tab leave the editor.",
    automaticLayout: true,
    minimap: { enabled: false },
    fontSize: 13,
    lineHeight: 20,
    fontFamily: '"JetBrains Mono", ui-monospace, "SF Mono", Menlo, Consolas, monospace',
    scrollBeyondLastLine: false,
    renderLineHighlight: "none",
    overviewRulerBorder: false,
    padding: { top: 10, bottom: 10 },
    tabSize: 2,
    insertSpaces: true,
    detectIndentation: false,
    wordWrap: "off",
    stickyScroll: { enabled: false },
    unicodeHighlight: { ambiguousCharacters: false },
    renderFinalNewline: "on",
    fixedOverflowWidgets: true,
    wordBasedSuggestions: "off",
    suggest: { selectionMode: "never", showWords: false },
    scrollbar: { alwaysConsumeMouseWheel: false },
    domReadOnly: true,
  });
};

/** The text of a scenario, in Monaco. */
export const ScenarioEditor = ({
  text,
  epoch,
  readOnly,
  findings,
  names,
  onChange,
  onSave,
  onRun,
  handle,
}: ScenarioEditorProps) => {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>(undefined);
  const theme = useTheme((state) => state.theme);
  const events = useRef({ onChange, onSave, onRun });
  events.current = { onChange, onSave, onRun };
  const latest = useRef({ text, theme });
  latest.current = { text, theme };

  useEffect(() => {
    if (!host.current) return;
    const made = create(host.current, latest.current.text, latest.current.theme);
    editor.current = made;
    made.onDidChangeModelContent(() => events.current.onChange(made.getModel()?.getValue() ?? ""));
    const { KeyCode, KeyMod } = monaco;
    made.addCommand(KeyMod.CtrlCmd | KeyCode.KeyK, () => usePalette.setState({ open: true }));
    made.addCommand(KeyMod.CtrlCmd | KeyCode.KeyS, () => events.current.onSave());
    made.addCommand(KeyMod.CtrlCmd | KeyCode.Enter, () => events.current.onRun());
    return () => {
      made.getModel()?.dispose();
      made.dispose();
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is only set when it comes from outside.
  useEffect(() => {
    const model = editor.current?.getModel();
    if (model && model.getValue() !== latest.current.text) model.setValue(latest.current.text);
  }, [epoch]);

  useEffect(() => editor.current?.updateOptions({ readOnly, domReadOnly: readOnly }), [readOnly]);
  useEffect(() => monaco.editor.setTheme(`parley-${theme}`), [theme]);
  useEffect(() => {
    const model = editor.current?.getModel();
    if (model && names) offerNames(model, names);
  }, [names]);
  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model) return;
    const markers = findings.map(({ start, end, code, reason, fix }) => ({
      ...rangeOf(model, start, Math.max(end, start + 1)),
      severity: monaco.MarkerSeverity.Error,
      message: `${reason}\n${fix}`,
      code,
      source: "parley",
    }));
    monaco.editor.setModelMarkers(model, "parley", markers);
  }, [findings]);

  useImperativeHandle(handle, () => ({
    apply: (edits) => {
      const model = editor.current?.getModel();
      if (!model) return;
      editor.current?.pushUndoStop();
      editor.current?.executeEdits(
        "insert",
        edits.map(({ start, end, text: put }) => ({ range: rangeOf(model, start, end), text: put })),
      );
      editor.current?.pushUndoStop();
      const at = edits.at(-1);
      if (at)
        editor.current?.revealPositionInCenterIfOutsideViewport(
          model.getPositionAt(at.start + at.text.length),
        );
      editor.current?.focus();
    },
    reveal: (start, end) => {
      const model = editor.current?.getModel();
      if (!model) return;
      editor.current?.revealRangeInCenterIfOutsideViewport(rangeOf(model, start, end));
      editor.current?.setSelection(rangeOf(model, start, end));
      editor.current?.focus();
    },
  }));

  return <div ref={host} className="text-editor" />;
};

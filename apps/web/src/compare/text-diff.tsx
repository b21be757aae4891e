import "monaco-editor/features/diffEditor/register";
import { useEffect, useRef } from "react";
import { monaco } from "../editor/monaco.ts";
import { TELL } from "../editor/tell-language.ts";
import { useTheme } from "../theme/theme.ts";

/** Given again with every option that changes: the editor forgets them otherwise. */
const labels = {
  originalAriaLabel: "Text of the old version",
  modifiedAriaLabel: "Text of the new version",
} as const;

interface TextDiffProps {
  readonly old: string;
  readonly new: string;
  readonly narrow: boolean;
}

/** Both texts in Monaco's diff editor, read only. */
export const TextDiff = ({ old, new: now, narrow }: TextDiffProps) => {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneDiffEditor>(undefined);
  const theme = useTheme((state) => state.theme);
  useEffect(() => {
    if (!host.current) return;
    const made = monaco.editor.createDiffEditor(host.current, {
      ...labels,
      readOnly: true,
      editContext: false,
      originalEditable: false,
      automaticLayout: true,
      minimap: { enabled: false },
      fontSize: 13,
      lineHeight: 21,
      fontFamily: '"JetBrains Mono", ui-monospace, "SF Mono", Menlo, Consolas, monospace',
      scrollBeyondLastLine: false,
      renderOverviewRuler: false,
      unicodeHighlight: { ambiguousCharacters: false },
      fixedOverflowWidgets: true,
    });
    editor.current = made;
    return () => {
      const model = made.getModel();
      made.dispose();
      model?.original.dispose();
      model?.modified.dispose();
    };
  }, []);
  useEffect(() => {
    const before = editor.current?.getModel();
    editor.current?.setModel({
      original: monaco.editor.createModel(old, TELL),
      modified: monaco.editor.createModel(now, TELL),
    });
    before?.original.dispose();
    before?.modified.dispose();
  }, [old, now]);
  useEffect(() => monaco.editor.setTheme(`parley-${theme}`), [theme]);
  useEffect(() => editor.current?.updateOptions({ ...labels, renderSideBySide: !narrow }), [narrow]);
  return <div ref={host} className="compare-text" />;
};

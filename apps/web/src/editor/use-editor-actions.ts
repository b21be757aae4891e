import { type RefObject, useMemo } from "react";
import type { Action } from "../actions/action.ts";
import { useActions } from "../actions/registry.ts";
import type { EditorHandle } from "./text-editor.tsx";

/** What the editor can do at its cursor; inside it the keys are its own. */
const editorActions: readonly { readonly id: string; readonly label: string; readonly keys?: string }[] = [
  { id: "editor.action.rename", label: "Rename what is at the cursor", keys: "F2" },
  { id: "editor.action.revealDefinition", label: "Go to the definition", keys: "F12" },
  { id: "editor.action.goToReferences", label: "Show every mention", keys: "Shift+F12" },
  { id: "editor.action.quickFix", label: "Fixes at the cursor" },
  { id: "editor.action.marker.next", label: "Go to the next problem in the text", keys: "F8" },
  { id: "editor.action.quickOutline", label: "Go to a name in this text" },
  { id: "editor.action.showHover", label: "Explain what is at the cursor" },
];

/** Offers the editor's actions in the palette and, outside the editor, by the same keys. */
export const useEditorActions = (editor: RefObject<EditorHandle | null>): void => {
  const actions = useMemo<readonly Action[]>(
    () =>
      editorActions.map(({ id, label, keys }) => ({
        id: `protocol.${id}`,
        label,
        group: "Text",
        ...(keys === undefined ? {} : { keys: [keys] }),
        run: () => editor.current?.run(id),
      })),
    [editor],
  );
  useActions(actions);
};

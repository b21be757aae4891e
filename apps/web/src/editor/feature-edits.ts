import type { CodeAction } from "@parley/core/service";
import { editor, languages } from "monaco-editor/editor";
import { ask, rangeIn, spanIn } from "./editor-models.ts";
import { TELL } from "./tell-language.ts";

type Model = editor.ITextModel;

const actionIn = (model: Model, action: CodeAction): languages.CodeAction => {
  const edits = action.edit.files.flatMap((file) => file.edits);
  return {
    title: action.title,
    kind: action.kind,
    ...(action.preferred ? { isPreferred: true } : {}),
    // Only the findings shown in the text can be marked as mended.
    diagnostics: editor
      .getModelMarkers({ resource: model.uri, owner: "parley" })
      .filter((marker) =>
        action.diagnostics.some(
          ({ code, span }) => code === marker.code && rangeIn(model, span).containsRange(marker),
        ),
      ),
    edit: {
      edits: edits.map(({ span, text }) => ({
        resource: model.uri,
        versionId: model.getVersionId(),
        textEdit: { range: rangeIn(model, span), text },
      })),
    },
  };
};

/** Quick fixes and formatting. */
export const registerEditing = (): void => {
  languages.registerCodeActionProvider(
    TELL,
    {
      provideCodeActions: async (model, range) => {
        const found = await ask(model, "codeActions", spanIn(model, range));
        return { actions: (found ?? []).map((action) => actionIn(model, action)), dispose: () => undefined };
      },
    },
    { providedCodeActionKinds: ["quickfix", "source.fixAll"] },
  );
  languages.registerDocumentFormattingEditProvider(TELL, {
    displayName: "Parley",
    provideDocumentFormattingEdits: async (model) =>
      (await ask(model, "formatting"))?.map(({ span, text }) => ({ range: rangeIn(model, span), text })),
  });
  languages.registerDocumentRangeFormattingEditProvider(TELL, {
    displayName: "Parley",
    provideDocumentRangeFormattingEdits: async (model, range) =>
      (await ask(model, "rangeFormatting", spanIn(model, range)))?.map(({ span, text }) => ({
        range: rangeIn(model, span),
        text,
      })),
  });
};

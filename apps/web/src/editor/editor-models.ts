import { editor, type IRange, Range, Uri } from "monaco-editor/editor";
import type { Answer, Args, QuestionName } from "./answers.ts";
import { type LanguageClient, protocolOf } from "./language-client.ts";
import { TELL } from "./tell-language.ts";

type Model = editor.ITextModel;
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What the features of an open text need from the page around it. */
export interface EditorHost {
  readonly language: LanguageClient;
  /** Shows a place in the text of another protocol. */
  openElsewhere(protocol: string, place: Stretch): void;
  /** Changes the texts of other protocols; the reason when it could not. */
  editElsewhere(
    files: readonly { readonly uri: string; readonly edits: readonly { span: Stretch; text: string }[] }[],
  ): Promise<string | undefined>;
}

const hosts = new Map<string, EditorHost>();

/** The host of an open text, by the address of its model. */
export const hostOf = (model: Model): EditorHost | undefined => hosts.get(model.uri.toString());

/** Serves the language features of a model until the result is called. */
export const serveModel = (model: Model, host: EditorHost): (() => void) => {
  const key = model.uri.toString();
  hosts.set(key, host);
  return () => {
    if (hosts.get(key) === host) hosts.delete(key);
  };
};

/** Asks about a model; undefined when its text has changed before the answer came. */
export const ask = async <K extends QuestionName>(
  model: Model,
  name: K,
  ...args: Args<K>
): Promise<Answer<K> | undefined> => {
  const host = hostOf(model);
  if (!host) return undefined;
  const version = model.getVersionId();
  const answer = await host.language.ask(name, model.getValue(), ...args);
  return model.isDisposed() || model.getVersionId() !== version ? undefined : answer;
};

export const rangeIn = (model: Model, { start, end }: Stretch): Range =>
  Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));

export const spanIn = (model: Model, range: IRange): Stretch => ({
  start: model.getOffsetAt({ lineNumber: range.startLineNumber, column: range.startColumn }),
  end: model.getOffsetAt({ lineNumber: range.endLineNumber, column: range.endColumn }),
});

/** A model of another protocol's text, made when a place in it is to be shown. */
export const modelAt = (near: Model, uri: string): Model | undefined => {
  if (near.uri.toString() === uri) return near;
  const known = editor.getModel(Uri.parse(uri));
  const source = hostOf(near)?.language.files.find((file) => file.uri === uri)?.source;
  if (source === undefined) return known ?? undefined;
  if (known && known.getValue() === source) return known;
  known?.dispose();
  return editor.createModel(source, TELL, Uri.parse(uri));
};

/** Opens another protocol when a definition there is asked for. */
export const openOthers = (): void => {
  editor.registerEditorOpener({
    openCodeEditor: (source, resource, place) => {
      const model = source.getModel();
      const protocol = protocolOf(resource.toString(true));
      const host = model ? hostOf(model) : undefined;
      if (!model || !host || protocol === undefined || resource.toString() === model.uri.toString())
        return false;
      const other = modelAt(model, resource.toString());
      const from = other && place && ("lineNumber" in place ? Range.fromPositions(place) : place);
      host.openElsewhere(protocol, from && other ? spanIn(other, from) : { start: 0, end: 0 });
      return true;
    },
  });
};

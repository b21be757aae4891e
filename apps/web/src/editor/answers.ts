/** What the worker can be asked about the open text; runs in the worker only. */
import {
  codeActions,
  completion,
  definition,
  documentSymbols,
  encodeTokens,
  foldingRanges,
  formatting,
  highlights,
  hover,
  inlayHints,
  prepareRename,
  rangeFormatting,
  references,
  refusalText,
  rename,
  selectionRanges,
  semanticTokens,
  signatureHelp,
  type Workspace,
} from "@parley/core/service";

import { unfolded } from "./unfolded.ts";

type Refused = { readonly ok: false; readonly reason: string };

export const answers = {
  codeActions,
  completion,
  definition,
  documentSymbols,
  foldingRanges,
  formatting,
  highlights,
  hover,
  inlayHints,
  rangeFormatting,
  references,
  signatureHelp,
  selections: (workspace: Workspace, uri: string, offsets: readonly number[]) =>
    offsets.map((offset) => selectionRanges(workspace, uri, offset)),
  tokens: (workspace: Workspace, uri: string): Uint32Array => {
    const document = workspace.documents.get(uri);
    return document === undefined
      ? new Uint32Array()
      : encodeTokens(document, semanticTokens(workspace, uri));
  },
  unfolded: (workspace: Workspace, uri: string, size: number) => {
    const document = workspace.documents.get(uri);
    return document && unfolded(workspace.analysis(document), size);
  },
  prepareRename: (workspace: Workspace, uri: string, offset: number) => {
    const ready = prepareRename(workspace, uri, offset);
    return ready.ok ? ready : ({ ok: false, reason: refusalText(ready.refusal) } satisfies Refused);
  },
  rename: (workspace: Workspace, uri: string, offset: number, name: string) => {
    const result = rename(workspace, uri, offset, name);
    return result.ok ? result : ({ ok: false, reason: refusalText(result.refusal) } satisfies Refused);
  },
};

export type Answers = typeof answers;
export type QuestionName = keyof Answers;
/** What a question takes beside the workspace and the text it is about. */
export type Args<K extends QuestionName> = Answers[K] extends (
  workspace: Workspace,
  uri: string,
  ...rest: infer A
) => unknown
  ? A
  : never;
export type Answer<K extends QuestionName> = ReturnType<Answers[K]>;

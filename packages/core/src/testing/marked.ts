import { openWorkspace, type Workspace } from "../service/workspace.ts";

/** A workspace of texts in which `¦` marks the place a question is about. */
export interface Marked {
  readonly workspace: Workspace;
  readonly uri: string;
  readonly offset: number;
  readonly source: string;
}

/** Opens texts by name; the one with the mark is asked about, the first when none has it. */
export function marked(files: string | Readonly<Record<string, string>>): Marked {
  const texts = typeof files === "string" ? { main: files } : files;
  const entries = Object.entries(texts).map(([name, text]) => ({
    uri: `file:///${name}.tell`,
    version: 1,
    source: text.replace("¦", ""),
    mark: text.indexOf("¦"),
  }));
  const at = entries.find(({ mark }) => mark >= 0) ?? entries[0];
  if (at === undefined) throw new Error("no text");
  return {
    workspace: openWorkspace(entries.map(({ uri, version, source }) => ({ uri, version, source }))),
    uri: at.uri,
    offset: Math.max(at.mark, 0),
    source: at.source,
  };
}

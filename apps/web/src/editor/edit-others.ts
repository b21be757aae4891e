import type { ProtocolDetail } from "@parley/wire/http";
import { api } from "../api/api.ts";
import { keys, queryClient } from "../api/query-client.ts";
import { toast } from "../ui/toast.tsx";
import type { EditorHost, Stretch } from "./editor-models.ts";
import { type LanguageClient, protocolOf } from "./language-client.ts";
import { noteText } from "./studio-files.ts";

interface Change {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly revision: number;
  readonly before: ProtocolDetail;
}

type Edits = readonly { readonly span: Stretch; readonly text: string }[];

const apply = (source: string, edits: Edits): string =>
  [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce(
      (text, { span, text: fresh }) => text.slice(0, span.start) + fresh + text.slice(span.end),
      source,
    );

/** The new text of one protocol, or why it cannot be changed. */
const prepare = async (
  { files }: LanguageClient,
  { uri, edits }: { readonly uri: string; readonly edits: Edits },
): Promise<Change | string> => {
  const id = protocolOf(uri);
  const known = files.find((file) => file.uri === uri)?.source;
  if (id === undefined || known === undefined) return "A text this reaches into is not at hand.";
  const before = await api.protocols.get(id);
  const { name, origin, source, draftRevision } = before;
  if (origin === "catalogue") return `${name} belongs to the catalogue and stays as it is.`;
  if (source !== known) return `${name} has changed meanwhile; try again.`;
  return { id, name, source: apply(source, edits), revision: draftRevision, before };
};

/**
 * Changes the drafts of other protocols: all of them, or none when one cannot
 * be changed. Gives the reason when it could not.
 */
export const editOthers =
  (language: LanguageClient): EditorHost["editElsewhere"] =>
  async (files) => {
    try {
      const changes = await Promise.all(files.map((file) => prepare(language, file)));
      const refused = changes.find((one) => typeof one === "string");
      if (refused !== undefined) return refused;
      const changed = changes.filter((one) => typeof one !== "string");
      for (const { id, source, revision, before } of changed) {
        const saved = await api.protocols.putDraft(id, source, revision);
        // Its page starts from what is known of it, so that has to be the new text.
        queryClient.setQueryData(keys.protocol(id), { ...before, source, draftRevision: saved.revision });
        noteText(id, source);
      }
      toast({ text: `Also changed in ${changed.map(({ name }) => name).join(", ")}` });
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };

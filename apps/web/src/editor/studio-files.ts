import type { ProtocolText } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { api } from "../api/api.ts";
import { keys, queryClient } from "../api/query-client.ts";
import { uriOf } from "./language-client.ts";
import type { StudioFile } from "./worker-messages.ts";

/** The text of another protocol, saved or not. */
export interface OtherText extends StudioFile {
  readonly id: string;
  readonly name: string;
}

const FILE_LIMIT = 300;

const imports = /^[ \t]*import\b/m;
const exposed = /^[ \t]*module\b/m;

/** All texts but one, oldest first: the workspace that imports are looked up in. */
const othersOf = (texts: readonly ProtocolText[], own: string): readonly OtherText[] =>
  texts
    .filter(({ id }) => id !== own)
    .slice(0, FILE_LIMIT)
    .map(({ id, name, source }) => ({ id, name, uri: uriOf(id), source }));

const textsKey: readonly unknown[] = [...keys.protocols, "texts"];

/** A draft is now this: whoever imports from it need not ask. */
export const noteText = (protocol: string, source: string): void => {
  queryClient.setQueryData<readonly ProtocolText[]>(textsKey, (texts) =>
    texts?.map((text) => (text.id === protocol ? { ...text, source, saved: false } : text)),
  );
};

/** The other texts, and whether the open one can be judged already. */
export interface StudioFiles {
  readonly files: readonly OtherText[];
  /** False while the texts it imports from are on their way. */
  readonly ready: boolean;
}

/**
 * The other texts of the studio, fetched once the open one is a module or
 * imports one. Only an import has to wait for them.
 */
export const useStudioFiles = (own: string, text: string): StudioFiles => {
  const importing = imports.test(text);
  const { data, isError } = useQuery({
    queryKey: textsKey,
    queryFn: async () => (await api.texts()).items,
    // Equal answers stay the same object, so that saving the open text judges nothing anew.
    select: useCallback((texts: readonly ProtocolText[]) => othersOf(texts, own), [own]),
    enabled: importing || exposed.test(text),
    staleTime: 30_000,
  });
  const ready = !importing || isError || data !== undefined;
  return useMemo(() => ({ files: data ?? none, ready }), [data, ready]);
};

const none: readonly OtherText[] = [];

import { useQuery } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { uriOf } from "./language-client.ts";
import type { StudioFile } from "./worker-messages.ts";

const FILE_LIMIT = 300;
const AT_ONCE = 6;

const imports = /^[ \t]*import\b/m;

/** Texts of all protocols but one: the workspace that imports are looked up in. */
const loadOthers = async (own: string): Promise<readonly StudioFile[]> => {
  const { items } = await api.protocols.list();
  const ids = items.filter(({ id, hidden }) => id !== own && !hidden).map(({ id }) => id);
  const files: StudioFile[] = [];
  for (let at = 0; at < Math.min(ids.length, FILE_LIMIT); at += AT_ONCE) {
    const some = await Promise.all(ids.slice(at, at + AT_ONCE).map((id) => api.protocols.get(id)));
    for (const { id, source } of some) files.push({ uri: uriOf(id), source });
  }
  return files;
};

export const filesKey = (own: string): readonly unknown[] => [...keys.protocols, "texts", own];

/**
 * The other texts of the studio, fetched once the open one has an import;
 * undefined while they are on their way, empty while none is needed or when
 * they cannot be had.
 */
export const useStudioFiles = (own: string, text: string): readonly StudioFile[] | undefined => {
  const needed = imports.test(text);
  const { data, isError } = useQuery({
    queryKey: filesKey(own),
    queryFn: () => loadOthers(own),
    enabled: needed,
    staleTime: 30_000,
  });
  if (!needed || isError) return data ?? none;
  return data;
};

const none: readonly StudioFile[] = [];

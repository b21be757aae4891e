import { api } from "../api/api.ts";
import { uriOf } from "../editor/language-client.ts";

/**
 * Saves what a text imports and what is only a draft so far: a version takes
 * its imports from saved ones, and should mean what was drawn. Answers the
 * names of what was saved. `reached` are addresses of texts.
 */
export const saveImported = async (reached: readonly string[]): Promise<readonly string[]> => {
  if (reached.length === 0) return [];
  const { items } = await api.texts();
  const drafts = items.filter(({ id, saved }) => !saved && reached.includes(uriOf(id)));
  for (const { id, source } of drafts) await api.protocols.saveVersion(id, source);
  return drafts.map(({ name }) => name);
};

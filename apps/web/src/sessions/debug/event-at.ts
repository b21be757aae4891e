import type { EntryJson } from "@parley/wire/http";

/** Events that only accompany another, last to be meant. */
const minor: ReadonlySet<unknown> = new Set(["invoked", "blocked", "offered", "chose", "opened"]);

/** Which event of an entry a selection means: the one named, the one of the statement, else the first that tells something. */
export const eventAt = (
  entry: EntryJson,
  edge: string | undefined,
  index: number | undefined,
): number | undefined => {
  if (index !== undefined && index < entry.events.length) return index;
  const ofEdge = edge === undefined ? -1 : entry.events.findIndex(({ edgeId }) => edgeId === edge);
  if (ofEdge >= 0) return ofEdge;
  const telling = entry.events.findIndex(({ kind }) => !minor.has(kind));
  return telling >= 0 ? telling : entry.events.length > 0 ? 0 : undefined;
};

import { projectionCodes } from "../projection/codes.ts";
import { suggest } from "../resolve/suggest.ts";
import { topologyCodes } from "../topology-file/codes.ts";
import type { CodeEntry } from "./code-entry.ts";
import { codes } from "./codes.ts";

const byId: ReadonlyMap<string, CodeEntry> = new Map(
  [codes, projectionCodes, topologyCodes]
    .flatMap((table) => Object.values<CodeEntry>(table))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((entry) => [entry.id, entry]),
);

/** Every row of the tables, by id. */
export const allCodes: readonly CodeEntry[] = [...byId.values()];

/** The row of a code such as `PAR4012`. */
export const codeById = (id: string): CodeEntry | undefined => byId.get(id);

/** The code someone meant who wrote one that does not exist. */
export const suggestCode = (id: string): string | undefined => {
  const digits = /\d{4}/.exec(id)?.[0];
  const spelt = digits === undefined ? undefined : `PAR${digits}`;
  if (spelt !== undefined && byId.has(spelt)) return spelt;
  const near =
    spelt === undefined ? undefined : [...byId.keys()].filter((one) => one.slice(0, 6) === spelt.slice(0, 6));
  return near?.[0] ?? suggest(id, [...byId.keys()]);
};

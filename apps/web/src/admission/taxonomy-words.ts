import type { PackStanding, TaxonomyRow } from "@parley/runtime/admission";

/** A standing in words, as it is shown and exported. */
export const standingWords: Readonly<Record<PackStanding, string>> = {
  adopted: "Adopted",
  "later-evaluation": "Later evaluation",
  "explicit-non-goal": "Explicit non-goal",
  "pack-free": "Pack-free",
};

export const waveWords = ({ wave }: Pick<TaxonomyRow, "wave">): string =>
  wave === null ? "–" : `${wave === "first" ? "First" : "Second"} wave`;

/** Whether a row speaks of what is looked for. */
export const fits = (row: TaxonomyRow, q: string, standing: string | undefined): boolean =>
  (standing === undefined || row.standing === standing) &&
  `${row.id} ${row.qualifiedName} ${row.pack ?? ""} ${row.reason}`
    .toLowerCase()
    .includes(q.trim().toLowerCase());

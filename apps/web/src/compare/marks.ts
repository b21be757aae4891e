import type { ProtocolDiff } from "@parley/core/diff";
import type { Age, ComparedSide } from "./compare.ts";

/** How a statement of one version stands to the other version. */
export type Mark = "added" | "removed" | "changed" | "moved";

/** Marks by id of row or frame: what only one version has, what moved, what differs. */
export const marksOf = (
  diff: ProtocolDiff,
  side: Age,
  { frameOf }: Pick<ComparedSide, "frameOf">,
): ReadonlyMap<string, Mark> => {
  const marks = new Map<string, Mark>();
  for (const row of diff.rows) {
    const id = row[side];
    // An arm has no line of its own; what is in it has.
    if (id === undefined || frameOf[id] !== undefined) continue;
    if (row.moved) marks.set(id, "moved");
    else if (row.old === undefined) marks.set(id, "added");
    else if (row.new === undefined) marks.set(id, "removed");
  }
  for (const change of diff.changes) {
    const id = change[side]?.id;
    if (id === undefined || change.old === undefined || change.new === undefined) continue;
    const place = frameOf[id] ?? id;
    if (!marks.has(place)) marks.set(place, "changed");
  }
  return marks;
};

const quoted = (id: string): string => `"${id.replaceAll(/["\\]/g, (sign) => `\\${sign}`)}"`;

const LOOKS: Readonly<Record<Mark, { readonly hit: string; readonly label: string }>> = {
  added: { hit: "fill:var(--ok-soft);stroke:var(--ok)", label: "fill:var(--ok)" },
  removed: {
    hit: "fill:var(--bad-soft);stroke:var(--bad);stroke-dasharray:6 3",
    label: "fill:var(--bad);text-decoration:line-through",
  },
  changed: { hit: "fill:var(--warn-soft);stroke:var(--warn);stroke-dasharray:2 3", label: "" },
  moved: { hit: "fill:var(--sunken);stroke:var(--ink-3);stroke-dasharray:8 2 2 2", label: "" },
};

/**
 * The marks as a style sheet. Rows of a diagram come and go as it scrolls;
 * rules that name their edges find each one when it is there.
 */
export const marksCss = (scope: string, marks: ReadonlyMap<string, Mark>): string => {
  const rules: string[] = [];
  for (const [mark, look] of Object.entries(LOOKS)) {
    const ids = [...marks].flatMap(([id, one]) => (one === mark ? [id] : []));
    if (ids.length === 0) continue;
    const all = (tail: (id: string) => string): string =>
      ids.map((id) => `${scope} ${tail(quoted(id))}`).join(",");
    rules.push(
      `${all((id) => `[data-edge=${id}]:not(.selected) .hit`)}{${look.hit}}`,
      `${all((id) => `[data-frame=${id}] > .frame`)}{${look.hit.replace(/fill:[^;]+;?/, "")}}`,
    );
    if (look.label !== "") rules.push(`${all((id) => `[data-edge=${id}] .label`)}{${look.label}}`);
  }
  return rules.join("\n");
};

/** How many statements carry each mark, for the words beside a diagram. */
export const countMarks = (marks: ReadonlyMap<string, Mark>): readonly (readonly [Mark, number])[] =>
  (["added", "removed", "changed", "moved"] as const).flatMap((mark) => {
    const count = [...marks.values()].filter((one) => one === mark).length;
    return count === 0 ? [] : [[mark, count] as const];
  });

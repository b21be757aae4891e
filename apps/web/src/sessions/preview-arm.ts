import type { FrameRow, MessageRow, SequenceModel, SequenceRow } from "@parley/core/diagram";

const awaited = (row: MessageRow): MessageRow => ({
  ...row,
  id: `preview:${row.id}`,
  live: { state: "awaited", occurrence: 0, legs: row.legs.length, received: 0 },
});

const withArm = (frame: FrameRow, edge: string, after: readonly MessageRow[]): FrameRow => ({
  ...frame,
  sections: frame.sections.map((section) =>
    section.rows.some((row) => row.kind === "message" && row.edge === edge)
      ? { ...section, rows: [...section.rows, ...after] }
      : section,
  ),
});

/**
 * The picture with what follows an arm drawn dotted under it, while somebody
 * points at the arm's button. Messages on lanes the picture does not have,
 * those of folded families, are left out.
 */
export const previewArm = (
  model: SequenceModel,
  edge: string,
  following: readonly MessageRow[],
): SequenceModel => {
  const lanes = new Set(model.lanes.map(({ id }) => id));
  const after = following
    .filter(({ legs }) => legs.every(({ from, to }) => lanes.has(from) && lanes.has(to)))
    .map(awaited);
  if (after.length === 0) return model;
  const rows = model.rows.map((row): SequenceRow => (row.kind === "frame" ? withArm(row, edge, after) : row));
  return { ...model, rows };
};

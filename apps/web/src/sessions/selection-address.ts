import type { Selection } from "../selection/selection.ts";

/** `4.finalize.0@18`: the message, and the position it was made at. */
export const writeSelection = ({ edge, seq }: Selection): string | undefined =>
  edge === undefined && seq === undefined ? undefined : `${edge ?? ""}${seq === undefined ? "" : `@${seq}`}`;

export const readSelection = (text: string): Selection => {
  const [, edge = "", seq] = /^(.*?)(?:@(\d+))?$/.exec(text) ?? [];
  return { source: "url", ...(edge ? { edge } : {}), ...(seq ? { seq: Number(seq) } : {}) };
};

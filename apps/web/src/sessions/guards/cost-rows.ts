import type { SequenceModel, SequenceRow } from "@parley/core/diagram";
import { create } from "zustand";
import { statementOf } from "../../selection/selection.ts";
import type { Judged } from "./judged.ts";

/** Whether the diagram shows what each message took. */
export const useCosts = create<{ readonly shown: boolean }>(() => ({ shown: false }));

export const toggleCosts = (): void => useCosts.setState(({ shown }) => ({ shown: !shown }));

const priced = (rows: readonly SequenceRow[], costs: ReadonlyMap<string, number>): readonly SequenceRow[] =>
  rows.map((row): SequenceRow => {
    if (row.kind === "message") {
      const cost = costs.get(`${row.live?.sentAt} ${statementOf(row.edge)}`);
      return cost === undefined ? row : { ...row, cost: String(cost) };
    }
    if (row.kind !== "frame") return row;
    return {
      ...row,
      sections: row.sections.map((section) => ({ ...section, rows: priced(section.rows, costs) })),
    };
  });

/** The diagram with what each message took beside it; messages that took nothing stay as they are. */
export const withCosts = (model: SequenceModel, judged: readonly Judged[]): SequenceModel => {
  const costs = new Map(
    judged.flatMap(({ seq, edge, cost }) =>
      cost === 0 ? [] : [[`${seq} ${statementOf(edge)}`, cost] as const],
    ),
  );
  return costs.size === 0 ? model : { ...model, rows: priced(model.rows, costs) };
};

import { messageRows, type SequenceModel } from "@parley/core/diagram";
import { useMemo } from "react";
import { create } from "zustand";
import type { Problem } from "../editor/analysis.ts";

/** The problem whose places are drawn on the diagram: set by Show, gone with Esc or with the problem. */
export const useShownProblem = create<{ problem: Problem | undefined }>(() => ({ problem: undefined }));

interface Range {
  readonly start: number;
  readonly end: number;
}

const overlap = (a: Range, b: Range): boolean => a.start < b.end && b.start < a.end;

/**
 * The messages a problem is about: those at its related places, or, when it
 * names none, those at its own.
 */
export const markedMessages = (model: SequenceModel, problem: Problem | undefined): ReadonlySet<string> => {
  if (!problem) return new Set();
  const places: readonly Range[] = problem.related.length > 0 ? problem.related : [problem];
  const rows = messageRows(model).filter(({ span }) => span && places.some((place) => overlap(span, place)));
  return new Set(rows.map(({ id }) => id));
};

/** The marks of the shown problem, while the text still has it. */
export const useMarks = (model: SequenceModel, problems: readonly Problem[]): ReadonlySet<string> => {
  const shown = useShownProblem((state) => state.problem);
  return useMemo(() => {
    const still = problems.find(
      ({ code, start, message }) =>
        shown && code === shown.code && start === shown.start && message === shown.message,
    );
    return markedMessages(model, still);
  }, [model, problems, shown]);
};

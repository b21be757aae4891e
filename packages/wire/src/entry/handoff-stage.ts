/** What a handoff goes through, in order; at each of them one can be made to fail on request. */
export const handoffStages = [
  "time",
  "owner",
  "fragments",
  "footprint",
  "coherence",
  "fact",
  "receipt",
  "rollback",
] as const;

export type HandoffStage = (typeof handoffStages)[number];

import type { HandoffStage } from "@parley/wire";

/** What goes wrong in a handoff that is made to fail at a stage. */
export const stageWords: Readonly<Record<HandoffStage, string>> = {
  time: "there is no time to date it by",
  owner: "the owner cannot be moved",
  fragments: "the owner has moved, the fragments do not follow",
  footprint: "the footprints do not follow",
  coherence: "the footprints contradict each other afterwards",
  fact: "the context does not keep the fact",
  receipt: "the other side does not sign the receipts",
  rollback: "the fact is not kept, and the owner is not put back",
};

/** The stages in the order of their words above. */
export const stages = Object.keys(stageWords) as readonly HandoffStage[];

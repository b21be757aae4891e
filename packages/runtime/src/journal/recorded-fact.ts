import type { ContextInput, Fact } from "@parley/wire";
import { edgeFact } from "./edge-fact.ts";

/** What was recorded as a bare name reads as the fact of an edge; `before` says how many of them came before it. */
export const recordedFact = (
  context: string,
  input: Extract<ContextInput, { kind: "fact.recorded" }>,
  before: number,
): Fact =>
  edgeFact({
    context,
    by: input.by,
    at: 0,
    fact: input.fact,
    session: input.session ?? "",
    edgeId: input.edgeId ?? "",
    role: "",
    label: "",
    seq: before,
  });

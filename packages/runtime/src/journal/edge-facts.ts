import type { EdgeAnnotation } from "@parley/core";

/**
 * The facts an edge records when its message is sent: the `journal_facts` of
 * its sender record, in source order. A list is written with commas.
 *
 * @example edgeFacts([{ key: "journal_facts", value: "asked, paid" }]) // ["asked", "paid"]
 */
export const edgeFacts = (annotations: readonly EdgeAnnotation[]): readonly string[] =>
  annotations
    .filter(({ key }) => key === "journal_facts")
    .flatMap(({ value }) => value.replace(/^\[|\]$/g, "").split(","))
    .map((fact) => fact.trim().replace(/^"|"$/g, ""))
    .filter((fact) => fact !== "");

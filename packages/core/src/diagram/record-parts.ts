import type { MessageRow } from "./sequence-model.ts";

/** The annotations of a send, and those among them that stand in the gutter of its row. */
export const recordParts = (
  annotations: MessageRow["annotations"],
): Pick<MessageRow, "guard" | "cost" | "facts" | "annotations"> => {
  const all = (key: string): readonly string[] =>
    annotations.filter((entry) => entry.key === key).map((entry) => entry.value);
  const guard = all("guard_capability").join(", ");
  const cost = all("flow_cost")[0];
  const facts = all("journal_facts")
    .flatMap((value) => value.split(","))
    .map((fact) => fact.trim())
    .filter((fact) => fact !== "");
  return {
    ...(guard === "" ? {} : { guard }),
    ...(cost === undefined ? {} : { cost }),
    facts,
    annotations,
  };
};

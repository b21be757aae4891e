import type { CodeImage } from "../machine/code/image.ts";
import type { ScenarioNames } from "./scenario-help.ts";

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];

/** What a compiled protocol offers to a scenario: its roles and families, its messages, what can be decided for. */
export const namesOf = ({ roles, programs }: CodeImage): ScenarioNames => {
  const messages: string[] = [];
  const labels: string[] = [];
  for (const { states } of programs)
    for (const state of states) {
      if (state.kind === "send" || state.kind === "recv") {
        const told = state.branches.filter(({ label }) => !label.includes(":"));
        messages.push(...told.map(({ label }) => label));
      }
      if (state.kind === "send" && state.branches.length > 1)
        labels.push(...state.branches.map(({ label, arm }) => arm ?? label));
      if (state.kind === "decide") labels.push(...state.outcomes.map(({ outcome }) => outcome));
    }
  const families = roles.flatMap((role) => /^(.+)\[\d+\]$/.exec(role)?.[1] ?? []);
  return {
    roles: unique([...families, ...roles]),
    messages: unique(messages).toSorted(),
    labels: unique(labels),
  };
};

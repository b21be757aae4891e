import { observationOf, truthOf } from "./monitors.ts";
import type { SimulationVerdict } from "./result.ts";
import type { RunEnd } from "./scenario.ts";
import type { Sim } from "./sim-state.ts";
import type { Violation } from "./violation.ts";

const describe = ({ property, round, details }: Violation): string =>
  `${property} is violated in round ${round}: ${details}`;

/** What a run failed in: `expect` where there is one, else every violation. */
export const verdictOf = (sim: Sim, outcome: RunEnd, violations: readonly Violation[]): SimulationVerdict => {
  const { expect } = sim.scenario;
  const expected = expect?.violations ?? [];
  const failures = violations.filter(({ property }) => !expected.includes(property)).map(describe);
  for (const name of expected)
    if (!violations.some(({ property }) => property === name)) failures.push(`${name} was not violated`);
  if (expect?.outcome !== undefined && expect.outcome !== outcome)
    failures.push(`the run ended ${outcome}, not ${expect.outcome}`);
  for (const { text, predicate } of expect?.holds ?? [])
    if (truthOf(predicate, observationOf(sim)) !== true) failures.push(`at the end not: ${text}`);
  return { passed: failures.length === 0, failures };
};

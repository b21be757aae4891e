import type { Scenario } from "@parley/runtime/simulation";

/** What a saved test expects of its run, in words. */
export const expectationText = ({ expect }: Pick<Scenario, "expect">): string => {
  if (expect === undefined) return "nothing is violated";
  const parts = [
    ...(expect.outcome === undefined ? [] : [`ends ${expect.outcome}`]),
    ...expect.violations.map((name) => `violates ${name}`),
    ...expect.holds.map(({ text }) => `at the end ${text}`),
  ];
  return parts.length === 0 ? "nothing is violated" : parts.join(", ");
};

/** Whether a test pins a failure: passing then means that it still fails so. */
export const pinsFailure = (expects: string): boolean => /violates|ends (stuck|faulted|limit)/.test(expects);

const outcomes = {
  completed: "Everybody is done",
  stuck: "Nobody can go on",
  faulted: "Done, with faults",
  limit: "Out of steps",
  refused: "Could not run",
} as const;

/** How a run ended, in words. */
export const outcomeText = (outcome: keyof typeof outcomes): string => outcomes[outcome];

/** How the same run is made on a command line. */
export const commandLine = (protocol: string, scenario: string): string =>
  `parley simulate ${protocol}.tell --scenario ${scenario}.toml`;

/** Whether a scenario says what its run must show: then it is a test. */
export const isTest = (text: string): boolean => /^[ \t]*(?:\[expect\]|expect\b)/m.test(text);

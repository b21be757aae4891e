/** What a stage of the test run came to. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** The failed ones by name, each with what it said. */
  readonly failures?: readonly string[];
}

/** A stage that is one question: did it exit with 0? */
export const single = (status: number): Count =>
  status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

export const sum = (counts: readonly Count[]): Count => ({
  passed: counts.reduce((total, count) => total + count.passed, 0),
  failed: counts.reduce((total, count) => total + count.failed, 0),
});

/** The last `N passed, N failed` of an output; none counts as one failure. */
export const closingLine = (output: string): Count => {
  const match = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  return match ? { passed: Number(match[1]), failed: Number(match[2]) } : { passed: 0, failed: 1 };
};

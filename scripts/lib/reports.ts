import { stripVTControlCharacters } from "node:util";
import type { Count } from "./counts.ts";

/** A failed test: where it stands and what it said. */
interface Failure {
  readonly test: string;
  readonly message: string;
}

interface UnitReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

interface BrowserSuite {
  readonly file: string;
  readonly suites?: readonly BrowserSuite[];
  readonly specs: readonly {
    readonly title: string;
    readonly ok: boolean;
    readonly tests: readonly {
      readonly results: readonly { readonly error?: { readonly message?: string } }[];
    }[];
  }[];
}

interface BrowserReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
  readonly suites: readonly BrowserSuite[];
}

const MESSAGE_LINES = 30;
const MESSAGE_CHARACTERS = 3000;

const described = (failures: readonly Failure[]): string[] =>
  failures.map(({ test, message }) => {
    const lines = stripVTControlCharacters(message).slice(0, MESSAGE_CHARACTERS).split("\n");
    return [test, ...lines.slice(0, MESSAGE_LINES).map((line) => `    ${line}`)].join("\n");
  });

/** What Vitest's JSON report says; a file that failed to load has no tests to count, so the exit status counts too. */
export const unitCount = (json: string, status: number): Count => {
  const report = JSON.parse(json) as UnitReport;
  const failures = report.testResults.flatMap((file): Failure[] => {
    const tests = file.assertionResults
      .filter((test) => test.status === "failed")
      .map((test) => ({ test: `${file.name} › ${test.fullName}`, message: test.failureMessages.join("\n") }));
    if (tests.length > 0 || file.status !== "failed") return tests;
    return [{ test: file.name, message: file.message ?? "did not load" }];
  });
  return {
    passed: report.numPassedTests,
    failed: Math.max(report.numFailedTests, failures.length, status === 0 ? 0 : 1),
    failures: described(failures),
  };
};

const failedIn = (suite: BrowserSuite): Failure[] => [
  ...suite.specs
    .filter((spec) => !spec.ok)
    .map((spec) => ({
      test: `${suite.file} › ${spec.title}`,
      message: spec.tests
        .flatMap((test) => test.results.map((result) => result.error?.message ?? ""))
        .join("\n"),
    })),
  ...(suite.suites ?? []).flatMap(failedIn),
];

/** What Playwright's JSON report says; a test that passed only when tried again has failed. */
export const browserCount = (json: string, status: number): Count => {
  const { stats, suites } = JSON.parse(json) as BrowserReport;
  return {
    passed: stats.expected,
    failed: Math.max(stats.unexpected + stats.flaky, status === 0 ? 0 : 1),
    failures: described(suites.flatMap(failedIn)),
  };
};

import type { SweepRow, SweepSummary } from "@parley/runtime/simulation";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\t": "&#9;",
};

/** Text for an attribute or an element; what XML 1.0 cannot hold becomes a mark. */
const escaped = (text: string): string =>
  [...text.toWellFormed()]
    .map((char) => entities[char] ?? (/[\p{Cc}\uFFFE\uFFFF]/u.test(char) ? "\uFFFD" : char))
    .join("");

const nameOf = ({ bindings, seed }: SweepRow): string =>
  bindings.length === 0 ? `seed ${seed}` : bindings.map(({ axis, value }) => `${axis}=${value}`).join(" ");

const caseOf = (suite: string, row: SweepRow): string => {
  const open = `    <testcase classname="${escaped(suite)}" name="${escaped(nameOf(row))}" time="0"`;
  if (row.passed) return `${open}/>`;
  const tag = row.outcome === "refused" ? "error" : "failure";
  const message = row.failures[0] ?? row.outcome;
  return `${open}>
      <${tag} message="${escaped(message)}" type="${escaped(row.violations[0] ?? row.outcome)}">${escaped(row.failures.join("\n"))}</${tag}>
    </testcase>`;
};

/** A sweep as a JUnit report: one suite, one case a run. Times are left at 0: runs take simulated time. */
export const junit = (suite: string, { rows, runs }: SweepSummary): string => {
  const errors = rows.filter(({ outcome }) => outcome === "refused").length;
  const failures = rows.filter(({ passed }) => !passed).length - errors;
  const counts = `tests="${runs}" failures="${failures}" errors="${errors}" time="0"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${counts}>
  <testsuite name="${escaped(suite)}" ${counts} skipped="0">
${rows.map((row) => caseOf(suite, row)).join("\n")}
  </testsuite>
</testsuites>
`;
};

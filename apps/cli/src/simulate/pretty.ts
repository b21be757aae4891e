import type {
  Incident,
  ScenarioError,
  SimulatedEvent,
  SimulationResult,
  SweepRow,
  SweepSummary,
} from "@parley/runtime/simulation";

/** One line an error: where, why, what to do. */
export const errorLines = (file: string, errors: readonly ScenarioError[]): string =>
  errors
    .map(
      ({ code, path, reason, fix }) =>
        `${file}${path === "" ? "" : `: ${path}`}: ${code} ${reason}\n  ${fix}`,
    )
    .join("\n");

const eventText = ({ event }: SimulatedEvent): string => {
  switch (event.kind) {
    case "sent":
    case "received":
    case "discarded":
      return `${event.edge.from} -> ${event.edge.to}: ${event.label} ${event.kind}${event.kind === "discarded" ? ` (${event.why})` : ""}`;
    case "blocked":
      return `${event.role} waits (${event.reason.kind}${event.reason.kind === "empty" ? ` for ${event.reason.edge.from}` : ""})`;
    case "faulted":
      return `${event.role} faults: ${event.fault.message}`;
    default:
      return "role" in event ? `${event.role} ${event.kind}` : event.kind;
  }
};

const incidentText = (incident: Incident): string | undefined => {
  switch (incident.kind) {
    case "dropped":
    case "delayed":
    case "corrupted":
    case "replaced":
      return `${incident.from} -> ${incident.to}: ${incident.label} ${incident.kind} by ${incident.by}`;
    case "crashed":
      return `${incident.role} crashes${incident.until === null ? "" : ` until ${incident.until} ms`}`;
    case "restarted":
      return `${incident.role} runs again`;
    case "reconfigured":
      return incident.what;
    default:
      return undefined;
  }
};

const LIMIT = 20;

const first = (lines: readonly string[]): readonly string[] =>
  lines.length <= LIMIT ? lines : [...lines.slice(0, LIMIT), `… and ${lines.length - LIMIT} more`];

const at = (clock: number): string => String(clock).padStart(8);

/** One run: how it ended, what the world did to it, and each violation with what led to it. */
export const runText = (result: SimulationResult): string => {
  const { scenario, seed, outcome, rounds, clock, statistics, verdict, incidents, trace } = result;
  const { sent, received, lost, faults } = statistics;
  const world = incidents.flatMap((one) => {
    const text = incidentText(one);
    return text === undefined ? [] : [`${at(one.at)}  ${text}`];
  });
  const violations = result.violations.flatMap(({ property, details, at: when, past }) => [
    `violated: ${property} at ${when} ms: ${details}, after`,
    ...first(
      past.flatMap((index) => {
        const one = trace[index];
        return one === undefined ? [] : [`${at(one.at)}  ${eventText(one)}`];
      }),
    ),
  ]);
  return [
    `${scenario}, seed ${seed}: ${outcome} after ${rounds} rounds, ${clock} ms; ${sent} sent, ${received} received, ${lost} lost, ${faults} faults`,
    ...(world.length === 0 ? [] : ["the world:", ...first(world)]),
    ...violations,
    ...(result.unusedRows.length === 0 ? [] : [`never applied: ${result.unusedRows.join(", ")}`]),
    ...verdict.failures.map((failure) => `failed: ${failure}`),
    verdict.passed ? "passed" : "FAILED",
  ].join("\n");
};

const columns: readonly (readonly [string, (row: SweepRow) => string])[] = [
  ["run", ({ index }) => String(index)],
  ["", ({ bindings }) => bindings.map(({ axis, value }) => `${axis}=${value}`).join(" ")],
  ["outcome", ({ outcome }) => outcome],
  ["rounds", ({ rounds }) => String(rounds)],
  ["ms", ({ clock }) => String(clock)],
  ["sent", ({ sent }) => String(sent)],
  ["received", ({ received }) => String(received)],
  ["lost", ({ lost }) => String(lost)],
  ["", ({ passed, failures }) => (passed ? "ok" : (failures[0] ?? "failed"))],
];

/** A sweep as a table with its totals. */
export const sweepText = ({ rows, runs, passed, failed, outcomes, violations }: SweepSummary): string => {
  const cells = [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, of]) => of(row)))];
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => line[i]?.length ?? 0)));
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(", ");
  return [
    ...cells.map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    ),
    `${runs} runs: ${passed} passed, ${failed} failed; ${list(outcomes)}`,
    ...(Object.keys(violations).length === 0 ? [] : [`violated: ${list(violations)}`]),
  ].join("\n");
};

import { cpus } from "node:os";
import type { durable } from "./durable.ts";
import type { frontend } from "./frontend.ts";
import type { guardedSends } from "./guarded-sends.ts";
import type { hosted } from "./hosted.ts";
import type { http } from "./http.ts";
import type { journal } from "./journal.ts";
import type { MachineRates } from "./machine.ts";
import type { ReferenceLine } from "./reference.ts";
import type { tokens } from "./tokens.ts";

/** What one run measured of us; `hosted` only where it was asked for. */
export interface Ours {
  readonly frontend: ReturnType<typeof frontend>;
  readonly machine: MachineRates;
  readonly durable: Awaited<ReturnType<typeof durable>>;
  readonly guarded: Awaited<ReturnType<typeof guardedSends>>;
  readonly http: Awaited<ReturnType<typeof http>>;
  readonly journal: ReturnType<typeof journal>;
  readonly tokens: Awaited<ReturnType<typeof tokens>>;
  readonly hosted: Awaited<ReturnType<typeof hosted>> | null;
}

const ratio = (mine: number, theirs: number | null): number | null =>
  theirs ? Number((mine / theirs).toFixed(1)) : null;

/** The whole report: three headlines as numbers of one unit each, what lies behind them as `detail`. */
export const reportOf = (ours: Ours, lines: readonly ReferenceLine[] | null) => {
  const find = (wanted: ReferenceLine): number | null => {
    const line = lines?.find((one) => Object.entries(wanted).every(([key, value]) => one[key] === value));
    return line ? Number(line.bytes_per_second ?? line.steps_per_second) : null;
  };
  const rings = ours.machine.rings.map((ring) => {
    const reference = find({ bench: "ring", roles: ring.roles, mode: "minimal", steps: ring.steps });
    return { ...ring, reference, ratio: ratio(ring.stepsPerSecond, reference) };
  });
  const ring = rings.find(({ roles, steps }) => roles === 2 && steps === 4_000);
  const parseProject = find({ bench: "parse_project" });
  const { bytesPerSecond } = ours.frontend;
  return {
    hardware: { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version },
    frontend: {
      unit: "bytes/s: parse, check, project every role",
      ours: bytesPerSecond,
      reference: parseProject,
      ratio: ratio(bytesPerSecond, parseProject),
      detail: ours.frontend,
    },
    machine: {
      unit: "rounds/s: ring of 2, 4,000 rounds",
      ours: ring?.stepsPerSecond ?? 0,
      reference: ring?.reference ?? null,
      ratio: ring?.ratio ?? null,
      detail: { ...ours.machine, rings },
    },
    durable: {
      unit: "entries/s, synchronous=FULL, host in process",
      ours: ours.durable.entriesPerSecond,
      // The reference keeps nothing on disk: there is nothing to divide by.
      reference: null,
      ratio: null,
      detail: { ...ours.durable, hosted: ours.hosted },
    },
    guarded: {
      unit: "guarded sends/s, each with token, charge, fact and signed receipt, synchronous=FULL",
      ours: ours.guarded.sendsPerSecond,
      reference: null,
      ratio: null,
      detail: ours.guarded,
    },
    http: {
      unit: "durable inputs/s over HTTP, 100 clients",
      ours: ours.http.inputsPerSecond,
      reference: null,
      ratio: null,
      detail: ours.http,
    },
    journal: {
      unit: "ms: adding one fact to a million and taking the root",
      ours: ours.journal.tree.update.medianMs,
      // The reference rebuilds its root from all facts, in an order that differs between runs.
      reference: null,
      ratio: null,
      detail: ours.journal,
    },
    tokens: {
      unit: "decisions/s by a Biscuit with the whole vocabulary, not remembered",
      ours: ours.tokens.uncached,
      reference: null,
      ratio: null,
      detail: ours.tokens,
    },
  };
};

export type Report = ReturnType<typeof reportOf>;

type Cell = string | number | null;
type Row = readonly [name: string, ours: Cell, reference?: Cell, ratio?: Cell];

const shown = (cell: Cell | undefined): string =>
  typeof cell === "number" ? cell.toLocaleString("en") : (cell ?? "–");

const hostedRows = ({ timeTravel, idle }: Awaited<ReturnType<typeof hosted>>): readonly Row[] => [
  [`  any of ${timeTravel.entries.toLocaleString("en")} positions, ms`, timeTravel.medianMs],
  ["    worst", timeTravel.worstMs],
  [`  a server with ${idle.sessions.toLocaleString("en")} idle sessions, MB`, idle.upMb],
  ["    after each was looked at", idle.visitedMb],
];

const journalRows = ({ tree, antiEntropy }: ReturnType<typeof journal>): readonly Row[] => [
  [`journal root update, ms (${tree.corpus}), median`, tree.update.medianMs],
  ["    first, cold", tree.update.firstMs],
  ["  root of all, cold, ms", tree.firstRootMs],
  ["  heap of the tree, MB", tree.treeMb],
  [`  proof (${tree.proof.bytes} bytes), ms, median`, tree.proof.medianMs],
  ["  proof verified, ms, median", tree.verify.medianMs],
  [`anti-entropy, ms (${antiEntropy.corpus})`, antiEntropy.warm.ms],
  ["  first run, cold", antiEntropy.cold.ms],
];

const tokenRows = (rates: Awaited<ReturnType<typeof tokens>>): readonly Row[] => [
  [`token decisions/s, ${rates.capabilities} capabilities`, rates.uncached],
  ["  narrowed to a prefix", rates.uncachedPrefix],
  ["  remembered", rates.cached],
];

const rowsOf = ({
  frontend,
  machine,
  durable,
  guarded,
  http,
  journal: facts,
  tokens: decisions,
}: Report): readonly Row[] => {
  const { detail } = frontend;
  const ms = ({ warmMs, coldMs }: { readonly warmMs: number; readonly coldMs: number }): string =>
    `${warmMs} (${coldMs})`;
  const kept = durable.detail;
  return [
    [
      `front end, bytes/s (${detail.corpus.files} files, ${detail.corpus.bytes} bytes)`,
      frontend.ours,
      frontend.reference,
      frontend.ratio,
    ],
    ["  first pass, cold", detail.coldBytesPerSecond],
    ["  1,000 lines: diagnostics, ms (cold)", ms(detail.thousandLines)],
    ["    with choices, timeouts, loops", ms(detail.thousandMixedLines)],
    ["  heap held per byte of text: 1,000, 2,000, 4,000 lines", detail.bytesHeldPerByte.join(", ")],
    ["  1,000 messages: diagram layout, ms (cold)", ms(detail.thousandMessagesLaidOut)],
    ...machine.detail.rings.map(
      ({ roles, steps, stepsPerSecond, reference, ratio: times }): Row => [
        `ring of ${roles}, ${steps.toLocaleString("en")} rounds, rounds/s`,
        stepsPerSecond,
        reference,
        times,
      ],
    ),
    ["  rate at 1,000,000 over 16,000 rounds", machine.detail.flatness],
    ["  10,000 sessions over one", machine.detail.sessionsRatio],
    ["  with both hashes after every round, rounds/s", machine.detail.hashedPerSecond],
    [`durable entries/s, ${kept.sessions} sessions`, durable.ours],
    ["  first pass, cold", kept.coldEntriesPerSecond],
    ["  commit p50 (write and fsync), ms", kept.commitP50Ms],
    [`guarded sends/s, ${guarded.detail.sessions} sessions`, guarded.ours],
    [`durable inputs/s over HTTP, ${http.detail.clients} clients`, http.ours],
    ["  processor time of the server, ms an input", http.detail.serverCpuMsPerInput],
    ["  answered in p50, p99, ms", `${http.detail.p50Ms}, ${http.detail.p99Ms}`],
    [
      `  at ${http.detail.offeredPerSecond} a second, p50, p99, ms`,
      `${http.detail.offeredP50Ms}, ${http.detail.offeredP99Ms}`,
    ],
    ...journalRows(facts.detail),
    ...tokenRows(decisions.detail),
    ...(kept.hosted === null ? [] : hostedRows(kept.hosted)),
  ];
};

/** The report as a table, with the machine it was made on. */
export const tableOf = (report: Report): string => {
  const { cpu, cores, node } = report.hardware;
  const lines = [["", "ours", "reference", "ratio"] as Row, ...rowsOf(report)].map(
    ([name, ours, reference, times]) =>
      `${name.padEnd(48)}${shown(ours).padStart(16)}${shown(reference).padStart(14)}${shown(times).padStart(12)}`,
  );
  return [`${cpu}, ${cores} cores, Node ${node}`, "", ...lines].join("\n");
};

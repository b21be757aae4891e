/** Speed as ratios, measured side by side: ours and the reference in one run on one machine. */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { durable } from "./durable.ts";
import { corpus, frontend } from "./frontend.ts";
import { machine } from "./machine.ts";
import { type ReferenceLine, runReference } from "./reference.ts";

const { values } = parseArgs({
  options: { format: { type: "string" }, "no-reference": { type: "boolean" } },
});

const sources = corpus();
const ours = { frontend: frontend(sources), machine: machine(), durable: await durable() };
const lines = values["no-reference"] ? null : runReference(sources.files);

const find = (wanted: ReferenceLine): number | null => {
  const line = lines?.find((entry) => Object.entries(wanted).every(([key, value]) => entry[key] === value));
  return line ? Number(line.bytes_per_second ?? line.steps_per_second) : null;
};
const ratio = (mine: number, theirs: number | null): number | null =>
  theirs ? Number((mine / theirs).toFixed(1)) : null;

const referenceFrontend = find({ bench: "parse_project" });
const rings = ours.machine.rings.map((ring) => {
  const reference = find({ bench: "ring", roles: ring.roles, mode: "minimal", steps: ring.steps });
  return { ...ring, reference, ratio: ratio(ring.stepsPerSecond, reference) };
});
const headline = rings.find(({ roles, steps }) => roles === 2 && steps === 4000);

const report = {
  hardware: { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version },
  frontend: {
    ours: ours.frontend,
    reference: referenceFrontend,
    ratio: ratio(ours.frontend.bytesPerSecond, referenceFrontend),
  },
  machine: {
    ours: { ...ours.machine, rings },
    reference: headline?.reference ?? null,
    ratio: headline?.ratio ?? null,
  },
  // The reference keeps nothing on disk: there is nothing to divide by.
  durable: { ours: ours.durable, reference: null, ratio: null },
};

const table = (
  rows: readonly (readonly [string, string | number, string | number | null, string | number | null])[],
): string =>
  [["", "ours", "reference", "ratio"] as const, ...rows]
    .map(
      ([name, mine, theirs, times]) =>
        `${name.padEnd(38)}${String(mine).padStart(14)}${String(theirs ?? "–").padStart(14)}${String(times ?? "–").padStart(10)}`,
    )
    .join("\n");

if (values.format === "json") console.log(JSON.stringify(report, null, 1));
else {
  console.log(`${report.hardware.cpu}, ${report.hardware.cores} cores, Node ${report.hardware.node}\n`);
  console.log(
    table([
      [
        `front end, bytes/s (${sources.bytes} bytes)`,
        ours.frontend.bytesPerSecond,
        report.frontend.reference,
        report.frontend.ratio,
      ],
      ["  cold, bytes/s", ours.frontend.coldBytesPerSecond, null, null],
      ["  1,000 lines, ms", ours.frontend.thousandLinesMs, null, null],
      ...rings.map(
        ({ roles, steps, stepsPerSecond, reference, ratio: times }) =>
          [`ring of ${roles}, ${steps} rounds, rounds/s`, stepsPerSecond, reference, times] as const,
      ),
      ["durable entries/s, 200 sessions", ours.durable.entriesPerSecond, null, null],
      ["  commit p50, ms", ours.durable.commitP50Ms, null, null],
    ]),
  );
}

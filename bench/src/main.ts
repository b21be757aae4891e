/** Speed as ratios, measured side by side: ours and the reference in one run on one machine. */
import { parseArgs } from "node:util";
import { durable } from "./durable.ts";
import { corpus, frontend } from "./frontend.ts";
import { guardedSends } from "./guarded-sends.ts";
import { hosted } from "./hosted.ts";
import { http } from "./http.ts";
import { journal } from "./journal.ts";
import { machine } from "./machine.ts";
import { runReference } from "./reference.ts";
import { reportOf, tableOf } from "./report.ts";
import { soakCommand } from "./soak.ts";
import { tokens } from "./tokens.ts";

const { values } = parseArgs({
  options: {
    format: { type: "string" },
    "no-reference": { type: "boolean" },
    // Also a session of 100,000 entries, 10,000 idle ones, and the long rings of the reference: minutes.
    full: { type: "boolean" },
    // Minutes to keep 1,000 sessions busy with faults and kills, instead of measuring speed.
    soak: { type: "string" },
  },
});
if (values.soak !== undefined) {
  await soakCommand(Number(values.soak));
  process.exit();
}

const sources = corpus();
const ours = {
  frontend: frontend(sources),
  machine: machine(),
  durable: await durable(),
  guarded: await guardedSends(),
  http: await http(),
  journal: journal(),
  tokens: await tokens(),
  hosted: values.full === true ? await hosted() : null,
};
const reference =
  values["no-reference"] === true ? null : await runReference(sources.files, values.full === true);
const report = reportOf(ours, reference);
console.log(values.format === "json" ? JSON.stringify(report, null, 1) : tableOf(report));

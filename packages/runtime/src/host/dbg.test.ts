import { test } from "vitest";
import { everyRun } from "../testing/every-run.ts";
import { timedSources } from "../testing/timed-sources.ts";
test("x", async () => {
  let shown = false;
  await everyRun(timedSources.inPar!, { free: 30, most: 300, runs: 150, drive: "manual" }, async (run) => {
    if (run.last.status === "completed" || shown) return;
    shown = true;
    const log = await run.host.log(run.last.id, 0, 1000);
    if (log.ok) for (const e of log.value.items) console.log(e.seq, JSON.stringify(e.input.kind === "open" ? "open" : e.input), JSON.stringify(e.events.map((x) => [x.kind, x.role, x.label, x.outcome, x.edge && `${x.edge.from}>${x.edge.to}`, x.timer])));
    for (const r of run.last.roles) for (const e of r.endpoints) console.log(r.role, e.endpoint, e.status, e.wait?.text, e.type, JSON.stringify(e.scopes));
    console.log(JSON.stringify(run.last.edges.filter((e) => e.queue.length)));
  });
});

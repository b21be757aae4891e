import { describe, expect, test } from "vitest";
import { nextDeadline } from "../../machine/timers.ts";
import { type Run, randomRuns } from "../../testing/every-run.ts";
import { timedNames, timedSources } from "../../testing/timed-sources.ts";
import { foldEntry } from "../session/fold-entry.ts";
import type { SessionState } from "../session/session-state.ts";
import { SessionRows } from "./session-rows.ts";

/** The deadline read off the entries is the machine's after each of them. */
const agrees = async ({ store, last, inputs }: Run): Promise<void> => {
  const rows = new SessionRows();
  let state: SessionState | undefined;
  for (const stored of await store.read(last.id, 0, 10_000)) {
    const { input } = stored.entry;
    const real = input.kind === "open" ? { ...input, clock: "real" as const } : input;
    rows.add({ ...stored, entry: { ...stored.entry, input: real } });
    const folded = foldEntry(state, stored);
    if (!folded.ok) throw new Error(folded.why);
    state = folded.state;
    const [found] = rows.deadlines();
    expect(found?.deadline, `${stored.entry.seq} of ${JSON.stringify(inputs)}`).toBe(
      nextDeadline(state.machine),
    );
  }
};

describe.each(timedNames)("%s", (name) => {
  test("what entries say of timers is what runs in the machine", async () => {
    await randomRuns(timedSources[name] ?? "", { most: 300, runs: 12 }, agrees);
  });
});

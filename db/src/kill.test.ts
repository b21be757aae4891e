import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "./open-store.ts";
import { type AnsweredUnit, checkSurvivors } from "./testing/check-survivors.ts";
import { killAfterLines } from "./testing/crash-harness.ts";
import { oneFile } from "./testing/one-file.ts";
import { openForTest } from "./testing/open-for-test.ts";
import { seededRandom } from "./testing/seeded-random.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";

/** Each folder is killed again and again, and stays small enough to be checked whole every time. */
const FOLDERS = 5;
const KILLS = 10;

const script = new URL("./testing/crash-load.ts", import.meta.url);

/** Kills `KILLS` victims on one folder; answers how many units had been answered. */
const killRepeatedly = async (script: URL, root: string, part: number): Promise<number> => {
  const folder = join(root, `data-${part}`);
  const env = { NODE_COMPILE_CACHE: join(root, "compiled") };
  const random = seededRandom(part);
  const answered: AnsweredUnit[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const args = [folder, String(part * KILLS + kill)];
    const printed = await killAfterLines({ script, args, env }, 1 + random.below(60));
    answered.push(...printed.map((line) => JSON.parse(line) as AnsweredUnit));
    const survivor = await openStore({ folder, readonly: true });
    if (!survivor.ok) throw new Error(survivor.error.kind);
    expect(await checkSurvivors(survivor.store, answered)).toEqual([]);
    await survivor.store.close();
  }
  const store = await openForTest({ folder });
  expect(await store.rebuild()).toMatchObject({ equal: true, different: [] });
  await store.close();
  return answered.length;
};

test("50 kills at random moments of a running load lose no answered unit and leave nothing half-applied", {
  timeout: 300_000,
}, async () => {
  const root = temporaryFolder();
  const victim = await oneFile(script, root);
  let answered = 0;
  for (let part = 0; part < FOLDERS; part += 1) answered += await killRepeatedly(victim, root, part);
  expect(answered).toBeGreaterThanOrEqual(FOLDERS * KILLS);
});

test("the check finds an answered unit that is not there, and half a unit", async () => {
  const folder = temporaryFolder();
  const printed = await killAfterLines({ script, args: [folder, "0"] }, 5);
  const store = await openForTest({ folder });
  const lost: AnsweredUnit = { key: "x", entries: [{ stream: "session-0", seq: 10_000, hash: "00" }] };
  expect(await checkSurvivors(store, [lost])).toEqual(["answered x lost session-0/10000"]);
  const half = {
    ...store,
    readCommits: async (after: number, limit: number) =>
      (await store.readCommits(after, limit)).map((stored) => ({
        ...stored,
        entry: { ...stored.entry, effects: [{ stream: "authority-0", seq: 10_000 }] },
      })),
  };
  expect((await checkSurvivors(half, [])).length).toBeGreaterThan(printed.length);
});

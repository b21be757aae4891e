import { readdirSync, readFileSync } from "node:fs";
import { operator, replayFile } from "@parley/runtime/host";
import { hostFixture } from "@parley/runtime/testing";
import { expect, test } from "vitest";

const folder = new URL("../logs/", import.meta.url);
const logs = readdirSync(folder)
  .filter((name) => name.endsWith(".parley-session"))
  .sort();

test("there are recorded logs of semantics 1", () => {
  expect(logs.filter((name) => name.endsWith("-1.parley-session")).length).toBeGreaterThanOrEqual(3);
});

test.each(logs)("%s replays to every event and hash it records", (name) => {
  const replayed = replayFile(readFileSync(new URL(name, folder)));
  expect(replayed).toMatchObject({ ok: true, value: { ok: true, findings: [] } });
});

test.each(logs)("%s is taken in by a fresh host and can be looked at everywhere", async (name) => {
  const { host } = await hostFixture();
  const taken = await host.importSession(operator, readFileSync(new URL(name, folder)));
  if (!taken.ok) throw new Error(JSON.stringify(taken.error));
  const { id, head } = taken.value;
  for (let at = 0; at <= head; at += 1) expect((await host.view(id, at)).ok).toBe(true);
});

test.each(logs)("a changed byte of %s is found", (name) => {
  const bytes = new Uint8Array(readFileSync(new URL(name, folder)));
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  const replayed = replayFile(bytes);
  expect(replayed.ok && replayed.value.ok).toBe(false);
});

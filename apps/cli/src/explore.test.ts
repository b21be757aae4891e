import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { broken, folderWith, parley, sound } from "./testing/parley.ts";

describe("explore", () => {
  const files = (): string =>
    folderWith({
      "sound.tell": sound,
      "broken.tell": broken,
      "flood.tell": "protocol Flood =\n  roles A, B\n  loop forever\n    A -> B : Item\n",
    });
  test("counts the states of a protocol and says it is free of deadlocks", async () => {
    const said = await parley("explore", join(files(), "sound.tell"));
    expect(said.code).toBe(0);
    expect(said.out).toContain("free of deadlocks: yes (by exploration); progress: yes");
    expect(said.out).toMatch(/every state was seen: \d+ states, \d+ moves/);
  });
  test("says what ran out where a sender is never slowed down", async () => {
    const said = await parley("explore", join(files(), "flood.tell"), "--bound", "3", "--format", "json");
    expect(said.code).toBe(0);
    expect(said.json()).toMatchObject({
      deadlockFree: "yes",
      by: "projection",
      progress: "unknown",
      exploration: { outcome: "bounded", ranOut: ["buffer"], bound: 3, buffers: [{ max: 3 }] },
    });
  });
  test("a file with errors ends with 1, wrong usage with 2", async () => {
    const folder = files();
    const wrong = await Promise.all([
      parley("explore", join(folder, "broken.tell")),
      parley("explore"),
      parley("explore", join(folder, "sound.tell"), "--bound", "many"),
    ]);
    expect(wrong.map(({ code }) => code)).toEqual([1, 2, 2]);
  });
});

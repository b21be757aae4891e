import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith, parley } from "./testing/parley.ts";

const sea = `module sea exposing (Voyage)
import harbour exposing (Moor)
protocol Voyage =
  roles Captain, Mate
  call Moor
  Mate -> Captain : Fast
`;
const harbour = `module harbour exposing (Moor)
protocol Moor =
  roles Captain, Mate
  Captain -> Mate : Rope
`;

test("run, project and draw find what a file imports beside it and below", async () => {
  const folder = folderWith({ "sea.tell": sea, "old sea.tell": sea });
  mkdirSync(join(folder, "ports"));
  writeFileSync(join(folder, "ports", "harbour.tell"), harbour);
  const file = join(folder, "sea.tell");
  const [ran, projected, drawn] = await Promise.all([
    parley("run", file),
    parley("project", file),
    parley("draw", file, "--as", "mermaid"),
  ]);
  expect([ran.code, projected.code, drawn.code]).toEqual([0, 0, 0]);
  expect(ran.out).toMatch(/Captain -> Mate : Rope[\s\S]*Mate -> Captain : Fast[\s\S]*completed/);
  expect(projected.out).toMatch(/!Mate Rope/);
  expect(drawn.out).toContain("Fast");
});

test("--import adds a folder; without it the module is unknown, and known ones are named", async () => {
  const folder = folderWith({ "sea.tell": sea });
  const elsewhere = folderWith({ "harbour.tell": harbour });
  const file = join(folder, "sea.tell");
  expect((await parley("run", file, "--import", elsewhere)).code).toBe(0);
  const { code, out } = await parley("run", file);
  expect([code, out.includes("PAR3604")]).toEqual([1, true]);
  expect((await parley("run", file, "--import", join(folder, "nowhere"))).code).toBe(2);
});

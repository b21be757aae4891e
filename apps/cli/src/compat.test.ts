import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, parley } from "./testing/parley.ts";

const fixtures = new URL("./compat-fixtures/", import.meta.url).pathname;
const fixture = (name: string): string => join(fixtures, name);
const pair = (name: string): readonly string[] => [
  fixture(`${name}_baseline.tell`),
  fixture(`${name}_current.tell`),
];
/** The fixture's own folder is no part of what is promised. */
const without = (out: string): string => out.replaceAll(fixtures, "");

describe("the guide's fixtures, as recorded", () => {
  test.each([
    ["compatible", 0],
    ["breaking", 1],
  ])("%s ends with %i", async (name, status) => {
    const text = await parley("compat", ...pair(name), "--reference");
    expect(text.err).toBe("");
    expect(text.code).toBe(status);
    expect(without(text.out)).toBe(readFileSync(fixture(`${name}.golden.txt`), "utf8"));
    const json = await parley("compat", ...pair(name), "--format", "json", "--reference");
    expect(json.code).toBe(status);
    expect(JSON.parse(without(json.out))).toEqual(
      JSON.parse(readFileSync(fixture(`${name}.golden.json`), "utf8")),
    );
  });
});

const CREW = `protocol Crew =
  roles Boss, Crew[N]
  Boss -> Crew[*] : Job
  Crew[*] -> Boss : Done
`;

describe("folders", () => {
  test("are compared file by file; what is only in one is reported and judged by nobody", async () => {
    const old = folderWith({ "same.tell": CREW, "gone.tell": CREW, "notes.txt": "x" });
    const now = folderWith({ "same.tell": CREW, "fresh.tell": CREW });
    mkdirSync(join(old, "deep"));
    mkdirSync(join(now, "deep"));
    writeFileSync(join(old, "deep/crew.tell"), CREW);
    writeFileSync(join(now, "deep/crew.tell"), CREW.replace("Boss : Done", "Boss : Ready"));
    const said = await parley("compat", old, now, "--format", "json");
    expect(said.code).toBe(1);
    expect(said.json()).toMatchObject({
      verdict: "breaking",
      files: [
        {
          file: "deep/crew.tell",
          verdict: "breaking",
          roles: [
            { role: "Boss", oldAmongNew: { run: { peer: "Boss", sizes: "N = 1" } } },
            { role: "Crew", oldAmongNew: { run: { peer: "Crew[0]" } } },
          ],
          changes: [{ kind: "renamed", old: { id: "1", line: 4, column: 3 }, new: { id: "1" } }],
        },
        { file: "fresh.tell", status: "added" },
        { file: "gone.tell", status: "removed" },
        { file: "same.tell", verdict: "compatible", changes: [] },
      ],
    });
  });
  test("that hold only new and old files pass", async () => {
    const said = await parley("compat", folderWith({ "a.tell": CREW }), folderWith({ "b.tell": CREW }));
    expect(said).toMatchObject({ code: 0, out: expect.stringContaining("a.tell: gone") });
  });
});

test("--role looks at one role only", async () => {
  const old = "protocol P =\n  roles A, B, C\n  A -> B : M\n  A -> C : N\n";
  const folder = folderWith({ "old.tell": old, "new.tell": old.replace("B : M", "B : M2") });
  const args = [join(folder, "old.tell"), join(folder, "new.tell")];
  const one = await parley("compat", ...args, "--role", "C");
  expect(one).toMatchObject({ code: 0, out: expect.stringContaining("nothing differs") });
  expect((await parley("compat", ...args, "--role", "B")).code).toBe(1);
});

test("a version with errors cannot pass, and its errors are shown", async () => {
  const folder = folderWith({ "old.tell": CREW, "new.tell": CREW.replace("-> Boss", "-> Bos") });
  const said = await parley("compat", join(folder, "old.tell"), join(folder, "new.tell"));
  expect(said.code).toBe(1);
  expect(said.out).toContain("cannot be compared: the new version has an error");
  expect(said.out).toMatch(/new\.tell:4:\d+ error PAR\d{4}/);
});

test("wrong usage ends with 2", async () => {
  const folder = folderWith({ "a.tell": CREW });
  const file = join(folder, "a.tell");
  const wrong = [
    ["compat"],
    ["compat", file],
    ["compat", file, folder],
    ["compat", file, file, file],
    ["compat", file, "nowhere.tell"],
    ["compat", file, file, "--role", "Nobody"],
    ["compat", file, file, "--format", "sarif"],
  ];
  const said = await Promise.all(wrong.map((args) => parley(...args)));
  expect(said.map(({ code }, i) => [wrong[i], code])).toEqual(wrong.map((args) => [args, 2]));
});

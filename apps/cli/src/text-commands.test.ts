import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "@parley/protocols";
import { describe, expect, test } from "vitest";
import { broken, folderWith, parley, sound } from "./testing/parley.ts";

const root = new URL("../../../", import.meta.url).pathname;

const files = () => {
  const folder = folderWith({ "sound.tell": sound, "broken.tell": broken, "notes.txt": "x" });
  return { folder, good: join(folder, "sound.tell"), bad: join(folder, "broken.tell") };
};

describe("usage", () => {
  test("no command, an unknown one, an unknown option or a missing file end with 2 and the usage", async () => {
    const { good } = files();
    const wrong = [
      [],
      ["explode"],
      ["constructor"],
      ["check"],
      ["check", "--nope", good],
      ["check", "--format", "xml", good],
      ["check", "no-such-file.tell"],
      ["check", folderWith()],
      ["project"],
      ["project", good, good],
      ["run"],
      ["run", good, "--choose", "last"],
      ["run", good, "--max", "abc"],
      ["run", good, "--family", "W"],
      ["run", good, "--choose", "random", "--format", "json"],
      ["run", good, "--scenario", good],
      ["fmt"],
      ["conformance"],
      ["conformance", "no-such-folder"],
      ["conformance", good],
      ["conformance", folderWith()],
      ["replay", "no-such-file"],
      ["serve", "--port", "seventy"],
      ["serve", "--port", "70000"],
      ["backup"],
      ["restore"],
      ["rebuild", "something"],
    ];
    const said = await Promise.all(wrong.map((args) => parley(...args)));
    expect(said.map(({ code }, index) => [wrong[index], code])).toEqual(wrong.map((args) => [args, 2]));
    for (const { out, err } of said) {
      expect(out).toBe("");
      expect(err).toContain("parley <command> [options]");
    }
  });

  test("help is no error", async () => {
    for (const word of ["help", "--help", "-h"]) {
      const { code, out } = await parley(word);
      expect([code, out.startsWith("parley <command>")]).toEqual([0, true]);
    }
  });
});

describe("check", () => {
  test("a sound file ends with 0, one with errors with 1 and all of them, at their places", async () => {
    const { good, bad, folder } = files();
    expect(await parley("check", good)).toMatchObject({ code: 0, out: `${good}: sound\n` });
    const said = await parley("check", bad);
    expect(said.code).toBe(1);
    expect(said.out).toContain(`${bad}:4:8 error `);
    expect(said.out).toContain("   4 |   A -> C : Hello\n     |        ^");
    expect(said.out).toContain(`${bad}:5:`);
    expect(said.out).toContain(`${bad}: has errors`);
    const both = await parley("check", folder);
    expect([both.code, both.out]).toEqual([1, expect.stringContaining(`${good}: sound`)]);
  });

  test("the same as JSON", async () => {
    const { good, bad } = files();
    const said = await parley("check", good, bad, "--format", "json");
    expect(said.code).toBe(1);
    const [first, second] = said.json().files;
    expect(first).toEqual({ file: good, verdict: "sound", diagnostics: [] });
    expect(second.diagnostics[0]).toMatchObject({
      severity: "error",
      code: expect.stringMatching(/^PAR\d{4}$/),
    });
    expect(second.diagnostics.map(({ line }: { line: number }) => line)).toEqual(
      expect.arrayContaining([4, 5]),
    );
  });
});

describe("fmt", () => {
  const loose = sound.replace("A -> B : Hello", "A   ->   B  :  Hello");

  test("formats in place, and says with --check which files it would change", async () => {
    const folder = folderWith({ "loose.tell": loose });
    const file = join(folder, "loose.tell");
    expect(await parley("fmt", "--check", file)).toMatchObject({ code: 1, out: `${file}: would change\n` });
    expect(readFileSync(file, "utf8")).toBe(loose);
    expect(await parley("fmt", file)).toMatchObject({ code: 0, out: `${file}: formatted\n` });
    expect(readFileSync(file, "utf8")).not.toBe(loose);
    expect(await parley("fmt", "--check", file)).toMatchObject({ code: 0, out: "" });
    expect((await parley("check", file)).code).toBe(0);
  });

  test("a file that cannot be parsed is reported and left as it is", async () => {
    const text = "protocol =\n\troles\n";
    const file = join(folderWith({ "odd.tell": text }), "odd.tell");
    const said = await parley("fmt", file, "--format", "json");
    expect([said.code, said.json().files]).toEqual([1, [{ file, outcome: "errors" }]]);
    expect(readFileSync(file, "utf8")).toBe(text);
  });
});

describe("project", () => {
  test("shows every role's local type, and nothing but errors where there are some", async () => {
    const { good, bad } = files();
    const said = await parley("project", good);
    expect(said.code).toBe(0);
    expect(said.out).toMatch(/^A\n {2}.*Hello/m);
    expect(said.out).toMatch(/^B\n/m);
    expect(await parley("project", bad)).toMatchObject({
      code: 1,
      out: expect.stringContaining("error PAR"),
    });
  });

  test("the golden form is that of run without the runs", async () => {
    const { good, bad } = files();
    const [projected, ran] = await Promise.all([
      parley("project", good, "--format", "json"),
      parley("run", good, "--choose", "first", "--format", "json"),
    ]);
    const { runs, ...rest } = ran.json();
    expect(projected.json()).toEqual(rest);
    expect(Object.keys(rest)).toEqual(expect.arrayContaining(["parse", "global", "locals", "code"]));
    expect(runs).toEqual([expect.objectContaining({ pick: 0, status: "AllDone" })]);
    expect((await parley("project", bad, "--format", "json")).code).toBe(1);
    expect((await parley("run", bad, "--format", "json")).code).toBe(1);
  });
});

describe("run", () => {
  test("plays to the end by first labels with plain payloads, and lists the messages", async () => {
    const { good, bad } = files();
    const said = await parley("run", good);
    expect(said.code).toBe(0);
    expect(said.out.split("\n").map((line) => line.replace(/^ *\d+ +/, ""))).toEqual([
      "A -> B : Hello",
      "B -> A : Yes",
      "completed",
      "",
    ]);
    expect(await parley("run", bad)).toMatchObject({ code: 1, out: expect.stringContaining("error PAR") });
  });

  test("answers what is asked plainly, and leaves timers alone", async () => {
    const timed = `module timed exposing (Timed)
protocol Timed =
  roles A, B
  timeout 5s A at
    A -> B : Ask
    B -> A : Answer of Nat
  on timeout =>
    A -> B : Late
  begin move
  await move
  publish Moved
  A -> B : Bye
`;
    const said = await parley("run", join(folderWith({ "t.tell": timed }), "t.tell"), "--choose", "first");
    expect(said.code).toBe(0);
    const lines = said.out.split("\n").map((line) => line.replace(/^ *\d+ +/, ""));
    expect(lines).toContain("A leaves 0: done");
    expect(lines).toContain("A await move");
    expect(lines).not.toContain("A -> B : Late");
    expect(lines.slice(-3)).toEqual(["A -> B : Bye", "completed", ""]);
  });

  test("random choices follow the seed", async () => {
    const { good } = files();
    const runs = await Promise.all(
      ["1", "2", "3", "4", "5", "6", "1"].map((seed) =>
        parley("run", good, "--choose", "random", "--seed", seed),
      ),
    );
    expect(runs[6]?.out).toBe(runs[0]?.out);
    expect(new Set(runs.map(({ out }) => /B -> A : (\w+)/.exec(out)?.[1]))).toEqual(new Set(["Yes", "No"]));
  });

  test("a protocol without an end is left after --max entries", async () => {
    const endless = "protocol E =\n  roles A, B\n  rec L\n    A -> B : Ping\n    continue L\n";
    const file = join(folderWith({ "e.tell": endless }), "e.tell");
    const said = await parley("run", file, "--max", "30");
    expect([said.code, said.out.trim().split("\n").at(-1)]).toEqual([0, "active: left after 30 entries"]);
  });

  test.each(catalogue().map(({ namespace }) => namespace))(
    "%s plays its scenario to the end",
    async (name) => {
      const folder = join(root, "protocols", name);
      const scenario = join(folder, "scenario.toml");
      const said = await parley("run", join(folder, `${name}.tell`), "--scenario", scenario);
      expect([said.code, said.out.trim().split("\n").at(-1)]).toEqual([0, "completed"]);
    },
  );

  test("a program without a core global type has its run from the kernel", async () => {
    const text = `protocol P =
  roles A, B, C
  A ->* : News
  par
    | A -> B : Left
    | B -> C : Right
`;
    const file = join(folderWith({ "p.tell": text }), "p.tell");
    const said = await parley("run", file, "--choose", "first", "--format", "json");
    expect(said.code).toBe(0);
    expect(said.json()).not.toHaveProperty("global");
    const [run] = said.json().runs;
    expect(run.status).toBe("AllDone");
    const labels = JSON.stringify(run.trace).match(/"label":"\w+"/g);
    expect(new Set(labels)).toEqual(new Set(['"label":"News"', '"label":"Left"', '"label":"Right"']));
  });

  test("a family takes its size from the command line", async () => {
    const text = "protocol F =\n  roles A, W[N]\n  A -> W[*] : Task\n";
    const file = join(folderWith({ "f.tell": text }), "f.tell");
    const said = await parley("run", file, "--name", "N=4");
    expect([said.code, said.out.match(/: Task/g)?.length]).toEqual([0, 4]);
    expect(await parley("run", file)).toMatchObject({ code: 1, out: expect.stringContaining("N") });
  });
});

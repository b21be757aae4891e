import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { startStudio } from "@parley/api";
import { answer } from "@parley/conformance";
import { operator } from "@parley/runtime/host";
import { describe, expect, test } from "vitest";
import { folderWith, parley, sound } from "./testing/parley.ts";

/** A data folder with a session in it, and that session as a file. */
const recorded = async (): Promise<{ data: string; file: string; head: number }> => {
  const folder = folderWith();
  const data = join(folder, "data");
  const started = await startStudio({ folder: data, port: 0 });
  if (!started.ok) throw new Error(started.reason);
  const { host, stop } = started.studio;
  const request = { protocol: "secure_request", decisions: "first" as const };
  const opened = await host.openSession(operator, request);
  if (!opened.ok) throw new Error(opened.error.kind);
  const { id } = opened.value.session;
  await host.inputs(operator, id, { inputs: [{ kind: "advance" }, { kind: "advance" }] });
  const exported = await host.exportSession(id);
  const view = await host.view(id);
  if (!exported.ok || !view.ok) throw new Error("not exported");
  const file = join(folder, "one.parley-session");
  writeFileSync(file, exported.value);
  await stop();
  return { data, file, head: view.value.head };
};

describe("replay", () => {
  test("a session's file replays to its own hashes", async () => {
    const { file, head } = await recorded();
    expect(await parley("replay", file)).toMatchObject({
      code: 0,
      out: `${file}: ${head + 1} entries, all equal\n`,
    });
    expect((await parley("replay", file, "--format", "json")).json()).toEqual({
      ok: true,
      head,
      findings: [],
    });
  });

  test("a changed byte of an entry is found, and the entry named", async () => {
    const { file } = await recorded();
    const bytes = readFileSync(file);
    const label = bytes.lastIndexOf("SendRequest");
    bytes.write("SendBequest", label);
    writeFileSync(file, bytes);
    const said = await parley("replay", file);
    expect([said.code, said.out]).toEqual([1, expect.stringMatching(/entry \d+: /)]);
    writeFileSync(file, "rubbish");
    expect(await parley("replay", file)).toMatchObject({
      code: 1,
      out: expect.stringContaining("bad-export"),
    });
  });
});

describe("data", () => {
  test("a backup restores to an equal data folder, and neither overwrites anything", async () => {
    const { data } = await recorded();
    const folder = folderWith();
    const file = join(folder, "kept.db");
    const copy = join(folder, "copy");
    expect((await parley("backup", file, "--data", data)).code).toBe(0);
    expect((await parley("backup", file, "--data", data)).code).toBe(1);
    expect((await parley("restore", file, "--data", copy)).code).toBe(0);
    expect((await parley("restore", file, "--data", copy)).code).toBe(1);
    const both = await Promise.all([data, copy].map((one) => parley("rebuild", "--data", one)));
    expect(both.map(({ code, out }) => [code, out])).toEqual(
      Array(2).fill([0, expect.stringContaining("; equal")]),
    );
    expect(both[0]?.out).toBe(both[1]?.out);
  });

  test("a damaged backup makes no folder", async () => {
    const folder = folderWith({ "bad.db": "this is no database" });
    const said = await parley("restore", join(folder, "bad.db"), "--data", join(folder, "copy"));
    expect([said.code, existsSync(join(folder, "copy"))]).toEqual([1, false]);
    expect(said.err).not.toContain("    at ");
  });
});

describe("conformance", () => {
  const golden = JSON.stringify(answer("language", sound));

  test("a folder whose cases all pass ends with 0 and says how many", async () => {
    const folder = folderWith({ "one.tell": sound, "one.golden.json": golden });
    expect(await parley("conformance", folder)).toMatchObject({ code: 0, out: "1 passed, 0 failed\n" });
  });

  test("a failing case is one line, and the status is 1", async () => {
    const wrong = golden.replaceAll("Hello", "Other");
    const files = {
      "one.tell": sound,
      "one.golden.json": golden,
      "two.tell": sound,
      "two.golden.json": wrong,
    };
    const said = await parley("conformance", folderWith(files));
    const lines = said.out.trim().split("\n");
    expect([said.code, lines.length, lines.at(-1)]).toEqual([1, 2, "1 passed, 1 failed"]);
    expect(lines[0]).toMatch(/^language\/two: .*Hello.* instead of .*Other/);
  });

  test("keys that a deviating.json names are not compared", async () => {
    const folder = folderWith({
      "one.tell": sound,
      "one.golden.json": JSON.stringify({ ...JSON.parse(golden), global: "End" }),
      "deviating.json": JSON.stringify({ "language/one": { skip: ["global"] } }),
    });
    expect((await parley("conformance", folder)).code).toBe(0);
  });

  const corpus = join(
    process.env.PARLEY_SHARED ?? join(import.meta.dirname, "../../../../shared"),
    "conformance",
  );

  test.skipIf(!existsSync(corpus))("project and run print the goldens of the corpus", async () => {
    for (const name of ["annot-in-branches", "annot-in-rec-and-call", "annot-on-broadcast"]) {
      const file = join(folderWith(), `${name}.tell`);
      copyFileSync(join(corpus, "language", basename(file)), file);
      const { runs, ...rest } = JSON.parse(
        readFileSync(join(corpus, "language", `${name}.golden.json`), "utf8"),
      );
      delete rest.parse.reference_span;
      const projected = (await parley("project", file, "--format", "json")).json();
      const ran = (await parley("run", file, "--choose", "first", "--format", "json")).json();
      expect(projected).toMatchObject({ parse: rest.parse, locals: rest.locals });
      if (runs) expect(ran.runs).toEqual(runs);
      expect(ran.runs).toHaveLength(1);
    }
  });
});

import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, parley } from "./testing/parley.ts";

const ask = `module ask exposing (Ask)
protocol Ask =
  roles A, B
  A -> B : Question
  B -> A : Answer
`;
const lossy = `name = "lossy"
[network]
loss_probability = 0.4
base_latency_ms = "3ms"
[properties]
eventually = [{ name = "answered", predicate = "A.done" }]
`;
const files = (
  scenario = lossy,
): { readonly tell: string; readonly toml: string; readonly out: (name: string) => string } => {
  const folder = folderWith({ "ask.tell": ask, "lossy.toml": scenario });
  return {
    tell: join(folder, "ask.tell"),
    toml: join(folder, "lossy.toml"),
    out: (name) => join(folder, name),
  };
};

describe("parley simulate", () => {
  test("runs one seed, tells what the world did and what it broke", async () => {
    const { tell, toml } = files(lossy.replace("0.4", "1"));
    const said = await parley("simulate", tell, "--scenario", toml);
    expect(said.code).toBe(1);
    expect(said.out).toMatch(/lossy, seed 0: stuck after/);
    expect(said.out).toMatch(/A -> B: Question dropped by network/);
    expect(said.out).toMatch(/violated: answered/);
    const calm = await parley("simulate", tell, "--scenario", files(lossy.replace("0.4", "0.0")).toml);
    expect([calm.code, calm.out]).toEqual([0, expect.stringMatching(/completed.*\n.*passed/s)]);
  });

  test("sweeps over seeds and parameters alike in one process and in workers", async () => {
    const { tell, toml, out } = files();
    const args = [
      "simulate",
      tell,
      "--scenario",
      toml,
      "--seeds",
      "1..60",
      "--param",
      "network.loss_probability=0,0.4",
    ];
    const one = await parley(...args, "--format", "json");
    const two = await parley(...args, "--format", "json", "--jobs", "2", "--junit", out("report.xml"));
    expect(two.json().summary).toEqual(one.json().summary);
    expect(two.err).toMatch(/120 of 120 runs/);
    const { summary } = one.json();
    expect(summary.runs).toBe(120);
    expect(
      summary.rows.every(
        (row: { bindings: { value: string }[]; passed: boolean }) =>
          row.bindings[1]?.value !== "0" || row.passed,
      ),
    ).toBe(true);
    expect([one.code, summary.failed > 5, summary.failed < 60]).toEqual([1, true, true]);
    const xml = readFileSync(out("report.xml"), "utf8");
    expect(xml).toMatch(
      new RegExp(`<testsuite name="lossy" tests="120" failures="${summary.failed}" errors="0"`),
    );
    expect(xml.match(/<testcase /g)).toHaveLength(120);
    expect(xml.match(/<failure /g)).toHaveLength(summary.failed);
  });

  test("minimises the first failing run to a scenario that passes because it fails so", async () => {
    const { tell, toml, out } = files();
    const said = await parley(
      "simulate",
      tell,
      "--scenario",
      toml,
      "--seeds",
      "1..20",
      "--minimise",
      out("min.toml"),
    );
    expect(said.err).toMatch(/1 element left of run \d+/);
    expect(readFileSync(out("min.toml"), "utf8")).toMatch(
      /\[\[faults\]\]\nfrom = "[AB]"\nto = "[AB]"\nnth = 0\ndo = "drop"/,
    );
    const again = await parley("simulate", tell, "--scenario", out("min.toml"), "--seeds", "1..5");
    expect(again.code).toBe(0);
    const never = await parley(
      "simulate",
      tell,
      "--scenario",
      toml,
      "--param",
      "network.loss_probability=0",
      "--minimise",
      out("no.toml"),
    );
    expect([never.code, never.err, existsSync(out("no.toml"))]).toEqual([
      0,
      expect.stringMatching(/nothing to minimise/),
      false,
    ]);
  });

  test("saves a run as a test", async () => {
    const { tell, toml, out } = files();
    await parley("simulate", tell, "--scenario", toml, "--seeds", "9", "--save", out("saved.toml"));
    const text = readFileSync(out("saved.toml"), "utf8");
    expect(text).toMatch(/seed = 9\n/);
    expect(text).toMatch(/\[expect\]\noutcome = "(completed|stuck)"/);
    expect((await parley("simulate", tell, "--scenario", out("saved.toml"))).code).toBe(0);
  });

  test("refuses a scenario that is wrong, with path, reason and what to do", async () => {
    const { tell, toml } = files(
      `name = "a b"\n[network]\nlos_probability = 0.1\n[[decide]]\nrole = "A"\ntake = "x"\n`,
    );
    const said = await parley("simulate", tell, "--scenario", toml);
    expect(said.code).toBe(2);
    expect(said.err).toMatch(/name: PAR8105/);
    expect(said.err).toMatch(/network\.los_probability: PAR8102 .*\n {2}Write loss_probability\./);
    const json = await parley("simulate", tell, "--scenario", toml, "--format", "json");
    expect(json.json()).toMatchObject({ ok: false, errors: [{ code: "PAR8105" }, { code: "PAR8102" }] });
    const other = await parley(
      "simulate",
      tell,
      "--scenario",
      files('name = "x"\n[[decide]]\nrole = "A"\ntake = "x"\n').toml,
    );
    expect([other.code, other.out]).toEqual([2, expect.stringMatching(/PAR8111/)]);
    const broken = await parley("simulate", tell, "--scenario", files("name = ").toml);
    expect([broken.code, broken.err]).toEqual([2, expect.stringMatching(/PAR8114 parse TOML/)]);
  });

  test.each([
    [[], /which file/],
    [["x.tell"], /which scenario/],
    [["x.tell", "--scenario", "s.toml", "--seeds", "9..1"], /is empty/],
    [["x.tell", "--scenario", "s.toml", "--seeds", "one"], /--seeds takes/],
    [["x.tell", "--scenario", "s.toml", "--param", "k"], /--param takes/],
    [["x.tell", "--scenario", "s.toml", "--param", "k="], /names no value/],
    [["x.tell", "--scenario", "s.toml", "--jobs", "0"], /--jobs takes/],
    [["x.tell", "--scenario", "s.toml", "--seeds", "1..1000000", "--param", "k=1,2"], /is the most/],
    [["x.tell", "--scenario", "nowhere.toml"], /cannot read nowhere.toml/],
  ])("says how it is used: %j", async (args, words) => {
    const said = await parley("simulate", ...args);
    expect([said.code, said.err]).toEqual([2, expect.stringMatching(words)]);
  });

  test("stops at Ctrl-C with what is done so far", async () => {
    const { tell, toml } = files();
    const main = new URL("./main.ts", import.meta.url).pathname;
    const child = spawn(process.execPath, [
      main,
      "simulate",
      tell,
      "--scenario",
      toml,
      "--seeds",
      "1..300000",
      "--jobs",
      "2",
      "--format",
      "json",
    ]);
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.once("data", () => child.kill("SIGINT"));
    const code = await new Promise((resolve) => child.on("close", resolve));
    const { cancelled, summary, ok } = JSON.parse(out);
    expect([code, cancelled, ok]).toEqual([1, true, false]);
    expect(summary.runs).toBeGreaterThan(0);
    expect(summary.runs).toBeLessThan(300_000);
  });
});

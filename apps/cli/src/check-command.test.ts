import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { broken, folderWith, parley, sound } from "./testing/parley.ts";

const main = new URL("./main.ts", import.meta.url).pathname;

/** Runs the command with a text on its standard input. */
const piped = (
  input: string,
  ...args: readonly string[]
): { readonly code: number; readonly out: string } => {
  try {
    return { code: 0, out: execFileSync(process.execPath, [main, ...args], { input, encoding: "utf8" }) };
  } catch (cause) {
    const { status, stdout } = cause as { readonly status: number; readonly stdout: string };
    return { code: status, out: stdout };
  }
};

const guide = `tell! {
    #[namespace = "secure_request"]
    protocol SecureRequest {
        roles: Client, Server;

        Client[guard_capability = "chat:message:send", flow_cost = 50]
        -> Server: SendRequest(RequestData);

        Server[guard_capability = "chat:message:send", flow_cost = 30, journal_facts = "response_sent"]
        -> Client: SendResponse(ResponseData);
    }
}
`;

const linked = `module talk exposing (Talk)

protocol Talk =
  roles A, B
  A { flow_cost : 1, link : "bundle=archive|exports=talk.hi" } -> B : Hi
`;

describe("pretty", () => {
  test("shows the line with carets, the related place with its own, the fix with its outcome, and the page", async () => {
    const source = sound.replace("A -> B : Hello", "A { flow_cost : 1, flow_cost : 2 } -> B : Hello");
    const file = join(folderWith({ "twice.tell": source }), "twice.tell");
    const { code, out } = await parley("check", file);
    expect(code).toBe(1);
    expect(out).toContain(`${file}:4:22 error PAR4006: flow_cost specified multiple times`);
    expect(out).toContain("     |                      ^^^^^^^^^^^^^");
    expect(out).toContain(`note ${file}:4:7: given here first`);
    expect(out).toContain("     |       ^^^^^^^^^^^^^");
    expect(out).toContain("fix: Remove `flow_cost`");
    expect(out).toContain("+ A { flow_cost : 1 } -> B : Hello of greet.Words");
    expect(out).toContain("see docs/codes.md#par4006");
  });
});

describe("several places", () => {
  test("folders, files and the standard input go together", async () => {
    const folder = folderWith({ "good.tell": sound, "bad.tell": broken });
    const said = piped(
      sound.replace("module greet", "module hello"),
      "check",
      "-",
      folder,
      "--format",
      "json",
    );
    expect(said.code).toBe(1);
    const files = (JSON.parse(said.out) as { files: { file: string; verdict: string }[] }).files;
    expect(files.map(({ file, verdict }) => [file, verdict])).toEqual([
      ["-", "sound"],
      [join(folder, "bad.tell"), "errors"],
      [join(folder, "good.tell"), "sound"],
    ]);
    expect(piped(sound, "check", "-")).toEqual({ code: 0, out: "-: sound\n" });
  });
});

describe("imports", () => {
  const sea = "module sea exposing (Voyage)\n\nprotocol Voyage =\n  roles A, B\n  A -> B : Sail\n";
  const port =
    "module port exposing (Trip)\n\nimport sea exposing (Voyage)\n\nprotocol Trip =\n  roles A, B\n  A -> B : Board\n  call Voyage\n";

  test("between the files given resolve; a file alone says that it was looked at alone", async () => {
    const folder = folderWith({ "sea.tell": sea, "port.tell": port });
    const both = await parley("check", folder);
    expect([both.code, both.out]).toEqual([
      0,
      `${join(folder, "port.tell")}: sound\n${join(folder, "sea.tell")}: sound\n`,
    ]);
    expect((await parley("check", join(folder, "port.tell"))).out).toContain("PAR3602");
    writeFileSync(join(folder, "sea.tell"), sea.replaceAll("sea", "lake"));
    const lost = await parley("check", folder);
    expect([lost.code, lost.out]).toEqual([1, expect.stringContaining("PAR3604")]);
  });
});

describe("--fix", () => {
  test("mends what can be mended, in place, and says so; what is left is listed", async () => {
    const folder = folderWith({ "guide.tell": guide, "linked.tell": linked, "bad.tell": broken });
    const said = await parley("check", "--fix", folder);
    expect(said.out).toContain(
      `${join(folder, "guide.tell")}: mended PAR1303: Rewrite in the canonical shape`,
    );
    expect(said.out).toContain(`${join(folder, "linked.tell")}: mended PAR5006: Remove \`link\``);
    expect(said.code).toBe(1);
    const mended = await parley("check", join(folder, "guide.tell"), join(folder, "linked.tell"));
    expect([mended.code, mended.out]).toEqual([
      0,
      `${join(folder, "guide.tell")}: sound\n${join(folder, "linked.tell")}: sound\n`,
    ]);
  });

  test("mends the standard input to the standard output", () => {
    expect(piped(linked, "check", "--fix", "-")).toEqual({
      code: 0,
      out: linked.replace(', link : "bundle=archive|exports=talk.hi"', ""),
    });
  });
});

describe("parley.json", () => {
  test("beside a file or above it sets severities and registers bundles", async () => {
    const folder = folderWith({ "parley.json": '{ "severities": { "PAR5006": "error" } }' });
    mkdirSync(join(folder, "deep"));
    const file = join(folder, "deep", "linked.tell");
    writeFileSync(file, linked);
    const raised = await parley("check", file);
    expect([raised.code, raised.out]).toEqual([1, expect.stringContaining("error PAR5006")]);
    writeFileSync(join(folder, "parley.json"), '{ "bundles": ["archive"] }');
    expect(await parley("check", file)).toMatchObject({ code: 0, out: `${file}: sound\n` });
  });

  test("cannot lower a rule that fails closed, and names every mistake", async () => {
    const folder = folderWith({
      "linked.tell": linked,
      "own.json": '{ "severities": { "PAR4012": "off", "PAR50006": "info" } }',
    });
    const said = await parley("check", "--config", join(folder, "own.json"), join(folder, "linked.tell"));
    expect([said.code, said.out]).toEqual([2, ""]);
    expect(said.err).toContain("PAR4012 (Unknown annotation) is an error and cannot be lowered to off");
    expect(said.err).toContain("there is no finding PAR50006; did you mean PAR5001?");
  });
});

describe("--explain", () => {
  test("shows the five conditions of a required pack with their evidence", async () => {
    const keys =
      "protocol_machine_envelope_adherence, protocol_machine_envelope_admission, protocol_envelope_bridge";
    const text = `module vault exposing (Rotate)\nproof_bundle AuraAuthorityEvidence requires [${keys}]\nprotocol Rotate requires AuraAuthorityEvidence =\n  roles A, B\n  A { journal_facts : "rotated" } -> B : Key\n`;
    const file = join(folderWith({ "vault.tell": text }), "vault.tell");
    const { out } = await parley("check", "--explain", file);
    expect(out).toContain("AuraAuthorityEvidence: accepted");
    expect(out.match(/^ {4}yes /gm)).toHaveLength(5);
    const json = (await parley("check", "--explain", "--format", "json", file)).json();
    expect(json.files[0].packs[0].conditions).toHaveLength(5);
  });
});

describe("fmt --upgrade", () => {
  test("rewrites the guide's form in place, and any other text is only formatted", async () => {
    const folder = folderWith({ "guide.tell": guide, "sound.tell": sound });
    const file = join(folder, "guide.tell");
    expect((await parley("fmt", file)).code).toBe(1);
    expect(await parley("fmt", "--upgrade", file, join(folder, "sound.tell"))).toMatchObject({
      code: 0,
      out: `${file}: formatted\n`,
    });
    expect(readFileSync(file, "utf8")).toContain("module secure_request exposing (SecureRequest)");
    expect((await parley("check", file)).out).toBe(`${file}: sound\n`);
    expect(piped(guide, "fmt", "--upgrade", "-").out).toBe(readFileSync(file, "utf8"));
  });
});

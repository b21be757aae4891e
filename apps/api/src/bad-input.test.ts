import { problemSchema } from "@parley/wire/http";
import { describe, expect, test } from "vitest";
import { openText } from "./testing/open.ts";
import { shop } from "./testing/sources.ts";
import { type TestStudio, testStudio } from "./testing/test-studio.ts";

const json = { "content-type": "application/json" };

/** A refused request leaves the log as it was. */
const refuses = async (
  studio: TestStudio,
  request: readonly [method: string, path: string, body?: unknown, headers?: Record<string, string>],
  expected: readonly [status: number, code: string],
): Promise<Record<string, unknown>> => {
  const commit = await studio.host.lastCommit();
  const { status, body } = await studio.send(...request);
  expect([status, body.code], JSON.stringify(body)).toEqual(expected);
  expect(await studio.host.lastCommit()).toBe(commit);
  expect(studio.errors).toEqual([]);
  return body;
};

describe("bodies", () => {
  test("what is not JSON is 400, what does not say that it is JSON is 415", async () => {
    const studio = await testStudio();
    for (const text of ["{", "{}{}", "nope", '{"name":"x",}', "\ufeff{"])
      await refuses(studio, ["POST", "/api/protocols", text, json], [400, "PAR7801"]);
    const broken = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]);
    await refuses(studio, ["POST", "/api/protocols", broken, json], [400, "PAR7801"]);
    const body = '{"name":"x"}';
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/json-patch+json"])
      await refuses(studio, ["POST", "/api/protocols", body, { "content-type": type }], [415, "PAR7806"]);
    const created = await studio.send("POST", "/api/protocols", body, {
      "content-type": "Application/JSON; charset=utf-8",
    });
    expect(created.status).toBe(201);
  });

  test("a body that does not fit is 422 and names every field that does not", async () => {
    const studio = await testStudio();
    const { fields } = await refuses(
      studio,
      ["POST", "/api/protocols", { name: 5, source: [] }],
      [422, "PAR7802"],
    );
    const issues = (fields as { issues: { path: string[]; message: string }[] }).issues;
    expect(issues.map(({ path }) => path.join("."))).toEqual(["name", "source"]);
    expect(issues.every(({ message }) => message.length > 0)).toBe(true);
    for (const body of [[], 3, "text", null, { name: "" }, { name: "x".repeat(201) }, undefined])
      await refuses(
        studio,
        ["POST", "/api/protocols", body === "text" ? '"text"' : body, json],
        [422, "PAR7802"],
      );
    const { id } = await openText(studio);
    const path = `/api/sessions/${id}/inputs`;
    for (const input of [
      { kind: "explode" },
      { kind: "advance", max: 0 },
      { kind: "advance", max: 1.5 },
      { kind: "decide", label: "x", seat: "Buyer" },
      { kind: "decide", label: "x", seat: "Buyer", step: -1 },
      { kind: "decide", label: "x", seat: "Buyer", step: 1e300 },
      { kind: "payload", seat: "Buyer", step: 1, value: { kind: "nat", value: -1 } },
      { kind: "payload", seat: "Buyer", step: 1, value: { kind: "nat", value: "1e5" } },
    ])
      await refuses(studio, ["POST", path, { inputs: [input] }], [422, "PAR7802"]);
  });

  test("a body that nests deeper than anything real is refused, not overflowed", async () => {
    const studio = await testStudio();
    const { id } = await openText(studio);
    const unit = '{"kind":"unit"}';
    const nested = (depth: number) =>
      `${`{"kind":"prod","right":${unit},"left":`.repeat(depth)}${unit}${"}".repeat(depth)}`;
    const body = (depth: number) =>
      `{"inputs":[{"kind":"payload","seat":"Buyer","step":1,"value":${nested(depth)}}]}`;
    const path = `/api/sessions/${id}/inputs`;
    await refuses(studio, ["POST", path, body(20_000), json], [422, "PAR7802"]);
    await refuses(studio, ["POST", path, "[".repeat(900_000) + "]".repeat(900_000), json], [422, "PAR7802"]);
    await refuses(studio, ["POST", path, body(50), json], [422, "PAR7009"]);
  });

  test("text that is not Unicode is refused or kept, never a bug", async () => {
    const studio = await testStudio();
    const { status } = await studio.send("POST", "/api/protocols", '{"name":"\\ud800","source":"\\udfff"}', {
      ...json,
      "idempotency-key": "k",
    });
    expect([201, 422]).toContain(status);
    expect(studio.errors).toEqual([]);
  });

  test("a body over the limit is 413, with and without a content length", async () => {
    const studio = await testStudio();
    const large = JSON.stringify({ name: "x", source: "x".repeat(2 * 1024 * 1024) });
    await refuses(
      studio,
      ["POST", "/api/protocols", large, { ...json, "content-length": String(large.length) }],
      [413, "PAR7807"],
    );
    let sent = 0;
    const chunks = new ReadableStream({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
        if (sent === 1_000) controller.close();
      },
    });
    const init = { method: "POST", body: chunks, headers: json, duplex: "half" } as RequestInit;
    const response = await studio.app.request("/api/protocols", init);
    const problem = problemSchema.parse(await response.json());
    expect([response.status, problem.code]).toEqual([413, "PAR7807"]);
    // Read on for a while, so that the answer arrives, but not to the end.
    expect(sent).toBeLessThan(500);
  });

  test("a text over 1 MB is 413 wherever it is sent", async () => {
    const studio = await testStudio();
    const { protocol } = await openText(studio);
    const source = "x".repeat(1_048_577);
    const path = `/api/protocols/${protocol.id}`;
    await refuses(studio, ["POST", "/api/protocols", { name: "x", source }], [413, "PAR7301"]);
    await refuses(studio, ["POST", `${path}/versions`, { source }], [413, "PAR7301"]);
    await refuses(studio, ["PUT", `${path}/draft`, { source, baseRevision: 0 }], [413, "PAR7301"]);
    const checked = await studio.post("/api/check", { source });
    expect(checked.body.diagnostics).toContainEqual(expect.objectContaining({ code: "PAR1001" }));
  });

  test("a file that is no session, or was changed, is refused", async () => {
    const studio = await testStudio();
    const { id } = await openText(studio);
    await refuses(studio, ["POST", "/api/sessions/import", "nonsense"], [422, "PAR7601"]);
    await refuses(studio, ["POST", "/api/sessions/import", new Uint8Array()], [422, "PAR7601"]);
    const file = new Uint8Array(await (await studio.app.request(`/api/sessions/${id}/export`)).arrayBuffer());
    await refuses(studio, ["POST", "/api/sessions/import", file], [409, "PAR7603"]);
    const other = await testStudio();
    const changed = file.slice();
    changed.set([(changed[changed.length >> 1] ?? 0) ^ 1], changed.length >> 1);
    const { status, body } = await other.send("POST", "/api/sessions/import", changed);
    expect([422, body.code.slice(0, 5)]).toEqual([status, "PAR76"]);
    const taken = await other.send("POST", "/api/sessions/import", file);
    expect([taken.status, taken.body.id]).toEqual([201, id]);
    expect((await other.get(`/api/sessions/${id}`)).body.stateHash).toBe(taken.body.stateHash);
  });
});

describe("routes", () => {
  test("an unknown route is 404, a known one with another method 405 with those it takes", async () => {
    const studio = await testStudio();
    for (const path of ["/api", "/api/", "/api/nope", "/api/sessions/x/nope", "/nope", "/api/protocols/"])
      await refuses(studio, ["GET", path], [404, "PAR7803"]);
    await refuses(studio, ["PUT", "/api/sessions"], [405, "PAR7809"]);
    const { headers } = await studio.send("PUT", "/api/sessions");
    expect(headers.get("allow")).toBe("HEAD, GET, POST, OPTIONS");
  });

  test("HEAD answers as GET without a body, OPTIONS with what is allowed", async () => {
    const studio = await testStudio();
    const head = await studio.send("HEAD", "/api/protocols");
    expect([head.status, head.body]).toEqual([200, ""]);
    expect((await studio.send("HEAD", "/api/nope")).status).toBe(404);
    const options = await studio.send("OPTIONS", "/api/protocols");
    expect([options.status, options.headers.get("allow")]).toEqual([204, "HEAD, GET, POST, OPTIONS"]);
    expect(options.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("addresses", () => {
  test("only the studio's own address is answered, whatever a foreign name resolves to", async () => {
    const studio = await testStudio();
    for (const host of ["localhost", "127.0.0.1:4747", "[::1]:80", "LOCALHOST:1"])
      expect((await studio.get("/api/health", { host })).status).toBe(200);
    for (const host of [
      "evil.example",
      "evil.example:4747",
      "127.0.0.1.evil.example",
      "localhost.evil.example:4747",
      "evil.example#127.0.0.1",
      "192.168.1.5",
      "0.0.0.0",
      "[::2]",
    ])
      await refuses(studio, ["GET", "/api/health", undefined, { host }], [403, "PAR7804"]);
  });

  test("pages of other origins are refused, among them null and other ports of this machine", async () => {
    const studio = await testStudio();
    const host = "localhost:4747";
    const body = { name: "x" };
    for (const origin of [
      "null",
      "",
      "https://evil.example",
      "http://localhost.evil.example",
      "http://localhost:5000",
      "http://127.0.0.1:4747",
      "file://",
      "localhost:4747",
    ])
      await refuses(studio, ["POST", "/api/protocols", body, { host, origin }], [403, "PAR7805"]);
    const own = await studio.post("/api/protocols", body, { host, origin: "http://localhost:4747" });
    expect(own.status).toBe(201);
  });

  test("a studio on every interface takes any address of the machine, and no name but its own", async () => {
    const studio = await testStudio({ hosts: ["0.0.0.0", "studio.local"] });
    for (const host of ["192.168.1.5:4747", "[fe80::1]:4747", "studio.local:4747"])
      expect((await studio.get("/api/health", { host })).status).toBe(200);
    await refuses(studio, ["GET", "/api/health", undefined, { host: "evil.example" }], [403, "PAR7804"]);
  });

  test("the answer forbids being framed and guessed at", async () => {
    const { headers } = await (await testStudio()).get("/api/health");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("SAMEORIGIN");
    expect(headers.get("cache-control")).toBe("no-store");
  });
});

test("a source of binary rubbish is checked, kept and answered", async () => {
  const studio = await testStudio();
  const source = `${shop}\u0000\u0001\uffff`;
  expect((await studio.post("/api/check", { source })).body.verdict).toBe("errors");
  const created = await studio.post("/api/protocols", { name: "x", source });
  expect(created.body).toMatchObject({ source, verdict: "errors" });
});

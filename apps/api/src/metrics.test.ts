import { expect, test } from "vitest";
import { openText } from "./testing/open.ts";
import { endless } from "./testing/sources.ts";
import { testStudio } from "./testing/test-studio.ts";

test("metrics count requests by route and entries, and never name a session", async () => {
  const studio = await testStudio();
  const { id, protocol } = await openText(studio, endless);
  const before = await studio.host.lastCommit();
  await studio.post(`/api/sessions/${id}/inputs`, { inputs: [{ kind: "advance" }] });
  await studio.get(`/api/sessions/${id}`);
  await studio.get(`/api/sessions/${id}/log?from=0`);
  await studio.get("/api/sessions/nope");
  await studio.get("/api/nope/secret");
  const { headers, body } = await studio.get("/metrics");
  expect(headers.get("content-type")).toMatch(/^text\/plain/);
  expect(body).toContain('method="POST",route="/api/sessions/:id/inputs",status="200"');
  expect(body).toContain('route="/api/sessions/:id",status="200"');
  expect(body).toContain('route="/api/sessions/:id",status="404"');
  expect(body).toMatch(/^parley_entries_total [1-9]/m);
  expect(before).toBeGreaterThan(0);
  for (const secret of [id, protocol.id, "nope", "secret"]) expect(body).not.toContain(secret);
});

test("health says what is there and how far the log is", async () => {
  const studio = await testStudio();
  await openText(studio, endless);
  expect((await studio.get("/api/health")).body).toEqual({
    ok: true,
    version: "test",
    semantics: studio.host.semantics,
    lastCommit: await studio.host.lastCommit(),
    writable: true,
    runsOn: {
      backend: { asked: null, ran: "parley.hosted" },
      mode: "cooperative",
      policy: "aura.vm.prod.default",
      profile: "full",
      parity: "runtime_default",
    },
  });
});

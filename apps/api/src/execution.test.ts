import { expect, test } from "vitest";
import { testStudio } from "./testing/test-studio.ts";

const pairs = `module pairs exposing (Pairs)
protocol Pairs =
  roles A, B, C, D
  A -> B : One
  C -> D : Two
  B -> A : Three
`;

test("a session under a threaded policy tells over HTTP how it was run and what it exchanged", async () => {
  const studio = await testStudio();
  const { body: protocol } = await studio.post("/api/protocols", { name: "Pairs", source: pairs });
  const opened = await studio.post("/api/sessions", {
    protocol: protocol.id,
    policy: "aura.vm.dkg_ceremony.prod",
    scheduler: "auto",
    signals: { guardContention: 1 },
    drive: "eager",
  });
  expect(opened.status).toBe(201);
  const { id, execution } = opened.body.session;
  expect(execution).toMatchObject({
    scheduler: { asked: "auto", used: "aura.vm.scheduler.priority_aging", why: "1 contended guards" },
    waves: { width: 2 },
    profile: null,
  });
  const envelope = await studio.get(`/api/sessions/${id}/envelope`);
  expect(envelope.body).toMatchObject({
    rejected: null,
    parity: null,
    artifact: { diff: { failureVisible: "Exact" } },
  });
  const effects = await studio.get(`/api/sessions/${id}/effects?from=0&limit=10`);
  expect(effects.body.items[0]).toMatchObject({
    kind: "send",
    predicate: "aura.transport.send",
    granted: true,
  });
  expect((await studio.get("/api/sessions/ses-none/envelope")).status).toBe(404);
});

test("a script that decides for the wrong role is refused with its place, and nothing is opened", async () => {
  const studio = await testStudio();
  const { body: protocol } = await studio.post("/api/protocols", { name: "Pairs", source: pairs });
  const script = { name: "s", decide: [{ role: "A", take: "One" }] };
  const refused = await studio.post("/api/sessions", { protocol: protocol.id, decisions: "script", script });
  expect([refused.status, refused.body.code]).toEqual([422, "PAR7109"]);
  expect(refused.body.fields.problems).toEqual(["decide[0].role: A decides nothing"]);
  const unknown = await studio.post("/api/sessions", {
    protocol: protocol.id,
    decisions: "script",
    script: { ...script, decides: [] },
  });
  expect(unknown.status).toBe(422);
});

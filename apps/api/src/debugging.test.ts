import { expect, test } from "vitest";
import { openText } from "./testing/open.ts";
import { shop } from "./testing/sources.ts";
import { testStudio } from "./testing/test-studio.ts";

const waiting = async () => {
  const studio = await testStudio();
  const { id } = await openText(studio, shop, { clock: "manual" });
  await studio.post(`/api/sessions/${id}/run`, {});
  await studio.host.runEnded(id);
  const view = (await studio.get(`/api/sessions/${id}`)).body;
  return { studio, id, head: view.head as number, path: `/api/sessions/${id}` };
};

test("several expressions are watched at once; none, or one too long, is refused", async () => {
  const { studio, path, head } = await waiting();
  const asked = `expr=${encodeURIComponent("Buyer.blocked")}&expr=tick&expr=${encodeURIComponent("(")}`;
  const { body } = await studio.get(`${path}/watch?at=${head}&${asked}`);
  expect(body.at).toBe(head);
  expect(body.values).toMatchObject([
    { expr: "Buyer.blocked", value: "decision" },
    { expr: "tick", value: expect.any(Number) },
    { expr: "(", error: { code: "PAR8001", at: 1 } },
  ]);
  expect((await studio.get(`${path}/watch`)).status).toBe(422);
  expect((await studio.get(`${path}/watch?expr=${"x".repeat(2_001)}`)).status).toBe(422);
});

test("a run to a predicate says where it stopped; a bad one is a problem with its place", async () => {
  const { studio, path, id } = await waiting();
  const fork = (await studio.post(`${path}/fork`, { at: 0 })).body;
  const run = { until: { kind: "predicate", text: "sent() >= 1" } };
  expect((await studio.post(`/api/sessions/${fork.id}/run`, run)).status).toBe(202);
  await studio.host.runEnded(fork.id);
  const view = (await studio.get(`/api/sessions/${fork.id}`)).body;
  expect(view.run.stopped).toEqual({ by: "until", index: null, at: view.head, what: "sent() >= 1" });
  const again = (await studio.post(`${path}/fork`, { at: 0 })).body;
  const bad = await studio.post(`/api/sessions/${again.id}/run`, {
    breakpoints: [{ kind: "predicate", text: "sent() >=" }],
  });
  expect([bad.status, bad.body.code, bad.body.fields.at]).toEqual([422, "PAR8001", 9]);
  const unknown = await studio.post(`/api/sessions/${again.id}/run`, {
    until: { kind: "predicate", text: "Nobody.done" },
  });
  expect([unknown.status, unknown.body.code]).toEqual([422, "PAR8002"]);
  expect(id).not.toBe(fork.id);
});

test("causes, why, compare and search answer, and refuse what is not there", async () => {
  const { studio, path, head, id } = await waiting();
  const why = await studio.get(`${path}/why?role=Shop`);
  expect(why.body.chains[0].links[0]).toMatchObject({ kind: "waits", role: "Shop" });
  const causes = await studio.get(`${path}/causes?seq=${head}&index=0`);
  expect(causes.body).toMatchObject({ seq: head, index: 0, complete: true });
  expect((await studio.get(`${path}/causes?seq=${head}&index=77`)).status).toBe(404);
  const found = await studio.post(`${path}/search`, { goal: "received(Leave) == 1" });
  expect(found.body).toMatchObject({ outcome: "found", confirmed: true, at: head });
  const fork = await studio.post(`${path}/fork`, { at: head, change: found.body.inputs });
  expect(fork.status).toBe(201);
  const compared = await studio.get(`${path}/compare?with=${fork.body.id}`);
  expect(compared.body).toMatchObject({ shared: head, equal: false, left: { id, event: null } });
  expect((await studio.get(`${path}/compare?with=nobody`)).body.code).toBe("PAR7001");
  expect((await studio.get(`${path}/compare?with=${id}&mode=sometimes`)).status).toBe(422);
  expect((await studio.get(`${path}/search`)).body).toEqual({ running: false, states: 0, depth: 0 });
  expect((await studio.send("DELETE", `${path}/search`)).status).toBe(404);
  for (const question of ["watch?expr=tick", "causes?seq=0", "why?role=A"])
    expect((await studio.get(`/api/sessions/nope/${question}`)).body.code).toBe("PAR7001");
});

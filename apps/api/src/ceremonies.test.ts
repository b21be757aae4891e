import { ceremonyCandidatesSchema, ceremonyListSchema, ceremonyViewSchema } from "@parley/wire/http";
import { expect, test } from "vitest";
import { type TestStudio, testStudio } from "./testing/test-studio.ts";

const participants = ["bea", "chan", "dee"].map((authority) => ({ kind: "guardian", authority }));
const request = { kind: "GuardianRotation", initiator: "ada", participants, threshold: 2 };

const begin = async (studio: TestStudio, more = {}) => {
  const answer = await studio.post("/api/ceremonies", { ...request, ...more });
  expect(answer.status).toBe(201);
  return answer.body;
};
const say = (studio: TestStudio, id: string, authority: string, accept = true, key?: string) =>
  studio.post(
    `/api/ceremonies/${id}/answer`,
    { participant: { kind: "guardian", authority }, accept },
    key === undefined ? {} : { "idempotency-key": key },
  );

test("a ceremony is begun, answered twice and committed; every answer is what the schema says", async () => {
  const studio = await testStudio();
  const { id, context } = await begin(studio);
  expect((await say(studio, id, "bea", true, "one")).body.state).toBe("PendingEpoch");
  const again = await say(studio, id, "bea", true, "one");
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  const { body } = await say(studio, id, "dee");
  expect(body.state).toBe("Committed");
  expect(ceremonyViewSchema.parse(body)).toEqual(body);
  expect((await studio.get(`/api/ceremonies/${id}`)).body.commit).toEqual(body.commit);
  const list = (await studio.get("/api/ceremonies?state=Committed&authority=bea")).body;
  expect(ceremonyListSchema.parse(list)).toEqual(list);
  expect(list.items.map((one: { id: string }) => one.id)).toEqual([id]);
  expect((await studio.get("/api/ceremonies?authority=hal")).body.items).toEqual([]);
  const { groups } = (await studio.get("/api/authorities/ada")).body;
  expect(groups).toMatchObject([
    { ceremony: id, state: "active", epoch: 1, publicKey: body.commit.group_public_key },
  ]);
  const query = `kind=GuardianRotation&context=${context}&initiator=ada&participants=guardian:bea,guardian:chan`;
  const candidates = (await studio.get(`/api/ceremonies/candidates?${query}`)).body;
  expect(ceremonyCandidatesSchema.parse(candidates)).toEqual(candidates);
});

test("what is refused has its code and status, and another ceremony takes the place of one", async () => {
  const studio = await testStudio();
  const { id } = await begin(studio, { threshold: 1 });
  const refusals = [
    await studio.get("/api/ceremonies/nothing"),
    await studio.post(`/api/ceremonies/${id}/commit`),
    await say(studio, id, "hal"),
    await studio.post("/api/ceremonies", { ...request, threshold: 9 }),
    await studio.get("/api/ceremonies/candidates?kind=Recovery&participants=nobody"),
  ];
  expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
    [404, "PAR8501"],
    [409, "PAR8509"],
    [422, "PAR8504"],
    [422, "PAR8503"],
    [404, "PAR7001"],
  ]);
  const next = (await studio.post(`/api/ceremonies/${id}/supersede`, {})).body;
  expect(next).toMatchObject({ supersedes: [id], state: "Preparing" });
  const given = await studio.post(`/api/ceremonies/${next.id}/abort`, { reason: "not now" });
  expect(given.body).toMatchObject({ state: "Aborted", reason: "not now" });
  const late = await say(studio, next.id, "bea");
  expect([late.status, late.body.code]).toEqual([409, "PAR8506"]);
  expect(
    (await studio.get(`/api/ceremonies/${id}`)).body.refusals.map((one: { code: string }) => one.code),
  ).toEqual(["PAR8504", "PAR8509"]);
});

test("a session whose ceremony ended is asked again once a key, and a runtime that cannot make a key is refused", async () => {
  const studio = await testStudio();
  const vow = {
    name: "Vow",
    source: "module vow exposing (Vow)\nprotocol Vow =\n  roles A, B\n  A -> B : Ask\n",
  };
  const protocol = (await studio.post("/api/protocols", vow)).body.id;
  await studio.send("PUT", `/api/protocols/${protocol}/category`, { category: "C" });
  const { session } = (await studio.post("/api/sessions", { protocol, threshold: 1 })).body;
  const again = (key: string) =>
    studio.post(`/api/sessions/${session.id}/ceremony`, { expectedHead: 0 }, { "idempotency-key": key });
  const early = await again("early");
  expect([early.status, early.body.code]).toEqual([409, "PAR8514"]);
  await studio.post(`/api/ceremonies/${session.ceremony.id}/abort`, { reason: "not now" });
  const next = await again("one");
  expect([next.status, next.body.supersedes]).toEqual([201, [session.ceremony.id]]);
  expect(ceremonyViewSchema.parse(next.body)).toEqual(next.body);
  expect((await again("one")).headers.get("idempotency-replayed")).toBe("true");
  const refused = await studio.post("/api/ceremonies", { ...request, runtime: "none" });
  expect([refused.status, refused.body.code, refused.body.fields.capability]).toEqual([
    422,
    "PAR8201",
    "byzantine_envelope",
  ]);
});

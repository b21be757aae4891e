import { verifyHandoff } from "@parley/runtime/reconfiguration";
import {
  delegatedSchema,
  delegationPreviewSchema,
  ownershipViewSchema,
  reconfigurationViewSchema,
} from "@parley/wire/http";
import { describe, expect, test } from "vitest";
import { seeds as shipped } from "./server/seeds.ts";
import { openText } from "./testing/open.ts";
import { type TestStudio, testStudio } from "./testing/test-studio.ts";

const seeds = shipped().filter(({ id }) => id === "invitation_device_enrollment");

const seats = [
  { role: "Initiator", authority: "ada", device: "ada-phone" },
  { role: "Invitee", authority: "ada", device: "ada-laptop" },
];

/** A device enrolment under way, ready to be handed to another authority. */
const enrolment = async (studio: TestStudio): Promise<string> => {
  const request = { protocol: "invitation_device_enrollment", seats, grant: "declared", clock: "manual" };
  const { status, body } = await studio.post("/api/sessions", request);
  expect(status, JSON.stringify(body)).toBe(201);
  return body.session.id;
};

const readOwnership = async (studio: TestStudio, id: string) => {
  const { body } = await studio.get(`/api/sessions/${id}/ownership`);
  const view = ownershipViewSchema.parse(body);
  // Nothing is answered that the schema does not name.
  expect(view).toEqual(body);
  return view;
};

const request = async (studio: TestStudio, id: string, to: string) => {
  const { owner, head } = await readOwnership(studio, id);
  const presented = { owner: owner?.owner, generation: owner?.generation };
  return { presented, to, bundle: "device_migration", expectedHead: head };
};

describe("a live device enrolment", () => {
  test("is delegated to a second authority, its receipt read, the stale owner refused, and delegated back", async () => {
    const studio = await testStudio({ seed: seeds });
    const id = await enrolment(studio);
    const asked = await request(studio, id, "bea");
    const { expectedHead: _head, ...preview } = asked;
    const previewed = await studio.post(`/api/sessions/${id}/delegate/preview`, preview);
    expect(delegationPreviewSchema.parse(previewed.body)).toMatchObject({
      allowed: true,
      boundary: { bundle: "device_migration", fragments: ["bundle:device_migration"] },
      coherence: { before: [], after: [] },
      signers: { from: "ada-phone", to: "bea-phone" },
    });

    const handed = await studio.post(`/api/sessions/${id}/delegate`, asked);
    expect(handed.status, JSON.stringify(handed.body)).toBe(200);
    const { handoff, ownership } = delegatedSchema.parse(handed.body);
    expect({ handoff, ownership }).toMatchObject({ handoff: handed.body.handoff });
    expect(ownership.owner).toMatchObject({ owner: "bea", generation: 2 });
    const { receipt, signatures, keys, previous } = handoff;
    expect(verifyHandoff(receipt, signatures, keys, previous ?? undefined)).toEqual({
      ok: true,
      steps: handoff.steps,
    });

    const stale = { ...asked, expectedHead: handed.body.head };
    const refused = await studio.post(`/api/sessions/${id}/delegate`, stale);
    expect([refused.status, refused.body.code]).toEqual([409, "PAR8303"]);
    expect(refused.body.fields).toMatchObject({
      variant: "OwnerTransfer.OwnerMismatch",
      error: { code: "PAR8432", source: { owner: "bea", presented: "ada" } },
    });
    const { handBack } = await readOwnership(studio, id);
    const back = await studio.post(`/api/sessions/${id}/delegate`, {
      ...(await request(studio, id, handBack?.to ?? "")),
      boundary: handBack?.boundary,
    });
    expect(back.status, JSON.stringify(back.body)).toBe(200);
    expect(back.body.ownership.owner).toEqual({ owner: "ada", generation: 3, scope: { kind: "session" } });
    const { body } = await studio.get("/api/reconfiguration");
    const all = reconfigurationViewSchema.parse(body);
    expect(all).toEqual(body);
    expect(all.delegations.map(({ from, to, verified }) => [from, to, verified])).toEqual([
      ["ada", "bea", true],
      ["bea", "ada", true],
    ]);
    expect(all.refused).toMatchObject([{ what: "delegate", subject: id, code: "PAR8303" }]);
    expect((await studio.get(`/api/sessions/${id}/audit`)).body.ok).toBe(true);
  });

  test("asked twice under one key is handed over once; another body under it is refused", async () => {
    const studio = await testStudio({ seed: seeds });
    const id = await enrolment(studio);
    const asked = await request(studio, id, "bea");
    const key = { "idempotency-key": "handed-once" };
    const first = await studio.post(`/api/sessions/${id}/delegate`, asked, key);
    const second = await studio.post(`/api/sessions/${id}/delegate`, asked, key);
    expect(second.headers.get("idempotency-replayed")).toBe("true");
    expect(second.body).toEqual({ ...first.body, replayed: true });
    const other = await studio.post(`/api/sessions/${id}/delegate`, { ...asked, to: "chan" }, key);
    expect([other.status, other.body.code]).toEqual([422, "PAR7201"]);
    expect((await readOwnership(studio, id)).generation).toBe(2);
  });

  test("asked of a head that moved on, or with what is no request, is refused and moves nothing", async () => {
    const studio = await testStudio({ seed: seeds });
    const id = await enrolment(studio);
    const asked = await request(studio, id, "bea");
    const late = await studio.post(`/api/sessions/${id}/delegate`, { ...asked, expectedHead: 7 });
    expect([late.status, late.body.code]).toEqual([409, "PAR7002"]);
    const shapeless = [
      {},
      { ...asked, expectedHead: undefined },
      { ...asked, presented: { owner: "ada", generation: -1 } },
      { ...asked, scope: { kind: "everything" } },
    ];
    for (const body of shapeless)
      expect((await studio.post(`/api/sessions/${id}/delegate`, body)).status).toBe(422);
    expect((await studio.get("/api/sessions/nowhere/ownership")).status).toBe(404);
    expect((await readOwnership(studio, id)).delegated).toBe(false);
    // A raw input cannot stand for it.
    const raw = { expectedHead: asked.expectedHead, inputs: [{ kind: "delegate", detail: {} }] };
    expect((await studio.post(`/api/sessions/${id}/inputs`, raw)).status).toBe(422);
  });
});

test("a handoff is made to fail at a stage; the same without it goes through", async () => {
  const studio = await testStudio({ seed: seeds });
  const id = await enrolment(studio);
  const asked = await request(studio, id, "bea");
  const before = await readOwnership(studio, id);
  const failed = await studio.post(`/api/sessions/${id}/delegate`, { ...asked, failAt: "fragments" });
  expect([failed.status, failed.body.code]).toEqual([409, "PAR8313"]);
  expect(failed.body.fields).toMatchObject({
    variant: "OwnerTransfer.SessionMissing",
    injected: "fragments",
  });
  const { refused, ...after } = await readOwnership(studio, id);
  expect({ ...after, refused: [] }).toEqual(before);
  expect(refused).toMatchObject([{ code: "PAR8313", injected: "fragments" }]);
  const nowhere = { ...asked, failAt: "nowhere" };
  expect((await studio.post(`/api/sessions/${id}/delegate`, nowhere)).status).toBe(422);
  expect((await studio.post(`/api/sessions/${id}/delegate`, asked)).status).toBe(200);
});

test("a session of a protocol without links is one piece, which a bundle of one's own can hand over", async () => {
  const studio = await testStudio();
  const session = await openText(studio);
  const { bundles, fragments } = await readOwnership(studio, session.id);
  const protocol = fragments[0]?.protocol ?? "";
  expect([bundles, fragments.map(({ key }) => key)]).toEqual([[], [`protocol:${protocol}`]]);
  const bundle = { id: "mine", protocols: [protocol], exports: [], imports: [] };
  expect((await studio.post("/api/reconfiguration/bundles", bundle)).status).toBe(201);
  expect((await readOwnership(studio, session.id)).bundles).toEqual(["mine"]);
  const asked = { ...(await request(studio, session.id, "chan")), bundle: "mine" };
  expect((await studio.post(`/api/sessions/${session.id}/delegate`, asked)).status).toBe(200);
  expect((await readOwnership(studio, session.id)).fragments).toMatchObject([{ owner: "chan" }]);
});

test("bundles are registered, linked, seeded and upgraded over HTTP; what does not go is a problem of its own", async () => {
  const studio = await testStudio({ seed: seeds });
  const bundle = { id: "mine", protocols: ["p"], exports: ["x"], imports: ["x"] };
  expect((await studio.post("/api/reconfiguration/bundles", bundle)).status).toBe(201);
  const taken = await studio.post("/api/reconfiguration/bundles", bundle);
  expect([taken.status, taken.body.code]).toEqual([422, "PAR8401"]);
  const link = { left: "device_migration", right: "mine", linked: "both" };
  expect((await studio.post("/api/reconfiguration/links", link)).status).toBe(201);
  const upgrade = {
    upgrade: {
      upgrade_id: "u-1",
      plan: { plan_id: "p-1", steps: [{ step_id: "s-1", next_members: ["bea-phone"] }] },
      compatibility: {},
    },
  };
  const early = await studio.post("/api/reconfiguration/bundles/mine/upgrade", upgrade);
  expect([early.status, early.body.code]).toEqual([422, "PAR8407"]);
  const members = { members: ["ada-phone"] };
  expect((await studio.post("/api/reconfiguration/bundles/mine/seed", members)).status).toBe(200);
  const failed = await studio.post("/api/reconfiguration/bundles/mine/upgrade", upgrade);
  expect([failed.status, failed.body.upgrade.ok]).toEqual([200, false]);
  const missing = await studio.post("/api/reconfiguration/bundles/none/seed", members);
  expect([missing.status, missing.body.code]).toEqual([422, "PAR8402"]);
});

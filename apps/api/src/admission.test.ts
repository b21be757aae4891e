import {
  admissionMatrixSchema,
  healthSchema,
  runtimeProfileSchema,
  sessionViewSchema,
} from "@parley/wire/http";
import { expect, test } from "vitest";
import { seeds } from "./server/seeds.ts";
import { shop } from "./testing/sources.ts";
import { testStudio } from "./testing/test-studio.ts";

test("a runtime profile is saved, used, compared and forgotten over HTTP", async () => {
  const studio = await testStudio();
  const path = "/api/runtime-profiles";
  const saved = await studio.send("PUT", `${path}/cautious`, {
    base: "full",
    keys: { reconfiguration: false },
    baseRevision: 0,
  });
  expect(runtimeProfileSchema.parse(saved.body)).toEqual(saved.body);
  expect(saved.body.inventory).toMatchObject({ reconfiguration: false, ownership_receipt: false });
  const stale = await studio.send("PUT", `${path}/cautious`, { base: "none", keys: {}, baseRevision: 0 });
  expect([stale.status, stale.body.code]).toEqual([409, "PAR7124"]);
  const fixed = await studio.send("PUT", `${path}/full`, { base: "none", keys: {}, baseRevision: 0 });
  expect([fixed.status, fixed.body.code]).toEqual([409, "PAR7122"]);
  const { body } = await studio.post("/api/protocols", { name: "Shop", source: shop });
  const opened = await studio.post("/api/sessions", { protocol: body.id, runtime: "cautious" });
  expect(sessionViewSchema.parse(opened.body.session).runsOn).toMatchObject({ profile: "cautious" });
  expect((await studio.send("DELETE", `${path}/cautious`)).status).toBe(204);
  const gone = await studio.post("/api/admission", { protocol: body.id, runtime: "cautious" });
  expect([gone.status, gone.body.code]).toEqual([422, "PAR7121"]);
});

test("every catalogue protocol is judged, and a runtime without reconfiguration refuses what hands over", async () => {
  const studio = await testStudio({ seed: seeds() });
  const refused = async (request: object) => {
    const { body } = await studio.post("/api/admission/matrix", request);
    expect(admissionMatrixSchema.parse(body)).toEqual(body);
    expect(body.rows.filter(({ unjudged }: { unjudged: string | null }) => unjudged !== null)).toEqual([]);
    return body.rows.flatMap(({ protocolId, admitted }: { protocolId: string; admitted: boolean }) =>
      admitted ? [] : [protocolId],
    );
  };
  expect(await refused({ runtime: "full" })).toEqual([]);
  expect(await refused({ runtime: "no-reconfiguration" })).toEqual([
    "aura.sync.device_epoch_rotation",
    "aura.sync.ota_activation",
  ]);
  expect((await studio.post("/api/admission/matrix", { runtime: "full", base: "none" })).status).toBe(422);
});

test("the artifacts of a version are taken as JSON, and nothing else of it is", async () => {
  const studio = await testStudio();
  const { body } = await studio.post("/api/protocols", { name: "Shop", source: shop });
  const path = `/api/protocols/${body.id}/versions/${body.latestVersion}/artifacts`;
  expect((await studio.get(`${path}/manifest`)).body).toMatchObject({ delegation_constraints: [] });
  expect((await studio.get(`${path}/global`)).body).toMatchObject({ format: "parley.global/1" });
  expect((await studio.get(`${path}/locals`)).body).toMatchObject({ format: "parley.locals/1" });
  expect((await studio.get(`${path}/secrets`)).status).toBe(404);
});

test("health names the backend, mode and policy sessions run on", async () => {
  const studio = await testStudio();
  const { body } = await studio.get("/api/health");
  expect(healthSchema.parse(body).runsOn).toEqual({
    backend: { asked: null, ran: "parley.hosted" },
    mode: "cooperative",
    policy: "aura.vm.prod.default",
    profile: "full",
    parity: "runtime_default",
  });
});

import { scenarioListSchema } from "@parley/wire/http";
import { expect, test } from "vitest";
import { seeds } from "./server/seeds.ts";
import { shop } from "./testing/sources.ts";
import { type TestStudio, temporaryFolder, testStudio } from "./testing/test-studio.ts";

const pathOf = async (studio: TestStudio): Promise<string> => {
  const { body } = await studio.post("/api/protocols", { name: "Shop", source: shop });
  return `/api/protocols/${body.id}/scenarios`;
};
const put = (studio: TestStudio, path: string, text: string, baseRevision = 0, key?: string) =>
  studio.send("PUT", path, { text, baseRevision }, key === undefined ? {} : { "idempotency-key": key });

test("a scenario is saved, changed, listed, deleted and brought back with its last text", async () => {
  const studio = await testStudio();
  const path = await pathOf(studio);
  expect((await studio.get(path)).body).toEqual({ items: [] });
  expect((await put(studio, `${path}/lossy`, "steps = 1")).body).toMatchObject({
    revision: 1,
    shipped: false,
  });
  expect((await put(studio, `${path}/lossy`, "steps = 2", 1)).body.revision).toBe(2);
  // The same text again is answered, not kept twice.
  expect((await put(studio, `${path}/lossy`, "steps = 2", 2)).body.revision).toBe(2);
  const { body } = await studio.get(path);
  expect(scenarioListSchema.parse(body)).toEqual(body);
  expect(body.items).toMatchObject([{ name: "lossy", text: "steps = 2", revision: 2 }]);
  expect((await studio.send("DELETE", `${path}/lossy`)).status).toBe(204);
  expect((await studio.send("DELETE", `${path}/lossy`)).status).toBe(204);
  expect((await studio.get(path)).body.items).toEqual([]);
  expect((await studio.post(`${path}/lossy/restore`)).body.text).toBe("steps = 2");
  expect((await studio.get(path)).body.items).toHaveLength(1);
});

test("a change from a stale revision is refused with what is there now", async () => {
  const studio = await testStudio();
  const path = `${await pathOf(studio)}/lossy`;
  await put(studio, path, "steps = 1");
  for (const base of [0, 7]) {
    const { status, body } = await put(studio, path, "steps = 3", base);
    expect([status, body.code, body.fields.current.source]).toEqual([409, "PAR7104", "steps = 1"]);
  }
});

test("names that are no part of an address, texts too long, and protocols that are not there are refused", async () => {
  const studio = await testStudio();
  const path = await pathOf(studio);
  for (const name of ["%2e%2e%2fx", ".hidden", "a%20b", "x".repeat(65)])
    expect((await put(studio, `${path}/${name}`, "")).body.code).toBe("PAR7110");
  expect((await put(studio, `${path}/long`, "x".repeat(65_537))).status).toBe(413);
  expect((await studio.get("/api/protocols/nowhere/scenarios")).status).toBe(404);
  expect((await put(studio, "/api/protocols/nowhere/scenarios/a", "")).status).toBe(404);
  expect((await studio.send("DELETE", `${path}/nothing`)).body.code).toBe("PAR7001");
  expect((await studio.get(path)).body.items).toEqual([]);
});

test("a command sent again under its key is answered again, not repeated", async () => {
  const studio = await testStudio();
  const path = `${await pathOf(studio)}/lossy`;
  await put(studio, path, "steps = 1", 0, "one");
  const again = await put(studio, path, "steps = 1", 0, "one");
  expect([again.body.revision, again.headers.get("idempotency-replayed")]).toEqual([1, "true"]);
  expect((await put(studio, path, "steps = 2", 0, "one")).body.code).toBe("PAR7201");
});

test("scenarios shipped with a protocol are listed and cannot be written over", async () => {
  const studio = await testStudio({ seed: seeds() });
  const path = "/api/protocols/guardian_ceremony/scenarios";
  const { items } = (await studio.get(path)).body;
  expect(items).toMatchObject([{ name: "crashed-guardian", shipped: true }]);
  expect((await put(studio, `${path}/crashed-guardian`, "steps = 1")).body.code).toBe("PAR7111");
});

test("scenarios are there again after a restart", async () => {
  const folder = temporaryFolder();
  const first = await testStudio({ folder });
  const path = await pathOf(first);
  await put(first, `${path}/kept`, "steps = 1");
  await put(first, `${path}/gone`, "steps = 2");
  await first.send("DELETE", `${path}/gone`);
  await first.host.close();
  await first.store.close();
  const second = await testStudio({ folder });
  expect((await second.get(path)).body.items).toMatchObject([
    { name: "kept", text: "steps = 1", revision: 1 },
  ]);
  expect((await second.post(`${path}/gone/restore`)).body.text).toBe("steps = 2");
});

import { expect, test } from "vitest";
import { seeds } from "./server/seeds.ts";
import { broken, shop, turns } from "./testing/sources.ts";
import { type TestStudio, testStudio } from "./testing/test-studio.ts";

const create = async (studio: TestStudio, source = shop): Promise<string> => {
  const { status, body } = await studio.post("/api/protocols", { name: "Shop", source });
  expect(status).toBe(201);
  return `/api/protocols/${body.id}`;
};

test("a protocol is created with its text as the first version, and is found by name, role and origin", async () => {
  const studio = await testStudio({ seed: seeds() });
  const path = await create(studio);
  const { body } = await studio.get(path);
  expect(body).toMatchObject({ name: "Shop", origin: "mine", verdict: "sound", source: shop, versions: 1 });
  for (const query of ["q=shop", "q=buyer", "origin=mine", "q=BUYER&origin=mine"]) {
    const list = await studio.get(`/api/protocols?${query}`);
    expect(list.body.items.map((item: { id: string }) => item.id)).toEqual([body.id]);
  }
  expect((await studio.get("/api/protocols?origin=catalogue")).body.items).toHaveLength(seeds().length);
  expect((await studio.get("/api/protocols?origin=elsewhere")).status).toBe(422);
});

test("an empty protocol can be created and has no version yet", async () => {
  const studio = await testStudio();
  const { body } = await studio.get(await create(studio, ""));
  expect(body).toMatchObject({ verdict: "empty", versions: 0, latestVersion: null });
  const opened = await studio.post("/api/sessions", { protocol: body.id });
  expect([opened.status, opened.body.code]).toEqual([409, "PAR7103"]);
});

test("a protocol is renamed", async () => {
  const studio = await testStudio();
  const path = await create(studio);
  expect((await studio.send("PATCH", path, { name: "Market" })).body.name).toBe("Market");
  expect((await studio.get(path)).body.name).toBe("Market");
});

test("a deleted protocol is hidden, and comes back", async () => {
  const studio = await testStudio();
  const path = await create(studio);
  const deleted = await studio.send("DELETE", path);
  expect([deleted.status, deleted.body]).toEqual([204, ""]);
  expect((await studio.get("/api/protocols")).body.items).toEqual([]);
  expect((await studio.get("/api/protocols?hidden=true")).body.items).toHaveLength(1);
  expect((await studio.get(path)).body.hidden).toBe(true);
  expect((await studio.post(`${path}/restore`)).body.hidden).toBe(false);
  expect((await studio.get("/api/protocols")).body.items).toHaveLength(1);
});

test("a duplicate has the text of the draft, an id of its own, and leaves the original as it was", async () => {
  const studio = await testStudio();
  const path = await create(studio);
  await studio.send("PUT", `${path}/draft`, { source: turns, baseRevision: 0 });
  const copy = await studio.post(`${path}/duplicate`);
  expect(copy.status).toBe(201);
  expect(copy.body).toMatchObject({ name: "Shop copy", source: turns, origin: "mine" });
  expect(path).not.toContain(copy.body.id);
  expect((await studio.get(`${path}/versions`)).body.items).toHaveLength(1);
});

test("a draft edited elsewhere is not overwritten: 409 with the present one", async () => {
  const studio = await testStudio();
  const path = await create(studio);
  const first = await studio.send("PUT", `${path}/draft`, { source: "one", baseRevision: 0 });
  expect(first.body.revision).toBe(1);
  const stale = await studio.send("PUT", `${path}/draft`, { source: "two", baseRevision: 0 });
  expect([stale.status, stale.body.code]).toEqual([409, "PAR7104"]);
  expect(stale.body.fields.current).toMatchObject({ source: "one", revision: 1 });
  expect((await studio.get(path)).body).toMatchObject({ source: "one", draftRevision: 1 });
  const next = await studio.send("PUT", `${path}/draft`, { source: "two", baseRevision: 1 });
  expect(next.body.revision).toBe(2);
});

test("versions are immutable, newest first, and saving the same text again adds none", async () => {
  const studio = await testStudio();
  const path = await create(studio);
  const second = await studio.post(`${path}/versions`, { source: turns, label: "turns" });
  expect(second.status).toBe(201);
  const again = await studio.post(`${path}/versions`, { source: turns });
  expect(again.body).toEqual(second.body);
  const { items } = (await studio.get(`${path}/versions`)).body;
  expect(items.map((item: { source: string }) => item.source)).toEqual([turns, shop]);
  expect(items[0]).toMatchObject({ label: "turns", version: second.body.version });
});

test("a text with errors is saved, but not opened: 422 with its codes", async () => {
  const studio = await testStudio();
  const path = await create(studio, broken);
  const { body } = await studio.get(path);
  expect(body).toMatchObject({ verdict: "errors", versions: 1, source: broken });
  for (const route of ["/api/sessions", "/api/admission"]) {
    const refused = await studio.post(route, { protocol: body.id });
    expect([refused.status, refused.body.code]).toEqual([422, "PAR7105"]);
    expect(refused.body.fields.codes.length).toBeGreaterThan(0);
  }
  expect((await studio.get("/api/sessions")).body.items).toEqual([]);
});

test("checking a text shows its errors and keeps nothing", async () => {
  const studio = await testStudio();
  const before = await studio.host.lastCommit();
  const bad = await studio.post("/api/check", { source: broken });
  expect(bad.body.verdict).toBe("errors");
  expect(bad.body.diagnostics).toContainEqual(expect.objectContaining({ severity: "error", line: 4 }));
  expect((await studio.post("/api/check", { source: shop })).body).toMatchObject({
    verdict: "sound",
    namespace: "shop",
    roles: [{ name: "Buyer" }, { name: "Shop" }],
  });
  expect(await studio.host.lastCommit()).toBe(before);
});

test("what is not there is 404, whatever is asked of it", async () => {
  const studio = await testStudio();
  const path = "/api/protocols/nope";
  const asked = await Promise.all([
    studio.get(path),
    studio.get(`${path}/versions`),
    studio.send("PATCH", path, { name: "x" }),
    studio.send("DELETE", path),
    studio.post(`${path}/restore`),
    studio.post(`${path}/duplicate`),
    studio.send("PUT", `${path}/draft`, { source: "", baseRevision: 0 }),
    studio.post(`${path}/versions`, { source: shop }),
    studio.post("/api/sessions", { protocol: "nope" }),
    studio.post("/api/admission", { protocol: "nope" }),
  ]);
  for (const { status, body } of asked) expect([status, body.code]).toEqual([404, "PAR7001"]);
});

const harbour = `module harbour exposing (Moor)
protocol Moor =
  roles Captain, Mate
  Captain -> Mate : Rope
`;
const sea = `module sea exposing (Voyage)
import harbour exposing (Moor)
protocol Voyage =
  roles Captain, Mate
  call Moor
`;

test("a text is checked with what the workspace has saved, and a version with what it imported", async () => {
  const studio = await testStudio();
  const check = async (body: object) => (await studio.post("/api/check", body)).body;
  expect((await check({ source: sea })).diagnostics).toContainEqual(
    expect.objectContaining({ code: "PAR3604", severity: "error" }),
  );
  const ship = await create(studio, sea);
  const refused = await studio.post("/api/sessions", { protocol: ship.slice(ship.lastIndexOf("/") + 1) });
  expect([refused.status, refused.body.code]).toEqual([422, "PAR7105"]);
  expect(refused.body.fields.findings[0].message).toContain("harbour");

  await create(studio, harbour);
  expect((await check({ source: sea })).verdict).toBe("sound");
  const saved = await studio.post(`${ship}/versions`, { source: sea });
  expect(saved.body).toMatchObject({ verdict: "sound", imports: [{ module: "harbour", source: harbour }] });
  const versions = (await studio.get(`${ship}/versions`)).body.items;
  expect(versions.map(({ verdict }: { verdict: string }) => verdict)).toEqual(["sound", "errors"]);
  const [, first] = versions as readonly { version: string }[];
  const protocol = ship.slice(ship.lastIndexOf("/") + 1);
  expect((await check({ source: sea, protocol, version: first?.version })).verdict).toBe("errors");
});

test("the present texts of what is shown come together, oldest first, saved or not", async () => {
  const studio = await testStudio();
  const port = await create(studio, harbour);
  const ship = await create(studio, sea);
  await studio.send("PUT", `${port}/draft`, { source: `${harbour}\n`, baseRevision: 0 });
  const texts = async () => (await studio.get("/api/texts")).body.items;
  expect(await texts()).toMatchObject([
    { source: `${harbour}\n`, saved: false },
    { source: sea, saved: true },
  ]);
  await studio.send("DELETE", ship);
  expect(await texts()).toHaveLength(1);
});

test("what findings count is kept, and what fails closed cannot be lowered", async () => {
  const studio = await testStudio();
  const put = (severities: object) => studio.send("PUT", "/api/settings/findings", { severities });
  expect((await put({ PAR3613: "error" })).body).toEqual({ severities: { PAR3613: "error" } });
  const refused = await put({ PAR3604: "off" });
  expect([refused.status, refused.body.code]).toEqual([422, "PAR7108"]);
  expect(refused.body.detail).toContain("PAR3604");
  expect((await put({ PAR3613: "loud" })).status).toBe(422);
  expect((await studio.get("/api/settings/findings")).body).toEqual({ severities: { PAR3613: "error" } });
});

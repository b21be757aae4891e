import { catalogue } from "@parley/protocols";
import * as wire from "@parley/wire/http";
import { expect, test } from "vitest";
import type { z } from "zod";
import { seeds } from "./server/seeds.ts";
import { input, openAtDecision, openText } from "./testing/open.ts";
import { shop } from "./testing/sources.ts";
import { type Answer, type TestStudio, testStudio } from "./testing/test-studio.ts";

/** The answer fits its schema, and holds nothing the schema does not name. */
const fits = (schema: z.ZodType, { status, body }: Answer): void => {
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  expect(schema.parse(body)).toEqual(body);
};

const everyItem = (schema: z.ZodType, answer: Answer, atLeast = 1): void => {
  expect(answer.body.items.length).toBeGreaterThanOrEqual(atLeast);
  expect(Object.keys(answer.body)).toEqual(expect.arrayContaining(["items"]));
  for (const item of answer.body.items) fits(schema, { ...answer, body: item });
};

const sessionAnswers = async (studio: TestStudio, id: string): Promise<void> => {
  fits(wire.sessionViewSchema, await studio.get(`/api/sessions/${id}`));
  fits(wire.sessionViewSchema, await studio.get(`/api/sessions/${id}?at=0`));
  fits(wire.programsSchema, await studio.get(`/api/sessions/${id}/programs`));
  everyItem(wire.entryJsonSchema, await studio.get(`/api/sessions/${id}/log`));
};

test("every answer about protocols fits its schema", async () => {
  const studio = await testStudio({ seed: seeds() });
  everyItem(wire.protocolSummarySchema, await studio.get("/api/protocols"), catalogue().length);
  const created = await studio.post("/api/protocols", { name: "Mine", source: shop });
  fits(wire.protocolSchema, created);
  const path = `/api/protocols/${created.body.id}`;
  for (const { namespace } of catalogue())
    fits(wire.protocolSchema, await studio.get(`/api/protocols/${namespace}`));
  fits(wire.protocolSchema, await studio.send("PATCH", path, { name: "Other" }));
  fits(wire.protocolSchema, await studio.post(`${path}/restore`));
  fits(wire.protocolSchema, await studio.post(`${path}/duplicate`));
  fits(wire.draftSchema, await studio.send("PUT", `${path}/draft`, { source: "x", baseRevision: 0 }));
  fits(wire.versionSchema, await studio.post(`${path}/versions`, { source: shop, label: "one" }));
  everyItem(wire.versionSchema, await studio.get(`${path}/versions`), 2);
  for (const source of [shop, "nonsense", "", ...catalogue().map((piece) => piece.source)])
    fits(wire.checkResponseSchema, await studio.post("/api/check", { source }));
});

test("every answer about a session of every catalogue protocol fits its schema", {
  timeout: 120_000,
}, async () => {
  const studio = await testStudio({ seed: seeds() });
  for (const { namespace, scenario } of catalogue()) {
    const { families, names } = scenario;
    const request = { protocol: namespace, families, names, decisions: "first", clock: "manual" };
    fits(wire.admissionReportSchema, await studio.post("/api/admission", request));
    const opened = await studio.post("/api/sessions", request);
    expect(opened.status, JSON.stringify(opened.body)).toBe(201);
    expect(Object.keys(opened.body).sort()).toEqual(["admission", "session"]);
    fits(wire.sessionViewSchema, { ...opened, body: opened.body.session });
    fits(wire.admissionReportSchema, { ...opened, body: opened.body.admission });
    const { id } = opened.body.session;
    await studio.post(`/api/sessions/${id}/run`, { until: "end", maxEntries: 200 });
    await studio.host.runEnded(id);
    await sessionAnswers(studio, id);
  }
  everyItem(wire.sessionSummarySchema, await studio.get("/api/sessions"), catalogue().length);
  everyItem(wire.authoritySchema, await studio.get("/api/authorities"), 3);
  fits(wire.healthSchema, await studio.get("/api/health"));
});

test("every answer to a command fits its schema, also on a what-if", async () => {
  const studio = await testStudio();
  const { id, next } = await openAtDecision(studio);
  const [decide] = next;
  const step = decide?.kind === "decide" ? decide.step : -1;
  const inputs = [{ kind: "decide", seat: "Buyer", step, label: "Buy" }];
  fits(wire.inputsResponseSchema, await studio.post(`/api/sessions/${id}/inputs`, { inputs }));
  const fork = await studio.post(`/api/sessions/${id}/fork`, { at: 1 });
  fits(wire.sessionViewSchema, fork);
  await input(studio, fork.body.id, { kind: "advance" });
  await sessionAnswers(studio, fork.body.id);
  const run = await studio.post(`/api/sessions/${id}/run`, {});
  expect(run.status).toBe(202);
  expect(run.body).toEqual({ id: expect.any(String) });
  await studio.host.runEnded(id);
  await sessionAnswers(studio, id);
});

test("a live event fits its schema", async () => {
  const studio = await testStudio();
  const { id } = await openText(studio);
  const events = await studio.host.liveAfter(0, 1_000);
  expect(events.some(({ stream }) => stream === id)).toBe(true);
  for (const event of events)
    expect(wire.liveEventSchema.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
});

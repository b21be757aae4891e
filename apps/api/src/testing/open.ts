import type { SessionView } from "@parley/wire/http";
import { expect } from "vitest";
import { shop } from "./sources.ts";
import type { TestStudio } from "./test-studio.ts";

/** Saves a text as a protocol and opens a session of it, over HTTP. */
export const openText = async (
  studio: TestStudio,
  source: string = shop,
  request: Record<string, unknown> = {},
): Promise<SessionView> => {
  const created = await studio.post("/api/protocols", { name: "Test", source });
  expect(created.status).toBe(201);
  const opened = await studio.post("/api/sessions", { protocol: created.body.id, ...request });
  expect(opened.status, JSON.stringify(opened.body)).toBe(201);
  return opened.body.session;
};

/** Appends inputs and answers the present view. */
export const input = async (studio: TestStudio, id: string, ...inputs: unknown[]): Promise<SessionView> => {
  const answer = await studio.post(`/api/sessions/${id}/inputs`, { inputs });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return (await studio.get(`/api/sessions/${id}`)).body;
};

/** `shop`, at the Buyer's decision. */
export const openAtDecision = async (studio: TestStudio): Promise<SessionView> => {
  let view = await openText(studio);
  while (view.next.some(({ kind }) => kind === "advance"))
    view = await input(studio, view.id, { kind: "advance" });
  return view;
};

import type { APIRequestContext, Locator, Page } from "@playwright/test";

const GUARD = `{ guard_capability : "chat:message:send", flow_cost : 5, journal_facts : "said" }`;

/** Two who talk: every message is guarded, costs 5 and leaves a fact. */
const SOURCE = `module chatter exposing (Chatter)

protocol Chatter =
  roles Ann, Ben
  Ann ${GUARD} -> Ben : Ask
  Ben ${GUARD} -> Ann : Answer
  Ann ${GUARD} -> Ben : Again
  Ben ${GUARD} -> Ann : Yes
`;

export const advance = (request: APIRequestContext, session: string) =>
  request.post(`/api/sessions/${session}/inputs`, { data: { inputs: [{ kind: "advance" }] } });

/** An open session of the talk, so many steps on; unless others are named, Ann is Ada, Ben is Bea. */
export const talk = async (
  request: APIRequestContext,
  steps: number,
  seats?: readonly { readonly role: string; readonly authority: string; readonly device: string }[],
): Promise<string> => {
  const created = await request.post("/api/protocols", { data: { name: "Chatter", source: SOURCE } });
  const { id: protocol } = (await created.json()) as { id: string };
  const opened = await request.post("/api/sessions", { data: { protocol, ...(seats && { seats }) } });
  const { session } = (await opened.json()) as { session: { id: string } };
  for (let step = 0; step < steps; step += 1) await advance(request, session.id);
  return session.id;
};

export const seats = (page: Page): Locator => page.getByRole("region", { name: "Seats" });
export const rows = (page: Page, table: string): Locator =>
  page.getByRole("table", { name: table, exact: true }).locator("[data-row]");

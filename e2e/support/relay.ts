import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { region } from "./session.ts";

const source = `module relay exposing (Relay)
protocol Relay =
  roles Alice, Bea, Chan
  Alice -> Bea : Ask
  Alice -> Bea : More
  Bea { parallel : true } -> Chan : Pass
  Chan -> Alice : Done
`;

export const protocolOf = async (request: APIRequestContext): Promise<string> => {
  const made = await request.post("/api/protocols", { data: { name: "Relay", source } });
  return ((await made.json()) as { id: string }).id;
};
export const openOf = async (request: APIRequestContext, data: object): Promise<string> => {
  const opened = await request.post("/api/sessions", { data });
  return ((await opened.json()) as { session: { id: string } }).session.id;
};
export const open = async (request: APIRequestContext): Promise<string> =>
  openOf(request, { protocol: await protocolOf(request) });
/** A session under a threaded policy, which runs in waves. */
export const openConsensus = (request: APIRequestContext): Promise<string> =>
  openOf(request, {
    protocol: "aura_consensus",
    families: { Witness: 3 },
    decisions: "first",
    scheduler: "auto",
    profile: "ci",
  });
export const advance = (request: APIRequestContext, id: string) =>
  request.post(`/api/sessions/${id}/inputs`, { data: { inputs: [{ kind: "advance" }] } });

export const diagram = (page: Page): Locator => page.getByRole("group", { name: /^Sequence/ });
export const band = (page: Page, label: string): Locator =>
  diagram(page).locator(".band:not(.future)", { has: page.getByText(label, { exact: true }) });
export const head = (page: Page, role: string): Locator =>
  diagram(page).locator(`.head[data-lane="${role}"]`);
export const menu = (page: Page): Locator => page.getByRole("menu");
export const item = (page: Page, name: string | RegExp): Locator =>
  menu(page).getByRole("menuitem", { name });
export const marks = (page: Page): Locator =>
  page.getByRole("list", { name: "Done from outside, on the timeline" }).getByRole("button");
export const seat = (page: Page, role: string): Locator =>
  region(page, "Seats")
    .getByRole("listitem")
    .filter({ has: page.getByText(role, { exact: true }) });

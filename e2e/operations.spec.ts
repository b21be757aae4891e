import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { violations } from "./support/axe.ts";
import { button, expectCompleted, place } from "./support/session.ts";
import { expect, test } from "./support/test.ts";

/** Held to a contract of five seconds; run eagerly it is begun in entry 0. */
const source = `module approval exposing (Approval)

agreement_profile Council
  visibility public
  rule majority
  usable_at commit
  finalized_at close
  evidence votes

operation Approve at Ada progress Steady within short on stall => alarm agreement Council =
  Ada -> Bob : Plan

protocol Approval =
  roles Ada, Bob
  Ada -> Bob : Ask
  begin Approve
  await Approve
  Ada -> Bob : Done
`;

const input = async (request: APIRequestContext, id: string, one: object): Promise<void> => {
  const answer = await request.post(`/api/sessions/${id}/inputs`, { data: { inputs: [one] } });
  expect(answer.ok(), await answer.text()).toBe(true);
};

/** Opened, run to where Ada waits for the operation, and left there for longer than its window. */
const stalled = async (request: APIRequestContext): Promise<string> => {
  const made = await request.post("/api/protocols", { data: { name: "Approval", source } });
  const protocol = ((await made.json()) as { id: string }).id;
  const data = { protocol, drive: "eager", clock: "manual", names: { short: 5_000 } };
  const opened = await request.post("/api/sessions", { data });
  const { session } = (await opened.json()) as { session: { id: string; clockAt: number } };
  await input(request, session.id, { kind: "clock", at: session.clockAt + 6_000 });
  return session.id;
};

const region = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });
const panel = (page: Page): Locator => region(page, "Operations");
const operation = (page: Page, name: string): Locator =>
  panel(page).getByRole("listitem", { name, exact: true });
const moves = (page: Page, name: string): Locator =>
  panel(page)
    .getByRole("list", { name: `Moves of ${name}` })
    .getByRole("button");

test("a stalled operation raises the band, is told with its time and its moves, and leads to where it moved", async ({
  page,
  request,
}) => {
  const id = await stalled(request);
  await page.goto(`/sessions/${id}`);
  const band = region(page, "State of the session");
  await expect(band).toContainText("Approve of Ada: stalled");
  await band.getByRole("button", { name: "Operations" }).focus();
  await page.keyboard.press("Enter");

  const approve = operation(page, "Approve");
  await expect(approve).toContainText("Stalled");
  await expect(approve).toContainText("held to Steady");
  await expect(approve).toContainText("Waits: Ada must say that it is done");
  await expect(approve).toContainText("machine.progress.no_progress");
  await expect(
    approve.getByRole("img", { name: "Time of Approve: 6 s since it began, is degraded in 4 s" }),
  ).toBeVisible();
  await expect(moves(page, "Approve")).toHaveText(["#0 under way", "#2 stalled"]);

  // A move leads to its position, where the operation is what it was then.
  await moves(page, "Approve").first().focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/at=0(&|$)/);
  await expect(approve).toContainText("Under way");
  await expect(moves(page, "Approve")).toHaveText(["#0 under way"]);
  await expect(approve).toHaveAttribute("aria-current", "true");

  // The statement in the text, and back from it to the operation.
  await approve.getByRole("button", { name: "Line 16 of the text" }).click();
  await expect(page.getByRole("tab", { name: "Source", exact: true })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await page.getByRole("tab", { name: "Message", exact: true }).click();
  await button(page, "Operation Approve").click();
  await expect(approve).toBeVisible();

  await button(page, "Back to now").click();
  await page.getByRole("tab", { name: "Next", exact: true }).click();
  await region(page, "Next").getByRole("button", { name: "done" }).click();
  await expectCompleted(page);
  await page.getByRole("tab", { name: "Operations", exact: true }).click();
  await expect(approve).toContainText("Done");
  await expect(moves(page, "Approve")).toHaveCount(3);
});

test("a session at its budget says what ran out, and goes on by a press of its button", async ({
  page,
  request,
}) => {
  const loop = `module rounds exposing (Rounds)
protocol Rounds =
  roles Ada, Bob
  rec Again
    Ada -> Bob : Ping
    Bob -> Ada : Pong
    continue Again
`;
  const made = await request.post("/api/protocols", { data: { name: "Rounds", source: loop } });
  const { id: protocol } = (await made.json()) as { id: string };
  const opened = await request.post("/api/sessions", { data: { protocol, drive: "eager" } });
  const { session } = (await opened.json()) as { session: { id: string } };
  await page.goto(`/sessions/${session.id}?side=operations`);
  await expect(panel(page)).toContainText("No operation has begun");
  await expect(panel(page)).toContainText("one entry may hold 1000 rounds");
  const band = region(page, "State of the session");
  await expect(band).toContainText("PAR7019");
  await band.getByRole("button", { name: "Resume" }).click();
  await expect(place(page)).toHaveValue("1");
});

test("axe finds nothing in the operations, light and dark, and on a phone nothing scrolls sideways", async ({
  page,
  request,
}) => {
  const id = await stalled(request);
  await page.setViewportSize({ width: 390, height: 800 });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`/sessions/${id}?side=operations`);
    await expect(operation(page, "Approve")).toContainText("Stalled");
    const found = await violations(page);
    expect(found.map(({ id: rule, nodes }) => [rule, nodes.map(({ html }) => html)])).toEqual([]);
  }
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBeLessThanOrEqual(0);
  for (const control of await panel(page).getByRole("button").all()) {
    const box = await control.boundingBox();
    expect(box?.height, (await control.textContent()) ?? "").toBeGreaterThanOrEqual(23.9);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390.5);
  }
  await expect(place(page)).toBeVisible();
});

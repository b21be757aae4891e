import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { actOnce, button, byMouse, next, place, playOn, positionOf } from "./support/session.ts";
import { expect, test } from "./support/test.ts";

const diagram = (page: Page): Locator => page.getByRole("group", { name: /^Sequence of the session/ });
const past = (page: Page): Locator => page.getByRole("region", { name: "The past" });

const openByRequest = async (request: APIRequestContext, protocol: string): Promise<string> => {
  const response = await request.post("/api/sessions", { data: { protocol } });
  return ((await response.json()) as { session: { id: string } }).session.id;
};

test("opens a catalogue protocol, decides, runs to the end, goes back, forks and takes the other branch", async ({
  page,
}) => {
  await page.goto("/protocols");
  await page
    .getByRole("link", { name: /Guardian key rotation/ })
    .first()
    .click();
  await button(page, "Open session").click();
  await expect(page.getByText("Admitted", { exact: true })).toBeVisible();
  await expect(page.getByLabel("Seat of Guardian2")).toHaveValue("chan/chan-laptop");
  await button(page, "Start session").click();
  await expect(page).toHaveURL(/\/sessions\/[^/?]+$/);

  const json = page.getByLabel(/^ProposeRotation: guardian_ceremony.CeremonyProposal/);
  await json.fill("{ not json");
  await expect(next(page)).toContainText("Not JSON");
  await expect(next(page).getByRole("button", { name: "Send" })).toBeDisabled();
  await json.fill('{"ceremony_id": "rotation-7"}');
  await json.press("Enter");
  await expect.poll(() => positionOf(page)).toBe(2);
  await page.getByRole("tab", { name: "Text" }).click();
  await expect(page.getByRole("tabpanel", { name: "text" })).toContainText(
    'Initiator sent ProposeRotation with {"ceremony_id":"rotation-7"} to Guardian1',
  );
  await page.getByRole("tab", { name: "Sequence" }).click();

  await playOn(page);
  const choice = page.getByRole("group", { name: "Initiator decides" });
  await expect(choice).toBeVisible();
  const decidedAt = await positionOf(page);
  await choice.getByRole("button", { name: /finalize/ }).click();
  await expect.poll(() => positionOf(page)).toBeGreaterThan(decidedAt);
  await playOn(page);
  await expect(page.getByRole("region", { name: "State of the session" })).toContainText("Completed");
  await expect(diagram(page).locator("[data-edge='4.finalize.1']")).toBeAttached();
  const end = await positionOf(page);

  await place(page).fill(String(decidedAt));
  await expect(past(page)).toContainText(`Position ${decidedAt} of ${end}`);
  await expect(page).toHaveURL(new RegExp(`at=${decidedAt}`));
  await expect(diagram(page).locator("[data-edge='4.finalize.1']:not(.future)")).toHaveCount(0);
  await expect(button(page, "Run to end")).toBeDisabled();
  await expect(choice.getByRole("button", { name: /cancel/ })).toBeDisabled();

  const original = new URL(page.url()).pathname;
  await past(page).getByRole("button", { name: "Fork here" }).click();
  await expect(page).not.toHaveURL(new RegExp(original));
  await expect(page.getByRole("region", { name: "Branches" })).toContainText(`its parent at ${decidedAt}`);
  await choice.getByRole("button", { name: /cancel/ }).click();
  await expect(choice).toHaveCount(0);
  await playOn(page);
  await expect(page.getByRole("region", { name: "State of the session" })).toContainText("Completed");
  await expect(diagram(page).locator("[data-edge='4.cancel.1']")).toBeAttached();

  await page.getByRole("link", { name: /its parent at/ }).click();
  await expect(page.getByRole("region", { name: "Branches" })).toContainText(`What if at ${decidedAt}`);
  await page.getByRole("link", { name: "Sessions" }).first().click();
  await expect(page.getByRole("listitem").filter({ hasText: `branch at ${decidedAt}` })).toContainText(
    "Completed",
  );
});

test("by keyboard alone: open, answer, decide, end, back, fork, the other branch", async ({ page }) => {
  await page.goto("/protocols/guardian_ceremony/open");
  await expect(page.getByText("Admitted", { exact: true })).toBeVisible();
  // Three steps, every field filled: Enter three times.
  await expect(button(page, "Continue").first()).toBeFocused();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sessions\/[^/?]+$/);
  const press = (key: string) => () => page.keyboard.press(key);
  const keyboardOn = async (): Promise<void> => {
    while (await actOnce(page, press("Enter"), press("ArrowRight")));
  };
  await expect(place(page)).toBeVisible();
  await keyboardOn();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /finalize/ })).toBeFocused();
  const decidedAt = await positionOf(page);
  await page.keyboard.press("Enter");
  await expect.poll(() => positionOf(page)).toBeGreaterThan(decidedAt);
  await keyboardOn();
  await expect(page.getByRole("region", { name: "State of the session" })).toContainText("Completed");

  await page.keyboard.press("Home");
  await expect(place(page)).toHaveAttribute("aria-valuetext", /^Position 0 of/);
  for (let at = 1; at <= decidedAt; at += 1) {
    await page.keyboard.press("ArrowRight");
    await expect(place(page)).toHaveValue(String(at));
  }
  await page.keyboard.press("f");
  await expect(page.getByRole("region", { name: "Branches" })).toContainText(`its parent at ${decidedAt}`);
  await expect(next(page).locator("[data-card=decide]")).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: /cancel/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(next(page).locator("[data-card=decide]")).toHaveCount(0);
  await keyboardOn();
  await expect(diagram(page).locator("[data-edge='4.cancel.1']")).toBeAttached();
  await expect(page.getByRole("region", { name: "State of the session" })).toContainText("Completed");
  await page.keyboard.press("ArrowLeft");
  await expect(past(page)).toBeVisible();
  await page.keyboard.press("End");
  await expect(past(page)).toHaveCount(0);
});

test("a position's address shows the same state after the server was restarted", async ({
  page,
  request,
  studio,
}) => {
  const id = await openByRequest(request, "guardian_ceremony");
  await page.goto(`/sessions/${id}`);
  await expect(place(page)).toBeVisible();
  for (let i = 0; i < 6; i += 1) await actOnce(page, byMouse.send(page), byMouse.step(page));
  const head = await positionOf(page);
  await page.goto(`/sessions/${id}?at=${head - 2}&side=machine`);
  await expect(past(page)).toContainText(`Position ${head - 2} of ${head}`);
  const program = page.getByRole("tabpanel", { name: "machine" });
  await expect(program.locator("[aria-current=step]")).toHaveCount(1);
  const before = await program.textContent();
  const stateOf = async (): Promise<unknown> => {
    const view = (await (await request.get(`/api/sessions/${id}?at=${head - 2}`)).json()) as {
      stateHash: string;
    };
    return view.stateHash;
  };
  const hash = await stateOf();

  await studio.restart();
  await page.reload();
  await expect(past(page)).toContainText(`Position ${head - 2} of ${head}`);
  await expect(program.locator("[aria-current=step]")).toHaveCount(1);
  expect(await program.textContent()).toBe(before);
  expect(await stateOf()).toBe(hash);
});

test("two tabs stay in step; one that looks at the past stays there and counts", async ({
  page,
  context,
  request,
}) => {
  const id = await openByRequest(request, "guardian_ceremony");
  await page.goto(`/sessions/${id}`);
  const other = await context.newPage();
  await other.goto(`/sessions/${id}`);
  await expect(place(other)).toBeVisible();
  await expect(other.getByRole("banner")).toContainText("Live");
  await actOnce(page, byMouse.send(page), byMouse.step(page));
  const at = await positionOf(page);
  await expect(place(other)).toHaveAttribute("aria-valuetext", new RegExp(`^Position ${at} of ${at}`));
  await expect(diagram(other).locator("[data-edge='0']:not(.future)")).toHaveCount(1);

  await other.keyboard.press("ArrowLeft");
  await expect(past(other)).toContainText(`Position ${at - 1} of ${at}`);
  await actOnce(page, byMouse.send(page), byMouse.step(page));
  const later = await positionOf(page);
  await expect(past(other)).toContainText(`Position ${at - 1} of ${later}`);
  await button(other, "Back to now").click();
  await expect(place(other)).toHaveValue(String(later));
});

test("a run goes to where somebody must act, and one selection is shown by every view", async ({
  page,
  request,
}) => {
  const id = await openByRequest(request, "guardian_ceremony");
  await page.goto(`/sessions/${id}`);
  await button(page, "Run to end").click();
  await expect(page.getByRole("region", { name: "Seats" })).toContainText("To act");
  await expect(button(page, "Step")).toBeDisabled();
  await actOnce(page, byMouse.send(page), byMouse.step(page));
  await page.keyboard.press("Home");
  await expect(past(page)).toContainText("Position 0 of");
  await page.keyboard.press("Space");
  await expect(past(page)).toHaveCount(0);
  await page.getByRole("tab", { name: "Why" }).click();
  await expect(page.getByRole("tabpanel", { name: "why" })).toContainText("Guardian2 waits for");

  await page.getByRole("tab", { name: "Events" }).click();
  await page
    .getByRole("list", { name: "Log of the session" })
    .getByRole("button", { name: /Initiator sent ProposeRotation to Guardian1/ })
    .click();
  await expect(page).toHaveURL(/sel=0(%40|@)\d+/);
  await page.getByRole("tab", { name: "Message" }).click();
  await expect(page.getByRole("tabpanel", { name: "message" })).toContainText("ProposeRotation");
  await page.getByRole("tab", { name: "Sequence" }).click();
  await expect(diagram(page).locator(".band.selected")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(diagram(page).locator(".band.selected")).toHaveCount(0);
  await expect(page).not.toHaveURL(/sel=/);
});

test("on a phone the next card comes first and nothing but the diagram scrolls sideways", async ({
  page,
  request,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const id = await openByRequest(request, "guardian_ceremony");
  await page.goto(`/sessions/${id}`);
  await expect(next(page)).toBeVisible();
  const card = await next(page).boundingBox();
  const picture = await diagram(page).boundingBox();
  expect(card && picture && card.y < picture.y).toBe(true);
  for (const path of [
    `/sessions/${id}`,
    `/sessions/${id}?at=0`,
    "/sessions",
    "/protocols/guardian_ceremony/open",
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll("main *")].some(
        (element) =>
          // A long title is cut off by its cell, which is measured itself.
          element.closest(".sequence, .tabs, .visually-hidden, .s-title > *") === null &&
          element.getBoundingClientRect().right > innerWidth + 1,
      ),
    );
    expect(wide).toBe(false);
  }
});

test("while the server is away the past can still be looked at as far as it is known, and nothing acts", async ({
  page,
  request,
  studio,
}) => {
  const id = await openByRequest(request, "guardian_ceremony");
  await page.goto(`/sessions/${id}`);
  await expect(place(page)).toBeVisible();
  await actOnce(page, byMouse.send(page), byMouse.step(page));
  const head = await positionOf(page);
  await page.keyboard.press("ArrowLeft");
  await expect(past(page)).toContainText(`Position ${head - 1} of ${head}`);
  await page.keyboard.press("End");
  await studio.stop();
  await expect(page.getByRole("banner")).toContainText("Reconnecting");
  await expect(button(page, "Step")).toBeDisabled();
  await page.keyboard.press("ArrowLeft");
  await expect(past(page)).toContainText(`Position ${head - 1} of ${head}`);
  await page.keyboard.press("Home");
  await expect(past(page).getByRole("alert")).toContainText("could not be read");
  await expect(diagram(page)).toBeVisible();

  await studio.restart();
  await expect(page.getByRole("banner")).toContainText("Live");
  await expect(past(page).getByRole("alert")).toHaveCount(0);
  await page.keyboard.press("End");
  await actOnce(page, byMouse.send(page), byMouse.step(page));
});

import type { Page } from "@playwright/test";
import {
  advance,
  band,
  diagram,
  head,
  item,
  marks,
  menu,
  open,
  openConsensus,
  seat,
} from "./support/relay.ts";
import { button, expectCompleted, place, positionOf, region, tab } from "./support/session.ts";
import { expect, test } from "./support/test.ts";
import { reachingOver, serious } from "./support/well-made.ts";

test("a role crashes by a click on its head, those who need it say so, and it comes back", async ({
  page,
  request,
}) => {
  const id = await open(request);
  await page.goto(`/sessions/${id}`);
  await expect(place(page)).toBeVisible();

  // A session that is no branch is asked about first.
  await head(page, "Chan").click();
  await item(page, "Crash").click();
  const sure = page.getByRole("dialog", { name: "Chan crashes?" });
  await expect(sure).toContainText("cannot be taken back");
  await sure.getByRole("button", { name: "Leave it" }).click();
  expect(await positionOf(page)).toBe(0);
  await head(page, "Chan").click();
  await item(page, "Crash").click();
  await sure.getByRole("button", { name: "Inject here" }).click();

  await expect(head(page, "Chan")).toContainText("crashed");
  await expect(diagram(page).locator(".deed.fault")).toContainText("crashed");
  await expect(marks(page)).toHaveCount(1);
  await expect(marks(page).first()).toHaveAccessibleName("Chan crashed, at 1");
  await expect(seat(page, "Chan")).toContainText("Crashed");

  // The others go on until they need it; the page says who waits for what.
  await button(page, "Run to end").click();
  await tab(page, "Why").click();
  await expect(page.getByRole("list", { name: "Why Bea stands still" })).toContainText(
    "the way from Bea to Chan is cut",
  );
  await tab(page, "Execution").click();
  await expect(page.getByRole("list", { name: "Waiting" })).toContainText("the way from Bea to Chan is cut");

  // Restarted it goes on with what it had.
  await head(page, "Chan").click();
  await item(page, "Restart").click();
  await expect(head(page, "Chan")).not.toContainText("crashed");
  await expect(marks(page)).toHaveCount(2);
  await button(page, "Run to end").click();
  await expectCompleted(page);

  // A mark leads to its position.
  await marks(page).first().click();
  await expect(page).toHaveURL(/at=1(&|$)/);
});

test("a message on its way is lost in a branch, and doubled there without being asked", async ({
  page,
  request,
}) => {
  const id = await open(request);
  await advance(request, id);
  await page.goto(`/sessions/${id}`);
  await expect(band(page, "Ask")).toHaveClass(/flying/);
  await band(page, "Ask").click({ button: "right" });
  await expect(menu(page)).toContainText("Ask on its way to Bea");
  await item(page, "Lose it").click();
  await page
    .getByRole("dialog", { name: "Ask from Alice to Bea is lost on its way?" })
    .getByRole("button", { name: "Fork and inject" })
    .click();
  await expect(page).not.toHaveURL(new RegExp(id));
  await expect(diagram(page).locator(".deed.fault")).toContainText("Ask lost");
  await expect(band(page, "Ask").locator(".cross")).toHaveCount(1);
  await expect(marks(page).first()).toHaveAccessibleName(/Ask lost/);

  // What is sent next is not what its receiver expects: the sender is not to blame.
  await button(page, "Step").click();
  await expect(band(page, "More")).toHaveClass(/flying/);
  await band(page, "More").hover();
  await band(page, "More").locator(".menu-spot").click();
  await item(page, "Deliver it twice").click();
  await expect(marks(page)).toHaveCount(2);
  await button(page, "Run to end").click();
  await expect(seat(page, "Bea")).toContainText("Faulted");

  // A message that has arrived says why nothing is done to it here.
  await page.goto(`/sessions/${id}`);
  await button(page, "Run to end").click();
  await expectCompleted(page);
  await band(page, "Pass").click({ button: "right" });
  await expect(menu(page)).toContainText("It was received");
  await item(page, "Chan crashes").click();
  await expect(page).not.toHaveURL(new RegExp(id));
  await expect(head(page, "Chan")).toContainText("crashed");
});

test("a session is paused, goes on, is cut and mended, and is closed for good", async ({ page, request }) => {
  const id = await open(request);
  await page.goto(`/sessions/${id}`);
  await button(page, "Pause session").click();
  await expect(seat(page, "Bea")).toContainText("Paused");
  await expect(button(page, "Step")).toBeDisabled();
  await tab(page, "Execution").click();
  await expect(page.getByRole("list", { name: "Held" }).getByRole("listitem")).toHaveCount(3);
  await button(page, "Resume session").click();
  await expect(
    page.getByRole("list", { name: "Picked next, in this order" }).getByRole("listitem"),
  ).toHaveCount(3);
  await expect(marks(page)).toHaveCount(6);

  // By the seat's own button.
  await button(page, "What can be done to Bea").click();
  await item(page, "Cut off from Chan").click();
  await page.getByRole("dialog").getByRole("button", { name: "Inject here" }).click();
  await expect(head(page, "Bea")).toContainText("cut off from Chan");
  await button(page, "What can be done to Bea").click();
  await item(page, "Mend the way to Chan").click();
  await expect(head(page, "Bea")).not.toContainText("cut off");

  await button(page, "Close session…").click();
  const sure = page.getByRole("dialog", { name: "Close the session?" });
  await expect(sure).toContainText("This cannot be undone.");
  await sure.getByRole("button", { name: "Keep it open" }).click();
  await button(page, "Close session…").click();
  await sure.getByRole("button", { name: "Close for good" }).click();
  await expect(region(page, "State of the session")).toContainText("Closed");
  await expect(button(page, "Pause session")).toBeDisabled();
  await expect(region(page, "Control")).toContainText("The session is closed");

  const other = await open(request);
  await page.goto(`/sessions/${other}`);
  await button(page, "Cancel session…").click();
  const cancel = page.getByRole("dialog", { name: "Cancel the session?" });
  await cancel.getByRole("textbox", { name: "Reason" }).fill("nobody came");
  await cancel.getByRole("button", { name: "Cancel for good" }).click();
  await expect(region(page, "State of the session")).toContainText("Cancelled");
  await expect(page.locator(".summary")).toContainText("nobody came");
});

test("by keyboard alone: a role above the diagram, its menu, a fork with the fault", async ({
  page,
  request,
}) => {
  const id = await open(request);
  await page.goto(`/sessions/${id}`);
  await expect(place(page)).toBeVisible();
  await diagram(page).focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowRight");
  await expect(head(page, "Bea")).toHaveClass(/reached/);
  await page.keyboard.press("Enter");
  await expect(menu(page)).toBeVisible();
  await expect(menu(page)).toHaveAccessibleName("What can be done to Bea");
  await page.keyboard.press("Escape");
  await expect(menu(page)).toHaveCount(0);

  // A message, by the menu key.
  await diagram(page).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+F10");
  await expect(menu(page)).toContainText("not on its way yet");
  await page.keyboard.press("Escape");
  await page.keyboard.press("x");
  await expect(menu(page)).toHaveAccessibleName("What can be done to Ask");
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  await expect(region(page, "Execution")).toContainText("first in, first out");
  await diagram(page).focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowLeft");
  await expect(head(page, "Chan")).toHaveClass(/reached/);
  await page.keyboard.press("Enter");
  await expect(item(page, "Pause")).toBeVisible();
  await page.keyboard.press("c");
  await expect(item(page, "Crash")).toBeFocused();
  await page.keyboard.press("Enter");
  const sure = page.getByRole("dialog", { name: "Chan crashes?" });
  await expect(sure).toBeVisible();
  await sure.getByRole("button", { name: "Fork and inject" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(new RegExp(id));
  await expect(head(page, "Chan")).toContainText("crashed");
});

/** What reaches over the window's edge where nothing scrolls. */
const wide = (page: Page): Promise<readonly string[]> =>
  reachingOver(
    page,
    ".detail *, .effects *, .timeline *, .ses-side *, .fault-menu, .fault-menu *, .modal *",
    ".visually-hidden, .classes, .tabs",
  );

for (const { scheme, width } of [
  { scheme: "dark", width: 390 },
  { scheme: "light", width: 1280 },
] as const) {
  test(`panels, menus and dialogs keep to a window of ${width} and can be used by everybody, ${scheme}`, async ({
    page,
    request,
  }) => {
    test.slow();
    const id = await openConsensus(request);
    for (let step = 0; step < 3; step += 1) await advance(request, id);
    const session = (await (await request.get(`/api/sessions/${id}`)).json()) as { head: number };
    await request.post(`/api/sessions/${id}/inputs`, {
      data: {
        expectedHead: session.head,
        inputs: [{ kind: "topology", event: { kind: "crash", site: "Witness[2]" } }],
      },
    });
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 844 });
    const there = {
      "side=execution": region(page, "Envelope").getByRole("row").nth(1),
      "side=machine": region(page, "Machine").getByRole("heading", { name: "Knowledge" }).first(),
      "tab=effects": page.getByRole("list", { name: "Effects of the session" }).getByRole("listitem").first(),
    };
    for (const [query, shown] of Object.entries(there)) {
      await page.goto(`/sessions/${id}?${query}`);
      await expect(place(page)).toBeVisible();
      await expect(shown).toBeAttached();
      expect([query, await wide(page)]).toEqual([query, []]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect([query, await serious(page)]).toEqual([query, []]);
    }
    await page.goto(`/sessions/${id}`);
    await button(page, "What can be done to Coordinator").click();
    await expect(menu(page)).toBeVisible();
    expect(await wide(page)).toEqual([]);
    expect(await serious(page)).toEqual([]);
    await item(page, "Crash").click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await wide(page)).toEqual([]);
    expect(await serious(page)).toEqual([]);
  });
}

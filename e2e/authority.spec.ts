import type { Page } from "@playwright/test";
import { button } from "./support/session.ts";
import { advance, rows, seats, talk } from "./support/talk.ts";
import { expect, test } from "./support/test.ts";
import { inBothThemes, serious } from "./support/well-made.ts";

test("a narrower token shown by a device stops the next send; the old one lets it go on", async ({
  page,
  request,
}) => {
  const session = await talk(request, 0);
  await page.goto("/authorities");
  await page.getByRole("table", { name: "Authorities" }).getByRole("link", { name: "Ada" }).click();
  const device = rows(page, "Devices").filter({ hasText: "Ada's phone" });
  const old = (await device.locator("code").last().textContent()) ?? "";
  await device.getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`tab=tokens&token=${old}`));
  await expect(page.getByRole("region", { name: "Blocks of the token" })).toContainText("capability(");

  await button(page, "Attenuate …").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Only some capabilities").check();
  await dialog.getByRole("button", { name: "None", exact: true }).click();
  await dialog.getByLabel("read", { exact: true }).check();
  await expect(dialog.getByRole("region", { name: "What will no longer be allowed" })).toContainText(
    "chat:message:send",
  );
  await dialog.getByRole("button", { name: "Attenuate" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page).not.toHaveURL(new RegExp(`token=${old}`));
  const matrix = page.getByRole("region", { name: "What does it allow?" });
  await expect(matrix.locator("[data-row='amp:send']")).toContainText("no · block 1");

  await page.goto(`/sessions/${session}`);
  await button(page, "Step").click();
  await expect(seats(page)).toContainText(/chat:message:send is not admitted: block 1 of token tok_/);

  await page.goto(`/authorities/ada?tab=tokens&token=${old}`);
  await button(page, "Show on a device …").click();
  await page.getByRole("dialog").getByRole("button", { name: "Show it" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.goto(`/sessions/${session}`);
  await button(page, "Step").click();
  await expect(page.getByText("Ann sent Ask to Ben").first()).toBeVisible();
  await expect(seats(page)).not.toContainText("is not admitted");
});

test("a budget is limited, replenished and allotted; what cannot be is refused in its place", async ({
  page,
  request,
}) => {
  const session = await talk(request, 1);
  await page.goto(`/authorities/ada?tab=budgets&context=ctx:${session}&peer=bea`);
  const panel = page.getByRole("region", { name: "Budget ada to bea" });
  await panel.getByLabel("Limit", { exact: true }).fill("20");
  await panel.getByRole("button", { name: "Set limit" }).click();
  await expect(panel).toContainText("15 left of 20 in epoch 0");
  await panel.getByLabel("Replenish by").fill("80");
  await panel.getByRole("button", { name: "Replenish" }).click();
  await expect(panel).toContainText("95 left of 100");
  await expect(rows(page, "Changes of the budget")).toHaveCount(3);
  await panel.getByLabel("Allot").fill("5000");
  await panel.getByRole("button", { name: "Allot" }).click();
  await expect(panel.getByRole("alert")).toContainText(/PAR\d{4}/);
  await page.getByLabel(/^Epoch, now/).fill("0");
  await button(page, "Begin epoch").click();
  await expect(page.getByRole("region", { name: "Epoch" }).getByRole("alert")).toContainText(/PAR\d{4}/);
});

test("a token is issued and revoked for good, and says so", async ({ page }) => {
  await page.goto("/authorities/bea?tab=tokens");
  await page.getByRole("button", { name: "Issue", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "None", exact: true }).click();
  await dialog.getByLabel("Another capability").fill("games:move");
  await dialog.getByRole("button", { name: "Add" }).click();
  await dialog.getByRole("button", { name: "Issue" }).click();
  await expect(page).toHaveURL(/token=tok_/);
  await button(page, "Revoke …").click();
  await expect(dialog).toContainText("cannot be undone");
  await expect(dialog.getByRole("button", { name: "Revoke for good" })).toBeDisabled();
  await dialog.getByLabel("Reason, for the record").fill("made to see this");
  await dialog.getByLabel("I know that it cannot be undone").check();
  await dialog.getByRole("button", { name: "Revoke for good" }).click();
  await expect(rows(page, "Tokens").and(page.locator(".chosen"))).toContainText("revoked");
  await expect(button(page, "Revoke …")).toBeDisabled();
});

test("an authority begins with a tree of its devices; a fact type says what it is made of", async ({
  page,
}) => {
  await page.goto("/authorities/ada");
  const tree = page.getByRole("region", { name: "Commitment tree" });
  await expect(tree.getByRole("img")).toHaveAccessibleName(
    /^Tree of 2 leaves: ada-phone, ada-laptop; threshold 1$/,
  );
  await expect(tree).toContainText("any of 2");
  await rows(page, "Keys").first().getByRole("link").click();
  await expect(page).toHaveURL(/key=[0-9a-f]{64}/);

  await page.goto("/journal?tab=types&type=context.note");
  const type = page.getByRole("region", { name: "Type context.note" });
  await expect(type).toContainText("text");
  await expect(type).toContainText("time of the physical domain");
  await expect(rows(page, "Fact types").and(page.locator(".chosen"))).toContainText("context.note");
});

test("a device's key is rotated: it signs by another from the next epoch on, the old one stays with its epochs", async ({
  page,
  request,
}) => {
  // Nobody else's: the epoch of those that other tests look at stays.
  const session = await talk(request, 1, [
    { role: "Ann", authority: "gus", device: "gus-desktop" },
    { role: "Ben", authority: "hal", device: "hal-phone" },
  ]);
  await page.goto("/authorities/gus?tab=devices");
  const desktop = page.getByRole("region", { name: "Keys of Gus's desktop", exact: true });
  await expect(desktop).toContainText("since epoch");
  const old = (await desktop.locator("[title]").first().getAttribute("title")) ?? "";
  const epoch = Number(/epoch (\d+) ·/.exec((await page.locator(".lead").textContent()) ?? "")?.[1]);

  await desktop.getByRole("button", { name: "Rotate the key of Gus's desktop …" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(`signs by a new key from epoch ${epoch + 1} on`);
  await expect(dialog).toContainText("Tokens stay as they are");
  await dialog.getByLabel("Reason, for the record").fill("the desktop was lent");
  await dialog.getByRole("button", { name: "Rotate the key" }).click();
  await expect(dialog).toHaveCount(0);

  await expect(desktop).toContainText(`since epoch ${epoch + 1}`);
  const earlier = desktop.getByRole("list", { name: "Earlier keys of Gus's desktop" });
  await expect(earlier).toContainText(old.slice(0, 10));
  await expect(earlier).toContainText("the desktop was lent");

  // What the old key signed still holds, checked here.
  const receipts = (await (await request.get(`/api/authorities/gus/receipts?session=${session}`)).json()) as {
    items: { receipt: { id: string; seal: { key: string } } }[];
  };
  expect(receipts.items.map(({ receipt }) => receipt.seal.key)).toEqual([old]);
  await page.goto(`/authorities/gus?tab=receipts&receipt=${receipts.items[0]?.receipt.id}`);
  const checked = page.getByRole("region", { name: "Checked in this browser" });
  await expect(checked).toContainText("Bound to gus-desktop");
});

test("what happens elsewhere shows without a reload", async ({ page, request }) => {
  const session = await talk(request, 1);
  const context = encodeURIComponent(`ctx:${session}`);
  await page.goto(`/journal/${context}`);
  await expect(rows(page, "Facts")).toHaveCount(1);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const facts = [{ type: "context.note", payload: { text: "from elsewhere" } }];
  await request.post(`/api/contexts/${context}/facts`, { data: { replica: "bea", facts } });
  await expect(rows(page, "Facts")).toHaveCount(2);
  await expect(page.getByRole("table", { name: "Facts" })).toContainText("from elsewhere");

  await page.goto(`/authorities/ada?tab=budgets&context=ctx:${session}&peer=bea`);
  const budget = page.getByRole("region", { name: "Budget ada to bea" });
  await expect(budget).toContainText("995 left of 1000");
  for (let step = 0; step < 4; step += 1) await advance(request, session);
  await expect(budget).toContainText("990 left of 1000");
});

test("by keyboard alone: to an authority, its tokens, a context and the proof of a fact", async ({
  page,
  request,
}) => {
  await talk(request, 3);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  const names = page.getByRole("table", { name: "Authorities" }).getByRole("link");
  await names.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(names.nth(1)).toBeFocused();
  await page.keyboard.press("Home");
  await expect(names.first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/authorities\/ada/);
  await page.getByRole("tab", { name: "Devices" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Tokens" })).toBeFocused();
  await rows(page, "Tokens").first().getByRole("link").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "What does it allow?" })).toBeVisible();

  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("Go to the journal");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/journal/);
  await page.getByRole("table", { name: "Contexts" }).getByRole("link").first().focus();
  await page.keyboard.press("Enter");
  await rows(page, "Facts").first().getByRole("link").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Proof checked in this browser" })).toContainText("verified");
});

/** Every view of both pages. */
const stops = (session: string): readonly string[] => {
  const context = `/journal/${encodeURIComponent(`ctx:${session}`)}`;
  return [
    "/authorities",
    "/authorities/ada",
    `/authorities/ada?tab=budgets&context=ctx:${session}&peer=bea`,
    "/authorities/ada?tab=leakage",
    "/authorities/ada?tab=receipts",
    "/authorities/ada?tab=facts",
    "/journal",
    "/journal?tab=types&type=session.edge",
    "/journal?tab=refused",
    context,
    `${context}?tab=state&type=session.edge`,
    `${context}?tab=diff`,
    `${context}?tab=replicas`,
  ];
};

/** Waits until nothing is loading, and opens the first row of tokens, receipts and facts. */
const settle = async (page: Page): Promise<void> => {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText(/^Loading /)).toHaveCount(0);
  for (const table of ["Receipts", "Facts"])
    if ((await rows(page, table).count()) > 0)
      await rows(page, table).first().getByRole("link").first().click();
  await expect(page.getByText(/^Loading /)).toHaveCount(0);
};

test.describe("axe finds nothing serious in either theme", () => {
  stops("S").forEach((path, at) => {
    test(path, async ({ page, request }) => {
      await page.goto(stops(await talk(request, 5))[at] ?? "/");
      await settle(page);
      expect(await inBothThemes(page, serious)).toEqual([]);
    });
  });

  test("a token, and making a narrower one", async ({ page }) => {
    test.slow();
    await page.goto("/authorities/ada?tab=tokens");
    await rows(page, "Tokens").first().getByRole("link").click();
    await settle(page);
    expect(await inBothThemes(page, serious)).toEqual([]);
    await button(page, "Attenuate …").click();
    const parts = page.getByRole("dialog").getByLabel(/^Only /);
    for (const part of await parts.all()) await part.check();
    expect(await inBothThemes(page, serious)).toEqual([]);
  });
});

test("on a phone nothing scrolls sideways and every control is large enough", async ({
  browser,
  studio,
  request,
}) => {
  test.setTimeout(180_000);
  const session = await talk(request, 5);
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, baseURL: studio.url });
  const token = "/authorities/ada?tab=tokens";
  for (const path of [...stops(session), token]) {
    await page.goto(path);
    await settle(page);
    if (path === token) await rows(page, "Tokens").first().getByRole("link").click();
    const found = await page.evaluate(() => {
      const content = document.querySelector(".page");
      const small = [
        ...document.querySelectorAll("main button, main a, main input, main select, main summary"),
      ]
        .map((one) => ({ one, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && box.height > 0)
        .filter(({ one, box }) => box.height < 23.5 && !one.closest("p, dd, .check, .cap-list, [role=cell]"))
        .map(({ one }) => one.outerHTML.slice(0, 120));
      return {
        page: document.documentElement.scrollWidth,
        content: content === null ? 0 : content.scrollWidth - content.clientWidth,
        small,
      };
    });
    expect(found, path).toEqual({ page: 390, content: 0, small: [] });
  }
  await page.close();
});

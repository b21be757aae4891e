import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { button, expectCompleted, next, place, positionOf, region, tab } from "./support/session.ts";
import { expect, test } from "./support/test.ts";
import { reachingOver, serious } from "./support/well-made.ts";

const source = `module checkout exposing (Checkout)
protocol Checkout =
  roles Buyer, Shop, Bank
  Buyer -> Shop : Ask
  Shop -> Buyer : Price
  choice Buyer at
    | Buy =>
      Buyer -> Shop : Buy
      Shop -> Bank : Charge
      Bank -> Shop : Paid
      Shop -> Buyer : Receipt
    | Leave =>
      Buyer -> Shop : Leave
      Shop -> Bank : Nothing
`;

const open = async (request: APIRequestContext): Promise<string> => {
  const made = await request.post("/api/protocols", { data: { name: "Checkout", source } });
  const { id } = (await made.json()) as { id: string };
  const opened = await request.post("/api/sessions", { data: { protocol: id } });
  return ((await opened.json()) as { session: { id: string } }).session.id;
};

const diagram = (page: Page): Locator => page.getByRole("group", { name: /^Sequence of the session/ });
const band = (page: Page, label: string): Locator =>
  diagram(page).locator(".band:not(.future)", { has: page.getByText(label, { exact: true }) });

test("breakpoint, run to it, why a role waits, the chain, the other decision, the two compared", async ({
  page,
  request,
}) => {
  // One long story, in several sessions.
  test.slow();
  const id = await open(request);
  await page.goto(`/sessions/${id}`);
  await expect(place(page)).toBeVisible();

  // A breakpoint in the margin of the text, at `Shop -> Buyer : Price`.
  await tab(page, "Source").click();
  await page.locator(".source-text .line-numbers", { hasText: /^5$/ }).click();
  await expect(page.locator(".src-break")).toHaveCount(1);
  await expect(page.locator(".src-present").first()).toBeVisible();
  await tab(page, "Sequence").click();
  await page.keyboard.press("Shift+R");
  await expect(page.getByText(/Stopped at position \d+: a message Price/).first()).toBeVisible();
  const stoppedAt = await positionOf(page);
  await expect(band(page, "Price").locator(".break-spot.on")).toHaveCount(1);
  await expect(next(page)).toBeVisible();

  await tab(page, "Watch").click();
  const watch = region(page, "Watch and breakpoints");
  await expect(watch.getByRole("list", { name: "Breakpoints" })).toContainText("1×");
  await watch.getByRole("textbox", { name: "Watch an expression" }).fill("sent(Price)");
  await page.keyboard.press("Enter");
  await watch.getByRole("textbox", { name: "Watch an expression" }).fill("sent(");
  await page.keyboard.press("Enter");
  const watched = watch.getByRole("list", { name: "Watched expressions" });
  await expect(watched.getByRole("listitem").nth(0)).toContainText("1");
  await expect(watched.getByRole("listitem").nth(1)).toContainText("expected");

  // Why does the bank wait? Down to the message that was sent last.
  await page.locator("body").click({ position: { x: 700, y: 5 } });
  await page.keyboard.press("w");
  const chain = page.getByRole("list", { name: "Why Bank stands still" });
  await expect(chain.getByRole("listitem").first()).toContainText("waits for a message from Shop");
  await chain.getByRole("button", { name: /Shop sent Price to Buyer/ }).click();
  await tab(page, "Message").click();
  const causes = page.getByRole("region", { name: "Why did this happen?" });
  await expect(causes.getByRole("list", { name: "Causes" })).toContainText("Shop received Ask from Buyer");
  await causes
    .getByRole("button", { name: /Buyer sent Ask to Shop/ })
    .first()
    .click();
  await expect(
    page.getByRole("region", { name: "Message" }).getByRole("heading", { name: "Ask" }),
  ).toBeVisible();

  // On to the end, one way.
  await tab(page, "Next").click();
  await button(page, "Run to end").click();
  const choice = page.getByRole("group", { name: "Buyer decides" });
  await choice.getByRole("button", { name: "Buy" }).click();
  await expect(choice).toHaveCount(0);
  await button(page, "Run to end").click();
  await expectCompleted(page);
  await tab(page, "Watch").click();
  await expect(watched.getByRole("listitem").first()).toContainText("1");

  // What follows from what: everything outside the past of one message is folded.
  await tab(page, "Message").click();
  await band(page, "Charge").click();
  await expect(causes).toContainText("Buyer sent Buy to Shop");
  await causes.getByRole("button", { name: "Fold everything outside its past" }).click();
  await expect(band(page, "Receipt")).toHaveCount(0);
  await expect(band(page, "Price")).toHaveCount(1);
  await page.getByRole("button", { name: "Show everything" }).click();
  await expect(band(page, "Receipt")).toHaveCount(1);

  // A fault, from the position before a message was sent.
  await band(page, "Paid").click();
  await page.getByRole("button", { name: "What if nothing gets from Bank to Shop" }).click();
  await expect(page).not.toHaveURL(new RegExp(id));
  await button(page, "Run to end").click();
  await tab(page, "Why").click();
  await expect(page.getByRole("list", { name: "Why Buyer stands still" })).toContainText("cut");
  await page.goto(`/sessions/${id}?side=message`);

  // The other decision, from the message that followed from this one.
  await band(page, "Buy").click();
  await causes.getByRole("button", { name: "Fork with Leave" }).click();
  await expect(page).not.toHaveURL(new RegExp(id));
  await expect(page.getByRole("list", { name: "Tree of branches" }).getByRole("listitem")).toHaveCount(3);
  await button(page, "Run to end").click();
  await expectCompleted(page);
  await expect(band(page, "Leave")).toHaveCount(1);

  await page.getByRole("link", { name: "Compare with its parent" }).click();
  const parting = page.getByRole("list", { name: "First divergence" });
  await expect(parting).toContainText("Buyer sent Leave to Shop");
  await expect(parting).toContainText("Buyer sent Buy to Shop");
  const table = page.getByRole("table", { name: "What each role did otherwise" });
  await expect(table.getByRole("row")).toHaveCount(4);
  await expect(page.locator(".compare-side .band.marked")).toHaveCount(2);
  expect(stoppedAt).toBeGreaterThan(0);
});

test("by keyboard: a breakpoint on the selected message, speed, a search opened as a session", async ({
  page,
  request,
}) => {
  const id = await open(request);
  await page.goto(`/sessions/${id}`);
  await expect(place(page)).toBeVisible();
  await diagram(page).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("b");
  await expect(diagram(page).locator(".break-spot.on")).toHaveCount(1);
  await page.keyboard.press("b");
  await expect(diagram(page).locator(".break-spot.on")).toHaveCount(0);
  await page.keyboard.press("]");
  await expect(page.getByLabel("Playback speed")).toHaveValue("2");
  await page.keyboard.press("[");
  await expect(page.getByLabel("Playback speed")).toHaveValue("1");

  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog", { name: "Search the runs from here" });
  const goal = dialog.getByRole("textbox", { name: /^Look from position/ });
  await goal.fill("received(");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("expected");
  await goal.fill("received(Paid) == 1");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("list", { name: "The way there" })).toContainText("Buyer chooses Buy");
  await dialog.getByRole("button", { name: "Open as session" }).click();
  await expect(page).not.toHaveURL(new RegExp(id));
  await expect(band(page, "Paid")).toHaveCount(1);
  await expect(page.getByRole("heading", { name: "Way to received(Paid) == 1" })).toBeAttached();
});

/** Marks as a person has set them, so that no panel is empty. */
const setMarks = async (page: Page, request: APIRequestContext, id: string): Promise<void> => {
  const view = (await (await request.get(`/api/sessions/${id}`)).json()) as { protocol: { id: string } };
  const text = "sent(Ask) >= 1 && !Buyer.done && inFlight(Buyer, Shop) == 0";
  const marks = {
    watches: ["sent(Ask)", "nothing(", text],
    breakpoints: [
      { id: `predicate ${text}`, stop: { kind: "predicate", text }, enabled: true, hits: 3 },
      { id: "message 1 ", stop: { kind: "message", edgeId: "1" }, enabled: false, hits: 0 },
    ],
  };
  const kept = [`parley.marks.${view.protocol.id}`, JSON.stringify(marks)] as const;
  await page.addInitScript(([key, value]) => localStorage.setItem(key, value), kept);
};

/** What reaches over the window's edge where nothing scrolls. */
const wide = (page: Page): Promise<readonly string[]> =>
  reachingOver(
    page,
    ".debugging *, .why *, .causes-of *, .compare-words *, .branch-picture *, .timeline *, .search-form *",
    ".visually-hidden, .differences, .tabs",
  );

for (const { scheme, width } of [
  { scheme: "dark", width: 390 },
  { scheme: "light", width: 1280 },
] as const) {
  test(`every panel keeps to a window of ${width} and can be used by everybody, ${scheme}`, async ({
    page,
    request,
  }) => {
    test.slow();
    const id = await open(request);
    await request.post(`/api/sessions/${id}/run`, { data: {} });
    const forked = await request.post(`/api/sessions/${id}/fork`, { data: { at: 1 } });
    const fork = ((await forked.json()) as { id: string }).id;
    await setMarks(page, request, id);
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 844 });
    const there = {
      "side=watch": page.locator(".watch output.bad-note"),
      "side=why": page.locator(".why li").first(),
      "side=message&sel=@1": page.getByRole("list", { name: "Causes" }),
      "tab=compare": page.locator(".compare-side svg").first(),
      "tab=source": page.locator(".source-text .view-line").first(),
    };
    for (const [query, shown] of Object.entries(there)) {
      await page.goto(`/sessions/${fork}?${query}`);
      await expect(place(page)).toBeVisible();
      await expect(shown).toBeAttached();
      expect([query, await wide(page)]).toEqual([query, []]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect([query, await serious(page)]).toEqual([query, []]);
    }
    await page.goto(`/sessions/${fork}`);
    await expect(place(page)).toBeVisible();
    await page.keyboard.press("s");
    const dialog = page.getByRole("dialog", { name: "Search the runs from here" });
    await dialog.getByRole("textbox", { name: /^Look from position/ }).fill("received(Paid) == 1");
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("button", { name: "Open as session" })).toBeVisible();
    expect(await wide(page)).toEqual([]);
    expect(await serious(page)).toEqual([]);
  });
}

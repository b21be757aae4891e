import { readFileSync } from "node:fs";
import type { APIRequestContext, Download, Locator, Page } from "@playwright/test";
import { button, next, place, positionOf } from "./support/session.ts";
import { expect, test } from "./support/test.ts";
import { broken, inBothThemes } from "./support/well-made.ts";

/** Goes round; each message costs, leaves a fact, and tells neighbours something. */
const paid = (capability: string) => `module paid exposing (Paid)
protocol Paid =
  roles Buyer, Shop
  rec Loop
    Buyer { guard_capability : "${capability}", flow_cost : 400, journal_facts : "asked", leak : "neighbor" } -> Shop : Ask
    Shop -> Buyer : Answer
    continue Loop
`;
const seats = [
  { role: "Buyer", authority: "ada", device: "ada-phone" },
  { role: "Shop", authority: "bea", device: "bea-phone" },
];

const protocolOf = async (request: APIRequestContext, source: string): Promise<string> => {
  const made = await request.post("/api/protocols", { data: { name: "Paid", source } });
  return ((await made.json()) as { id: string }).id;
};
const open = async (request: APIRequestContext, part: object = {}, capability = "chat:message:send") => {
  const protocol = await protocolOf(request, paid(capability));
  const opened = await request.post("/api/sessions", {
    data: { protocol, seats, grant: "none", ...part },
  });
  return ((await opened.json()) as { session: { id: string } }).session.id;
};
/** Two messages are paid for by a budget of 1000; the third, the ninth step, is not. */
const runOut = async (request: APIRequestContext, id: string, steps = 12): Promise<void> => {
  for (let step = 0; step < steps; step += 1)
    await request.post(`/api/sessions/${id}/inputs`, { data: { inputs: [{ kind: "advance" }] } });
};

const region = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });
const guards = (page: Page): Locator => region(page, "Guards");
const verdicts = (page: Page): Locator => page.getByRole("list", { name: "Verdicts" });
const guard = (page: Page, name: string): Locator => verdicts(page).locator(`[data-guard=${name}]`);
const why = (page: Page): Locator => region(page, "Why denied?");
const seat = (page: Page, role: string): Locator =>
  region(page, "Seats")
    .getByRole("listitem")
    .filter({ has: page.getByText(role, { exact: true }) });
const tab = (page: Page, name: string): Locator => page.getByRole("tab", { name, exact: true });
const textOf = async (download: Download): Promise<string> => readFileSync(await download.path(), "utf8");

test("an unaffordable message is denied, read down to the charge, paid for, and goes on", async ({
  page,
  request,
}) => {
  const id = await open(request);
  await runOut(request, id, 8);
  await page.goto(`/sessions/${id}`);
  await expect(seat(page, "Buyer")).toContainText("bea: 800 spent, 200 left");
  await button(page, "Step").click();
  await expect(seat(page, "Buyer")).toContainText("the flow guard denied the send");
  await button(page, "Why denied? Buyer").click();

  await expect(guards(page)).toContainText("Denied");
  await expect(guard(page, "capability").locator("[data-allow=true]")).toHaveCount(1);
  await expect(guard(page, "flow")).toContainText("PAR7614");
  await expect(guard(page, "flow")).toContainText("200 → 200, 200 short");
  await expect(guard(page, "journal")).toContainText("Not asked");
  await expect(guard(page, "leakage")).toContainText("Not asked");
  await expect(why(page)).toContainText("is 1000; 800 was spent, this message needs 400");
  const charge = why(page).getByRole("link", { name: /^400 for / });
  await expect(charge).toHaveAttribute("href", /\/authorities\/ada\?.*tab=receipts.*receipt=/);
  await expect(why(page).getByRole("link", { name: "budget towards bea" })).toHaveAttribute(
    "href",
    /tab=budgets.*peer=bea/,
  );

  const before = await positionOf(page);
  await expect(button(page, "Advance: try again")).toHaveCount(0);
  await why(page).getByRole("button", { name: "Replenish …" }).click();
  const dialog = page.getByRole("dialog", { name: "Replenish" });
  await expect(dialog).toContainText("so 200 are short");
  await dialog.getByRole("button", { name: "Replenish" }).click();
  await button(page, "Advance: try again").click();
  await expect.poll(() => positionOf(page)).toBeGreaterThan(before);
  await expect(seat(page, "Buyer")).toContainText("bea: 1200 spent, 0 left");
  await expect(seat(page, "Buyer").getByRole("button", { name: "Why denied? Buyer" })).toHaveCount(0);
  await expect(why(page)).toContainText("It has gone on since: allowed at");
});

test("a broadcast that one of its budgets cannot carry sends nothing, and says which leg is short", async ({
  page,
  request,
}) => {
  const spread = `module spread exposing (Spread)
protocol Spread =
  roles Chair, Member[2], Clerk
  Chair { guard_capability : "chat:message:send", flow_cost : 400 } ->* : Call
`;
  const protocol = await protocolOf(request, spread);
  const sitting = [
    ["Chair", "ada"],
    ["Member[0]", "bea"],
    ["Member[1]", "fay"],
    ["Clerk", "bea"],
  ].map(([role, authority]) => ({ role, authority, device: `${authority}-phone` }));
  const opened = await request.post("/api/sessions", {
    data: { protocol, seats: sitting, grant: "none", budget: 700 },
  });
  const { session } = (await opened.json()) as { session: { id: string } };
  await runOut(request, session.id, 1);
  await page.goto(`/sessions/${session.id}?side=guards`);
  const legs = region(page, "Legs of the broadcast");
  await expect(legs).toContainText("Checks 3 legs at once");
  await expect(legs).toContainText("2 legs need 800 of 700 towards bea");
  await expect(legs).toContainText("1 leg needs 400 of 700 towards fay");
  await expect(legs).toContainText("Leg 3 is short: none was sent");
  await expect(guard(page, "flow")).toContainText("PAR7623");
  await expect(guard(page, "flow")).toContainText("700 → 700, 100 short");
  await expect(why(page)).toContainText("is 700; 0 was spent, the broadcast needs 800");
});

test("an eager session goes on by itself once its budget is raised", async ({ page, request }) => {
  const id = await open(request, { drive: "eager" });
  await page.goto(`/sessions/${id}?side=guards`);
  await expect(why(page)).toBeVisible();
  const before = await positionOf(page);
  await why(page).getByRole("button", { name: "Raise the limit …" }).click();
  const dialog = page.getByRole("dialog", { name: "Raise the limit" });
  await dialog.getByLabel("New limit").fill("1300");
  await dialog.getByRole("button", { name: "Raise the limit" }).click();
  await expect.poll(() => positionOf(page)).toBeGreaterThan(before);
  await expect(seat(page, "Buyer")).toContainText("1200 spent, 100 left");
});

test("a token without the capability: the opening says so, the send is denied, a token is issued, it goes on", async ({
  page,
  request,
}) => {
  const protocol = await protocolOf(request, paid("shop:ask"));
  await page.goto(`/protocols/${protocol}/open`);
  const asks = region(page, "What guards will ask");
  await expect(asks).toContainText("shop:ask");
  await expect(asks).toContainText("is granted on opening");
  await asks.getByLabel("Grant what the protocol declares").uncheck();
  await expect(asks).toContainText("Without it these messages are denied");
  await asks.getByLabel("What each may spend").fill("450");
  // The report follows what is typed.
  await button(page, "Start session").click();
  await page.waitForURL(/\/sessions\//);

  await button(page, "Step").click();
  await button(page, "Why denied? Buyer").click();
  await expect(guard(page, "capability")).toContainText("shop:ask");
  await expect(guard(page, "flow")).toContainText("Not asked");
  await expect(why(page).getByRole("link", { name: /block 0 of token/ })).toHaveAttribute(
    "href",
    /tab=tokens.*token=/,
  );
  await why(page).getByRole("button", { name: "Issue a token …" }).click();
  const dialog = page.getByRole("dialog", { name: "Issue a token" });
  await expect(dialog).toContainText("shop:ask");
  await dialog.getByRole("button", { name: "Issue" }).click();
  await button(page, "Advance: try again").click();
  await expect(seat(page, "Buyer")).toContainText("400 spent, 50 left");
  await why(page)
    .getByRole("button", { name: /^allowed at/ })
    .click();
  await expect(guards(page)).toContainText("Allowed");
  await expect(guard(page, "flow")).toContainText("450 → 50 of 450");
});

test("a receipt is verified step by step in the browser, and a flipped bit is rejected", async ({
  page,
  request,
}) => {
  const id = await open(request);
  await runOut(request, id);
  await page.goto(`/sessions/${id}?side=guards&at=1`);
  await expect(guards(page)).toContainText("Allowed");
  const steps = page.getByRole("list", { name: "Steps of the check" }).getByRole("listitem");
  await expect(steps).toHaveCount(7);
  for (const step of await steps.all()) await expect(step).toHaveAttribute("data-ok", "true");
  await expect(guard(page, "journal")).toContainText("records asked");
  await expect(page.getByRole("list", { name: "Facts recorded" }).getByRole("link")).toHaveAttribute(
    "href",
    /\/journal\/ctx.*fact=/,
  );
  await guards(page)
    .getByText(/^The path, /)
    .click();
  await expect(page.getByRole("list", { name: "Path to the root" })).toContainText(
    "is the root that was signed",
  );
  await button(page, "Flip a bit").click();
  await expect(region(page, "Checked in this browser")).toContainText("rejected");
  await button(page, "As it was").click();
  await expect(region(page, "Checked in this browser")).toContainText("verified");

  // Everything as a table.
  const saved = page.waitForEvent("download");
  await button(page, "Export guards as CSV").click();
  const csv = (await textOf(await saved)).trim().split("\r\n");
  expect(csv[0]).toContain("seq,role,label,edge,guard,allow");
  expect(csv.filter((line) => line.includes(",flow,"))).toHaveLength(3);
  const savedJson = page.waitForEvent("download");
  await button(page, "Export guards as JSON").click();
  const json = JSON.parse(await textOf(await savedJson)) as { allow: boolean }[];
  expect(json.map(({ allow }) => allow)).toEqual([true, true, false]);

  // Every verdict holds when it is derived again.
  await guards(page).getByRole("button", { name: "Audit …" }).click();
  await expect(page.getByRole("dialog", { name: "Audit" })).toContainText("No difference");
  await page.keyboard.press("Escape");

  // What each message took, beside it.
  await page.goto(`/sessions/${id}`);
  await expect(page.locator(".band .gutter").filter({ hasText: "−400" })).toHaveCount(0);
  await tab(page, "Guards").click();
  await page.getByLabel("Costs on the diagram").check();
  await expect(page.locator(".band .gutter").filter({ hasText: "−400" })).toHaveCount(2);
});

test("by keyboard alone: from the denied seat to a raised limit and on", async ({ page, request }) => {
  const id = await open(request);
  await runOut(request, id);
  await page.goto(`/sessions/${id}`);
  await expect(next(page)).toHaveAttribute("aria-busy", "false");
  await page.keyboard.press("g");
  await page.keyboard.press("u");
  await expect(why(page)).toBeVisible();
  await why(page).getByRole("button", { name: "Raise the limit …" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Raise the limit" })).toBeVisible();
  await page.getByLabel("New limit").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const again = button(page, "Advance: try again");
  await again.focus();
  const before = await positionOf(page);
  await page.keyboard.press("Enter");
  await expect.poll(() => positionOf(page)).toBeGreaterThan(before);
});

test("the operation category says what a session shows while it is under way, and can be declared", async ({
  page,
  request,
}) => {
  const id = await open(request);
  await page.goto(`/sessions/${id}`);
  await button(page, "Category undeclared. What does it mean?").click();
  await page.getByRole("link", { name: "Declare it on the protocol's page" }).click();
  const line = region(page, "Operation category");
  await expect(line).toContainText("PAR7660");
  await line.getByRole("combobox").selectOption("C");
  await expect(line).not.toContainText("PAR7660");
  await page.goto(`/sessions/${id}`);
  await button(page, "Category C: blocking. What does it mean?").click();
  await expect(page.getByRole("dialog", { name: "Operation category" })).toContainText(
    "This session: blocking.",
  );
  await protocolOf(request, paid("shop:undeclared"));
  await page.goto("/findings");
  await expect(region(page, "Findings about protocols")).toContainText("PAR7660");
});

test("axe finds nothing in the guards, light and dark", async ({ page, request }) => {
  const id = await open(request);
  await runOut(request, id);
  for (const at of ["", "&at=1"]) {
    await page.goto(`/sessions/${id}?side=guards${at}`);
    await expect(verdicts(page)).toBeVisible();
    await expect(at === "" ? why(page) : region(page, "Checked in this browser")).toBeVisible();
    expect(await inBothThemes(page, broken)).toEqual([]);
  }
  await page.goto(`/protocols/${await protocolOf(request, paid("shop:ask"))}/open`);
  await expect(region(page, "What guards will ask")).toBeVisible();
  expect(await inBothThemes(page, broken)).toEqual([]);
});

test("on a phone nothing scrolls sideways, and every control can be hit", async ({ page, request }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  const id = await open(request);
  await runOut(request, id);
  for (const at of ["", "&at=1"]) {
    await page.goto(`/sessions/${id}?side=guards${at}`);
    await expect(verdicts(page)).toBeVisible();
    await expect(at === "" ? why(page) : region(page, "Checked in this browser")).toBeVisible();
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide).toBeLessThanOrEqual(0);
    for (const control of await guards(page).locator("button, a, input, summary").all()) {
      const box = await control.boundingBox();
      if (box === null || (await control.evaluate((one) => one.closest("label") !== null))) continue;
      const inText = await control.evaluate((one) => getComputedStyle(one).display === "inline");
      if (!inText) expect(box.height, (await control.textContent()) ?? "").toBeGreaterThanOrEqual(23.9);
      expect(box.x + box.width).toBeLessThanOrEqual(390.5);
    }
  }
  await expect(place(page)).toBeVisible();
});

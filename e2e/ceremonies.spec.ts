import { readFileSync } from "node:fs";
import type { APIRequestContext, Download, Locator, Page } from "@playwright/test";
import { button, region } from "./support/session.ts";
import { expect, test } from "./support/test.ts";
import { inBothThemes, noSidewaysScroll, serious } from "./support/well-made.ts";

const guardian = (authority: string) => ({ kind: "guardian", authority }) as const;

/** A ceremony of three guardians, two of whom are enough. */
const start = async (
  request: APIRequestContext,
  part: object = {},
): Promise<{ id: string; context: string }> => {
  const begun = await request.post("/api/ceremonies", {
    data: {
      kind: "GuardianRotation",
      initiator: "ada",
      participants: ["bea", "chan", "dee"].map(guardian),
      threshold: 2,
      ...part,
    },
  });
  expect(begun.status(), await begun.text()).toBe(201);
  return (await begun.json()) as { id: string; context: string };
};
const answer = (request: APIRequestContext, id: string, authority: string, accept = true) =>
  request.post(`/api/ceremonies/${id}/answer`, { data: { participant: guardian(authority), accept } });

const state = (page: Page): Locator => region(page, "State of the ceremony");
const row = (page: Page, key: string): Locator => page.locator(`[data-row="guardian:${key}"]`);
const textOf = async (download: Download): Promise<string> => readFileSync(await download.path(), "utf8");

test("a guardian ceremony begun by a session is approved twice, commits, and its signature holds in this browser", async ({
  page,
  request,
}) => {
  const opened = await request.post("/api/sessions", { data: { protocol: "guardian_setup", threshold: 2 } });
  const { session } = (await opened.json()) as { session: { id: string } };
  await page.goto(`/sessions/${session.id}`);
  await page.getByRole("link", { name: "Ceremony: Preparing" }).click();
  await expect(page).toHaveURL(/\/ceremonies\/[0-9a-f]{64}$/);
  await expect(state(page)).toContainText("0 of 2 needed accepted; 3 asked");
  await expect(state(page).getByText(/\d+ s left/)).toBeVisible();
  await expect(region(page, "Sessions").getByRole("link").first()).toBeVisible();
  await expect(row(page, "bea")).toContainText("1.0.0");

  await button(page, "Approve as Bea").click();
  await expect(state(page)).toContainText("Pending");
  await expect(row(page, "bea")).toContainText("accepted");
  await expect(region(page, "Group key and signature")).toContainText("prepared and inert");
  await button(page, "Approve as Dee").click();
  await expect(state(page)).toContainText("Committed");
  await expect(region(page, "Group key and signature")).toContainText("active: it signs");

  const check = region(page, "Checked in this browser");
  await expect(check).toContainText("verified");
  await expect(check.locator("[data-ok=true]")).toHaveCount(9);
  await expect(check.locator("[data-step='share guardian:dee']")).toContainText("theirs, over this decision");
  for (let flip = 0; flip < 3; flip += 1) {
    await check.getByRole("button", { name: "Flip a bit" }).click();
    await expect(check).toContainText("rejected");
    await expect(check.locator("[data-ok=false]")).not.toHaveCount(0);
  }
  await check.getByRole("button", { name: "As it was" }).click();
  await expect(check).toContainText("verified");
  await expect(
    page.getByRole("table", { name: "Facts of the ceremony" }).locator("[data-row]").first(),
  ).toBeVisible();
});

test("a session whose ceremony was given up says so and asks again; a runtime that cannot make the key is refused", async ({
  page,
  request,
}) => {
  const opened = await request.post("/api/sessions", { data: { protocol: "guardian_setup", threshold: 2 } });
  const { session } = (await opened.json()) as { session: { id: string; ceremony: { id: string } } };
  await request.post(`/api/ceremonies/${session.ceremony.id}/abort`, { data: { reason: "not now" } });
  await page.goto(`/sessions/${session.id}`);
  const band = region(page, "Ceremony of the session");
  await expect(band).toContainText("What it does stays a proposal: its ceremony ended.");
  await expect(band).toContainText("given up by operator: not now");
  await band.getByRole("button", { name: "Ask again" }).click();
  await expect(band).toHaveCount(0);
  await page.getByRole("link", { name: "Ceremony: Preparing" }).click();
  await expect(region(page, "Supersession chain").locator("[data-chain]")).toHaveCount(2);
  await expect(region(page, "Sessions").locator(`a[href="/sessions/${session.id}"]`)).toBeVisible();

  await page.goto("/ceremonies");
  await expect(page.getByRole("heading", { level: 1, name: "Ceremonies" })).toBeVisible();
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Runtime that makes and uses the shared key").selectOption("none");
  await dialog.getByRole("button", { name: "Start", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("Key generation needs byzantine_envelope");
});

test("a ceremony that takes another's place says so before it begins, and the chain is read from either end", async ({
  page,
  request,
}) => {
  const first = await start(request, { title: "The first" });
  await page.goto("/ceremonies");
  await expect(region(page, "Preparing").getByRole("link", { name: "The first" })).toBeVisible();
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Title").fill("The second");
  await dialog.getByLabel("Context it is decided in").selectOption(first.context);
  const preview = dialog.getByRole("region", { name: "What it would stand upon and replace" });
  await expect(preview).toContainText("The first: a newer request for the same");
  await dialog.getByRole("button", { name: "Start", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1, name: "The second" })).toBeVisible();

  await button(page, "Supersede …").click();
  await page.getByRole("dialog").getByLabel("Why").selectOption("explicit_cancel");
  await page.getByRole("dialog").getByRole("button", { name: "Supersede", exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const chain = region(page, "Supersession chain");
  await expect(chain.locator("[data-chain]")).toHaveCount(3);
  await expect(chain.locator("[data-chain]").nth(0)).toContainText("a newer request for the same");
  await expect(chain.locator("[data-chain]").nth(1)).toContainText("taken back");
  await expect(chain.locator("[data-chain]").nth(2)).toContainText("this one stands");
  await chain.getByRole("link", { name: "The first" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "The first" })).toBeVisible();
  await expect(state(page)).toContainText("Superseded");
  await expect(region(page, "Supersession chain").locator("[data-chain]")).toHaveCount(3);
});

test("two things said by one guardian are refused, shown as evidence, and change nothing; a refusal too many ends it", async ({
  page,
  request,
}) => {
  const { id } = await start(request, { title: "Contested" });
  await page.goto(`/ceremonies/${id}`);
  await button(page, "Approve as Bea").click();
  await expect(row(page, "bea")).toContainText("accepted");
  await button(page, "Answer again as Bea").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("recorded as theirs");
  await dialog.getByLabel("refuse", { exact: true }).check();
  await dialog.getByRole("button", { name: "Refuse as Bea" }).click();
  await expect(dialog.getByRole("alert")).toContainText(/PAR85\d\d/);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(region(page, "Refused")).toContainText("Equivocation of guardian:bea");
  await expect(state(page)).toContainText("1 of 2 needed accepted");

  for (const who of ["Chan", "Dee"]) {
    await button(page, `Refuse as ${who}`).click();
    await page.getByRole("dialog").getByLabel("Reason, for the record").fill("not now");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: `Refuse as ${who}` })
      .click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await expect(state(page)).toContainText("Aborted");
  await expect(row(page, "chan")).toContainText("refused: not now");
  await expect(button(page, "Abort …")).toHaveCount(0);
});

test("a prestate that moved is shown before anybody approves in vain; giving up asks for a reason", async ({
  page,
  request,
}) => {
  const { id, context } = await start(request, { title: "Moved" });
  await page.goto(`/ceremonies/${id}`);
  await expect(region(page, "Prestate")).toContainText("still the same");
  await request.post(`/api/contexts/${encodeURIComponent(context)}/facts`, {
    data: { replica: "ada", facts: [{ type: "context.note", payload: { text: "meanwhile" } }] },
  });
  await expect(region(page, "Prestate")).toContainText("moved: it can no longer commit");
  await button(page, "Abort …").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Abort", exact: true })).toBeDisabled();
  await dialog.getByLabel("Reason").fill("begin again");
  await dialog.getByLabel(/I know that it/).check();
  await dialog.getByRole("button", { name: "Abort", exact: true }).click();
  await expect(state(page)).toContainText("begin again");
});

test("the board and the table show the same, by keyboard, with an address and exports", async ({
  page,
  request,
}) => {
  const one = await start(request, { title: "By keyboard" });
  await answer(request, one.id, "bea");
  await page.goto("/ceremonies");
  const pending = region(page, "Pending");
  const card = pending.getByRole("link", { name: "By keyboard" });
  await expect(card).toBeVisible();
  await card.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "By keyboard" })).toBeVisible();
  await button(page, "Approve as Chan").focus();
  await page.keyboard.press("Enter");
  await expect(state(page)).toContainText("Committed");

  await page.keyboard.press("g");
  await page.keyboard.press("e");
  await expect(region(page, "Committed").getByRole("link", { name: "By keyboard" })).toBeVisible();
  await page.getByRole("tab", { name: "Board" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/view=table/);
  await page.getByLabel("State").selectOption("Committed");
  await expect(page).toHaveURL(/state=Committed/);
  const table = page.getByRole("table", { name: "Ceremonies" });
  await expect(table.locator("[data-row]").filter({ hasText: "By keyboard" })).toHaveCount(1);
  const [csv] = await Promise.all([
    page.waitForEvent("download"),
    button(page, "Export Ceremonies as CSV").click(),
  ]);
  expect(await textOf(csv)).toContain("Committed");
});

interface Stop {
  readonly name: string;
  readonly path: (id: string) => string;
  readonly ready: (page: Page) => Promise<void>;
}

const stops: readonly Stop[] = [
  {
    name: "board",
    path: () => "/ceremonies",
    ready: async (page) => expect(page.getByRole("link", { name: "For axe" }).first()).toBeVisible(),
  },
  {
    name: "table",
    path: () => "/ceremonies?view=table",
    ready: async (page) => expect(page.getByRole("table", { name: "Ceremonies" })).toBeVisible(),
  },
  {
    name: "live ceremony",
    path: (id) => `/ceremonies/${id}`,
    ready: async (page) => expect(button(page, "Approve as Dee")).toBeVisible(),
  },
];

test.describe("axe finds nothing serious in either theme, and a phone does not scroll sideways", () => {
  for (const { name, path, ready } of stops)
    test(name, async ({ page, request }) => {
      const { id } = await start(request, { title: "For axe" });
      await answer(request, id, "bea");
      await page.goto(path(id));
      await ready(page);
      expect(await inBothThemes(page, serious)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 800 });
      await ready(page);
      await noSidewaysScroll(page);
    });

  test("committed ceremony", async ({ page, request }) => {
    const { id } = await start(request, { title: "For axe" });
    await answer(request, id, "bea");
    await answer(request, id, "chan");
    await page.goto(`/ceremonies/${id}`);
    await expect(
      region(page, "Checked in this browser").getByText("verified", { exact: true }),
    ).toBeVisible();
    expect(await inBothThemes(page, serious)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 800 });
    await noSidewaysScroll(page);
  });

  test("start dialog", async ({ page }) => {
    await page.goto("/ceremonies");
    await expect(page.getByRole("heading", { level: 1, name: "Ceremonies" })).toBeVisible();
    await page.keyboard.press("n");
    await expect(page.getByRole("dialog").getByRole("region")).toContainText("It would stand upon");
    expect(await inBothThemes(page, serious)).toEqual([]);
  });
});

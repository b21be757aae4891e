import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { button } from "./support/session.ts";
import { expect, test } from "./support/test.ts";

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

const advance = (request: APIRequestContext, session: string) =>
  request.post(`/api/sessions/${session}/inputs`, { data: { inputs: [{ kind: "advance" }] } });

/** An open session of the talk, so many steps on; Ann is Ada, Ben is Bea. */
const talk = async (request: APIRequestContext, steps: number): Promise<string> => {
  const created = await request.post("/api/protocols", { data: { name: "Chatter", source: SOURCE } });
  const { id: protocol } = (await created.json()) as { id: string };
  const opened = await request.post("/api/sessions", { data: { protocol } });
  const { session } = (await opened.json()) as { session: { id: string } };
  for (let step = 0; step < steps; step += 1) await advance(request, session.id);
  return session.id;
};

const seats = (page: Page): Locator => page.getByRole("region", { name: "Seats" });
const rows = (page: Page, table: string): Locator =>
  page.getByRole("table", { name: table, exact: true }).locator("[data-row]");

const note = async (page: Page, replica: string, text: string): Promise<void> => {
  const form = page.getByRole("form", { name: "Add a fact" });
  await form.getByLabel("At the replica of").selectOption(replica);
  await form.getByRole("textbox", { name: "Text" }).fill(text);
  await form.getByRole("button", { name: "Add", exact: true }).click();
  await expect(form.getByRole("textbox", { name: "Text" })).toHaveValue("");
};

const roots = async (page: Page): Promise<ReadonlySet<string>> =>
  new Set(
    await page
      .locator("[data-root]")
      .evaluateAll((all) => all.map((one) => one.getAttribute("data-root") ?? "")),
  );

test("two replicas parted, written to on both sides, healed and synchronised have one root again", async ({
  page,
  request,
}) => {
  const session = await talk(request, 1);
  await page.goto("/journal");
  await page.getByRole("table", { name: "Contexts" }).locator("a", { hasText: "Chatter" }).first().click();
  await expect(page).toHaveURL(new RegExp(`/journal/ctx(:|%3A)${session}`));
  await page.getByRole("tab", { name: "Replicas" }).click();
  await expect(page.getByText("One root: every replica holds the same facts")).toBeVisible();
  expect((await roots(page)).size).toBe(1);

  await page.getByRole("group", { name: "Part the replicas" }).getByLabel("bea").selectOption("group 2");
  await button(page, "Part").click();
  await expect(page.getByText("in 2 groups that do not reach each other")).toBeVisible();
  await page.getByRole("tab", { name: "Facts" }).click();
  await note(page, "ada", "seen from here");
  await note(page, "bea", "seen from there");
  await page.getByRole("tab", { name: "Replicas" }).click();
  await expect(page.getByText("2 different roots")).toBeVisible();
  expect((await roots(page)).size).toBe(2);

  // Across the cut nothing goes: refused with its code.
  await page.getByRole("button", { name: "Synchronise", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText(/PAR77\d\d/);

  await page.getByRole("tab", { name: "Difference" }).click();
  await page.getByRole("combobox", { name: "Compare" }).selectOption("ada");
  await page.getByRole("combobox", { name: "with" }).selectOption("bea");
  await expect(page.getByText("1 added, 1 missing")).toBeVisible();

  await page.getByRole("tab", { name: "Replicas" }).click();
  await button(page, "Heal").click();
  await expect(page.getByText("all reach each other")).toBeVisible();
  await button(page, "Synchronise all that reach each other").click();
  await expect(page.getByText("One root: every replica holds the same facts")).toBeVisible();
  expect((await roots(page)).size).toBe(1);
  const moved = rows(page, "Synchronisations").first();
  await expect(moved).toContainText("ada");
  await expect(moved.getByRole("cell").nth(3)).not.toHaveText("0");
});

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

test("a proof and a receipt hold in this browser; with a bit turned each is rejected", async ({
  page,
  request,
}) => {
  const session = await talk(request, 5);
  await page.goto(`/journal/${encodeURIComponent(`ctx:${session}`)}`);
  await rows(page, "Facts").first().getByRole("link").click();
  await expect(page).toHaveURL(/fact=[0-9a-f]{64}/);
  await expect(
    page.getByRole("region", { name: "The fact" }).getByRole("link", { name: / at \d+$/ }),
  ).toHaveAttribute("href", new RegExp(`/sessions/${session}\\?at=\\d+$`));
  const proof = page.getByRole("region", { name: "Proof checked in this browser" });
  await expect(proof).toContainText("verified");
  await expect(proof.locator("[data-step=root][data-ok=true]")).toBeVisible();
  await proof.getByRole("button", { name: "Flip a bit" }).click();
  await expect(proof).toContainText("rejected");
  await expect(proof.locator("[data-ok=false]")).not.toHaveCount(0);
  await proof.getByRole("button", { name: "As it was" }).click();
  await expect(proof).toContainText("verified");

  await page.goto(`/authorities/ada?tab=budgets&context=ctx:${session}&peer=bea`);
  await expect(rows(page, "Budgets").and(page.locator(".chosen"))).toContainText("bea");
  await expect(page.getByRole("slider", { name: "Budget over time" })).toHaveAttribute(
    "aria-valuetext",
    /10 of 1000 spent/,
  );
  await rows(page, "Changes of the budget").last().getByRole("link").first().click();
  await expect(page).toHaveURL(/tab=receipts/);
  const check = page.getByRole("region", { name: "Checked in this browser" });
  await expect(check).toContainText("verified");
  await expect(check.locator("[data-ok=true]")).toHaveCount(7);
  for (let flip = 0; flip < 4; flip += 1) {
    await check.getByRole("button", { name: "Flip a bit" }).click();
    await expect(check.locator("[data-ok=false]")).not.toHaveCount(0);
    await expect(check).toContainText("rejected");
  }
  await check.getByRole("button", { name: "As it was" }).click();
  await expect(check).toContainText("verified");

  await button(page, "Check a receipt …").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Check", exact: true }).click();
  await expect(dialog).toContainText("The server takes it, too.");
  await dialog.getByRole("button", { name: "Flip a bit" }).click();
  await dialog.getByRole("button", { name: "Check", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText(/PAR77\d\d/);
  await expect(dialog.locator("[data-ok=false]")).not.toHaveCount(0);
  await dialog.getByLabel("The receipt, as JSON").fill("{");
  await dialog.getByRole("button", { name: "Check", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("This is no JSON");
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

test("facts are exported as JSON and as CSV", async ({ page, request }) => {
  const session = await talk(request, 3);
  await page.goto(`/journal/${encodeURIComponent(`ctx:${session}`)}`);
  await expect(rows(page, "Facts")).toHaveCount(2);
  const exported = async (kind: "JSON" | "CSV"): Promise<string> => {
    const download = page.waitForEvent("download");
    await button(page, `Export Facts as ${kind}`).click();
    return readFile(await (await download).path(), "utf8");
  };
  const facts = JSON.parse(await exported("JSON")) as { id: string; type: string }[];
  expect(facts.map(({ type }) => type)).toEqual(["session.edge", "session.edge"]);
  const lines = (await exported("CSV")).trim().split("\r\n");
  expect(lines[0]).toBe("fact,type,by,time,payload,seq,replicas");
  expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(facts.map(({ id }) => id));
});

test("the state of a context at a position is what its facts of then reduce to", async ({
  page,
  request,
}) => {
  const session = await talk(request, 5);
  await page.goto(`/journal/${encodeURIComponent(`ctx:${session}`)}?tab=state`);
  await expect(rows(page, "Reduced state")).toContainText('{"said":3}');
  await page.getByRole("slider", { name: "Position" }).fill("2");
  await expect(rows(page, "Reduced state")).toContainText('{"said":1}');
  await expect(page).toHaveURL(/at=2/);
  await button(page, "Back to now").click();
  await expect(rows(page, "Reduced state")).toContainText('{"said":3}');
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

const serious = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
};

for (const scheme of ["light", "dark"] as const)
  test.describe(`axe finds nothing serious in the ${scheme} theme`, () => {
    test.use({ colorScheme: scheme });
    stops("S").forEach((path, at) => {
      test(path, async ({ page, request }) => {
        await page.goto(stops(await talk(request, 5))[at] ?? "/");
        await settle(page);
        expect(await serious(page)).toEqual([]);
      });
    });

    test("a token, and making a narrower one", async ({ page }) => {
      test.slow();
      await page.goto("/authorities/ada?tab=tokens");
      await rows(page, "Tokens").first().getByRole("link").click();
      await settle(page);
      expect(await serious(page)).toEqual([]);
      await button(page, "Attenuate …").click();
      const parts = page.getByRole("dialog").getByLabel(/^Only /);
      for (const part of await parts.all()) await part.check();
      expect(await serious(page)).toEqual([]);
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

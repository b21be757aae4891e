import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { button, region } from "./support/session.ts";
import { expect, test } from "./support/test.ts";
import { serious, wellMade } from "./support/well-made.ts";

const lanes = (page: Page): Locator => page.getByRole("list", { name: "Lanes" }).getByRole("listitem");

/** A session that recorded a fact of edges, in a context two authorities share. */
const sessionWithFact = async (request: APIRequestContext): Promise<string> => {
  const opened = await request.post("/api/sessions", {
    data: { protocol: "secure_request", decisions: "first", grant: "declared" },
  });
  expect(opened.status(), await opened.text()).toBe(201);
  const { session } = (await opened.json()) as { session: { id: string } };
  await request.post(`/api/sessions/${session.id}/run`, { data: {} });
  await expect
    .poll(async () => {
      const facts = await request.get(`/api/contexts/ctx:${session.id}/facts?type=session.edge`);
      return ((await facts.json()) as { total?: number }).total ?? 0;
    })
    .toBeGreaterThan(0);
  return session.id;
};

test("a migration that fails half way leaves what was recorded, and is resumed to its end", async ({
  page,
  request,
}) => {
  const session = await sessionWithFact(request);
  await page.goto("/migrations");
  await expect(page.getByRole("heading", { level: 1, name: "Migrations" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Path of versions" })).toContainText("session.edge 1 to 2");
  await button(page, "Dry run").click();
  await expect(region(page, "Dry run")).toContainText(
    /session\.edge 1 to 2: \d+ facts? · session\.edge 2 to 3: \d+ facts?/,
  );
  await expect(region(page, "Dry run").locator(`[data-row$="ctx:${session}"]`).first()).toBeVisible();

  await page.getByRole("combobox", { name: /^Steps/ }).selectOption("failing");
  await button(page, "Run").click();
  await expect(region(page, "Run")).toContainText("1 of 2 steps recorded");
  await expect(region(page, "Run").getByRole("alert")).toContainText("PAR8703");
  await expect(page.getByText("version 2, latest 3")).toBeVisible();
  await wellMade(page);

  await page.getByRole("combobox", { name: /^Steps/ }).selectOption("");
  // The rest by the keyboard alone.
  await button(page, "Resume").focus();
  await page.keyboard.press("Enter");
  await expect(region(page, "Run")).toContainText("done");
  await expect(page.getByText("version 3, the latest")).toBeVisible();
  await expect(button(page, "Run")).toBeDisabled();
  const journal = region(page, "Journal of runs").getByRole("listitem");
  await expect(journal.filter({ hasText: "failed" })).toHaveCount(1);
  await expect(journal.filter({ hasText: /ran: \d+ facts? read/ })).toHaveCount(2);

  // Facts are as they were written, and read by the new schema.
  const answer = await request.get(`/api/contexts/ctx:${session}/facts?type=session.edge`);
  const { items } = (await answer.json()) as { items: { version: number; reads?: { version: number } }[] };
  expect(items.every(({ version, reads }) => version === 1 && reads?.version === 3)).toBe(true);
});

test("a composition is built, stepped by the keyboard and comes to its end with every result", async ({
  page,
}) => {
  await page.goto("/compositions");
  await button(page, "New composition").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Two requests");
  await dialog.getByLabel("Phases run").selectOption("program");
  await dialog.getByLabel("Decisions").selectOption("first");
  await dialog.getByRole("button", { name: "Phase", exact: true }).click();
  await dialog.getByLabel("Phase", { exact: true }).fill("first");
  await dialog.getByLabel(/^Protocol/).selectOption("secure_request");
  await dialog.getByRole("button", { name: "Event", exact: true }).click();
  await dialog.getByLabel("Notes the event").fill("asked and answered");
  await dialog.getByRole("button", { name: "Start" }).click();
  await expect(page).toHaveURL(/\/compositions\/cmp_/);
  await expect(lanes(page)).toHaveCount(2);
  await expect(lanes(page).first()).toContainText("waiting");

  await page.keyboard.press("n");
  await expect(lanes(page).first()).toContainText("running");
  await page.keyboard.press("n");
  await expect(lanes(page).first()).toContainText("completed");
  await button(page, "Run to the end").click();
  await expect(page.getByText("Every phase has completed")).toBeVisible();
  await expect(lanes(page).nth(1)).toContainText("completed");
  await lanes(page).first().getByText("Result of first").click();
  await wellMade(page);
  await lanes(page).first().getByRole("link", { name: "Open its session" }).click();
  await expect(page).toHaveURL(/\/sessions\/ses_/);
});

test("a composition whose phase fails says which, and what had completed; the rest does not begin", async ({
  page,
  request,
}) => {
  const open = { decisions: "first", grant: "declared" };
  const seats = [{ role: "Nobody", authority: "ada", device: "ada-phone" }];
  const phases = [
    { name: "ask", protocol: "secure_request", open },
    { name: "fail", protocol: "secure_request", open: { seats } },
    { name: "never", protocol: "secure_request", uses: ["ask"], open },
  ];
  const begun = await request.post("/api/compositions", {
    data: { composition: { kind: "sequential", name: "Half way", phases } },
  });
  const { id } = (await begun.json()) as { id: string };
  await page.goto(`/compositions/${id}`);
  await button(page, "Run to the end").click();
  await expect(page.getByRole("alert").filter({ hasText: "fail failed" })).toContainText(
    "Had completed: ask.",
  );
  await expect(lanes(page).nth(2)).toContainText("cancelled");
  await expect(button(page, "Step")).toBeDisabled();
});

test("the composition that ships ends with identity, capabilities and session, or is cancelled", async ({
  page,
  request,
}) => {
  const begun = await request.post("/api/compositions", {
    data: { shipped: "Authentication", decisions: "first" },
  });
  const { id } = (await begun.json()) as { id: string };
  const ended = await request.post(`/api/compositions/${id}/step`, { data: { until: "end" } });
  const { status, results, waits } = (await ended.json()) as {
    status: string;
    results: Record<string, unknown> | null;
    waits: unknown;
  };
  expect(status, JSON.stringify(waits)).toBe("completed");
  expect(Object.keys(results ?? {})).toEqual(["identity", "capabilities", "session"]);
  await page.goto("/compositions");
  await button(page, "Start Authentication").click();
  await expect(lanes(page)).toHaveCount(3);
  await button(page, "Step").click();
  await expect(lanes(page).first()).toContainText("running");
  await button(page, "Cancel it").click();
  await expect(page.getByRole("alert").filter({ hasText: "identity failed" })).toContainText(
    "Nothing had completed",
  );
});

test("replicas that do not reach each other are tried again, until the breaker refuses", async ({
  page,
  request,
}) => {
  const session = await sessionWithFact(request);
  const context = `ctx:${session}`;
  const { members } = (await (await request.get(`/api/contexts/${context}`)).json()) as {
    members: { authority: string }[];
  };
  const [one = "", other = ""] = members.map(({ authority }) => authority);
  await request.post(`/api/contexts/${context}/partition`, { data: { groups: [[one], [other]] } });
  await page.goto(`/sessions/${session}?side=resilience`);
  const sync = page.getByRole("button", { name: `Synchronise ${one} and ${other}` });
  await sync.click();
  await expect(page.getByRole("alert")).toContainText("do not reach each other");
  await expect(page.getByRole("img", { name: "The breaker is closed" })).toBeVisible();
  await expect(page.getByText(/Try \d of 3 failed|Given up after 3 of 3 tries/)).toBeVisible();
  for (let tries = 0; tries < 6; tries += 1) {
    if (await page.getByRole("img", { name: "The breaker is open" }).isVisible()) break;
    await sync.click();
    await expect(sync).toBeEnabled();
  }
  await expect(page.getByRole("img", { name: "The breaker is open" })).toBeVisible();
  await sync.click();
  await expect(page.getByRole("alert")).toContainText("PAR8803");
  expect(await serious(page)).toEqual([]);
});

import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { button } from "./support/session.ts";
import { rows, talk } from "./support/talk.ts";
import { expect, test } from "./support/test.ts";

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

test("a type of one's own is declared, refused a second time at its name, written and reduced", async ({
  page,
  request,
}) => {
  const session = await talk(request, 1);
  await page.goto("/journal?tab=types");
  const form = page.getByRole("form", { name: "Declare a type" });
  const name = form.getByLabel("Name, like clinic.visit");
  await name.fill("clinic.round");
  await form.getByLabel("Reduced to").selectOption("count");
  await form.getByLabel(/^Fields, one a line/).fill("ward text\nseen time instant range optional");
  await form.getByRole("button", { name: "Declare" }).click();
  const declared = page.getByRole("region", { name: "Type clinic.round" });
  await expect(declared).toContainText("seen is range time, physical would do");

  await form.getByRole("button", { name: "Declare" }).click();
  const version = form.getByLabel("Version");
  await expect(version).toHaveAttribute("aria-invalid", "true");
  await expect(form.getByRole("alert")).toContainText("a change needs a later one");
  await name.fill("context.note");
  await form.getByRole("button", { name: "Declare" }).click();
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await expect(form.getByRole("alert")).toContainText("the type belongs to host");

  await page.goto(`/journal/${encodeURIComponent(`ctx:${session}`)}`);
  const add = page.getByRole("form", { name: "Add a fact" });
  await add.getByRole("combobox", { name: "Type" }).selectOption("clinic.round");
  await add.getByLabel("Payload, as JSON").fill('{"ward":"north"}');
  await add.getByRole("button", { name: "Add", exact: true }).click();
  await expect(add.getByLabel("Payload, as JSON")).toHaveValue("");
  await page.getByRole("tab", { name: "Reduced" }).click();
  await expect(rows(page, "Reduced state").filter({ hasText: "clinic.round" })).toContainText("1");
});

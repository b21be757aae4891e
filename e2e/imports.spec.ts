import type { Locator, Page } from "@playwright/test";
import { violations } from "./support/axe.ts";
import { editorOf, newProtocol, problem, problemsOf, setText } from "./support/editor.ts";
import { button, expectCompleted, playOn } from "./support/session.ts";
import { expect, test } from "./support/test.ts";

const HARBOUR = `module haven exposing (Moor, Pier)
type Pier = | North | South
protocol Moor =
  roles Captain, Mate
  Captain -> Mate : Rope
`;
const SEA = `module sea exposing (Voyage)
import haven exposing (Moor)
protocol Voyage =
  roles Captain, Mate
  call Moor
  Mate -> Captain : Fast
`;
const CREW = `module crew exposing (Crew)
protocol Crew =
  roles Lead, Hand[N]
  Lead -> Hand[*] : Go
  Hand[*] -> Lead : Done
`;
const KEYS =
  "protocol_machine_envelope_adherence, protocol_machine_envelope_admission, protocol_envelope_bridge";
const VAULT = `module vault exposing (Rotate)
proof_bundle AuraAuthorityEvidence requires [${KEYS}]
protocol Rotate requires AuraAuthorityEvidence =
  roles A, B
  A { flow_cost : 1, journal_facts : "rotated" } -> B : Key
`;

const banner = (page: Page): Locator => page.getByRole("banner");
const shown = (page: Page): Locator => page.locator(".text-editor .view-lines");
const modules = (page: Page): Locator => page.getByRole("navigation", { name: "Modules" });
const labels = (page: Page): Locator => page.locator(".band .label");

const saved = async (page: Page): Promise<void> => {
  await expect(banner(page)).toContainText("Sound");
  await expect(banner(page)).toContainText("Saved");
};

/** Puts the cursor into a word of a line, counted from 1, by keys only. */
const goTo = async (page: Page, text: string, line: number, word: string): Promise<void> => {
  const column = (text.split("\n")[line - 1] ?? "").indexOf(word) + 1;
  await editorOf(page).focus();
  await page.keyboard.press("ControlOrMeta+Home");
  for (let i = 1; i < line; i++) await page.keyboard.press("ArrowDown");
  for (let i = 0; i < column; i++) await page.keyboard.press("ArrowRight");
};

test("a protocol that imports another: its name and a role renamed together, drawn, opened and run to its end", async ({
  page,
}) => {
  await newProtocol(page, HARBOUR);
  await saved(page);
  const harbourUrl = page.url();
  await newProtocol(page, SEA);
  await saved(page);
  const seaUrl = page.url();
  await expect(labels(page)).toHaveText(["Rope", "Fast"]);
  expect(await violations(page, ".module-line")).toEqual([]);
  await modules(page).getByRole("link", { name: "haven" }).click();
  await expect(page).toHaveURL(harbourUrl);

  await goTo(page, HARBOUR, 3, "Moor");
  await expect(modules(page)).toContainText("Used by");
  await page.keyboard.press("F2");
  const box = page.locator(".rename-box input");
  await expect(box).toHaveValue("Moor");
  await box.fill("Berth");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Also changed in/)).toBeVisible();
  await expect(shown(page)).toContainText("exposing (Berth, Pier)");
  await saved(page);
  await modules(page).getByRole("link").last().click();
  await expect(page).toHaveURL(seaUrl);
  await expect(shown(page)).toContainText("call Berth");
  await saved(page);

  // The two share their roles by name, so a role is renamed in both.
  await goTo(page, SEA, 4, "Mate");
  await page.keyboard.press("F2");
  await expect(box).toHaveValue("Mate");
  await box.fill("Bosun");
  await page.keyboard.press("Enter");
  await expect(shown(page)).toContainText("roles Captain, Bosun");
  await saved(page);
  await modules(page).getByRole("link", { name: "haven" }).click();
  await expect(page).toHaveURL(harbourUrl);
  await expect(shown(page)).toContainText("Captain -> Bosun : Rope");
  await saved(page);
  await page.goto(seaUrl);
  await expect(shown(page)).toContainText("Bosun -> Captain : Fast");
  await saved(page);

  // Neither was ever saved as a version: opening saves what it needs, as drawn.
  await button(page, "Open session").click();
  await expect(page.getByText("Admitted", { exact: true })).toBeVisible();
  await button(page, "Start session").click();
  await expect(page).toHaveURL(/\/sessions\/[^/?]+$/);
  const session = page.url();
  await playOn(page);
  await expectCompleted(page);
  await expect(labels(page)).toHaveText(["Rope", "Fast"]);

  // What the imported text becomes later changes nothing here.
  await page.goto(harbourUrl);
  await expect(shown(page)).toContainText("Berth");
  await setText(
    page,
    HARBOUR.replaceAll("Moor", "Berth").replaceAll("Mate", "Bosun").replace("Rope", "Chain"),
  );
  await saved(page);
  await page.goto(session);
  await expect(labels(page)).toHaveText(["Rope", "Fast"]);
  await page.goto(`${seaUrl}?tab=versions`);
  await expect(page.getByRole("tabpanel")).toContainText("imports haven");
  await page.goto(seaUrl);
  await expect(labels(page)).toHaveText(["Chain", "Fast"]);
});

test("a hint raised to an error turns the problem red; what fails closed is locked", async ({ page }) => {
  await newProtocol(page, HARBOUR.replace("module haven", "module quay"));
  await saved(page);
  await newProtocol(page, SEA.replaceAll("haven", "quay").replace("  call Moor\n", ""));
  await expect(problem(page, "the module `quay` is imported and not used")).toHaveClass("info");
  await saved(page);
  const url = page.url();
  await problemsOf(page).getByRole("link", { name: "What counts" }).click();
  await expect(page).toHaveURL(/\/findings$/);
  await page.getByLabel("Severity of PAR3613").selectOption("Error");
  await expect(page.getByLabel("Severity of PAR3613")).toHaveValue("error");
  await page.getByLabel(/Only those/).uncheck();
  await page.getByRole("searchbox").fill("PAR3604");
  await expect(page.getByRole("row", { name: /PAR3604/ })).toContainText("what it finds cannot run");
  expect(await violations(page)).toEqual([]);

  await page.goto(url);
  await expect(problem(page, "the module `quay` is imported and not used")).toHaveClass("error");
  await expect(banner(page)).toContainText("1 error");
  await expect(button(page, "Open session")).toBeDisabled();

  await page.keyboard.press("ControlOrMeta+K");
  await page.keyboard.type("findings");
  await page.keyboard.press("Enter");
  await page.getByLabel("Severity of PAR3613").selectOption("Off");
  await expect(page.getByLabel("Severity of PAR3613")).toHaveValue("off");
  await page.goto(url);
  await saved(page);
  await expect(problemsOf(page)).not.toContainText("PAR3613");
});

test("families are drawn member by member, as many as wanted, and stay so", async ({ page }) => {
  await newProtocol(page, CREW);
  await saved(page);
  const tools = page.locator(".picture-tools");
  await expect(tools).toContainText("2 roles");
  await button(page, "Unfold families").click();
  await expect(tools).toContainText("4 roles");
  await page.getByRole("spinbutton", { name: "Size" }).fill("5");
  await expect(tools).toContainText("6 roles");
  await expect(labels(page)).toHaveCount(10);
  await page.reload();
  await expect(tools).toContainText("6 roles");
  await button(page, "Unfold families").click();
  await expect(tools).toContainText("2 roles");
});

test("a protocol that requires a theorem pack shows the five conditions, while writing and when opening", async ({
  page,
}) => {
  await newProtocol(page, VAULT);
  await expect(banner(page)).toContainText("Sound");
  const pack = page.getByRole("region", { name: "Theorem pack AuraAuthorityEvidence" });
  await page.getByRole("tab", { name: "Admission" }).click();
  await expect(pack).toContainText("5 of 5 conditions are met");
  await expect(pack).toContainText("A records rotated");
  await setText(page, VAULT.replace(', journal_facts : "rotated"', ""));
  await expect(pack).toContainText("4 of 5 conditions are met");
  await expect(pack).toContainText("no message records a fact of it");
  await setText(page, VAULT);
  await saved(page);
  await button(page, "Open session").click();
  await expect(page.getByRole("form", { name: "Admission" })).toContainText("5 of 5 conditions are met");
});

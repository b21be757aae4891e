import type { Locator, Page } from "@playwright/test";
import { newProtocol } from "./support/editor.ts";
import { expect, test } from "./support/test.ts";
import { inBothThemes, serious } from "./support/well-made.ts";

/** An answer that is lost is never asked for again. */
const ORDER = `module order exposing (Order)

protocol Order =
  roles Buyer, Shop, Bank
  Buyer -> Shop : Ask
  Buyer -> Shop : More of Nat
  choice Shop at
    | Sold =>
      Shop -> Buyer : Price of Nat
      Shop -> Bank : Expect
    | Out =>
      Shop -> Buyer : Sorry
      Shop -> Bank : Nothing
`;

const LOSSY = `name = "lossy"
steps = 500
seed = 1
policy = "random"

[network]
base_latency_ms = "5ms"
loss_probability = 0.15

[[adversaries]]
id = "slow"
action = { type = "timing_disturbance", ticks = 3 }
budget = { total = 2 }

[properties]
never = ["stuck"]
`;

const scenarioText = (page: Page): Locator => page.getByRole("textbox", { name: /^Scenario text/ });
const results = (page: Page): Locator => page.locator("#sim-results");
const problems = (page: Page): Locator => page.getByRole("list", { name: "Problems of the scenario" });

const setScenario = async (page: Page, text: string): Promise<void> => {
  await scenarioText(page).focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.evaluate((value) => {
    const data = new DataTransfer();
    data.setData("text/plain", value);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
};

/** A protocol of one's own with its Simulate tab open and a scenario in it. */
const simulate = async (page: Page, text: string): Promise<void> => {
  await newProtocol(page, ORDER);
  await expect(page.getByRole("banner")).toContainText("Sound");
  await page.getByRole("tab", { name: "Simulate" }).click();
  await scenarioText(page).waitFor({ state: "attached" });
  await setScenario(page, text);
};
const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });

const sweep = async (page: Page, seeds: string): Promise<void> => {
  await page.getByRole("textbox", { name: "Seeds" }).fill(seeds);
  await button(page, "Sweep").click();
};

test("a scenario is mended at its line, swept, a failing run minimised, kept as a test, and passes after a reload", async ({
  page,
}) => {
  await simulate(page, LOSSY.replace("loss_probability = 0.15", "loss_probability = 1.5\nlatnecy = 3"));
  await expect(problems(page).getByRole("listitem")).toHaveCount(2);
  await expect(problems(page)).toContainText("line 8");
  await expect(problems(page)).toContainText("must be in [0,1]");
  await expect(problems(page)).toContainText("there is no key latnecy here");
  await expect(button(page, "Run")).toBeDisabled();
  await problems(page).getByRole("button", { name: "line 8" }).click();
  await expect(scenarioText(page)).toBeFocused();
  await setScenario(page, LOSSY);
  await expect(problems(page)).toHaveCount(0);

  await sweep(page, "1..40");
  await expect(results(page).getByRole("status").first()).toContainText("40 of 40 runs");
  const failed = results(page).locator("[data-outcome=stuck]");
  await expect(failed.first()).toBeVisible();
  expect(await results(page).locator("[data-outcome=passed]").count()).toBeGreaterThan(0);
  await button(page, "Show the first failing run").click();
  const run = results(page).getByRole("region", { name: /^Run \d+: seed = / });
  await expect(run).toContainText("never: stuck was violated");
  await expect(run.getByRole("list", { name: "Steps of the run" })).toContainText("is lost");

  await run.getByRole("button", { name: "Minimise" }).click();
  await expect(results(page).getByRole("list", { name: "What is left" }).getByRole("listitem")).toHaveCount(
    1,
  );
  await expect(results(page)).toContainText("parley simulate order.tell --scenario");
  await button(page, "Save as test").click();
  await expect(results(page).getByRole("list", { name: "Saved tests" })).toContainText("lossy-never-stuck");

  await page.reload();
  await page.getByRole("tab", { name: "Tests" }).click();
  await button(page, "Run the test").click();
  await expect(results(page).locator("[data-test=lossy-never-stuck]")).toContainText(
    "Still fails as expected",
  );
});

test("a run that fails opens as a session that stands where it ends, the lost message in its log", async ({
  page,
}) => {
  await simulate(
    page,
    `name = "lost"\n\n[[faults]]\nfrom = "Shop"\nto = "Buyer"\nnth = 0\ndo = "drop"\n\n[[decide]]\nrole = "Shop"\ntake = "Sold"\n\n[properties]\nnever = ["stuck"]\n`,
  );
  await button(page, "Run").click();
  const run = results(page).getByRole("region", { name: /^Run with seed 0/ });
  await expect(run).toContainText("Price from Shop to Buyer is lost");
  await run.getByRole("button", { name: "Shop sends Expect to Bank" }).click();
  await expect(run.locator(".band.selected .label")).toHaveText("Expect");
  await run.getByRole("button", { name: "Open as a session" }).click();
  await expect(page).toHaveURL(/\/sessions\/[^/?]+/);
  const picture = page.getByRole("group", { name: /^Sequence of the session/ });
  await expect(picture.locator(".band:not(.future) .label").filter({ hasText: "Expect" })).toBeVisible();
});

test("a sweep can be cancelled, and what is done is kept; its rows sort, filter and have addresses", async ({
  page,
}) => {
  await simulate(page, LOSSY);
  await sweep(page, "1..900000");
  await expect(page.getByText(/^[1-9][\d,]* of 900,000 runs$/)).toBeVisible();
  await button(page, "Cancel").click();
  await expect(results(page).getByRole("status").first()).toContainText("Cancelled.");
  const table = results(page).getByRole("table", { name: "Runs of the sweep" });
  await expect(table.getByRole("row").nth(1)).toContainText("completed");
  expect(await table.getByRole("row").count()).toBeLessThan(60);
  await results(page).getByRole("combobox", { name: "Show" }).selectOption("stuck");
  await expect(table.getByRole("row").nth(1)).toContainText("stuck");
  await table.getByRole("button", { name: "Rounds" }).click();
  await expect(table.getByRole("columnheader", { name: "Rounds" })).toHaveAttribute("aria-sort", "ascending");
  await table.getByRole("link").first().click();
  await expect(page).toHaveURL(/seeds=1\.\.900000&.*run=\d+|run=\d+&.*seeds=1\.\.900000/);
  await expect(results(page).getByRole("region", { name: /^Run \d+/ })).toContainText("was violated");
  await button(page, "Save").click();
  await expect(page.locator(".sim").getByText("Saved", { exact: true })).toBeVisible();
  await page.reload();
  await expect(results(page).getByRole("region", { name: /^Run \d+/ })).toContainText("was violated");
});

test("parameters are swept beside seeds, and both ways of writing the results down are offered", async ({
  page,
}) => {
  await simulate(page, LOSSY);
  await button(page, "Insert").click();
  await page.getByRole("menuitem", { name: "Sweep parameter" }).click();
  await page.getByRole("combobox", { name: "Key of parameter 1" }).fill("network.loss_probability");
  await page.getByRole("textbox", { name: "Values of parameter 1" }).fill("0, 1");
  await sweep(page, "1..10");
  await expect(results(page).getByRole("status").first()).toContainText(
    "20 of 20 runs: 10 passed, 10 failed",
  );
  await expect(results(page).getByRole("group", { name: /10 columns of seeds, 2 lines/ })).toBeVisible();
  for (const [name, file] of [
    ["CSV", /\.csv$/],
    ["JSON", /\.json$/],
  ] as const) {
    const downloading = page.waitForEvent("download");
    await button(page, name).click();
    expect((await downloading).suggestedFilename()).toMatch(file);
  }
});

test("shipped scenarios are read only, run as tests, and can be copied to edit", async ({ page }) => {
  await page.goto("/protocols/guardian_ceremony?tab=simulate");
  await expect(page.getByRole("combobox", { name: "Scenario" })).toHaveValue("crashed-guardian");
  await expect(page.getByText("Read only")).toBeVisible();
  await page.getByRole("tab", { name: "Tests" }).click();
  await button(page, "Run the test").click();
  await expect(results(page).locator("[data-test=crashed-guardian]")).toContainText("Passes");
  await button(page, "Copy to edit").click();
  await page.getByRole("button", { name: "Save", exact: true }).last().click();
  await expect(page.getByRole("combobox", { name: "Scenario" })).toHaveValue("crashed-guardian-copy");
  await button(page, "Delete").click();
  await expect(page.getByText("Deleted crashed-guardian-copy")).toBeVisible();
  await button(page, "Undo").click();
  await expect(
    page.getByRole("combobox", { name: "Scenario" }).getByRole("option", { name: "crashed-guardian-copy" }),
  ).toBeAttached();
});

test("by keyboard: a part is inserted with help while typing, the scenario runs, a cell is chosen by arrows", async ({
  page,
}) => {
  await newProtocol(page, ORDER);
  await expect(page.getByRole("banner")).toContainText("Sound");
  await page.keyboard.press("Alt+9");
  await expect(scenarioText(page)).toBeAttached();
  await setScenario(page, 'name = "typed"\nseed = 3\n\n[network]\nlos');
  await page.keyboard.press("Control+Space");
  await expect(page.getByRole("option", { name: /loss_probability/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.type("2");
  await expect(problems(page)).toHaveCount(0);
  await button(page, "Insert").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: /^Monitor/ }).focus();
  await page.keyboard.press("Enter");
  await expect(scenarioText(page)).toBeFocused();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(results(page).getByRole("list", { name: "Monitors" })).toContainText("no_faults");
  await page.getByRole("textbox", { name: "Seeds" }).fill("1..9");
  await button(page, "Sweep").focus();
  await page.keyboard.press("Enter");
  await expect(results(page).getByRole("status").first()).toContainText("9 of 9 runs");
  await results(page).locator(".sim-chart [tabindex='0']").focus();
  await page.keyboard.press("ArrowRight");
  await expect(results(page).getByRole("region", { name: "Run 1: seed = 2" })).toBeVisible();
  await expect(results(page).locator(".sim-chart [aria-current]")).toBeFocused();
});

test.describe("in either theme", () => {
  test("axe finds nothing serious, and on a phone nothing is cut off", async ({ page }) => {
    test.slow();
    await simulate(page, LOSSY);
    await sweep(page, "1..40");
    await button(page, "Show the first failing run").click();
    await expect(button(page, "Minimise")).toBeVisible();
    expect(await inBothThemes(page, serious)).toEqual([]);
    await button(page, "Minimise").click();
    await expect(button(page, "Save as test")).toBeVisible();
    expect(await inBothThemes(page, serious)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    // Panes are stacked there, and built anew.
    await sweep(page, "1..40");
    await button(page, "Show the first failing run").click();
    await expect(button(page, "Minimise")).toBeVisible();
    const wide = await page.evaluate(
      () =>
        [...document.querySelectorAll(".sim *")].filter((element) => {
          const box = element.getBoundingClientRect();
          const scrolls = element.closest(".sequence, .sim-chart, .sim-table, .monaco-editor");
          return box.width > 0 && box.right > innerWidth + 1 && !scrolls;
        }).length,
    );
    expect(wide).toBe(0);
    const small = await page.evaluate(
      () =>
        [...document.querySelectorAll(".sim button, .sim select, .sim input")].filter((element) => {
          const box = element.getBoundingClientRect();
          return box.height > 0 && box.height < 24 && !element.closest(".monaco-editor");
        }).length,
    );
    expect(small).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await inBothThemes(page, serious)).toEqual([]);
  });
});

import type { Locator, Page } from "@playwright/test";
import { editorOf, setText } from "./support/editor.ts";
import { expect, test } from "./support/test.ts";

const SHOP = `module shop exposing (Shop)
protocol Shop =
  roles Buyer, Seller, Bank
  Buyer { guard_capability : "shop:buy", flow_cost : 5 } -> Seller : Order of shop.Item
  rec Lap
    choice Seller at
      | Again =>
        Seller -> Buyer : Again
        Buyer -> Bank : Retry
        continue Lap
      | Done =>
        Seller -> Buyer : Done
        Buyer -> Bank : Pay
`;

const newProtocol = async (page: Page, text: string): Promise<string> => {
  await page.goto("/protocols");
  await page.getByRole("button", { name: "New protocol" }).click();
  await expect(page).toHaveURL(/\/protocols\/[^/]+$/);
  await expect(editorOf(page)).toBeAttached();
  await setText(page, text);
  return page.url();
};

/** The text as it is shown; the lines of these tests all fit the window. */
const shown = (page: Page): Locator => page.locator(".text-editor .view-lines");

/** Puts the cursor on a line (from 1) and a column (from 1), by keys only. */
const goTo = async (page: Page, line: number, column: number): Promise<void> => {
  await editorOf(page).focus();
  await page.keyboard.press("ControlOrMeta+Home");
  for (let i = 1; i < line; i++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  await page.keyboard.press("Home");
  for (let i = 1; i < column; i++) await page.keyboard.press("ArrowRight");
};

/** Puts the cursor into the first mention of a word at or after a line. */
const goToWord = async (page: Page, text: string, line: number, word: string): Promise<void> => {
  const columns = text.split("\n").slice(line - 1);
  const down = columns.findIndex((one) => one.includes(word));
  await goTo(page, line + down, (columns[down]?.indexOf(word) ?? 0) + 2);
};

const palette = async (page: Page, words: string): Promise<void> => {
  await page.keyboard.press("ControlOrMeta+K");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
};

test("a message and a role are explained at the cursor", async ({ page }) => {
  await newProtocol(page, SHOP);
  await expect(page.getByRole("banner")).toContainText("Sound");
  await goToWord(page, SHOP, 4, "Order");
  await palette(page, "Explain");
  const hover = page.locator(".monaco-hover:visible");
  await expect(hover).toContainText("Buyer sends !Seller Order");
  await expect(hover).toContainText("shop:buy");
  await expect(hover).toContainText("cost: 5");
  await page.keyboard.press("Escape");
  await goToWord(page, SHOP, 3, "Bank");
  await palette(page, "Explain");
  await expect(hover).toContainText("sends 0, receives 2, decides 0");
  await expect(hover).toContainText("?Buyer");
});

test("completion offers what fits, and typing on is never overridden", async ({ page }) => {
  const head = "protocol P =\n  roles Alice, Bob\n";
  await newProtocol(page, head);
  await goTo(page, 3, 1);
  await page.keyboard.type("  Alice -> ");
  const list = page.locator(".suggest-widget.visible");
  await expect(list).toContainText("Bob");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+Space");
  await expect(list.locator(".monaco-list-row").first()).toContainText("Bob");
  await expect(list.locator(".monaco-list-row.focused")).toContainText("Bob");
  await page.keyboard.press("Enter");
  await expect(shown(page)).toContainText("Alice -> Bob");
  await page.keyboard.press("Escape");
  // `Bo` is no name yet: the line break that follows must not turn it into `Bob`.
  await page.keyboard.type(" : Bo\nBob -> Alice : Al\n");
  await expect(page.getByRole("banner")).toContainText("Sound");
  await expect(page.locator(".band .label")).toHaveText(["Bo", "Al"]);
});

test("a snippet is filled in place by place", async ({ page }) => {
  await newProtocol(page, "protocol P =\n  roles A, B\n");
  await goTo(page, 3, 1);
  await page.keyboard.type("  loop rep");
  await page.keyboard.press("ControlOrMeta+Space");
  await expect(page.locator(".suggest-widget.visible .monaco-list-row.focused")).toContainText("repeat");
  await page.keyboard.press("Enter");
  await page.keyboard.type(" 2\n  A -> B : M");
  await page.keyboard.press("Escape");
  await expect(page.locator(".band .label")).toHaveText(["M"]);
});

test("F2 renames a role everywhere, and refuses a name that is taken", async ({ page }) => {
  await newProtocol(page, SHOP);
  await expect(page.getByRole("banner")).toContainText("Sound");
  await goToWord(page, SHOP, 8, "Buyer");
  await page.keyboard.press("F2");
  const box = page.locator(".rename-box input");
  await expect(box).toHaveValue("Buyer");
  await box.fill("Seller");
  await page.keyboard.press("Enter");
  await expect(page.getByText("There is already a role called Seller here.")).toBeVisible();
  await page.keyboard.press("Escape");
  await goToWord(page, SHOP, 8, "Buyer");
  await page.keyboard.press("F2");
  await box.fill("Customer");
  await page.keyboard.press("Enter");
  await expect(shown(page)).toContainText("roles Customer, Seller");
  await expect(shown(page)).not.toContainText("Buyer");
  await expect(page.getByRole("banner")).toContainText("Sound");
});

test("F8 goes to a problem, Ctrl+. mends it, and all of its kind at once", async ({ page }) => {
  const wrong = SHOP.replace("-> Bank : Retry", "-> Bankk : Retry").replace(
    "-> Buyer : Done",
    "-> Buyr : Done",
  );
  await newProtocol(page, wrong);
  await expect(page.getByRole("banner")).toContainText("errors");
  await goTo(page, 8, 1);
  await page.keyboard.press("F8");
  await expect(page.locator(".marker-widget")).toContainText("Bankk");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+.");
  const actions = page.locator(".action-widget").first();
  await expect(actions).toContainText("Replace by `Bank`");
  await expect(actions).toContainText("Fix all 2 of PAR2001");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("banner")).toContainText("Sound");
  await expect(shown(page)).not.toContainText("Bankk");
});

test("F12, Shift+F12 and Ctrl+Shift+O find their way, Shift+Alt+F formats", async ({ page }) => {
  await newProtocol(page, SHOP.replace("Buyer -> Bank : Pay", "Buyer   ->   Bank : Pay"));
  await expect(page.getByRole("banner")).toContainText("Sound");
  await goToWord(page, SHOP, 10, "Lap");
  await page.keyboard.press("F12");
  await expect(page.locator(".active-line-number")).toHaveText("5");
  await page.keyboard.press("End");
  await page.keyboard.type(" -- here");
  await expect(shown(page)).toContainText("rec Lap -- here");
  await goToWord(page, SHOP, 8, "Buyer");
  await page.keyboard.press("Shift+F12");
  await expect(page.locator(".reference-zone-widget")).toContainText("References");
  await page.keyboard.press("Escape");
  await goTo(page, 1, 1);
  await page.keyboard.press("ControlOrMeta+Shift+O");
  await page.keyboard.type("Retry");
  await expect(page.locator(".quick-input-widget")).toContainText("Retry");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+Alt+F");
  await expect(shown(page)).toContainText("Buyer -> Bank : Pay");
});

test("costs stand in the text as hints", async ({ page }) => {
  await newProtocol(page, SHOP);
  await expect(shown(page)).toContainText("Σ 5");
});

test("imports reach other protocols: F12 opens the place, F2 renames in both", async ({ page }) => {
  const harbour =
    "module harbour exposing (Pier)\ntype Pier = | North | South\nprotocol Dock =\n  roles A, B\n  A -> B : Moor of Pier\n";
  const harbourUrl = await newProtocol(page, harbour);
  await expect(page.getByRole("banner")).toContainText("Saved");
  const coast =
    "module coast exposing (Sail)\nimport harbour exposing (Pier)\nprotocol Sail =\n  roles A, B\n  A -> B : Go of Pier\n";
  await newProtocol(page, coast);
  await expect(page.getByRole("banner")).toContainText("Sound");
  await goToWord(page, coast, 5, "Pier");
  await page.keyboard.press("F2");
  const box = page.locator(".rename-box input");
  await expect(box).toHaveValue("Pier");
  await box.fill("Quay");
  await page.keyboard.press("Enter");
  await expect(shown(page)).toContainText("Go of Quay");
  await expect(shown(page)).toContainText("exposing (Quay)");
  await expect(page.getByText(/Also changed in/)).toBeVisible();
  await expect(page.getByRole("banner")).toContainText("Sound");
  await expect(page.getByRole("banner")).toContainText("Saved");
  await goToWord(page, coast, 5, "Pier");
  await page.keyboard.press("F12");
  await expect(page).toHaveURL(harbourUrl);
  await expect(shown(page)).toContainText("type Quay = | North | South");
});

import type { Page } from "@playwright/test";
import { editorOf, setText } from "./support/editor.ts";
import { expect, test } from "./support/test.ts";

const HELLO = `-- parley: allow PAR5015
module hello exposing (Hello)

protocol Hello =
  roles Client, Server
  Client -> Server : Ask
  Server -> Client : Answer
`;
const MISTAKE = HELLO.replace("Server -> Client : Answer", "Server -> Clent : Answer");

const newProtocol = async (page: Page): Promise<void> => {
  await page.goto("/protocols");
  await page.getByRole("button", { name: "New protocol" }).click();
  await expect(page).toHaveURL(/\/protocols\/[^/]+$/);
  await expect(editorOf(page)).toBeAttached();
};

test("from an empty page: a mistake, its error, the mend, and all three diagrams", async ({ page }) => {
  await newProtocol(page);
  await expect(page.getByRole("heading", { name: "An empty page" })).toBeVisible();
  await setText(page, MISTAKE);
  const problems = page.getByRole("region", { name: "Problems" });
  await expect(problems.getByText(/PAR\d{4}/).first()).toBeVisible();
  await expect(problems).toContainText("Clent");
  await expect(page.getByRole("banner")).toContainText("1 error");
  await expect(page.getByRole("button", { name: "Open session" })).toBeDisabled();

  await problems.getByRole("button", { name: "Fix" }).click();
  await expect(page.getByRole("banner")).toContainText("Sound");
  await expect(page.getByRole("heading", { name: "No problems" })).toBeVisible();

  const sequence = page.getByRole("group", { name: /^Sequence diagram of Hello/ });
  await expect(sequence.locator(".band .label")).toHaveText(["Ask", "Answer"]);
  await page.getByRole("tab", { name: "Roles" }).click();
  await expect(page.getByRole("button", { name: "Ask", exact: true })).toBeVisible();
  await page.getByRole("tab", { name: "Automata" }).click();
  const automaton = page.getByRole("group", { name: /^Automaton of Client: 3 states, 2 transitions/ });
  await expect(automaton).toContainText("!Server Ask");
  await page.getByLabel("Role").selectOption("Server");
  await expect(page.getByRole("group", { name: /^Automaton of Server/ })).toContainText("?Client Ask");
  await expect(page.getByRole("button", { name: "Open session" })).toBeEnabled();
});

test("one click selects the same message in the text and in every picture", async ({ page }) => {
  await page.goto("/protocols/secure_request");
  await page.locator("[data-edge]", { hasText: "SendResponse" }).click();
  await expect(page.locator(".tell-selected").first()).toBeVisible();
  await page.getByRole("tab", { name: "Roles" }).click();
  await expect(page.getByRole("button", { name: "SendResponse", pressed: true })).toBeVisible();
  await page.getByRole("tab", { name: "Automata" }).click();
  await expect(page.locator(".auto-edge.selected")).toContainText("SendResponse");
  await page.getByRole("group", { name: /^Automaton of Client/ }).focus();
  await page.keyboard.press("Escape");
  await expect(page.locator(".auto-edge.selected")).toHaveCount(0);
});

test("with errors the last sound picture stays, dimmed, and says so", async ({ page }) => {
  await newProtocol(page);
  await setText(page, HELLO);
  await expect(page.getByRole("banner")).toContainText("Sound");
  await setText(page, MISTAKE);
  await expect(page.getByText("The last sound picture; 1 error since.")).toBeVisible();
  await expect(page.locator(".sequence.dimmed .band .label")).toHaveText(["Ask", "Answer"]);
});

test("the mistake to mend: Show marks both arms and where they part, Esc clears, mending makes it sound", async ({
  page,
}) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Open it" }).click();
  const problems = page.getByRole("region", { name: "Problems" });
  await expect(problems).toContainText("Courier cannot tell accept from decline");
  await problems.getByRole("button", { name: "Show" }).click();
  await expect(page.locator(".band.marked .label")).toHaveText(["Confirm", "Deliver", "Sorry"]);
  await problems.getByRole("button", { name: "Learn" }).click();
  await expect(page.getByRole("dialog", { name: "PAR2201" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("group", { name: /^Sequence diagram/ }).focus();
  await page.keyboard.press("Escape");
  await expect(page.locator(".band.marked")).toHaveCount(0);
  await editorOf(page).focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("      Shop -> Courier : StandDown\n");
  await expect(page.getByRole("banner")).toContainText("Sound");
});

test("what was typed survives closing the tab, and versions can be named and brought back", async ({
  page,
}) => {
  await newProtocol(page);
  const url = page.url();
  await setText(page, HELLO);
  await expect(page.getByRole("banner")).toContainText("Sound");
  // At once, before the autosave's pause is over.
  await page.goto("about:blank");
  await page.goto(url);
  await expect(page.locator("[data-edge]")).toHaveCount(2);
  await expect(page.getByRole("banner")).toContainText("Saved");

  await page.getByRole("button", { name: "Save version" }).click();
  await page.getByRole("textbox", { name: /^Name/ }).fill("two messages");
  await page.keyboard.press("Enter");
  await setText(page, HELLO.replace("  Server -> Client : Answer\n", ""));
  await expect(page.locator("[data-edge]")).toHaveCount(1);
  await page.getByRole("tab", { name: "Versions" }).click();
  const saved = page.getByRole("listitem").filter({ hasText: "two messages" });
  await saved.getByRole("button", { name: "Restore into the draft" }).click();
  await page.getByRole("tab", { name: "Sequence" }).click();
  await expect(page.locator("[data-edge]")).toHaveCount(2);
});

test("two tabs on one draft: the later one is told, and nothing is lost", async ({ page, context }) => {
  await newProtocol(page);
  await setText(page, HELLO);
  await expect(page.getByRole("banner")).toContainText("Saved");
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.locator("[data-edge]")).toHaveCount(2);
  await setText(other, HELLO.replace("Ask", "Question"));
  await expect(other.getByRole("banner")).toContainText("Saved");
  await setText(page, HELLO.replace("Answer", "Reply"));
  await expect(page.getByText("Changed in another tab since you began.")).toBeVisible();
  await page.getByRole("button", { name: "Keep mine" }).click();
  await expect(page.getByRole("banner")).toContainText("Saved");
  await expect(page.locator(".band .label").last()).toHaveText("Reply");
});

test("rename, duplicate and delete with undo, by keys", async ({ page }) => {
  await newProtocol(page);
  await page.goto("/protocols?origin=mine");
  const row = page.getByRole("listitem").filter({ hasText: "Untitled protocol" }).first();
  await row.getByRole("link").first().focus();
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "Name" }).fill("Paper mill");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: /Paper mill/ })).toBeVisible();
  await page.getByRole("link", { name: /Paper mill/ }).focus();
  await page.keyboard.press("d");
  await expect(page.getByRole("link", { name: /Paper mill/ })).toHaveCount(2);
  await page
    .getByRole("link", { name: /Paper mill/ })
    .first()
    .focus();
  await page.keyboard.press("Delete");
  await expect(page.getByRole("link", { name: /Paper mill/ })).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("link", { name: /Paper mill/ })).toHaveCount(2);
});

test("search, palette and help work from the keyboard", async ({ page }) => {
  await page.goto("/protocols");
  await expect(page.getByRole("link", { name: /Guardian key rotation/ })).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("guardian key");
  await expect(page.getByRole("list", { name: "Protocols" }).getByRole("listitem")).toHaveCount(1);
  await expect(page).toHaveURL(/q=guardian/);
  await page.getByRole("searchbox").fill("no such thing");
  await expect(page.getByRole("heading", { name: "No protocol is called “no such thing”" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+K");
  await page.keyboard.type("go to sessions");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sessions$/);
  await page.locator("main").focus();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toContainText("Commands");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("10,000 lines, 1 MB and binary leave the page answering", async ({ page }) => {
  await newProtocol(page);
  const lines = Array.from({ length: 10_000 }, (_, i) => `  ${i % 2 === 0 ? "A -> B" : "B -> A"} : M${i}`);
  await setText(page, ["protocol Long =", "  roles A, B", ...lines, ""].join("\n"));
  await expect(page.getByRole("banner")).toContainText("Sound");
  expect(await page.locator(".band").count()).toBeLessThan(120);
  await setText(page, String.fromCharCode(...Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256)));
  await expect(page.getByRole("banner")).toContainText(/error/);
  await setText(page, "x".repeat(1_100_000));
  await expect(page.getByRole("region", { name: "Problems" })).toContainText("PAR1001");
  await page.getByRole("tab", { name: "Versions" }).click();
  await expect(page.getByRole("heading", { name: "No version yet" })).toBeVisible();
});

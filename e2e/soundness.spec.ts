import type { Page } from "@playwright/test";
import { newProtocol } from "./support/editor.ts";
import { expect, test } from "./support/test.ts";
import { inBothThemes, serious } from "./support/well-made.ts";

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
/** Nothing slows the sender down, and who else is there has a number only when a session opens. */
const FLOOD = `module flood exposing (Flood)

protocol Flood =
  roles Source, Sinks[N]
  loop forever
    Source -> Sinks[*] : Item
`;
/** A run that fills the buffer back to the owner goes through the end of the wait. */
const PATIENT = `module patient exposing (Patient)

protocol Patient =
  roles Asker, Helper
  timeout 5s Asker at
    Asker -> Helper : Ask
    Helper -> Asker : Answer
  on timeout =>
    Asker -> Helper : GiveUp
    Asker -> Helper : Bye
    Asker -> Helper : Gone
`;

const tab = async (page: Page): Promise<void> => {
  await page.getByRole("tab", { name: "Soundness" }).click();
};
const verdict = (page: Page, id: string) => page.locator(`[data-verdict=${id}]`);
const openRun = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "Open as a session" }).click();
  await expect(page).toHaveURL(/\/sessions\/[^/?]+/);
};
const happened = (page: Page) =>
  page.getByRole("group", { name: /^Sequence of the session/ }).locator(".band:not(.future) .label");

test("a sound protocol shows its verdicts, and a run of it opens as a session that stands where it ends", async ({
  page,
}) => {
  await newProtocol(page, ORDER);
  await expect(page.getByRole("banner")).toContainText("Sound · deadlock-free");
  await page.keyboard.press("Alt+8");
  await expect(page.getByRole("tab", { name: "Soundness" })).toHaveAttribute("aria-selected", "true");
  await expect(verdict(page, "deadlocks")).toContainText("Free of deadlocks: Yes");
  await expect(verdict(page, "deadlocks")).toContainText("by exploration");
  await expect(verdict(page, "progress")).toContainText("Progress: Yes");
  await expect(verdict(page, "buffers")).toContainText("Never more than 2 messages on the way");
  await expect(verdict(page, "arms")).toContainText("Every arm can be taken: Yes");
  await expect(verdict(page, "states")).toContainText("all there are");

  await page.getByRole("button", { name: "Show a run with 1 on the way from Shop to Bank" }).click();
  const run = page.getByRole("region", { name: /A shortest run that puts 1 on the way from Shop to Bank/ });
  await expect(run.locator("[aria-current=step]")).toContainText("1 message is on the way");
  await run.getByRole("button", { name: "Shop sends Expect to Bank" }).click();
  await expect(run.locator(".band.selected .label")).toHaveText("Expect");
  await run.getByRole("button", { name: "Previous step" }).click();
  await expect(run.locator(".band.selected .label")).toHaveText("Price");

  await openRun(page);
  await expect(happened(page).filter({ hasText: "Expect" })).toBeVisible();
  await expect(happened(page).filter({ hasText: "Sorry" })).toHaveCount(0);
});

test("a run through the end of a wait opens as a session whose clock has been moved there", async ({
  page,
}) => {
  await newProtocol(page, PATIENT);
  await tab(page);
  await page.getByRole("button", { name: /on the way from Asker to Helper/ }).click();
  const run = page.getByRole("region", { name: /from Asker to Helper/ });
  await expect(run).toContainText("Asker's time is up");
  await openRun(page);
  await expect(happened(page).filter({ hasText: "Gone" })).toBeVisible();
});

test("what cannot be seen in full says what ran out, and is looked at further when asked", async ({
  page,
}) => {
  await newProtocol(page, FLOOD);
  await expect(page.getByRole("banner")).toContainText("Sound");
  await tab(page);
  const largest = page.getByRole("region", { name: "Verdicts with N = 3" });
  await expect(largest.locator("[data-verdict=deadlocks]")).toContainText("by projection");
  await expect(largest.locator("[data-verdict=states]")).toContainText("Not all");
  await expect(largest.locator("[data-verdict=buffers]")).toContainText("nothing slows the sender down");
  await expect(page.getByRole("banner")).not.toContainText("deadlock-free");

  await page.getByRole("combobox", { name: "States" }).selectOption("200000");
  await page.getByRole("combobox", { name: "On the way" }).selectOption("128");
  await page.getByRole("button", { name: "Try every run" }).click();
  await expect(page.getByRole("status").filter({ hasText: /of at most/ })).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText("Stopped before the end.")).toBeVisible();
});

test("a text with errors says what to mend first", async ({ page }) => {
  await newProtocol(page, ORDER.replace("Buyer -> Shop : Ask", "Buyer -> Shp : Ask"));
  await tab(page);
  await expect(page.getByRole("heading", { name: "First mend the error" })).toBeVisible();
  await expect(page.getByRole("tabpanel", { name: "soundness" })).toContainText("line 5: ");
});

test.describe("in either theme", () => {
  test("axe finds nothing serious, and on a phone nothing is cut off", async ({ page }) => {
    await newProtocol(page, ORDER);
    await tab(page);
    await page.getByRole("button", { name: /on the way from Shop to Bank/ }).click();
    await expect(page.getByRole("button", { name: "Open as a session" })).toBeVisible();
    expect(await inBothThemes(page, serious)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    // Panes are stacked there, and built anew.
    await page.getByRole("button", { name: /on the way from Shop to Bank/ }).click();
    await expect(page.getByRole("button", { name: "Open as a session" })).toBeVisible();
    const wide = await page.evaluate(
      () =>
        [...document.querySelectorAll(".soundness *")].filter((element) => {
          const box = element.getBoundingClientRect();
          return box.width > 0 && box.right > innerWidth + 1 && !element.closest(".sequence");
        }).length,
    );
    expect(wide).toBe(0);
    expect(await inBothThemes(page, serious)).toEqual([]);
  });
});

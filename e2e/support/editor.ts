import type { Locator, Page } from "@playwright/test";

/** The text of the open protocol. */
export const editorOf = (page: Page): Locator => page.getByRole("textbox", { name: /^Protocol text/ });

/** Pastes over what is selected. */
const paste = async (page: Page, text: string): Promise<void> => {
  await page.evaluate((value) => {
    const data = new DataTransfer();
    data.setData("text/plain", value);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
};

/** Replaces the whole text as a person would: select all, paste. */
export const setText = async (page: Page, text: string): Promise<void> => {
  await editorOf(page).focus();
  await page.keyboard.press("ControlOrMeta+A");
  await paste(page, text);
};

/** A new protocol of somebody's own, with this text in its editor. */
export const newProtocol = async (page: Page, text: string): Promise<void> => {
  await page.goto("/protocols");
  await page.getByRole("button", { name: "New protocol" }).click();
  await page.waitForURL(/\/protocols\/[^/]+$/);
  await editorOf(page).waitFor({ state: "attached" });
  await setText(page, text);
};

/** The list of problems, and one of them by what its sentence says. */
export const problemsOf = (page: Page): Locator => page.getByRole("region", { name: "Problems" });
export const problem = (page: Page, sentence: string | RegExp): Locator =>
  problemsOf(page).getByRole("listitem").filter({ hasText: sentence }).first();

/** Puts text in place of the line a problem is shown at, as its “Show” finds it. */
export const retypeLine = async (page: Page, shown: Locator, text: string): Promise<void> => {
  await shown.getByRole("button", { name: "Show" }).click();
  await editorOf(page).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Shift+Home");
  await page.keyboard.press("Shift+Home");
  if (text === "") await page.keyboard.press("Delete");
  else await paste(page, text);
};

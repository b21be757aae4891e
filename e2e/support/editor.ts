import type { Locator, Page } from "@playwright/test";

/** The text of the open protocol. */
export const editorOf = (page: Page): Locator => page.getByRole("textbox", { name: /^Protocol text/ });

/** Replaces the whole text as a person would: select all, paste. */
export const setText = async (page: Page, text: string): Promise<void> => {
  await editorOf(page).focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.evaluate((value) => {
    const data = new DataTransfer();
    data.setData("text/plain", value);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
};

import type { Page } from "@playwright/test";
import { violations } from "./axe.ts";
import { expect } from "./test.ts";

/** What axe finds that keeps somebody from using the page, with where. */
export const serious = async (page: Page): Promise<readonly string[]> =>
  (await violations(page))
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);

/** All that axe finds, be it advice, with where. */
export const broken = async (page: Page): Promise<readonly string[]> =>
  (await violations(page)).map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`);

/** What `look` finds in the light theme and in the dark one, in the same page: its theme follows the system's. */
export const inBothThemes = async <Found>(
  page: Page,
  look: (page: Page) => Promise<readonly Found[]>,
): Promise<readonly { readonly theme: string; readonly found: Found }[]> => {
  const all: { readonly theme: string; readonly found: Found }[] = [];
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
    // What is drawn by script follows with the next frame.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    all.push(...(await look(page)).map((found) => ({ theme, found })));
  }
  return all;
};

export const noSidewaysScroll = async (page: Page): Promise<void> => {
  const over = await page.evaluate(() => {
    const main = document.querySelector("#content .page") ?? document.body;
    return [main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth];
  });
  expect(Math.max(...over)).toBeLessThanOrEqual(0);
};

/** What of `parts` reaches over the window's edge; what is inside `but` may, since it scrolls by itself. */
export const reachingOver = (page: Page, parts: string, but: string): Promise<readonly string[]> =>
  page.evaluate(
    ([inside, scrolling]) =>
      [...document.querySelectorAll(inside)]
        .filter(
          (one) => one.getClientRects().length > 0 && one.getBoundingClientRect().right > innerWidth + 1,
        )
        .filter((one) => one.closest(scrolling) === null)
        .map((one) => `${one.tagName} ${one.className}`),
    [parts, but] as const,
  );

/** A page in both themes and on a phone. */
export const wellMade = async (page: Page): Promise<void> => {
  for (const theme of ["light", "dark"]) {
    await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
    expect(await serious(page), theme).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 800 });
  await noSidewaysScroll(page);
  const small = await page
    .locator("#content button:visible, #content select:visible")
    .evaluateAll((all) =>
      all.filter((one) => Math.min(one.clientHeight, one.clientWidth) < 22).map((one) => one.textContent),
    );
  expect(small).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
};

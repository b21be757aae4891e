import type { Locator, Page } from "@playwright/test";
import { expect } from "./test.ts";

/** The open session's place in its log. */
export const place = (page: Page): Locator => page.getByRole("slider", { name: "Position" });
/** The cards of what somebody can do now. */
export const next = (page: Page): Locator => page.getByRole("region", { name: "Next" });
export const region = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });
export const tab = (page: Page, name: string): Locator => page.getByRole("tab", { name, exact: true });
export const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });

export const positionOf = async (page: Page): Promise<number> => Number(await place(page).inputValue());

/** What answers the page's present: a payload, a step; `false` when a choice or nothing is left. */
export const actOnce = async (
  page: Page,
  send: () => Promise<void>,
  step: () => Promise<void>,
): Promise<boolean> => {
  // The cards of a position come with the position.
  await expect(next(page)).toHaveAttribute("aria-busy", "false");
  const at = await positionOf(page);
  if ((await next(page).locator("[data-card=decide]").count()) > 0) return false;
  if ((await next(page).locator("[data-card=payload]").count()) > 0) await send();
  else if (await button(page, "Step").isEnabled()) await step();
  else return false;
  await expect.poll(() => positionOf(page)).toBeGreaterThan(at);
  return true;
};

export const byMouse = {
  send: (page: Page) => () =>
    next(page)
      .getByRole("button", { name: /^(Send|Answer)$/ })
      .first()
      .click(),
  step: (page: Page) => () => button(page, "Step").click(),
};

/** Answers every payload and steps on, until somebody has to choose or the session ends. */
export const playOn = async (page: Page): Promise<void> => {
  while (await actOnce(page, byMouse.send(page), byMouse.step(page)));
};

export const expectCompleted = async (page: Page): Promise<void> =>
  expect(page.getByRole("region", { name: "State of the session" })).toContainText("Completed");

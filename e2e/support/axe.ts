import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

type Violations = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"];

/** What axe objects to on a page, or in the part of it that a selector names. */
export const violations = async (page: Page, part?: string): Promise<Violations> => {
  // Where there are no frames, nothing has to be put together in a page opened for it.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  if (part !== undefined) axe.include(part);
  if ((await page.locator("iframe, frame").count()) > 0)
    throw new Error("axe would not look into the frames");
  return (await axe.analyze()).violations;
};

import { test as base } from "@playwright/test";
import { type StudioProcess, startStudioProcess } from "./server.ts";

/** `studio` is one server per worker; `baseURL` is where it listens. */
export const test = base.extend<object, { studio: StudioProcess }>({
  studio: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to see what a fixture needs.
    async ({}, use) => {
      const studio = await startStudioProcess();
      await use(studio);
      await studio.dispose();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ studio }, use) => use(studio.url),
});

export { expect } from "@playwright/test";

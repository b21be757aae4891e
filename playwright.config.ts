import { defineConfig } from "@playwright/test";

const executablePath = process.env.PARLEY_CHROMIUM;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  timeout: 60_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  // Each worker runs its own server on its own data folder. One more than the two cores a
  // machine may have: a test waits for the page a good part of its time.
  workers: 3,
  forbidOnly: Boolean(process.env.CI),
  use: {
    viewport: { width: 1440, height: 900 },
    // A trace of every test, kept or not, costs a quarter of the time; `--trace on` makes one of a test that fails.
    screenshot: "only-on-failure",
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});

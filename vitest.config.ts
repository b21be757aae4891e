import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "packages/*/src/**/*.test.ts",
      "apps/*/src/**/*.test.{ts,tsx}",
      "db/src/**/*.test.ts",
      "protocols/**/*.test.ts",
      "conformance/src/**/*.test.ts",
    ],
    pool: "forks",
    testTimeout: 60_000,
  },
});

import { availableParallelism } from "node:os";
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
    // By default a machine with two cores would get one worker.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
  },
});

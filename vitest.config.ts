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
    setupFiles: ["scripts/lib/property-seed.ts"],
    pool: "forks",
    // By default a machine with two cores would get one worker.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Only ends what hangs: on a busy machine a property over whole protocols takes its time.
    testTimeout: 240_000,
  },
});

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      { test: { name: "domain", root: "packages/domain", include: ["src/**/*.test.ts"] } },
      { test: { name: "web", root: "packages/web", include: ["src/**/*.test.ts"] } },
      {
        // Journeys each start a whole server and a browser: one file at a time, with time for a busy machine.
        test: { name: "e2e", root: "e2e", include: ["*.test.ts"], fileParallelism: false, testTimeout: 180_000, hookTimeout: 120_000, expect: { poll: { timeout: 20_000 } } },
      },
    ],
  },
});

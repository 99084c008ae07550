import { defineConfig } from "vitest/config";

/** On two processors Vitest would leave one idle. */
const maxWorkers = 2;

export default defineConfig({
  test: {
    reporters: ["default", "./.ci/closing-line.ts"],
    projects: [
      // Property tests take seconds where others use the machine too: how fast something is stands in the bench, never in a test.
      { test: { name: "domain", root: "packages/domain", include: ["src/**/*.test.ts"], maxWorkers, isolate: false, testTimeout: 60_000 } },
      { test: { name: "web", root: "packages/web", include: ["src/**/*.test.ts"], maxWorkers, isolate: false, testTimeout: 60_000 } },
      {
        test: {
          name: "server",
          root: "packages/server",
          include: ["src/**/*.test.ts"],
          globalSetup: ["src/database/test-server.ts"],
          maxWorkers,
          isolate: false,
          // Real PostgreSQL and real processes, on machines with few processors.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "journeys",
          root: "e2e",
          include: ["*.test.ts"],
          globalSetup: ["./before-journeys.ts"],
          // A journey drives a whole Trellis in a real browser; the rest is done first.
          sequence: { groupOrder: 1 },
          maxWorkers,
          // The journeys of a worker share its browser.
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});

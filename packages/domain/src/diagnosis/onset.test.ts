import { expect, test } from "vitest";
import { latestDayOfOnset } from "./onset.ts";

test.each([
  ["2026-09-14", "2026-09-14"],
  ["2026-09", "2026-09-30"],
  ["9/2026", "2026-09-30"],
  ["9/14/2026", "2026-09-14"],
  ["September 2026", "2026-09-30"],
  ["since Sept. 14, 2026", "2026-09-14"],
  ["february 2028, after the accident", "2028-02-29"],
  ["Autumn 2025", null],
  ["2025", null],
  ["In childhood", null],
  ["13/2026", null],
  ["February 30, 2026", null],
  ["", null],
])("the onset %j is at the latest %s", (onset, day) => expect(latestDayOfOnset(onset)).toBe(day));

import { expect, test } from "vitest";
import { sideBySide } from "./side-by-side.ts";

const hour = (startTime: string, minutes: number) => ({ startTime, minutes });

test("hours one after the other have the whole width", () => {
  expect(sideBySide([hour("09:00", 50), hour("10:00", 50), hour("10:50", 50)])).toEqual([
    { lane: 0, of: 1 },
    { lane: 0, of: 1 },
    { lane: 0, of: 1 },
  ]);
});

test("hours that overlap stand side by side, and a lane that has become free is used again", () => {
  expect(sideBySide([hour("09:00", 120), hour("09:30", 30), hour("10:00", 50), hour("13:00", 50)])).toEqual([
    { lane: 0, of: 2 },
    { lane: 1, of: 2 },
    { lane: 1, of: 2 },
    { lane: 0, of: 1 },
  ]);
});

import { afterEach, describe, expect, it } from "vitest";
import { learnClock, serverNow } from "./clock.ts";

const here = Date.parse("2026-11-26T15:00:00Z");
const now = () => serverNow(here).toISOString();
afterEach(() => learnClock("Thu, 26 Nov 2026 15:00:00 GMT", here));

describe("the clock of the server", () => {
  it.each([
    ["a day behind this computer", "Wed, 25 Nov 2026 15:00:07 GMT", "2026-11-25T15:00:07.000Z"],
    ["a day ahead of it", "Fri, 27 Nov 2026 15:00:00 GMT", "2026-11-27T15:00:00.000Z"],
    ["the same but for the way", "Thu, 26 Nov 2026 14:59:58 GMT", "2026-11-26T15:00:00.000Z"],
  ])("is %s", (_, date, expected) => {
    learnClock(date, here);
    expect(now()).toBe(expected);
  });

  it("is this computer's own while no answer says otherwise", () => {
    learnClock(null, here);
    learnClock("yesterday", here);
    expect(now()).toBe("2026-11-26T15:00:00.000Z");
  });
});

import { expect, test } from "vitest";
import { whyNoDayInLife } from "./day-in-life.ts";

test.each([
  ["2026-11-25", null],
  ["1988-02-29", null],
  ["2026-11-26", "future"],
  ["1988-02-28", "not born"],
  ["0026-11-25", "not born"],
])("%s in the life of somebody born on 1988-02-29, on 2026-11-25", (date, words) => {
  const fault = whyNoDayInLife(date, "1988-02-29", "2026-11-25");
  if (words === null) expect(fault).toBeNull();
  else expect(fault).toContain(words);
});

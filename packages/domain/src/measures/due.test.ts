import { describe, expect, test } from "vitest";
import type { Attendance } from "../course/session.ts";
import { type DueInput, type DueMeasure, dueMeasures, type ScheduledMeasure } from "./due.ts";

const planned = (more: Partial<ScheduledMeasure> = {}): ScheduledMeasure => ({
  measure: "phq9",
  measureName: "PHQ-9",
  when: "weeks",
  everyWeeks: 2,
  ...more,
});
const given = (...dates: string[]) => dates.map((date) => ({ measure: "phq9", date, status: "completed" as const }));
const session = (date: string, attendance: Attendance = "attended") => ({ date, attendance });

/** How the one measure of a schedule stands. The plan began on June 1, 2026, a Monday. */
function due(entry: ScheduledMeasure, today: string, more: Partial<DueInput> = {}): DueMeasure {
  const [found] = dueMeasures({
    schedule: [entry],
    start: "2026-06-01",
    reviewDue: "2026-07-06",
    administrations: [],
    sessions: [],
    today,
    ...more,
  });
  if (found === undefined) throw new Error("Nothing was found.");
  return found;
}

describe("every two weeks", () => {
  test.each([
    { today: "2026-06-01", dates: [], state: "due", dueOn: "2026-06-01", what: "the first time is due on the day the plan begins" },
    { today: "2026-06-02", dates: [], state: "overdue", dueOn: "2026-06-01", what: "and overdue from the day after" },
    { today: "2026-06-03", dates: ["2026-06-02"], state: "done", dueOn: "2026-06-16", what: "given: done for now" },
    { today: "2026-06-09", dates: ["2026-06-02"], state: "done", dueOn: "2026-06-16", what: "a week before its day: not yet" },
    { today: "2026-06-10", dates: ["2026-06-02"], state: "due", dueOn: "2026-06-16", what: "six days before its day: this week" },
    { today: "2026-06-16", dates: ["2026-06-02"], state: "due", dueOn: "2026-06-16", what: "on its day" },
    { today: "2026-06-17", dates: ["2026-06-02"], state: "overdue", dueOn: "2026-06-16", what: "the day after" },
    {
      today: "2026-07-07",
      dates: ["2026-06-02"],
      state: "overdue",
      dueOn: "2026-06-16",
      what: "an interval and a week after: still overdue",
    },
    { today: "2026-07-08", dates: ["2026-06-02"], state: "missed", dueOn: "2026-06-16", what: "one day more: missed" },
    { today: "2026-06-17", dates: ["2026-06-02", "2026-06-09"], state: "due", dueOn: "2026-06-23", what: "given early moves the next" },
    {
      today: "2026-06-17",
      dates: ["2026-06-09", "2026-06-02"],
      state: "due",
      dueOn: "2026-06-23",
      what: "in whatever order it was entered",
    },
    { today: "2026-06-01", dates: ["2026-05-25"], state: "done", dueOn: "2026-06-08", what: "a baseline from before the plan counts" },
    {
      today: "2026-06-01",
      dates: ["2025-01-10"],
      state: "due",
      dueOn: "2026-06-01",
      what: "one from an earlier therapy makes nothing overdue",
    },
    {
      today: "2026-06-03",
      dates: ["2026-06-20"],
      state: "overdue",
      dueOn: "2026-06-01",
      what: "a day that is still to come does not count",
    },
  ])("$what", ({ today, dates, state, dueOn }) => {
    expect(due(planned(), today, { administrations: given(...dates) })).toMatchObject({ state, dueOn });
  });

  test("an entry in error does not count", () => {
    const administrations = [{ measure: "phq9", date: "2026-06-02", status: "entered-in-error" as const }];
    expect(due(planned(), "2026-06-03", { administrations })).toMatchObject({ state: "overdue", lastGiven: null });
  });

  test("another measure does not count for it", () => {
    const administrations = [{ measure: "gad7", date: "2026-06-02", status: "completed" as const }];
    expect(due(planned(), "2026-06-03", { administrations }).state).toBe("overdue");
  });

  test("it says how the day was reached", () => {
    expect(due(planned(), "2026-06-17", { administrations: given("2026-06-02") }).why).toBe(
      "Planned every 2 weeks; last given on June 2, 2026.",
    );
    expect(due(planned({ everyWeeks: 1 }), "2026-06-17").why).toBe("Planned every week; not given yet.");
  });

  test("what is asked once is due once", () => {
    const askedOnce = new Set(["phq9"]);
    expect(due(planned(), "2026-06-02", { askedOnce }).state).toBe("overdue");
    expect(due(planned(), "2026-12-01", { askedOnce, administrations: given("2026-06-02") })).toMatchObject({ state: "done", dueOn: null });
  });
});

describe("at every session", () => {
  const each = planned({ when: "every-session" });
  const baseline = given("2026-06-01");
  test("the first time is due when the plan begins", () => {
    expect(due(each, "2026-06-01")).toMatchObject({ state: "due", dueOn: "2026-06-01" });
  });
  test("nothing is due until there is another session", () => {
    expect(due(each, "2026-06-20", { administrations: baseline, sessions: [session("2026-06-01")] })).toMatchObject({
      state: "done",
      dueOn: null,
    });
  });
  test("it is due on the day of a session, and overdue the day after", () => {
    const sessions = [session("2026-06-01"), session("2026-06-08")];
    expect(due(each, "2026-06-08", { administrations: baseline, sessions })).toMatchObject({ state: "due", dueOn: "2026-06-08" });
    expect(due(each, "2026-06-09", { administrations: baseline, sessions })).toMatchObject({ state: "overdue", dueOn: "2026-06-08" });
    expect(due(each, "2026-06-09", { administrations: given("2026-06-01", "2026-06-08"), sessions }).state).toBe("done");
  });
  test("a session that did not take place asks for nothing", () => {
    const sessions = [session("2026-06-08", "missed"), session("2026-06-09", "cancelled")];
    expect(due(each, "2026-06-09", { administrations: baseline, sessions }).state).toBe("done");
    expect(due(each, "2026-06-09", { administrations: baseline, sessions: [session("2026-06-09", "late")] }).state).toBe("due");
  });
  test("answers that come in up to two days before a session count for it", () => {
    const sessions = [session("2026-06-01"), session("2026-06-08")];
    const ahead = (date: string) => due(each, "2026-06-08", { administrations: given("2026-06-01", date), sessions }).state;
    expect(ahead("2026-06-06")).toBe("done");
    expect(ahead("2026-06-05")).toBe("due");
  });
  test("answers given at a session do not count for the next, however near it is", () => {
    const sessions = [session("2026-06-08"), session("2026-06-09")];
    expect(due(each, "2026-06-09", { administrations: given("2026-06-08"), sessions }).state).toBe("due");
  });
  test("it is missed when two sessions went by without it and the first is more than a week ago", () => {
    const sessions = [session("2026-06-08"), session("2026-06-15")];
    expect(due(each, "2026-06-15", { administrations: baseline, sessions }).state).toBe("overdue");
    expect(due(each, "2026-06-16", { administrations: baseline, sessions }).state).toBe("missed");
    expect(due(each, "2026-06-30", { administrations: baseline, sessions: [session("2026-06-08")] }).state).toBe("overdue");
  });
  test("an earlier therapy does not count", () => {
    expect(
      due(each, "2026-06-01", { administrations: given("2025-01-10"), sessions: [session("2025-01-10"), session("2025-01-17")] }),
    ).toMatchObject({
      state: "due",
      dueOn: "2026-06-01",
    });
  });
});

describe("at each review", () => {
  const each = planned({ when: "review" });
  test.each([
    { today: "2026-06-28", dates: [], state: "done", what: "eight days before the review: not yet" },
    { today: "2026-06-29", dates: [], state: "due", what: "seven days before" },
    { today: "2026-07-06", dates: [], state: "due", what: "on the day" },
    { today: "2026-07-07", dates: [], state: "overdue", what: "afterwards" },
    { today: "2026-08-10", dates: [], state: "overdue", what: "five weeks afterwards" },
    { today: "2026-08-11", dates: [], state: "missed", what: "and a day" },
    { today: "2026-07-02", dates: ["2026-06-28"], state: "due", what: "given too long before" },
    { today: "2026-07-02", dates: ["2026-06-29"], state: "done", what: "given for this review" },
    { today: "2026-07-20", dates: ["2026-07-10"], state: "done", what: "given late" },
  ])("$what: $state", ({ today, dates, state }) => {
    expect(due(each, today, { administrations: given(...dates) }).state).toBe(state);
  });
  test("without a review date there is no day, and it says so", () => {
    expect(due(each, "2026-07-06", { reviewDue: null })).toMatchObject({
      state: "done",
      dueOn: null,
      why: "Planned at each review; no review date is set.",
    });
  });
});

test("at discharge it is due once the end of therapy is said", () => {
  const atEnd = planned({ when: "discharge" });
  expect(due(atEnd, "2026-07-01").state).toBe("done");
  expect(due(atEnd, "2026-07-01", { endsOn: "2026-07-08" })).toMatchObject({ state: "due", dueOn: "2026-07-08" });
  expect(due(atEnd, "2026-06-30", { endsOn: "2026-07-08" }).state).toBe("done");
  expect(due(atEnd, "2026-07-08", { endsOn: "2026-07-08", administrations: given("2026-07-03") }).state).toBe("done");
});

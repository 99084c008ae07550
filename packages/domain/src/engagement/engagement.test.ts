import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../calendar/date.ts";
import type { Attendance } from "../course/session.ts";
import type { EngagementBarrier } from "./barrier.ts";
import { barriersToConsider } from "./consider-barriers.ts";
import { type EngagementRecord, engagementOf, weeksInSight } from "./engagement.ts";

/** A Thursday. */
const today = "2026-11-26";
const nothing: EngagementRecord = { sessions: [], homework: [], administrations: [], missedMeasures: [] };

/** One session a week up to this week, the last one today. */
const sessions = (...attendances: readonly Attendance[]) =>
  attendances.map((attendance, index) => ({ date: addDays(today, -7 * (attendances.length - 1 - index)), attendance }));
const feedback = (date: string, ...answers: readonly (number | null)[]) => ({
  measure: "session-feedback",
  date,
  status: "completed" as const,
  answers: [...answers],
});
const signs = (record: Partial<EngagementRecord>) => engagementOf({ ...nothing, ...record }, today).drops.map(({ sign }) => sign);

describe("how a client takes part", () => {
  test("is seen week by week, from Monday to Sunday", () => {
    const { weeks } = engagementOf(
      {
        sessions: sessions("attended", "missed"),
        homework: [{ title: "Diary", outcome: "partly", lookedAtOn: "2026-11-19", withdrawnOn: null }],
        administrations: [
          { measure: "phq9", date: "2026-11-22", status: "completed", answers: [] },
          { measure: "phq9", date: "2026-11-23", status: "entered-in-error", answers: [] },
          feedback("2026-11-26", 10, 9, 8, 9),
        ],
        missedMeasures: [],
      },
      today,
    );
    expect(weeks).toEqual([
      { from: "2026-11-16", sessions: ["attended"], homework: ["partly"], measures: 1, feedback: null },
      { from: "2026-11-23", sessions: ["missed"], homework: [], measures: 0, feedback: 36 },
    ]);
  });

  test("has no picture before anything happened", () => {
    expect(engagementOf(nothing, today)).toEqual({ weeks: [], drops: [] });
  });

  test("two of the last four sessions missed are a sign, one is not", () => {
    expect(signs({ sessions: sessions("missed", "attended", "attended", "missed") })).toEqual(["sessions-missed"]);
    expect(signs({ sessions: sessions("missed", "missed", "attended", "attended", "attended", "missed") })).toEqual([]);
  });

  test("cancelling is another sign than staying away", () => {
    expect(signs({ sessions: sessions("cancelled", "attended", "cancelled") })).toEqual(["sessions-cancelled"]);
  });

  test("homework that was never looked at says nothing", () => {
    const done = (outcome: "done" | "not-done" | null, lookedAtOn: string | null) => ({
      title: "Diary",
      outcome,
      lookedAtOn,
      withdrawnOn: null,
    });
    expect(signs({ homework: [done("not-done", "2026-11-05"), done(null, null), done("not-done", "2026-11-19")] })).toEqual([
      "homework-not-done",
    ]);
    expect(signs({ homework: [done("not-done", "2026-11-05"), done("done", "2026-11-12"), done(null, null)] })).toEqual([]);
  });

  test("one low answer is worth a question, and so is one well below the client's own usual answer", () => {
    expect(signs({ administrations: [feedback("2026-11-26", 6, 9, 9, 9)] })).toEqual(["feedback-relationship"]);
    const high = [feedback("2026-11-12", 10, 10, 10, 10), feedback("2026-11-19", 10, 10, 10, 10)];
    expect(signs({ administrations: [...high, feedback("2026-11-26", 10, 10, 8, 9)] })).toEqual(["feedback-approach"]);
    expect(engagementOf({ ...nothing, administrations: [...high, feedback("2026-11-26", 10, 10, 8, 9)] }, today).drops[0]?.words).toBe(
      "Last feedback on the way of working: 8 of 10, 10 on average before.",
    );
    // Left open is no low answer.
    expect(signs({ administrations: [...high, feedback("2026-11-26", null, 10, 10, 10)] })).toEqual([]);
  });

  test("measures left out for long are named", () => {
    expect(engagementOf({ ...nothing, missedMeasures: ["PHQ-9"] }, today).drops).toEqual([
      { sign: "measures-not-answered", words: "Not answered for a long time: PHQ-9." },
    ]);
  });

  test("whatever happened, the weeks follow one another without a gap, end with this week, and are twelve at most", () => {
    const day = fc.integer({ min: -400, max: 30 }).map((days) => addDays(today, days));
    const record = fc.record({
      sessions: fc.array(fc.record({ date: day, attendance: fc.constantFrom<Attendance>("attended", "missed") })),
    });
    fc.assert(
      fc.property(record, (some) => {
        const { weeks } = engagementOf({ ...nothing, ...some }, today);
        expect(weeks.length).toBeLessThanOrEqual(weeksInSight);
        if (some.sessions.some(({ date }) => date <= today)) expect(weeks.at(-1)?.from).toBe("2026-11-23");
        for (const [index, { from }] of weeks.slice(1).entries()) expect(from).toBe(addDays(weeks[index]?.from ?? "", 7));
      }),
    );
  });
});

describe("what to consider when it drops", () => {
  const barrier = (id: string, ...of: EngagementBarrier["signs"]): EngagementBarrier => ({
    id,
    title: id,
    signs: of,
    ask: "What makes it hard?",
    consider: ["Ask about it.", "Ask again."],
    evidence: [],
    basis: "practice-based",
  });

  test("what most of the record speaks for comes first, and what nothing speaks for is left out", () => {
    const drops = [
      { sign: "sessions-missed" as const, words: "2 missed." },
      { sign: "homework-not-done" as const, words: "2 not done." },
    ];
    const found = barriersToConsider(
      [barrier("way", "sessions-missed"), barrier("hope", "sessions-missed", "homework-not-done"), barrier("fit", "feedback-approach")],
      drops,
    );
    expect(found.map(({ barrier: { id }, because }) => [id, because])).toEqual([
      ["hope", ["2 missed.", "2 not done."]],
      ["way", ["2 missed."]],
    ]);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, formatDate, type IsoDate } from "../calendar/date.ts";
import { SessionDetail } from "../course/session.ts";
import { Episode } from "../episode/episode.ts";
import { AssignedHomework } from "../homework/assigned-homework.ts";
import { Intake } from "../intake/intake.ts";
import type { Administration } from "../measures/administration.ts";
import { gad7, phq9, shippedMeasures } from "../measures/shipped-measures.test-data.ts";
import { NoteHead } from "../note/note.ts";
import { exampleAuthor, exampleObjective, examplePlan, exampleRecord } from "../plan/plan.test-data.ts";
import type { Plan } from "../plan/plan.ts";
import { progressOf } from "../progress/progress.ts";
import { type CriterionState, criteriaMet } from "./discharge-criteria.ts";
import { draftSummary, firstDayOf, type SummaryInput } from "./draft-summary.ts";
import { followUpsOf, usualFollowUps } from "./follow-up.ts";
import { scoreClause } from "./score-clause.ts";
import { stillOpen } from "./still-open.ts";
import { missingToSign, withOwnWords } from "./summary.ts";
import { taperProposal } from "./taper.ts";

const today = "2026-11-23";

/** Totals of a measure as they were entered, so many days before today. */
const scores = (measure: string, ...given: readonly (readonly [daysAgo: number, total: number])[]): Administration[] =>
  given.map(([daysAgo, total], index) => ({
    id: `${measure}-${index}`,
    measure,
    measureVersion: "1.0",
    date: addDays(today, -daysAgo),
    answers: [],
    entered: { total, subscales: {} },
    answeredBy: "client",
    status: "completed",
  }));

const lowRisk = Intake.parse({ risk: { assessedOn: "2026-11-20", level: "low", ideation: "none" } }).risk;
const criterion = (text: string) => ({ id: "c1", text, plain: "", detail: "", ask: "", origin: { kind: "own" as const }, because: [] });

const stateOf = (text: string, administrations: readonly Administration[] = [], changes: Partial<Plan> = {}): CriterionState | undefined =>
  criteriaMet(
    examplePlan({ dischargeCriteria: [criterion(text)], ...changes }),
    { measures: shippedMeasures, administrations, risk: lowRisk },
    { notes: [], judgements: [] },
    today,
  )[0];

describe("what a criterion asks of scores", () => {
  test.each([
    [
      "PHQ-9 below 10 on two administrations at least four weeks apart, and the client agrees that the number fits.",
      "below 10",
      2,
      4,
      true,
      false,
    ],
    ["GAD-7 under 8 on three forms in a row over six weeks that held at least one real trouble.", "below 8", 3, 6, true, false],
    ["AUDIT, which looks back a year, stands below 8, or at half its first value and still falling.", "below 8", 2, 0, true, true],
    ["PHQ-9 is below 10 twice, at least four weeks apart, and what remains is recognized as grief.", "below 10", 2, 4, true, false],
    ["The last PHQ-9 was below 10 or what it showed has been looked into.", "below 10", 1, 0, true, true],
    [
      "PHQ-9 has been below 10 at three administrations over at least six weeks, and what is left is known or has its own plan.",
      "below 10",
      3,
      6,
      true,
      false,
    ],
    ["PHQ-9 at or below 4 twice in a row.", "at or below 4", 2, 0, false, false],
    ["PHQ-9: 4 or less.", "at or below 4", 2, 0, false, false],
  ])("%s", (text, bound, times, weeks, asksMore, hasOther) => {
    expect(scoreClause(text, shippedMeasures)).toMatchObject({ bound: bound.replace("under", "below"), times, weeks, asksMore, hasOther });
  });

  test("is nothing where no measure or no bound is named", () => {
    expect(scoreClause("The client sleeps well enough to work.", shippedMeasures)).toBeNull();
    expect(scoreClause("PHQ-9 and daily life fit together.", shippedMeasures)).toBeNull();
  });
});

describe("discharge criteria", () => {
  const whole = "PHQ-9 below 10 on two occasions in a row.";
  test.each<[string, string, readonly (readonly [number, number])[], string]>([
    [
      "met by the scores alone",
      whole,
      [
        [60, 17],
        [20, 8],
        [6, 7],
      ],
      "met",
    ],
    [
      "one score is not two",
      whole,
      [
        [60, 17],
        [6, 7],
      ],
      "not-yet",
    ],
    [
      "a score on the bound is not below it",
      whole,
      [
        [20, 8],
        [6, 10],
      ],
      "not-yet",
    ],
    [
      "a relapse between the two begins the count anew",
      whole,
      [
        [40, 8],
        [20, 12],
        [6, 8],
      ],
      "not-yet",
    ],
    ["never given, it cannot be told", whole, [], "cannot-tell"],
    [
      "low for too short a time",
      "PHQ-9 below 10 twice, at least four weeks apart.",
      [
        [20, 8],
        [6, 7],
      ],
      "not-yet",
    ],
    [
      "low for long enough",
      "PHQ-9 below 10 twice, at least four weeks apart.",
      [
        [34, 8],
        [6, 7],
      ],
      "met",
    ],
    [
      "what no score says stays the clinician's to say",
      "PHQ-9 below 10 twice in a row, and the client agrees.",
      [
        [20, 8],
        [6, 7],
      ],
      "cannot-tell",
    ],
    ["as long as the score is not there, it is not met", "PHQ-9 below 10 twice in a row, and the client agrees.", [[6, 14]], "not-yet"],
    [
      "another way to be met keeps it open",
      "PHQ-9 below 10, or at half its first value.",
      [
        [20, 20],
        [6, 11],
      ],
      "cannot-tell",
    ],
    ["nothing measures it", "The client has somebody to call.", [[6, 2]], "cannot-tell"],
    ["low risk alone does not say for how long", "No thoughts of suicide for eight weeks.", [], "cannot-tell"],
  ])("%s", (_, text, given, state) => {
    expect(stateOf(text, scores("phq9", ...given))?.state).toBe(state);
  });

  test("say which scores they rest on", () => {
    expect(stateOf(whole, scores("phq9", [20, 8], [6, 7]))?.because).toEqual([
      "PHQ-9 was 8 on November 3, 2026, 7 on November 17, 2026: below 10 twice in a row.",
    ]);
  });

  test("about objectives count those that are achieved; without criteria the objectives stand in", () => {
    const objectives = [exampleObjective({ achievementStatus: "achieved" }), exampleObjective({ id: "o2", lifecycleStatus: "cancelled" })];
    expect(stateOf("All objectives are achieved.", [], { objectives })).toMatchObject({ state: "met" });
    const note = {
      date: "2026-11-20",
      signedAt: "2026-11-20T10:00:00Z",
      head: NoteHead.parse({ format: "dap", date: "2026-11-20", objectives: [{ objectiveId: "o1", rating: "good" }] }),
    };
    const record = { measures: shippedMeasures, administrations: [], risk: lowRisk };
    const states = criteriaMet(examplePlan({ dischargeCriteria: [] }), record, { notes: [note], judgements: [] }, today);
    expect(states).toMatchObject([
      { id: "objective:o1", state: "not-yet", because: ["Rated “good progress” in the note of November 20, 2026."] },
    ]);
    // A note that nobody has signed says nothing yet.
    const unsigned = criteriaMet(
      examplePlan({ dischargeCriteria: [] }),
      record,
      { notes: [{ ...note, signedAt: null }], judgements: [] },
      today,
    );
    expect(unsigned[0]?.state).toBe("cannot-tell");
  });

  test("judged by the clinician stay so, and scores that speak against it raise a doubt", () => {
    const judged = (administrations: readonly Administration[]) =>
      criteriaMet(
        examplePlan({ dischargeCriteria: [criterion(whole)] }),
        { measures: shippedMeasures, administrations, risk: lowRisk },
        { notes: [], judgements: [{ criterionId: "c1", state: "met", on: "2026-11-10", by: "Ada Sample", why: "" }] },
        today,
      )[0];
    expect(judged([])).toMatchObject({
      state: "met",
      by: "clinician",
      doubt: false,
      because: ["Judged as met on November 10, 2026 by Ada Sample.", expect.any(String)],
    });
    expect(judged(scores("phq9", [2, 19]))).toMatchObject({ state: "met", doubt: true });
    // A score that was there when it was judged was known.
    expect(judged(scores("phq9", [20, 19]))).toMatchObject({ state: "met", doubt: false });
  });
});

describe("a taper", () => {
  const met: CriterionState = { id: "c1", text: "", state: "met", by: "record", judgement: null, because: [], doubt: false };
  const from = { risk: { level: "low" as const, assessedOn: today }, lastSession: "2026-11-20", today };
  const plan = (times: number, per: "week" | "month") => ({ sessionPlan: { ...examplePlan().sessionPlan, frequency: { times, per } } });

  test("goes from weekly to every two weeks to once a month, each from the session before", () => {
    const { kind, steps, endsOn, because } = taperProposal(plan(1, "week"), [met], from);
    expect(kind).toBe("propose");
    expect(steps.map(({ words, dates }) => [words, ...dates])).toEqual([
      ["Every two weeks", "2026-12-04", "2026-12-18", "2027-01-01"],
      ["Once a month", "2027-02-01", "2027-03-01", "2027-04-01"],
    ]);
    expect(endsOn).toBe("2027-04-01");
    expect(because.map(({ kind: why }) => why)).toEqual(["practice", "evidence"]);
  });

  test("takes only steps that are fewer sessions than now", () => {
    expect(taperProposal(plan(2, "week"), [met], from).steps.map(({ words }) => words)).toEqual([
      "Once a week",
      "Every two weeks",
      "Once a month",
    ]);
    expect(taperProposal(plan(2, "month"), [met], from).steps.map(({ words }) => words)).toEqual(["Once a month"]);
    expect(taperProposal(plan(1, "month"), [met], from)).toMatchObject({ kind: "propose", steps: [], endsOn: null });
  });

  test("waits while a criterion is open or doubted, and while risk is high", () => {
    const kinds = [
      taperProposal(plan(1, "week"), [], from),
      taperProposal(plan(1, "week"), [met, { ...met, state: "cannot-tell" }], from),
      taperProposal(plan(1, "week"), [{ ...met, doubt: true }], from),
      taperProposal(plan(1, "week"), [met], { ...from, risk: { level: "high", assessedOn: today } }),
    ].map(({ kind, steps }) => [kind, steps.length]);
    expect(kinds).toEqual(Array.from({ length: 4 }, () => ["wait", 0]));
  });
});

describe("follow-ups", () => {
  const endedOn = "2026-08-31";
  test("lie one, three and six months after the end, on the last day of a shorter month", () => {
    expect(usualFollowUps(endedOn, ["phq9"]).map(({ date }) => date)).toEqual(["2026-09-30", "2026-11-30", "2027-02-28"]);
  });

  const at = (days: number, total: number): Administration[] =>
    scores("phq9", [0, total]).map((given) => ({ ...given, id: `f${days}`, date: addDays("2026-09-30", days) }));
  const before = scores("phq9", [0, 6]).map((given) => ({ ...given, date: endedOn }));
  const first = (after: readonly Administration[], day: IsoDate) =>
    followUpsOf(usualFollowUps(endedOn, ["phq9"]), endedOn, { measures: [phq9], administrations: [...before, ...after] }, day)[0];

  test.each<[string, readonly Administration[], IsoDate, string, string | null]>([
    ["not yet", [], "2026-09-22", "later", null],
    ["due from a week before its day", [], "2026-09-23", "due", null],
    ["missed once the next can be asked", [], "2026-11-24", "missed", null],
    ["held: worse by less than a reliable change", at(0, 11), "2026-10-01", "answered", "held"],
    ["slipped: worse by exactly the reliable change of 6", at(2, 12), "2026-10-05", "answered", "slipped"],
    ["better still", at(-3, 0), "2026-10-01", "answered", "better"],
    ["answered too early to count", at(-20, 12), "2026-10-01", "due", null],
  ])("%s", (_, after, day, state, hold) => {
    expect(first(after, day)).toMatchObject({ state, results: [{ measure: "phq9", hold }] });
  });
});

/** A whole treatment of eight weeks, with something of everything. */
function fullInput(changes: Partial<SummaryInput> = {}): SummaryInput {
  const administrations = [...scores("phq9", [70, 17], [42, 12], [14, 8], [7, 6]), ...scores("gad7", [70, 14], [7, 10])];
  const revisions = [
    examplePlan({
      establishedOn: "2026-09-28",
      transitionPlan: "Stay with the walking group",
      medications: [{ id: "m1", name: "Sertraline", dose: "50 mg", purpose: "mood", prescriber: "Dr. Example" }],
      referrals: [{ id: "r1", to: "Sleep clinic", why: "snoring", status: "made" }],
      objectives: [
        exampleObjective({ achievementStatus: "achieved" }),
        exampleObjective({
          id: "o2",
          text: "Bring the PHQ-9 from {baseline} to {target} by {date}.",
          metric: {
            kind: "measure",
            measure: "phq9",
            measureName: "PHQ-9",
            unit: "",
            direction: "decrease",
            baseline: 17,
            baselineDate: "2026-09-14",
            target: 9,
          },
        }),
        exampleObjective({ id: "o3", lifecycleStatus: "cancelled" }),
      ],
    }),
  ];
  const record = exampleRecord({
    administrations,
    intake: Intake.parse({
      presentingProblems: {
        problems: [{ id: "p", words: "I can’t get up", since: "spring", impact: "Late for work" }],
        whyNow: "A warning at work",
      },
      risk: lowRisk,
    }),
  });
  const sessions = [56, 49, 42, 35, 28, 21, 14, 7].map((daysAgo, index) => ({
    id: `s${index}`,
    date: addDays(today, -daysAgo),
    attendance: index === 3 ? ("missed" as const) : index === 5 ? ("late" as const) : ("attended" as const),
    detail: SessionDetail.parse({ modality: index > 4 ? "video" : "in-person" }),
  }));
  const plans = [{ revision: 1, establishedOn: "2026-09-28", signedAt: "2026-09-28T20:00:00Z" }];
  return {
    kind: "discharge",
    record,
    measures: [phq9, gad7],
    courses: progressOf(
      [phq9, gad7],
      { administrations, sessions, events: [], plans, settings: {}, timeZone: "UTC" },
      revisions[0] ?? null,
    ),
    events: [{ id: "e1", date: "2026-10-20", kind: "medication", label: "Sertraline begun" }],
    alerts: [],
    treatment: {
      sessions,
      appointments: [{ id: "a1", date: "2026-12-01", startTime: "10:00" }],
      notes: [
        {
          date: "2026-11-16",
          signedAt: "2026-11-16T18:00:00Z",
          head: NoteHead.parse({
            format: "dap",
            date: "2026-11-16",
            interventions: [{ interventionId: "i1" }],
            risk: { state: "unchanged" },
            nextTime: "Go over the plan for staying well",
          }),
        },
      ],
      homework: [
        { content: AssignedHomework.parse({ title: "Walk with a friend", steps: ["Ask"], assignedOn: "2026-11-02", outcome: "done" }) },
        { content: AssignedHomework.parse({ title: "Sleep diary", steps: ["Write"], assignedOn: "2026-11-16" }) },
      ],
      outlines: [],
      reviews: [{ state: "done", content: { on: "2026-10-26" } }],
      documents: [
        {
          kind: "relapse-plan",
          revision: 1,
          content: { whatHelped: ["Planning the day"], earlySigns: ["Staying in bed"] },
          finishedOn: "2026-11-16",
        },
        { kind: "relapse-plan", revision: 2, content: { whatHelped: ["Not finished"] }, finishedOn: null },
      ],
    },
    revisions,
    episode: Episode.parse({
      number: 1,
      openedOn: "2026-09-28",
      endedOn: "2026-11-16",
      end: {
        reason: "goals-met",
        outcome: "improved",
        detail: "We parted on good terms",
        followUps: [{ date: "2026-12-16", measures: ["phq9"] }],
      },
    }),
    author: exampleAuthor,
    today,
    ...changes,
  };
}

describe("a discharge summary", () => {
  const summary = draftSummary(fullInput());

  test("tells the course with what was attended and missed, and what was used by the signed notes", () => {
    expect(summary.sections.course).toBe(
      "7 sessions took place, the first on September 28, 2026 and the last on November 16, 2026 (individual, in person, by video). 1 was missed. The client came late once. Approaches used: Cognitive behavioral (CBT), with activity scheduling. A plan was signed on September 28, 2026. It was reviewed with the client 1 time. Homework was given 2 times: 1 done. Recorded along the way: Sertraline begun (October 20, 2026).",
    );
  });

  test("gives the first and the last score with what the change means", () => {
    expect(summary.outcomes).toMatchObject([
      {
        measure: "phq9",
        drawn: true,
        text: "PHQ-9: 17 of 27 (moderately severe) on September 14, 2026 to 6 of 27 (mild) on November 16, 2026, given 4 times. 11 points better. Reliably better. Recovered.",
      },
      { measure: "gad7", drawn: true, text: expect.stringContaining("4 points better. Reliably better. Improved.") },
    ]);
  });

  test("says of every goal and objective how it stands, and why", () => {
    expect(summary.goals).toMatchObject([
      {
        number: "1.1",
        status: "achieved",
        words: "2 of 2 objectives achieved.",
        objectives: [
          { number: "1.1.1", status: "achieved", words: "Recorded in the plan as achieved." },
          { number: "1.1.2", status: "achieved", words: "PHQ-9 was 6 on November 16, 2026, target 9. The target was met twice in a row." },
          { number: "1.1.3", status: "stopped" },
        ],
      },
    ]);
  });

  test("holds how it ended, risk, medication, the finished plan for staying well, follow-up and referrals", () => {
    expect(summary.sections).toMatchObject({
      reason:
        "What brought the client, in their own words: “I can’t get up” (spring). Why at that time: A warning at work. Effect on daily life: Late for work. Problems in the plan: Depression.",
      diagnosesAtStart: "F33.1 Major depressive disorder, recurrent, moderate (principal, confirmed)",
      ending: "Treatment ended on November 16, 2026. The goals of treatment were met. We parted on good terms.",
      outcome: "Improved, as client and clinician judge it.",
      risk: "Risk was last assessed on November 20, 2026: low. No thoughts of suicide were reported.",
      medication: "Sertraline 50 mg, for mood, prescribed by Dr. Example\n(as the plan has it)",
      stayingWell:
        "The client has a plan for staying well of November 16, 2026.\nWhat helped: Planning the day.\nEarly signs: Staying in bed.",
      recommendations: "Stay with the walking group.",
      followUp: "December 16, 2026: PHQ-9, by private link.",
      referrals: "Sleep clinic, for snoring: made.",
    });
    expect(missingToSign(summary)).toEqual([]);
  });

  test("for a transfer says what is open and what comes next, and wants to know to whom", () => {
    const transfer = draftSummary(fullInput({ kind: "transfer", alerts: ["Three sessions missed"] }));
    expect(transfer.sections).toMatchObject({
      open: "Alert that is not acknowledged yet: Three sessions missed.",
      homework: "Sleep diary, given on November 16, 2026.",
      nextSession:
        "As noted on November 16, 2026: Go over the plan for staying well. The next appointment is on December 1, 2026 at 10:00.",
    });
    expect(transfer.sections.ending).toBeUndefined();
    expect(missingToSign(transfer).map(({ pointer }) => pointer)).toEqual(["/recipient"]);
  });

  test("drafted anew keeps what was changed by hand, and only that", () => {
    const changed = {
      ...summary,
      recipient: "Dr. Example",
      sections: { ...summary.sections, risk: "Mine", course: "Stale" },
      goals: summary.goals.map((goal) => ({ ...goal, status: "partly" as const, words: "As we see it" })),
      ownWords: ["sections/risk", "goals/g1"],
    };
    const again = withOwnWords(draftSummary(fullInput()), changed);
    expect(again.sections).toMatchObject({ risk: "Mine", course: summary.sections.course });
    expect(again).toMatchObject({
      recipient: "Dr. Example",
      goals: [{ status: "partly", words: "As we see it" }],
      ownWords: changed.ownWords,
    });
    expect(again.goals[0]?.objectives).toEqual(summary.goals[0]?.objectives);
  });

  test("holds nothing that is not in the record: what is missing there is missing here, and every number comes from there", () => {
    const full = fullInput();
    const none = exampleRecord({ administrations: [], diagnoses: [], intake: Intake.parse({}) });
    const nothing = { sessions: [], appointments: [], notes: [], homework: [], outlines: [], reviews: [], documents: [] };
    const has = fc.record({
      kind: fc.constantFrom("discharge" as const, "transfer" as const),
      intake: fc.boolean(),
      diagnoses: fc.boolean(),
      scores: fc.boolean(),
      plan: fc.boolean(),
      end: fc.boolean(),
      events: fc.boolean(),
      held: fc.nat(8),
      notes: fc.boolean(),
      homework: fc.boolean(),
      documents: fc.boolean(),
    });
    fc.assert(
      fc.property(has, (given) => {
        const administrations = given.scores ? full.record.administrations : [];
        const sessions = full.treatment.sessions.slice(0, given.held);
        const input: SummaryInput = {
          ...full,
          kind: given.kind,
          record: {
            ...none,
            administrations,
            ...(given.intake && { intake: full.record.intake }),
            ...(given.diagnoses && { diagnoses: full.record.diagnoses }),
          },
          courses: progressOf([phq9, gad7], { administrations, sessions, events: [], plans: [], settings: {}, timeZone: "UTC" }, null),
          events: given.events ? full.events : [],
          revisions: given.plan ? full.revisions : [],
          treatment: {
            ...nothing,
            sessions,
            ...(given.notes && { notes: full.treatment.notes, appointments: full.treatment.appointments }),
            ...(given.homework && { homework: full.treatment.homework }),
            ...(given.documents && { documents: full.treatment.documents }),
          },
          episode: given.end ? full.episode : Episode.parse({ number: 1, openedOn: full.episode.openedOn, endedOn: null }),
        };
        const { sections, outcomes, goals } = draftSummary(input);
        const filled = (text: string | undefined) => (text ?? "") !== "";
        const inside = sessions.some(({ attendance }) => attendance !== "missed");
        expect(filled(sections.reason)).toBe(given.intake || given.plan);
        expect(filled(sections.diagnosesAtStart)).toBe(given.plan);
        expect(filled(sections.diagnosesAtEnd)).toBe(given.diagnoses);
        expect(filled(sections.ending)).toBe(given.end && given.kind === "discharge");
        expect(filled(sections.outcome)).toBe(given.end);
        expect(filled(sections.risk)).toBe(given.intake || given.notes);
        expect(filled(sections.medication)).toBe(given.plan);
        expect(filled(sections.recommendations)).toBe(given.plan);
        expect(filled(sections.referrals)).toBe(given.plan);
        expect(filled(sections.stayingWell)).toBe(given.documents);
        expect(filled(sections.followUp)).toBe(given.end && given.kind === "discharge");
        if (!inside && !given.plan && !given.homework && !given.events && !given.notes && given.held === 0)
          expect(sections.course).toBe("");
        expect(outcomes.length > 0).toBe(given.scores);
        expect(goals.length > 0).toBe(given.plan);
        // Dates taken out, the numbers left are those of the record, counts of what is listed there, or differences of scores.
        const dates = (JSON.stringify(input).match(/\d{4}-\d\d-\d\d/g) ?? []).map((date) => formatDate(date));
        const text = dates.reduce(
          (rest, date) => rest.replaceAll(date, ""),
          JSON.stringify([sections, outcomes.map((outcome) => outcome.text)]),
        );
        const totals = administrations.map(({ entered }) => entered?.total ?? 0);
        const known = new Set([
          ...(JSON.stringify({ ...input, courses: [] }).match(/\d+/g) ?? []),
          ...totals.flatMap((a) => totals.map((b) => String(Math.abs(a - b)))),
          ...Array.from({ length: sessions.length + 1 }, (_, count) => String(count)),
        ]);
        for (const number of text.match(/\d+/g) ?? []) expect(known).toContain(number);
      }),
      { numRuns: 150 },
    );
  });
});

test("treatment begins with the first session or plan, and with the first score where there is neither", () => {
  expect(firstDayOf([{ id: "s", date: "2026-03-02", attendance: "missed" }], [{ establishedOn: "2026-03-09" }], [], today)).toBe(
    "2026-03-09",
  );
  expect(firstDayOf([], [], [{ date: "2026-02-01" }], today)).toBe("2026-02-01");
  expect(firstDayOf([], [], [], today)).toBe(today);
});

test("what is still open at the end is named once, and an appointment that somebody recorded is not open", () => {
  const open = stillOpen(
    {
      notes: [{ kind: "progress", date: "2026-11-16", signedAt: null }],
      appointments: [
        { id: "a1", date: "2026-11-30" },
        { id: "a2", date: "2026-12-07" },
        { id: "a3", date: "2026-11-16" },
      ],
      sessions: [{ id: "a1" }],
      series: [{ content: { endedOn: null } }],
      homework: [{ content: { title: "Sleep diary", outcome: null, withdrawnOn: null } }],
      outlines: [],
      reviews: [{ state: "done" }],
      alerts: [],
      plans: [{ status: "active" }],
      links: 2,
    },
    today,
  );
  expect(open.map(({ kind, count }) => [kind, count])).toEqual([
    ["unsigned-note", 1],
    ["appointment", 1],
    ["series", 1],
    ["homework", 1],
    ["link", 2],
  ]);
});

import { describe, expect, it } from "vitest";
import { Intake } from "../intake/intake.ts";
import { assembleLibrary } from "../library/library.ts";
import { applyEdits } from "../plan/edit-plan.ts";
import {
  exampleDiagnosis,
  exampleGoal,
  exampleIntervention,
  exampleObjective,
  examplePlan,
  exampleRecord,
  today,
} from "../plan/plan.test-data.ts";
import type { Plan } from "../plan/plan.ts";
import { whenThoughtsGrow } from "../plan/safety-responsibility.ts";
import { blockingFindings, checkPlan, minimumPlan, reviewerObjections } from "./check-plan.ts";
import type { Finding } from "./finding.ts";
import { likeness, likenessFingerprint, nearCopy } from "./likeness.ts";

const library = assembleLibrary([]);

function findings(changes: Partial<Plan>, record = exampleRecord()): Finding[] {
  return checkPlan({ plan: examplePlan(changes), record, library, today });
}

/** Each row: a fault in an otherwise complete plan, the rule that must speak, and how hard, for an office practice. */
const faults: readonly (readonly [name: string, changes: Partial<Plan>, rule: string, severity: Finding["severity"]])[] = [
  [
    "no diagnosis",
    { diagnoses: [], problems: [{ ...examplePlan().problems[0], noDiagnosisReason: "symptom" } as never] },
    "CORE-01",
    "error",
  ],
  [
    "a problem without a diagnosis",
    { problems: [{ ...(examplePlan().problems[0] as Plan["problems"][number]), diagnosisIds: [] }] },
    "CORE-02",
    "error",
  ],
  [
    "a problem without impairment",
    { problems: [{ ...(examplePlan().problems[0] as Plan["problems"][number]), impairment: " " }] },
    "CORE-03",
    "error",
  ],
  ["no goal", { goals: [], objectives: [], interventions: [] }, "CORE-04", "error"],
  ["a goal of no problem in the plan", { goals: [exampleGoal({ problemIds: ["gone"] })] }, "CORE-04", "error"],
  ["a goal without objective", { objectives: [], interventions: [] }, "CORE-04", "error"],
  ["an objective without measure", { objectives: [exampleObjective({ metric: null })] }, "CORE-04", "error"],
  ["a target date before the start", { objectives: [exampleObjective({ targetDate: "2026-11-01" })] }, "CORE-04", "error"],
  ["an objective that nothing serves", { interventions: [] }, "CORE-05", "error"],
  [
    "an intervention that serves nothing",
    { interventions: [exampleIntervention(), exampleIntervention({ id: "i2", text: "Other", objectiveIds: [] })] },
    "CORE-05",
    "error",
  ],
  ["an intervention without frequency", { interventions: [exampleIntervention({ frequency: null })] }, "CORE-06", "error"],
  [
    "an intervention without a responsible person",
    { interventions: [exampleIntervention({ responsible: { name: "", role: "" } })] },
    "CORE-06",
    "error",
  ],
  ["a goal without the client’s words", { goals: [exampleGoal({ clientWords: "" })] }, "CORE-07", "warning"],
  [
    "client’s words that repeat the plan",
    { goals: [exampleGoal({ clientWords: "bring back daily activity and interest." })] },
    "CORE-07",
    "warning",
  ],
  ["no strength", { strengths: [] }, "CORE-08", "warning"],
  [
    "a library statement left general",
    { objectives: [exampleObjective({ origin: { kind: "library", id: "x", text: exampleObjective().text } })] },
    "CORE-09",
    "warning",
  ],
  ["an old risk assessment", { risk: { level: "low", assessedOn: "2026-10-01", summary: "", specialStatus: [] } }, "CORE-11", "warning"],
  [
    "raised risk without a safety plan",
    { risk: { level: "moderate", assessedOn: today, summary: "", specialStatus: [] } },
    "CORE-12",
    "error",
  ],
  ["no criteria for ending", { dischargeCriteria: [] }, "CORE-13", "warning"],
  ["no word on participation", { participation: { client: "", representative: "", reasonIfNone: "" } }, "CORE-13", "warning"],
  ["a review date that has passed", { reviewDue: "2026-11-01" }, "CORE-14", "warning"],
  ["no score", { assessments: [] }, "CORE-15", "warning"],
  ["a vague objective", { objectives: [exampleObjective({ text: "Improve mood by {date}." })] }, "SMART-specific", "warning"],
  [
    "an open blank",
    { objectives: [exampleObjective({ text: "Call {person} {target} times by {date}.", parameters: { person: "" } })] },
    "SMART-blank",
    "error",
  ],
  [
    "a target in the wrong direction",
    {
      objectives: [
        exampleObjective({ metric: { kind: "count", unit: "days", direction: "decrease", baseline: 1, baselineDate: today, target: 4 } }),
      ],
    },
    "SMART-measurable",
    "warning",
  ],
  ["a target date long past half a year", { objectives: [exampleObjective({ targetDate: "2027-11-01" })] }, "SMART-time", "advice"],
  [
    "the same intervention twice",
    { interventions: [exampleIntervention(), exampleIntervention({ id: "i2" })] },
    "CONFLICT-twice",
    "advice",
  ],
  [
    "single and recurrent depression together",
    { diagnoses: [exampleDiagnosis(), exampleDiagnosis({ id: "d2", code: "F32.1", rank: "co-occurring" })] },
    "CONFLICT-codes",
    "warning",
  ],
];

describe("findings on a plan for an office practice", () => {
  it("finds nothing that blocks in a complete plan", () => {
    expect(blockingFindings(findings({}))).toEqual([]);
  });

  it("leads from an intervention in one's own words to the field that it still lacks", () => {
    expect(findings({ interventions: [exampleIntervention({ technique: "" })] })).toContainEqual(
      expect.objectContaining({
        rule: "CORE-06",
        path: ["interventions", exampleIntervention().id, "technique"],
        message: "This intervention still needs a technique.",
      }),
    );
  });

  it.each(faults)("finds %s", (_, changes, rule, severity) => {
    expect(findings(changes)).toContainEqual(expect.objectContaining({ rule, severity }));
    expect(findings({}).some((finding) => finding.rule === rule && finding.severity === severity)).toBe(false);
  });

  it("holds an accredited program to the client’s own words, which only warns elsewhere", () => {
    const profile = { ...examplePlan().profile, accreditors: ["tjc" as const] };
    expect(findings({ profile, goals: [exampleGoal({ clientWords: "" })] })).toContainEqual(
      expect.objectContaining({ rule: "CORE-07", severity: "error" }),
    );
  });

  it("blocks while a warning answer waits for a risk assessment", () => {
    const assessment = {
      ...(examplePlan().assessments[0] as Plan["assessments"][number]),
      openFlags: ["Thoughts of being better off dead were reported."],
    };
    expect(findings({ assessments: [assessment] })).toContainEqual(expect.objectContaining({ rule: "CORE-11", severity: "error" }));
  });

  it("warns when a declined approach is used without a word on what was agreed", () => {
    const record = exampleRecord({ intake: Intake.parse({ preferences: { declined: [{ approach: "cbt", reason: "worksheets" }] } }) });
    expect(findings({}, record)).toContainEqual(expect.objectContaining({ rule: "CONFLICT-declined" }));
    expect(
      findings({ interventions: [exampleIntervention({ detail: "Agreed: without worksheets." })] }, record).some(
        (f) => f.rule === "CONFLICT-declined",
      ),
    ).toBe(false);
  });

  it("never cites a convention as a law", () => {
    const review = findings({ reviewDue: null }).find((finding) => finding.rule === "CORE-14");
    expect(review?.source?.authority).toBe("convention");
    expect(review?.severity).toBe("warning");
  });

  it("every one-click fix applies, and settles what it was offered for", () => {
    let fixes = 0;
    for (const [, changes] of faults) {
      const plan = examplePlan(changes);
      for (const finding of checkPlan({ plan, record: exampleRecord(), library, today })) {
        if (!finding.fix) continue;
        fixes += 1;
        const result = applyEdits(plan, finding.fix.edits);
        if (!result.ok) throw new Error(`The fix of ${finding.rule} was refused.`);
        const left = checkPlan({ plan: result.plan, record: exampleRecord(), library, today });
        expect(
          left.filter(
            (other) =>
              other.rule === finding.rule && other.path.join("/") === finding.path.join("/") && other.severity === finding.severity,
          ),
        ).toEqual([]);
      }
    }
    expect(fixes).toBeGreaterThan(5);
  });
});

describe("the minimum plan", () => {
  it("names each requirement in force with its source, and says when it is done", () => {
    const done = minimumPlan({ plan: examplePlan(), record: exampleRecord(), library, today });
    expect(done.done).toBe(true);
    expect(done.requirements.map((requirement) => requirement.rule)).toContain("CORE-03");
    expect(done.requirements.every((requirement) => requirement.citation !== "" && requirement.requirement !== "")).toBe(true);
  });

  it("says what is open", () => {
    const open = minimumPlan({ plan: examplePlan({ strengths: [], interventions: [] }), record: exampleRecord(), library, today });
    expect(open.done).toBe(false);
    expect(open.requirements.filter((requirement) => requirement.open.length > 0).map((requirement) => requirement.rule)).toEqual([
      "CORE-05",
    ]);
  });
});

describe("what a reviewer would object to", () => {
  it("keeps advice between colleagues out", () => {
    const all = findings({ strengths: [], objectives: [exampleObjective({ targetDate: "2027-11-01" })] });
    expect(all.some((finding) => finding.severity === "advice")).toBe(true);
    expect(reviewerObjections(all).every((finding) => finding.severity !== "advice")).toBe(true);
    expect(reviewerObjections(all).map((finding) => finding.rule)).toContain("CORE-08");
  });
});

describe("likeness of two plans", () => {
  const story =
    "Late for work at the bakery nine times since September because mornings feel impossible and the alarm goes unheard after four hours of sleep, so the manager has moved the early shift to somebody else and warned of dismissal.";
  const other =
    "Has not entered the kitchen since her husband died there in May, eats at the neighbor's table, keeps his voice messages and plays them at night, and leaves the room when his brother calls about the estate.";
  const withStory = (impairment: string, changes: Partial<Plan> = {}) => {
    const plan = examplePlan(changes);
    return likenessFingerprint({ ...plan, problems: plan.problems.map((problem) => ({ ...problem, impairment })) });
  };
  /** Nothing written by hand but the story. */
  const storyOnly: Partial<Plan> = {
    goals: [],
    objectives: [],
    interventions: [],
    dischargeCriteria: [],
    participation: { client: "", representative: "", reasonIfNone: "" },
  };

  it("a copy with one word changed is a near-copy; another client's story is not", () => {
    const a = withStory(story, storyOnly);
    const copy = withStory(story.replace("bakery", "office"), storyOnly);
    const b = withStory(other, storyOnly);
    if (!a || !copy || !b) throw new Error("These texts are long enough to compare.");
    expect(likeness(a, a)).toBe(1);
    expect(likeness(a, copy)).toBeGreaterThan(nearCopy);
    expect(likeness(a, b)).toBeLessThan(0.1);
  });

  it("two clients' own stories beside the same goal, step and criteria are alike, and still no near-copies", () => {
    const a = withStory(story);
    const b = withStory(other);
    if (!a || !b) throw new Error("These texts are long enough to compare.");
    expect(likeness(a, b)).toBeGreaterThan(0.1);
    expect(likeness(a, b)).toBeLessThan(nearCopy);
  });

  it("the library's wording does not make two plans alike", () => {
    const fromLibrary = { kind: "library", id: "x", text: exampleObjective().text } as const;
    const shared: Partial<Plan> = { ...storyOnly, objectives: [exampleObjective({ origin: fromLibrary })] };
    expect(withStory(story, shared)).toEqual(withStory(story, storyOnly));
  });

  it("says nothing about a plan with hardly any text of its own", () => {
    expect(likenessFingerprint(examplePlan({ goals: [], objectives: [], interventions: [], dischargeCriteria: [] }))).toBeNull();
  });
});

it("the client's part in danger follows the safety plan with one click, and words of the clinician's own are left alone", () => {
  const part = { id: "r9", who: "client" as const, name: "Sam", ...whenThoughtsGrow.none };
  const own = { ...part, id: "r10", what: "Calls me first.", plain: "Call me first." };
  const plan = examplePlan({ crisisPlan: { state: "present", reason: "", text: "Made together." }, responsibilities: [part, own] });
  const stale = (of: Plan) =>
    checkPlan({ plan: of, record: exampleRecord(), library, today }).filter(({ rule }) => rule === "CONFLICT-safety-plan");
  const [finding, ...more] = stale(plan);
  expect(more).toEqual([]);
  const mended = applyEdits(plan, finding?.fix?.edits ?? []);
  if (!mended.ok) throw new Error("The fix does not apply.");
  expect(mended.plan.responsibilities).toEqual([{ ...part, ...whenThoughtsGrow.made }, own]);
  expect(stale(mended.plan)).toEqual([]);
});

import { describe, expect, it } from "vitest";
import type { Administration } from "../measures/administration.ts";
import { phq9 } from "../measures/shipped-measures.test-data.ts";
import { NoteHead, type ObjectiveRating } from "../note/note.ts";
import { exampleObjective, examplePlan } from "../plan/plan.test-data.ts";
import type { Metric, Objective } from "../plan/plan.ts";
import { proposedAdditions } from "./proposed-additions.ts";
import type { ReviewProposal } from "./review.ts";
import { reviewEvidence } from "./review-evidence.ts";
import { proposals } from "./review-proposals.ts";

const today = "2026-11-24";
const since = "2026-10-12";
const fromEighteen: Metric = {
  kind: "measure",
  measure: "phq9",
  measureName: "PHQ-9",
  unit: "",
  direction: "decrease",
  baseline: 18,
  baselineDate: "2026-10-01",
  target: 9,
};
const byMeasure = (metric: Partial<Metric> = {}, changes: Partial<Objective> = {}) =>
  exampleObjective({ metric: { ...fromEighteen, ...metric }, lifecycleStatus: "active", ...changes });
const counted = (changes: Partial<Objective> = {}) => exampleObjective({ lifecycleStatus: "active", ...changes });

interface Known {
  readonly scores?: readonly (readonly [date: string, total: number])[];
  readonly ticks?: readonly ObjectiveRating[];
  readonly unsigned?: readonly ObjectiveRating[];
  readonly sessions?: number;
  readonly clientRating?: number;
  readonly homework?: readonly ("done" | "partly" | "not-done")[];
}

const day = (number: number) => `2026-10-${String(13 + number).padStart(2, "0")}`;
const note = (rating: ObjectiveRating, index: number, signed: boolean) => ({
  id: `n${index}${signed}`,
  date: day(index),
  signedAt: signed ? `${day(index)}T15:00:00Z` : null,
  head: NoteHead.parse({ format: "dap", date: day(index), objectives: [{ objectiveId: "o1", rating }] }),
});
const score = ([date, total]: readonly [string, number], index: number): Administration => ({
  id: `a${index}`,
  measure: "phq9",
  measureVersion: "1.0",
  date,
  answers: [],
  entered: { total, subscales: {} },
  answeredBy: "client",
  status: "completed",
});

function proposed(
  objective: Objective,
  { scores = [], ticks = [], unsigned = [], sessions = 0, clientRating, homework = [] }: Known,
): ReviewProposal {
  const plan = examplePlan({ objectives: [objective] });
  const treatment = {
    notes: [...ticks.map((rating, index) => note(rating, index, true)), ...unsigned.map((rating, index) => note(rating, index + 8, false))],
    sessions: Array.from({ length: sessions }, (_, index) => ({ date: day(index), attendance: "attended" as const })),
    homework: homework.map((outcome, index) => ({
      id: `h${index}`,
      content: {
        ...{
          title: "Record of the week",
          libraryId: null,
          why: "",
          steps: ["Write it down."],
          fields: [],
          ifStuck: "",
          timesPerWeek: null,
          minutes: null,
        },
        ...{
          objectiveIds: ["o1"],
          planId: "plan1",
          assignedOn: day(index),
          dueOn: null,
          sessionId: null,
          outcome,
          outcomeWhy: "",
          lookedAtOn: day(index + 7),
        },
        ...{ entries: [], withdrawnOn: null, withdrawnReason: "" },
      },
    })),
  };
  const review = {
    decided: [],
    clientsPart: {
      helps: "",
      doesNotHelp: "",
      mattersNow: "",
      satisfaction: null,
      ratings: clientRating === undefined ? [] : [{ objectiveId: "o1", rating: clientRating }],
    },
  };
  const evidence = reviewEvidence(plan, { administrations: scores.map(score) }, treatment, since, { measures: [phq9], today, review });
  const [first] = proposals(evidence);
  if (first === undefined) throw new Error("There is no proposal.");
  return first;
}

const words = ({ because }: ReviewProposal) => because.map(({ text }) => text).join(" ");

describe("what is proposed for an objective from 18 to 9 points on the PHQ-9", () => {
  it.each<[string, Known, ReviewProposal["decision"], RegExp]>([
    [
      "the target met twice in a row",
      {
        scores: [
          ["2026-11-01", 8],
          ["2026-11-20", 7],
        ],
      },
      "achieved",
      /last two measurements in a row/,
    ],
    [
      "the target met once",
      {
        scores: [
          ["2026-11-01", 14],
          ["2026-11-20", 8],
        ],
      },
      "continue",
      /met once/,
    ],
    ["met once, and noted as achieved in one session", { scores: [["2026-11-20", 8]], ticks: ["achieved"] }, "continue", /met once/],
    ["6 points better, a reliable change", { scores: [["2026-11-20", 12]] }, "continue", /right direction/],
    [
      "7 points worse since the last review",
      {
        scores: [
          ["2026-10-10", 13],
          ["2026-11-20", 20],
        ],
      },
      "change-intervention",
      /7 points worse since the last review/,
    ],
    ["6 points worse than at the start", { scores: [["2026-11-20", 24]] }, "change-intervention", /6 points worse/],
    [
      "7 weeks and 1 point",
      {
        scores: [
          ["2026-10-15", 18],
          ["2026-11-20", 17],
        ],
      },
      "change-intervention",
      /6 weeks or more after the start/,
    ],
    [
      "met twice, and the client sees no progress",
      {
        scores: [
          ["2026-11-01", 8],
          ["2026-11-20", 7],
        ],
        clientRating: 2,
      },
      "continue",
      /client rates the progress 2 of 10/,
    ],
    ["nothing measured", {}, "continue", /Too little is known/],
  ])("%s", (_, known, decision, why) => {
    const proposal = proposed(byMeasure(), known);
    expect([proposal.decision, words(proposal)]).toEqual([decision, expect.stringMatching(why)]);
  });

  it("says the numbers: baseline, last score, target and what counts as a change", () => {
    expect(words(proposed(byMeasure(), { scores: [["2026-11-20", 12]] }))).toContain(
      "PHQ-9: 18 at the start, 12 on November 20, 2026, target 9. 6 points better than the baseline. A change counts from 6 points on (PHQ-9).",
    );
  });

  it("half the way met twice and still in the clinical range: the next step is below the cutoff, and not the end", () => {
    const proposal = proposed(byMeasure({ target: 13 }), {
      scores: [
        ["2026-11-01", 12],
        ["2026-11-20", 12],
      ],
    });
    expect([proposal.decision, proposal.target, proposal.achievement]).toEqual(["revise-target", 6, "improving"]);
    expect(words(proposal)).toContain("still in the clinical range (cutoff 10)");
  });

  it("a target date that has passed while it improves: six more weeks, or a smaller step", () => {
    const proposal = proposed(byMeasure({}, { targetDate: "2026-11-20" }), { scores: [["2026-11-20", 12]] });
    expect([proposal.decision, proposal.targetDate]).toEqual(["revise-target", "2027-01-05"]);
  });
});

describe("what is proposed for an objective that is counted", () => {
  it.each<[string, Known, ReviewProposal["decision"]]>([
    ["achieved in the last two sessions", { ticks: ["good", "achieved", "achieved"] }, "achieved"],
    ["achieved in one session alone is never enough", { ticks: ["some", "good", "achieved"] }, "continue"],
    ["a note that nobody has signed does not count", { ticks: ["achieved"], unsigned: ["achieved"] }, "continue"],
    ["no progress three times", { ticks: ["none", "none", "none"] }, "change-intervention"],
    ["worse twice", { ticks: ["good", "worse", "worse"] }, "change-intervention"],
    ["nothing yet", {}, "continue"],
  ])("%s", (_, known, decision) => {
    expect(proposed(counted(), known).decision).toBe(decision);
  });

  it("not worked on in four sessions and past its date: discontinue it, or say why it stays", () => {
    const past = counted({ targetDate: "2026-11-20" });
    expect(proposed(past, { sessions: 4 }).decision).toBe("discontinue");
    expect(proposed(past, { sessions: 3 }).decision).toBe("revise-target");
    // What keeps somebody safe is never ended because it was not spoken of.
    expect(proposed({ ...past, safety: true }, { sessions: 4 }).decision).toBe("revise-target");
  });

  it("says when most homework was not done, which is looked at before a technique is changed", () => {
    expect(words(proposed(counted(), { ticks: ["none", "none", "none"], homework: ["not-done", "not-done", "done"] }))).toContain(
      "Homework: 1 of 3 done. Most of it was not done: look at what got in the way",
    );
  });
});

it("an addition is proposed for a diagnosis without a problem and for a score in the clinical range that no objective goes by", () => {
  const plan = examplePlan({ objectives: [counted()] });
  const more = {
    ...plan.diagnoses[0],
    id: "d2",
    code: "F41.1",
    description: "Generalized anxiety disorder",
    rank: "co-occurring",
  } as (typeof plan.diagnoses)[number];
  const found = proposedAdditions(
    plan,
    { diagnoses: [...plan.diagnoses, more], administrations: [score(["2026-11-20", 15], 1)] },
    [phq9],
    today,
  );
  expect(found.map(({ id, text }) => [id, text])).toEqual([
    ["diagnosis-d2", "F41.1 Generalized anxiety disorder stands in the chart and not in the plan."],
    ["measure-phq9", "PHQ-9 was 15 on November 20, 2026, in the clinical range (cutoff 10), and no objective goes by it."],
  ]);
});

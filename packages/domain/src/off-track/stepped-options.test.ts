import { describe, expect, test } from "vitest";

import type { Plan } from "../plan/plan.ts";
import type { CareOption } from "./care-option.ts";
import { careSignsOf, isOffTrack, type SignsInput } from "./care-signs.ts";
import { steppedOptions } from "./stepped-options.ts";

const today = "2026-11-26";
const option = (id: string, step: CareOption["step"], ...when: CareOption["when"]): CareOption => ({
  id,
  step,
  title: id,
  what: "Something that can be done when treatment does not work.",
  how: ["Do the first thing.", "Do the second thing."],
  when,
  evidence: [],
  basis: "practice-based",
});
const missed = { sign: "missed-sessions" as const, words: "3 of the last 4 sessions were missed without a word." };

describe("stepped options", () => {
  test("go from what costs least to what costs most, danger before all, whatever the order of the library", () => {
    const steps = steppedOptions([option("opinion", "second-opinion"), option("ask", "safety"), option("look", "reassess")], [], []);
    expect(steps.map(({ step }) => step)).toEqual(["safety", "reassess", "second-opinion"]);
  });

  test("within a step, what the record speaks for comes first and says why; what was considered before comes after what was not", () => {
    const options = [
      option("never", "engagement"),
      option("considered", "engagement", "missed-sessions"),
      option("new", "engagement", "missed-sessions"),
    ];
    const decision = {
      on: "2026-10-01",
      options: [{ id: "considered", title: "considered", state: "not-fitting" as const, note: "lives next door" }],
    };
    const [step] = steppedOptions(options, [missed], [decision]);
    expect(step?.options.map(({ option: { id }, because, earlier }) => [id, because, earlier])).toEqual([
      ["new", ["missed-sessions"], []],
      ["considered", ["missed-sessions"], [{ on: "2026-10-01", state: "not-fitting", note: "lives next door" }]],
      ["never", [], []],
    ]);
  });
});

describe("signs that treatment does not work", () => {
  /** A plan of which only these parts are looked at. */
  const plan = (change: Partial<Plan>) => ({ objectives: [], problems: [], risk: { level: null }, ...change }) as unknown as Plan;
  const nothing: SignsInput = { plan: null, courses: [], drops: [], reviews: [], riskAlerts: [], today };

  test("none where nothing is known", () => {
    expect(careSignsOf(nothing)).toEqual([]);
    expect(isOffTrack([])).toBe(false);
  });

  test("an objective whose day has passed, unless it is reached, on hold or ended", () => {
    const objective = (id: string, targetDate: string, more: object = {}) =>
      ({
        id,
        plain: `Objective ${id}`,
        text: "",
        targetDate,
        lifecycleStatus: "active",
        achievementStatus: null,
        ...more,
      }) as Plan["objectives"][number];
    const objectives = [
      objective("late", "2026-11-01"),
      objective("in time", "2026-12-01"),
      objective("reached", "2026-11-01", { achievementStatus: "achieved" }),
      objective("on hold", "2026-11-01", { lifecycleStatus: "on-hold" }),
    ];
    expect(careSignsOf({ ...nothing, plan: plan({ objectives }) })).toEqual([
      { sign: "target-date-passed", words: "The day of an objective passed on November 1, 2026: Objective late" },
    ]);
  });

  test("two reviews in a row at which nothing was achieved; one is not enough, and an abandoned one does not count", () => {
    const review = (on: string, decision: "continue" | "achieved", state: "done" | "abandoned" = "done") => ({
      state,
      content: {
        on,
        decided: [{ objectiveId: "o", decision, reason: "", target: null, targetDate: null, clinicianRating: null, clientRating: null }],
      },
    });
    const kinds = (...reviews: SignsInput["reviews"]) => careSignsOf({ ...nothing, reviews }).map(({ sign }) => sign);
    expect(kinds(review("2026-09-01", "continue"), review("2026-10-06", "continue"))).toEqual(["reviews-without-progress"]);
    expect(kinds(review("2026-09-01", "achieved"), review("2026-10-06", "continue"))).toEqual([]);
    expect(kinds(review("2026-09-01", "continue", "abandoned"), review("2026-10-06", "continue"))).toEqual([]);
  });

  test("danger comes first; more than one problem at a time is told and is no sign of trouble by itself", () => {
    const problems = ["Worry", "Drinking"].map((title) => ({ id: title, title, status: "active" }) as Plan["problems"][number]);
    const signs = careSignsOf({ ...nothing, plan: plan({ problems }), riskAlerts: ["PHQ-9, item 9: several days."] });
    expect(signs.map(({ sign }) => sign)).toEqual(["risk", "co-occurring"]);
    expect(isOffTrack(careSignsOf({ ...nothing, plan: plan({ problems }) }))).toBe(false);
  });
});

import { describe, expect, test } from "vitest";
import { Intake } from "../intake/intake.ts";
import { exampleIntervention, examplePlan } from "../plan/plan.test-data.ts";
import { PlanProblem } from "../plan/plan.ts";
import { fits, type OutlineClient, rankOutlines } from "./fit-outline.ts";
import { exampleOutline } from "./outline.test-data.ts";

const problem = (id: string, title: string, chapter: string) => PlanProblem.parse({ id, title, chapter });
const plan = examplePlan({
  problems: [
    problem("p1", "Depression", "adult-depression"),
    problem("p2", "Alcohol use", "adult-alcohol-use"),
    { ...problem("p3", "Grief", "adult-prolonged-grief"), status: "on-hold" },
  ],
});
const client = (intake: object = {}, states: OutlineClient["states"] = []): OutlineClient => ({ ...Intake.parse(intake), states });
const forDepression = exampleOutline({ chapters: ["adult-depression"] });
const words = (found: { because: readonly { text: string }[] }) => found.because.map(({ text }) => text).join(" ");

describe("a course fits", () => {
  test("well, where it is for the first problem and in the plan's approach, and says so", () => {
    const found = fits(forDepression, plan, client());
    expect(found.suits).toBe("well");
    expect(words(found)).toContain("The plan treats “Depression” first.");
    expect(words(found)).toContain("One intervention of the plan is Cognitive behavioral (CBT), as this course is.");
  });

  test("less, where the client declined its approach, in the client's own words", () => {
    const found = fits(forDepression, plan, client({ preferences: { declined: [{ approach: "cbt", reason: "Too much homework" }] } }));
    expect(found.suits).toBe("possible");
    expect(words(found)).toContain("The client declined Cognitive behavioral (CBT): “Too much homework”");
  });

  test("not now, where something in the record speaks for waiting, with what that is", () => {
    const careful = exampleOutline({
      chapters: ["adult-depression"],
      cautions: [{ when: "acute-suicide-risk", action: "hold", because: "Safety comes before everything here." }],
    });
    const states = [{ state: "acute-suicide-risk" as const, because: "The risk of suicide was assessed as high." }];
    const found = fits(careful, plan, client({}, states));
    expect(found.suits).toBe("not-now");
    expect(words(found)).toContain(
      "Better to wait because of acute risk of suicide: Safety comes before everything here. The risk of suicide",
    );
    expect(fits(careful, plan, client()).suits).toBe("well");
  });

  test("elsewhere, where the plan does not treat its problem, or does not at present", () => {
    expect(fits(exampleOutline({ chapters: ["adult-ptsd"] }), plan, client()).suits).toBe("elsewhere");
    expect(words(fits(exampleOutline({ chapters: ["adult-prolonged-grief"] }), plan, client()))).toContain("does not treat it at present");
    expect(fits(forDepression, null, client())).toMatchObject({ suits: "possible", because: [] });
    const waits = { when: "current-mania", action: "hold", because: "Not while the mood runs high." };
    const mania = [{ state: "current-mania" as const, because: "Diagnosis F31.1." }];
    expect(fits(exampleOutline({ chapters: ["adult-ptsd"], cautions: [waits] }), plan, client({}, mania)).suits).toBe("elsewhere");
  });

  test("by what helped or harmed before", () => {
    const tried = (outcome: string) =>
      fits(forDepression, plan, client({ priorTreatment: { treatments: [{ id: "t", approach: "cbt", outcome }] } }));
    expect(tried("helped").weight).toBeGreaterThan(tried("unknown").weight);
    expect(tried("made-worse").weight).toBeLessThan(tried("did-not-help").weight);
  });

  test("in a group only where there is one", () => {
    const group = exampleOutline({ chapters: ["adult-depression"], format: "group" });
    expect(words(fits(group, plan, client()))).toContain("It takes a group");
    const withGroup = { ...plan, interventions: [exampleIntervention({ format: "group" })] };
    expect(fits(group, withGroup, client()).weight).toBeGreaterThan(fits(group, plan, client()).weight);
  });

  test("worse, where it takes more sessions than the plan foresees", () => {
    const short = { ...plan, sessionPlan: { ...plan.sessionPlan, expectedSessions: [1, 2] as [number, number] } };
    expect(words(fits(forDepression, short, client()))).toContain("It takes 3 sessions; the plan foresees 1 to 2.");
  });
});

test("the best fitting comes first, what has to wait after what could begin, and what is for other problems last", () => {
  const outlines = [
    exampleOutline({ id: "for-ptsd", chapters: ["adult-ptsd"] }),
    exampleOutline({ id: "for-alcohol", chapters: ["adult-alcohol-use"], approach: "motivational" }),
    exampleOutline({
      id: "waits",
      chapters: ["adult-depression"],
      cautions: [{ when: "current-mania", action: "hold", because: "Not while the mood runs high." }],
    }),
    exampleOutline({ id: "for-depression", chapters: ["adult-depression"] }),
  ];
  const states = [{ state: "current-mania" as const, because: "Diagnosis F31.1." }];
  expect(rankOutlines(outlines, plan, client({}, states)).map(({ outline }) => outline.id)).toEqual([
    "for-depression",
    "for-alcohol",
    "waits",
    "for-ptsd",
  ]);
});

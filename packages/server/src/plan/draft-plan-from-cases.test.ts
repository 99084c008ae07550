import { addWeeks, daysBetween } from "@trellis/domain/calendar/date";
import { Client } from "@trellis/domain/client/client";
import type { ClientRecord } from "@trellis/domain/client/client-record";
import { Diagnosis } from "@trellis/domain/diagnosis/diagnosis";
import { checkPlan } from "@trellis/domain/findings/check-plan";
import type { Finding } from "@trellis/domain/findings/finding";
import { clientStates } from "@trellis/domain/intake/client-states";
import { Intake } from "@trellis/domain/intake/intake";
import { type ApproachId, approachIds } from "@trellis/domain/library/approach";
import type { Case } from "@trellis/domain/library/case";
import { assembleLibrary } from "@trellis/domain/library/library";
import { Administration } from "@trellis/domain/measures/administration";
import { targetFor } from "@trellis/domain/measures/reliable-change";
import { draftContext } from "@trellis/domain/plan/draft/draft-context";
import { rankInterventions } from "@trellis/domain/plan/draft/rank-interventions";
import { type Draft, draftPlan } from "@trellis/domain/plan/draft-plan";
import {
  type Goal,
  goalsOf,
  type Intervention,
  interventionsOf,
  type Objective,
  objectivesOf,
  Plan,
  Profile,
} from "@trellis/domain/plan/plan";
import { plainGrade, readingGrade } from "@trellis/domain/reading-level/reading-level";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadLibrary } from "../library/load-library.ts";
import { adaSample } from "./author.test-data.ts";

const library = loadLibrary();
/** States of a client in which a plan begins with safety. */
const dangers: ReadonlySet<string> = new Set([
  "acute-suicide-risk",
  "elevated-suicide-risk",
  "risk-to-others",
  "withdrawal-risk",
  "ongoing-violence",
]);

function caseOf(id: string): Case {
  const found = library.caseById.get(id);
  if (!found) throw new Error(`The library has no case ${id}.`);
  return found;
}

/** Cases of problems that have a measure of their own. */
const measured = (): Case[] =>
  ["dep-night-shift", "alc-two-beers", "gad-phone-by-the-plate", "pgd-second-cup", "ptsd-door-chime"].map(caseOf);

function draftOf(record: ClientRecord, today: string, reviewWeeks = 5, profile: Profile = Profile.parse({}), from = library): Draft {
  let ids = 0;
  return draftPlan({
    planId: "plan",
    clientId: "client",
    record,
    library: from,
    author: adaSample,
    profile,
    today,
    reviewWeeks,
    newId: () => `id${++ids}`,
  });
}

/** The case with some of its record changed. */
const changed = (found: Case, changes: Partial<ClientRecord>): ClientRecord => ({ ...found, ...changes });
const withIntake = (found: Case, changes: Partial<Intake>): ClientRecord => changed(found, { intake: { ...found.intake, ...changes } });

const libraryId = ({ origin }: { readonly origin: Objective["origin"] }): string => (origin.kind === "library" ? origin.id : "");
const everyItem = (plan: Plan) => [
  ...plan.problems.flatMap((problem) => problem.definitions),
  ...plan.goals,
  ...plan.objectives,
  ...plan.interventions,
  ...plan.expectedOutcomes,
  ...plan.dischargeCriteria,
];
const because = ({ because: list }: { readonly because: readonly { readonly text: string }[] }): string =>
  list.map(({ text }) => text).join(" ");

/** One client with depression, PTSD and harmful drinking: the record of the first with the diagnoses and scores of all. */
function threeProblems(): { record: ClientRecord; today: string } {
  const cases = [caseOf("dep-night-shift"), caseOf("ptsd-door-chime"), caseOf("alc-two-beers")];
  const [first] = cases as [Case];
  return {
    today: first.today,
    record: {
      client: first.client,
      intake: first.intake,
      diagnoses: cases.flatMap((found, index) =>
        found.diagnoses
          .slice(0, 1)
          .map((diagnosis) => ({ ...diagnosis, id: `d${index}`, rank: index === 0 ? ("principal" as const) : ("co-occurring" as const) })),
      ),
      administrations: cases.flatMap((found) => found.administrations.map((entry) => ({ ...entry, id: `${found.id}-${entry.id}` }))),
    },
  };
}

const allCases = library.cases.map((found) => [found.id, found] as const);

/**
 * What a fresh draft may still ask for, because only the client and the clinician together can answer it: where the client stands today on
 * what no questionnaire measures, the blanks of an objective, the safety plan, a risk assessment after a warning answer; for an accredited
 * program also the client's own words for each goal and how the client took part.
 */
function onlyTheyCanAnswer({ rule, path }: Finding): boolean {
  const last = path.at(-1);
  return (
    (rule === "CORE-04" && last === "baseline") ||
    rule === "SMART-blank" ||
    rule === "CORE-12" ||
    (rule === "CORE-11" && last === "risk") ||
    (rule === "CORE-07" && last === "clientWords") ||
    (rule === "CORE-13" && path.join("/") === "participation/client")
  );
}

describe.each(allCases)("the draft for %s", (_, found) => {
  const draft = draftOf(found, found.today);
  const { plan } = draft;

  it("has no error but what only client and clinician can answer, for an office and for an accredited program", () => {
    const accredited = Profile.parse({ accreditors: ["tjc", "carf"] });
    for (const profile of [Profile.parse({}), accredited]) {
      const drafted = draftOf(found, found.today, 5, profile).plan;
      const errors = checkPlan({ plan: drafted, record: found, library, today: found.today }).filter((entry) => entry.severity === "error");
      expect(errors.filter((entry) => !onlyTheyCanAnswer(entry))).toEqual([]);
    }
  });

  it("is a valid plan in which every id stands once and every reference resolves", () => {
    expect(Plan.safeParse(plan).error?.issues ?? []).toEqual([]);
    const ids = [...everyItem(plan), ...plan.problems, ...plan.measureSchedule, ...plan.responsibilities, ...plan.declined].map(
      ({ id }) => id,
    );
    expect(new Set(ids).size).toBe(ids.length);
    const has = (list: readonly { readonly id: string }[], id: string) => list.some((entry) => entry.id === id);
    for (const goal of plan.goals) expect(goal.problemIds.every((id) => has(plan.problems, id))).toBe(true);
    for (const objective of plan.objectives) expect(has(plan.goals, objective.goalId)).toBe(true);
    for (const intervention of plan.interventions) {
      expect(intervention.objectiveIds.length).toBeGreaterThan(0);
      expect(intervention.objectiveIds.every((id) => has(plan.objectives, id))).toBe(true);
      expect(intervention.evidence.every((id) => library.evidenceById.has(id))).toBe(true);
      expect(intervention.homework.every((id) => library.homeworkById.has(id))).toBe(true);
    }
    for (const problem of plan.problems) expect(problem.diagnosisIds.every((id) => has(plan.diagnoses, id))).toBe(true);
  });

  it("says of every item why it is there", () => {
    for (const item of [...everyItem(plan), ...plan.problems, ...plan.measureSchedule]) {
      expect(item.because.length).toBeGreaterThan(0);
      expect(item.because.every(({ text }) => text.trim().length > 10 && !/undefined|null|NaN/.test(text))).toBe(true);
    }
    expect(plan.sessionPlan.because.length).toBeGreaterThan(0);
    expect(plan.reviewBecause.map(({ text }) => text).join(" ")).toContain("convention");
  });

  it("puts safety first: goals, and the interventions that serve them", () => {
    const order = plan.goals.map((goal) => goal.safety);
    expect(order).toEqual(order.toSorted((a, b) => Number(b) - Number(a)));
    const safe = new Set(plan.objectives.filter((objective) => objective.safety).map(({ id }) => id));
    const serving = plan.interventions.map((entry) => entry.objectiveIds.some((id) => safe.has(id)));
    expect(serving).toEqual(serving.toSorted((a, b) => Number(b) - Number(a)));
    // A danger in the record is answered before all else.
    if (clientStates(found, found.today).some(({ state }) => dangers.has(state))) expect(order[0]).toBe(true);
    for (const goal of plan.goals.filter((entry) => entry.safety)) {
      expect(objectivesOf(plan, goal.id).length).toBeGreaterThanOrEqual(1);
      expect(objectivesOf(plan, goal.id).length).toBeLessThanOrEqual(3);
    }
  });

  it("gives every goal objectives, and every objective one to three interventions, in sessions of one length", () => {
    for (const goal of plan.goals) expect(objectivesOf(plan, goal.id).length).toBeGreaterThan(0);
    for (const objective of plan.objectives) {
      expect(interventionsOf(plan, objective.id).length).toBeGreaterThan(0);
      expect(interventionsOf(plan, objective.id).length).toBeLessThanOrEqual(3);
    }
    const sessions = plan.interventions.filter(({ format }) => format !== "coordination");
    expect(new Set(sessions.map(({ minutes }) => minutes))).toEqual(new Set([plan.sessionPlan.minutes]));
    expect(Math.max(...plan.interventions.map(({ weeks }) => weeks ?? 0))).toBeLessThanOrEqual(plan.sessionPlan.weeks ?? 0);
  });

  it("takes each baseline from the last score, each target from its cutoff or reliable change, each date from the chapter", () => {
    const states = clientStates(found, found.today).map(({ state }) => state);
    const acute = states.includes("acute-suicide-risk");
    const raised = states.includes("elevated-suicide-risk");
    for (const objective of plan.objectives) {
      const entry = library.objectiveById.get(libraryId(objective));
      const problem = plan.problems.find(({ id }) => plan.goals.find((goal) => goal.id === objective.goalId)?.problemIds.includes(id));
      const chapter = library.chapterById.get(problem?.chapter ?? "");
      const course = chapter?.courses.find(({ severity }) => severity === problem?.severity);
      if (!entry || !course) throw new Error("A drafted objective comes from a chapter.");
      // In acute danger a step that keeps the client safe is due within a week, whatever the chapter says.
      const soon = acute && objective.safety && entry.metric.kind === "milestone" ? 1 : 52;
      // A form that looks back over a year shows a change in full when that year is over, however short the course.
      const lookBack = entry.metric.kind === "measure" ? (library.measureById.get(entry.metric.measure)?.recallWeeks ?? 0) : 0;
      expect(objective.targetDate).toBe(addWeeks(found.today, Math.max(Math.min(entry.weeks, course.weeks, soon), lookBack)));
      if (entry.metric.kind !== "measure" || objective.metric?.baseline == null) continue;
      const { measure: id, item, target } = entry.metric;
      const last = found.administrations.filter(({ measure }) => measure === id).toSorted((a, b) => (a.date < b.date ? 1 : -1))[0];
      const measure = library.measureById.get(id);
      if (!last || !measure) throw new Error("A baseline comes from a measure that was given.");
      expect(objective.metric.baselineDate).toBe(last.date);
      if (item !== undefined) expect(objective.metric.baseline).toBe(last.answers[item - 1]);
      if (item === undefined && typeof target === "string")
        expect(objective.metric.target).toBe(targetFor(measure, objective.metric.baseline, target)?.target);
    }
    const scored = plan.objectives.filter(({ metric }) => metric?.kind === "measure" && metric.baseline !== null);
    // Where the risk is raised, steps that no questionnaire counts may take the place of a second score.
    expect(scored.length).toBeGreaterThan(raised ? 0 : 1);
  });

  it("puts no hope of the client under two goals, and no words that the client did not say", () => {
    const words = plan.goals.map((goal) => goal.clientWords).filter(Boolean);
    expect(new Set(words).size).toBe(words.length);
    expect(words.every((text) => found.intake.presentingProblems.hopes.includes(text))).toBe(true);
  });

  it("is reviewed within 4 to 6 weeks, whatever the practice set", () => {
    for (const weeks of [1, 4, 5, 6, 26]) {
      const due = draftOf(found, found.today, weeks).plan.reviewDue ?? "";
      expect(daysBetween(found.today, due)).toBeGreaterThanOrEqual(28);
      expect(daysBetween(found.today, due)).toBeLessThanOrEqual(42);
    }
  });

  it("holds no intervention whose caution holds for this client, and says why it was held back", () => {
    const held = draft.heldBack.map(({ libraryId: id }) => id);
    expect(plan.interventions.some((entry) => held.includes(libraryId(entry)))).toBe(false);
    for (const entry of draft.heldBack) expect(entry.because).toMatch(/^Held back because of .+: .+ In this record: .+/);
    const conflicts = checkPlan({ plan, record: found, library, today: found.today }).filter(({ rule }) => rule === "CONFLICT-caution");
    expect(conflicts).toEqual([]);
  });

  it("is the same when drafted again", () => {
    expect(draftOf(found, found.today)).toEqual(draft);
  });
});

describe("the client’s own words", () => {
  const wordsOf = (id: string) => {
    const found = caseOf(id);
    return Object.fromEntries(
      draftOf(found, found.today).plan.goals.flatMap((goal) => (goal.clientWords ? [[libraryId(goal), goal.clientWords]] : [])),
    );
  };

  it("stand under the goal that they speak of, and nowhere where it is not clear", () => {
    expect(wordsOf("dep-night-shift")).toMatchObject({ "dep-goal-safety": "Stop thinking people would be better off without me" });
    expect(wordsOf("gad-phone-by-the-plate")).toEqual({
      "gad-goal-safety": "Not be scared of running out of pills",
      "gad-goal-rest": "Sleep without listening",
      "gad-goal-relationships": "Be someone Claire is glad to hear from",
    });
    expect(wordsOf("ptsd-door-chime")).toEqual({
      "ptsd-goal-steady": "To know that I won't disappear in the middle of a sentence.",
      "ptsd-goal-sleep": "To sleep in my own bed next to my wife.",
    });
  });

  it("a hope that speaks of nothing that the plan answers is left for the clinician to ask about", () => {
    const roz = caseOf("gad-phone-by-the-plate");
    const { plan } = draftOf(
      withIntake(roz, { presentingProblems: { ...roz.intake.presentingProblems, hopes: ["Paint the fence green", "Xyzzy"] } }),
      roz.today,
    );
    expect(plan.goals.every((goal) => goal.clientWords === "" || goal.clientWords === "Paint the fence green")).toBe(true);
    expect(plan.goals.some((goal) => goal.clientWords === "Xyzzy")).toBe(false);
  });
});

describe("what the risk calls for", () => {
  const objectivesFor = (record: ClientRecord, today: string) => {
    const { plan } = draftOf(record, today);
    return plan.objectives.filter((objective) => objective.safety).map(libraryId);
  };

  it("raised risk with means in the house: a safety plan, the means, and the thoughts themselves", () => {
    expect(objectivesFor(caseOf("dep-night-shift"), "2026-11-23")).toEqual([
      "dep-obj-safety-plan",
      "dep-obj-means-safety",
      "dep-obj-suicidal-thoughts",
    ]);
  });

  it("where the intake says that there are no means, no objective about them", () => {
    const zeke = caseOf("dep-night-shift");
    for (const means of ["None.", "no access to means"])
      expect(objectivesFor(withIntake(zeke, { risk: { ...zeke.intake.risk, means } }), zeke.today)).not.toContain("dep-obj-means-safety");
  });

  it("withdrawal and thoughts of death are two dangers, and each has its answer", () => {
    const anders = objectivesFor(caseOf("alc-two-beers"), "2026-11-23");
    expect(anders).toContain("alc-obj-medical-withdrawal");
    expect(anders).toContain("alc-obj-safety-plan");
  });

  it("risk judged low after one answer about death: that answer is followed, and no more", () => {
    const zeke = caseOf("dep-night-shift");
    const risk = { ...zeke.intake.risk, level: "low" as const, ideation: "none" as const, intent: "none" as const, plan: "none" as const };
    expect(objectivesFor(withIntake(zeke, { risk }), zeke.today)).toEqual(["dep-obj-suicidal-thoughts"]);
  });

  it("no danger, no safety goal", () => {
    const zeke = caseOf("dep-night-shift");
    const record = {
      ...withIntake(zeke, { risk: { ...zeke.intake.risk, level: "low", ideation: "none", intent: "none", plan: "none" } }),
      administrations: zeke.administrations.map((entry) => ({
        ...entry,
        answers: entry.answers.map((answer, index) => (entry.measure === "phq9" && index === 8 ? 0 : answer)),
      })),
    };
    expect(draftOf(record, zeke.today).plan.goals.some((goal) => goal.safety)).toBe(false);
  });

  it("acute risk asks first whether outpatient sessions are enough, and brings the review forward", () => {
    const zeke = caseOf("dep-night-shift");
    const draft = draftOf(withIntake(zeke, { risk: { ...zeke.intake.risk, level: "high" } }), zeke.today, 6);
    expect(draft.notes).toContainEqual({ kind: "safety", text: expect.stringContaining("whether outpatient sessions are enough") });
    expect(draft.plan.reviewDue).toBe(addWeeks(zeke.today, 4));
    expect(draftOf(zeke, zeke.today).notes.some(({ text }) => text.includes("outpatient"))).toBe(false);
  });

  it("a danger is answered whatever the diagnosis, by the chapter that is for anybody in it, and says where that comes from", () => {
    const zeke = caseOf("dep-night-shift");
    const alone = { ...(zeke.diagnoses[0] as Diagnosis), code: "F98.5", description: "Adult onset fluency disorder" };
    const { plan, notes } = draftOf(changed(zeke, { diagnoses: [alone] }), zeke.today);
    expect(plan.problems.map(({ title }) => title)).toEqual([alone.description]);
    expect(plan.goals.map(libraryId)).toEqual(["sui-goal-alive"]);
    expect(because(plan.goals[0] as Goal)).toContain("a danger is answered whatever the diagnosis");
    expect(plan.objectives.map(libraryId)).toContain("sui-obj-plan-used");
    for (const objective of plan.objectives) expect(interventionsOf(plan, objective.id).length).toBeGreaterThan(0);
    expect(notes.some(({ text }) => text.includes("Write one of your own before anything else"))).toBe(false);
    // A teenager's danger is answered by the chapter that is for teenagers, and a small child's by none yet.
    const bornOn = (birthDate: string) => draftOf(changed(zeke, { client: { ...zeke.client, birthDate } }), zeke.today);
    expect(bornOn("2011-02-01").plan.goals.map((goal) => libraryId(goal).split("-")[0])).toEqual(["xcsr"]);
    const small = bornOn("2022-02-01");
    expect(small.plan.goals).toEqual([]);
    expect(small.notes).toContainEqual({
      kind: "safety",
      text: expect.stringContaining("No goal from the library answers thoughts of suicide"),
    });
  });

  it("acute danger: means and safety plan within a week, also where nobody wrote the means down, and the memory of the trauma stays closed", () => {
    const marlowe = caseOf("ptsd-door-chime");
    const risk = { ...marlowe.intake.risk, level: "high" as const, intent: "present" as const, plan: "specific" as const, means: "" };
    const { plan, notes } = draftOf(withIntake(marlowe, { risk }), marlowe.today);
    const due = Object.fromEntries(plan.objectives.map((objective) => [libraryId(objective), objective.targetDate]));
    expect(due).toMatchObject({
      "ptsd-obj-safety-plan": addWeeks(marlowe.today, 1),
      "ptsd-obj-means": addWeeks(marlowe.today, 1),
    });
    expect(Object.keys(due)).not.toContain("ptsd-obj-account");
    expect(Object.keys(due)).not.toContain("ptsd-obj-memory-distress");
    if (plan.goals.some((goal) => libraryId(goal) === "ptsd-goal-memory"))
      expect(notes).toContainEqual({
        kind: "safety",
        text: expect.stringMatching(/^Not proposed yet, because of acute risk of suicide: “Tell or write the index trauma once/),
      });
  });

  it("violence that goes on, and risks taken, have a goal of their own", () => {
    const marlowe = caseOf("ptsd-door-chime");
    const calm = {
      ...marlowe.intake.risk,
      level: "low" as const,
      ideation: "none" as const,
      intent: "none" as const,
      plan: "none" as const,
    };
    const administrations = marlowe.administrations.map((entry) => ({
      ...entry,
      answers: entry.answers.map((answer, index) =>
        entry.measure === "pcl5" && index === 15 ? 3 : entry.measure === "phq9" && index === 8 ? 0 : answer,
      ),
    }));
    const record = { ...withIntake(marlowe, { risk: { ...calm, ongoingViolence: true } }), administrations };
    expect(objectivesFor(record, marlowe.today)).toEqual(["ptsd-obj-way-out", "ptsd-obj-risky-acts"]);
    expect(objectivesFor({ ...record, diagnoses: caseOf("gad-phone-by-the-plate").diagnoses }, marlowe.today)).toEqual(
      expect.arrayContaining(["ipv-obj-safety-plan", "ptsd-obj-risky-acts"]),
    );
  });

  it("mania, psychosis and intoxication say what has to come first, and bring the review forward", () => {
    const roz = caseOf("gad-phone-by-the-plate");
    const told = (changes: Partial<Intake>) => {
      const draft = draftOf(withIntake(roz, changes), roz.today, 6);
      return draft.notes
        .filter(({ kind }) => kind === "safety")
        .map(({ text }) => text)
        .join(" ");
    };
    const { mentalStatus, substanceUse } = roz.intake;
    expect(told({ mentalStatus: { ...mentalStatus, currentMania: true } })).toContain("Mania is treated first and by a psychiatrist");
    expect(told({ mentalStatus: { ...mentalStatus, currentPsychosis: true } })).toContain("See that psychiatric care is under way");
    expect(told({ substanceUse: { ...substanceUse, comesIntoxicated: true } })).toContain("Agree on sober sessions");
    const manic = draftOf(withIntake(roz, { mentalStatus: { ...mentalStatus, currentMania: true } }), roz.today, 6);
    expect(manic.plan.reviewDue).toBe(addWeeks(roz.today, 4));
  });

  it("what raises risk although no level says so is said: no assessment, past attempts, self-harm, an intent to harm somebody", () => {
    const zeke = caseOf("dep-night-shift");
    const told = (risk: Partial<Intake["risk"]>) =>
      draftOf(withIntake(zeke, { risk: Intake.parse({ risk }).risk }), zeke.today)
        .notes.map(({ text }) => text)
        .join(" ");
    expect(told({})).toContain("No risk assessment is recorded.");
    const asked = { assessedOn: zeke.today, level: "low", ideation: "none" } as const;
    expect(told(asked)).not.toContain("No risk assessment is recorded.");
    // What follows a "none" may be an attempt that nobody calls one: it is read out rather than passed over.
    expect(told({ ...asked, pastAttempts: "None. Took all her tablets in 2019, to sleep." })).toContain("Past attempts in the intake");
    expect(told({ ...asked, pastAttempts: "Overdose in September" })).toContain("Past attempts in the intake (“Overdose in September”)");
    expect(told({ ...asked, selfHarm: "Cuts most weeks" })).toContain("Self-harm in the intake (“Cuts most weeks”)");
    expect(told({ ...asked, pastAttempts: "None.", selfHarm: "None known" })).not.toMatch(/Past attempts|Self-harm in the intake/);
    expect(told({ ...asked, harmToOthers: "intent" })).toContain("who has to be protected or warned");
  });

  it("the client is asked to use a safety plan only once there is one, and to make it first where there is none", () => {
    const marlowe = caseOf("ptsd-door-chime");
    const asked = (safetyPlan: Intake["risk"]["safetyPlan"]) => {
      const { plan } = draftOf(
        withIntake(marlowe, { risk: { ...marlowe.intake.risk, safetyPlan, safetyPlanNote: "As agreed." } }),
        marlowe.today,
      );
      const found = plan.responsibilities.find(({ who, what }) => who === "client" && what.includes("crisis line"));
      if (!found) throw new Error("Nothing is said of what the client does in danger.");
      expect(readingGrade(found.plain)).toBeLessThanOrEqual(plainGrade);
      return `${found.what} ${found.plain}`;
    };
    expect(asked("none")).toMatch(
      /^Makes a safety plan together with the therapist in the next session .+ Make a safety plan with your therapist/,
    );
    expect(asked("made")).toMatch(/^Uses the safety plan, .+ Use your safety plan\./);
    expect(asked("declined")).not.toMatch(/uses? (?:the|your) safety plan/i);
    const withdrawal = { risk: Intake.parse({}).risk, substanceUse: { ...marlowe.intake.substanceUse, withdrawalRisk: true } };
    expect(draftOf({ ...withIntake(marlowe, withdrawal), administrations: [] }, marlowe.today).plan.responsibilities).toContainEqual(
      expect.objectContaining({ what: "Calls emergency services at once when life or health is in danger." }),
    );
  });

  it("a risk of harm to others is answered by a safety goal, and so is that to one’s own life, whatever the diagnosis", () => {
    for (const found of library.cases) {
      const { plan, notes } = draftOf(withIntake(found, { risk: { ...found.intake.risk, harmToOthers: "thoughts" } }), found.today);
      const goal = plan.goals.find((entry) => entry.safety && because(entry).includes("thoughts of harming somebody else"));
      // A chapter of the client's own that answers it goes before the one that is for anybody.
      const own = plan.problems.flatMap(({ chapter }) => library.chapterById.get(chapter ?? "")?.objectives ?? []);
      const answers = own.some(
        ({ safety, signals }) => safety && signals.some((signal) => signal.kind === "state" && signal.state === "risk-to-others"),
      );
      expect([found.id, libraryId(goal as Goal) === "ang-goal-nobody-hurt"]).toEqual([
        found.id,
        !answers || found.chapter === "adult-anger",
      ]);
      if (clientStates(found, found.today).some(({ state }) => state.endsWith("suicide-risk")))
        expect(plan.goals.some((entry) => entry.safety && because(entry).includes("risk of suicide"))).toBe(true);
      const objectives = objectivesOf(plan, goal?.id ?? "");
      const serving = objectives.flatMap(({ id }) => interventionsOf(plan, id));
      expect(serving.length).toBeGreaterThan(1);
      expect(serving.some(({ technique }) => /risk (?:assessment|planning)/.test(technique))).toBe(true);
      expect(notes.some(({ text }) => text.includes("Write one of your own before anything else"))).toBe(false);
    }
  });

  it("a danger that no chapter answers is said to the clinician", () => {
    const roz = caseOf("gad-phone-by-the-plate");
    const young = { ...roz.client, birthDate: "2011-02-01" };
    const record = withIntake(roz, { risk: { ...roz.intake.risk, harmToOthers: "thoughts" } });
    const { notes } = draftOf({ ...record, client: young }, roz.today);
    expect(notes).toContainEqual({ kind: "safety", text: expect.stringContaining("risk of harm to others") });
  });
});

describe("wishes, history and cautions", () => {
  const zeke = caseOf("dep-night-shift");
  const neutral = withIntake(zeke, {
    preferences: { ...zeke.intake.preferences, wanted: [], declined: [] },
    priorTreatment: { treatments: [] },
  });
  const neutralDraft = draftOf(neutral, zeke.today);
  const ofApproach = (plan: Plan, approach: ApproachId): Intervention[] =>
    plan.interventions.filter((entry) => entry.approach === approach);
  const servesDanger = (record: ClientRecord, today: string, { objectiveIds }: Intervention) =>
    draftOf(record, today).plan.objectives.some((objective) => objective.safety && objectiveIds.includes(objective.id));
  const offered = (draft: Draft, approach: ApproachId) =>
    draft.alternatives
      .flatMap(({ interventions }) => interventions)
      .filter(({ libraryId: id }) => library.interventionById.get(id)?.approach === approach);

  it("a declined approach ranks lower and says so", () => {
    const declined = draftOf(
      {
        ...neutral,
        intake: {
          ...neutral.intake,
          preferences: { ...neutral.intake.preferences, declined: [{ approach: "cbt", reason: "No\nworksheets" }] },
        },
      },
      zeke.today,
    );
    expect(ofApproach(neutralDraft.plan, "cbt").length).toBeGreaterThan(0);
    expect(ofApproach(declined.plan, "cbt").length).toBeLessThan(ofApproach(neutralDraft.plan, "cbt").length);
    const said = [...ofApproach(declined.plan, "cbt"), ...offered(declined, "cbt")];
    expect(said.length).toBeGreaterThan(0);
    for (const entry of said)
      expect(because(entry)).toContain("Ranked lower: the client declined Cognitive behavioral (CBT): “No worksheets”");
    expect(offered(declined, "cbt").every((entry) => entry.against)).toBe(true);
    expect(declined.plan.declined).toContainEqual(expect.objectContaining({ what: "Cognitive behavioral (CBT)", reason: "No worksheets" }));
  });

  it("an approach that failed before ranks lower and says so", () => {
    for (const outcome of ["did-not-help", "made-worse"] as const) {
      const treatments = [{ id: "t", approach: "cbt" as const, description: "", when: "2018", outcome, whatHelped: "" }];
      const failed = draftOf({ ...neutral, intake: { ...neutral.intake, priorTreatment: { treatments } } }, zeke.today);
      expect(ofApproach(failed.plan, "cbt").length).toBeLessThan(ofApproach(neutralDraft.plan, "cbt").length);
      const said = [...ofApproach(failed.plan, "cbt"), ...offered(failed, "cbt")];
      expect(said.length).toBeGreaterThan(0);
      const words = outcome === "made-worse" ? "made things worse before" : "did not help before";
      for (const entry of said) expect(because(entry)).toContain(`Ranked lower: Cognitive behavioral (CBT) ${words} (2018).`);
    }
  });

  it("an approach that the client asks for comes in and says so", () => {
    const asked = draftOf(
      { ...neutral, intake: { ...neutral.intake, preferences: { ...neutral.intake.preferences, wanted: ["psychodynamic"] } } },
      zeke.today,
    );
    expect(ofApproach(asked.plan, "psychodynamic").length).toBeGreaterThan(ofApproach(neutralDraft.plan, "psychodynamic").length);
    expect(because(ofApproach(asked.plan, "psychodynamic")[0] as Intervention)).toContain("The client asked for Psychodynamic.");
  });

  it("an approach that the client asks for although it failed before is not kept away", () => {
    const anders = caseOf("alc-two-beers");
    const { plan } = draftOf(anders, anders.today);
    const cbt = ofApproach(plan, "cbt");
    expect(cbt.length).toBeGreaterThan(0);
    for (const entry of cbt) {
      expect(because(entry)).toContain("The client asked for Cognitive behavioral (CBT).");
      expect(because(entry)).toContain("made things worse before (February 2024).");
    }
  });

  it("what needs family or partner waits for the client’s yes, and for a partner", () => {
    const others = new Set(["couple", "family"]);
    const withOthers = (record: ClientRecord, today: string) =>
      draftOf(record, today).plan.interventions.filter((entry) => others.has(entry.format) && !servesDanger(record, today, entry));
    // In conflict between two people, sessions for two are the treatment itself.
    for (const found of library.cases.filter(({ chapter }) => chapter !== "adult-relationship-conflict")) {
      const { preferences, strengths } = found.intake;
      const no = withIntake(found, { preferences: { ...preferences, involveFamily: "no", wanted: [] } });
      expect(withOthers(no, found.today)).toEqual([]);
      const alone = withIntake(found, {
        preferences: { ...preferences, involveFamily: "yes" },
        strengths: { ...strengths, supports: ["A brother"] },
        risk: { ...found.intake.risk, protectiveFactors: [] },
      });
      const unpartnered = { ...alone, client: { ...alone.client, emergencyContact: null } };
      expect(withOthers(unpartnered, found.today).filter(({ format }) => format === "couple")).toEqual([]);
    }
    const offeredWhy = draftOf(zeke, zeke.today).alternatives.flatMap(({ interventions }) => interventions.map(because));
    expect(offeredWhy.some((text) => text.includes("the client has not said yes to that yet"))).toBe(true);
  });

  const states: readonly (readonly [string, (record: ClientRecord) => ClientRecord, RegExp])[] = [
    ["risk", (record) => ({ ...record, intake: { ...record.intake, risk: { ...record.intake.risk, level: "high" } } }), /risk of suicide/],
    [
      "psychosis",
      (record) => ({ ...record, intake: { ...record.intake, mentalStatus: { ...record.intake.mentalStatus, currentPsychosis: true } } }),
      /current psychotic symptoms/,
    ],
    [
      "intoxication",
      (record) => ({ ...record, intake: { ...record.intake, substanceUse: { ...record.intake.substanceUse, comesIntoxicated: true } } }),
      /intoxication at sessions/,
    ],
    [
      "pregnancy",
      (record) => ({ ...record, intake: { ...record.intake, medical: { ...record.intake.medical, pregnancy: true } } }),
      /pregnancy/,
    ],
  ];

  it.each(states)("%s holds back or adapts what the library cautions against, and says so", (_, change, words) => {
    const drafts = library.cases.map((found) => ({ found, draft: draftOf(change(found), found.today) }));
    const held = drafts.flatMap(({ draft }) => draft.heldBack.map((entry) => entry.because));
    const adapted = drafts.flatMap(({ draft }) => draft.plan.interventions.flatMap((entry) => entry.adaptations));
    expect([...held, ...adapted].some((text) => words.test(text))).toBe(true);
    for (const { found, draft } of drafts) {
      const record = change(found);
      const conflicts = checkPlan({ plan: draft.plan, record, library, today: found.today });
      expect(conflicts.filter(({ rule }) => rule === "CONFLICT-caution")).toEqual([]);
    }
  });

  it("offers an adult’s chapters to no child", () => {
    const { plan, notes } = draftOf({ ...zeke, client: { ...zeke.client, birthDate: "2015-01-01" } }, zeke.today);
    const from = plan.interventions.map(({ origin }) => (origin.kind === "library" ? library.statementById.get(origin.id)?.chapter : null));
    expect(from.filter((chapter) => chapter?.startsWith("adult-") || chapter?.startsWith("older-adult-"))).toEqual([]);
    expect(notes.some(({ kind }) => kind === "no-chapter")).toBe(true);
  });
});

describe("what a payer’s reviewer reads first", () => {
  it("necessity is told in sentences from the record: diagnosis, scores, danger, effect on life, earlier treatment, and the care planned", () => {
    const ansel = caseOf("pgd-second-cup");
    const { plan } = draftOf(ansel, ansel.today);
    expect(plan.medicalNecessity).toBe(
      [
        "Ansel is treated for prolonged grief disorder (F43.81) and major depressive disorder, single episode, moderate (F32.1).",
        "PHQ-9 was 18 of 27 (moderately severe) on November 19, 2026.",
        "The risk of suicide was assessed as high on November 19, 2026.",
        `Effect on daily life: ${ansel.intake.presentingProblems.problems.map(({ impact }) => impact).join(" ")}`,
        "Earlier treatment: Four visits with the hospice's bereavement volunteer (February to April 2025): helped in part.",
        "Psychotherapy of 75 minutes, once a week, is expected to reduce symptoms and restore function.",
      ].join(" "),
    );
    for (const { words, impact } of ansel.intake.presentingProblems.problems)
      expect(plan.problems[0]?.impairment).toContain(`“${words}” ${impact}`);
  });

  it("nothing is said that the record does not hold", () => {
    const bare = { client: caseOf("dep-night-shift").client, diagnoses: caseOf("dep-night-shift").diagnoses.slice(0, 1) };
    const { plan } = draftOf({ ...bare, intake: Intake.parse({}), administrations: [] }, "2026-11-23");
    expect(plan.medicalNecessity).toMatch(
      /^Zeke is treated for major depressive disorder, recurrent, moderate \(F33\.1\)\. Psychotherapy of \d+ minutes, .+ function\.$/,
    );
    expect(plan.problems.map(({ impairment }) => impairment)).toEqual([""]);
    expect(plan.risk).toEqual({ level: null, assessedOn: null, summary: "", specialStatus: [] });
  });

  it("without any score the problem’s own measure is followed all the same, its baseline asked for and its target the cutoff", () => {
    for (const found of measured()) {
      const bare = changed(found, { intake: Intake.parse({}), administrations: [], diagnoses: found.diagnoses.slice(0, 1) });
      const { plan, notes } = draftOf(bare, found.today);
      const primary = library.chapterById.get(plan.problems[0]?.chapter ?? "")?.measures[0]?.id ?? "";
      const followed = plan.objectives.filter(({ metric }) => metric?.measure === primary && metric?.item === undefined);
      const cutoff = library.measureById.get(primary)?.cutoff?.atLeast ?? 0;
      expect(followed.map(({ metric }) => [metric?.baseline, metric?.target])).toEqual([[null, cutoff - 1]]);
      expect(notes.some(({ kind }) => kind === "missing-measure")).toBe(true);
    }
  });

  it("measures that no chapter gives and nobody was given change nothing", () => {
    const used = new Set(library.chapters.flatMap(({ measures }) => measures.map(({ id }) => id)));
    const without = assembleLibrary(library.files.filter((file) => file.kind !== "measure" || used.has(file.content.id)));
    expect(without.measures.length).toBeLessThan(library.measures.length);
    for (const found of library.cases)
      expect(draftOf(found, found.today)).toEqual(draftOf(found, found.today, 5, Profile.parse({}), without));
  });

  it("a screen or another scale is answered by a problem of its kind, and by no other", () => {
    const zeke = caseOf("dep-night-shift");
    const notesWith = (measure: string, answers: number[]) => {
      const given = Administration.parse({ id: "new", measure, measureVersion: "1.0", date: zeke.today, answers, answeredBy: "client" });
      const { notes } = draftOf(changed(zeke, { administrations: [given] }), zeke.today);
      return notes.filter(({ kind }) => kind === "score-without-diagnosis").map(({ text }) => text);
    };
    expect(notesWith("phq2", [3, 3])).toEqual([]);
    expect(notesWith("pcptsd5", [1, 1, 1, 1, 1, 0])).toEqual([
      expect.stringMatching(/^PC-PTSD-5 was 4 of 5 .* no problem drafted here is about it/),
    ]);
  });

  it("a plan for an illness that is there begins with getting well, not with staying well", () => {
    const zeke = caseOf("dep-night-shift");
    const { plan } = draftOf(changed(zeke, { intake: Intake.parse({}), administrations: [] }), zeke.today);
    expect(plan.goals.map(libraryId)[0]).toBe("dep-goal-recovery");
  });

  it("risk is told with what was asked, what happened before, and what speaks for life", () => {
    const marlowe = caseOf("ptsd-door-chime");
    const { plan } = draftOf(marlowe, marlowe.today);
    expect(plan.risk.summary).toBe(
      "Thoughts of suicide: passive; intent: none; plan: vague; harm to others: none. Past attempts: None. Self-harm: None. " +
        `Protective: ${marlowe.intake.risk.protectiveFactors.join("; ")}.`,
    );
  });

  it("frequency, weeks and number of sessions agree, or it says that sessions are spaced out", () => {
    for (const found of library.cases) {
      const { sessionPlan, interventions } = draftOf(found, found.today).plan;
      const { frequency, weeks, minutes, expectedSessions } = sessionPlan;
      if (!frequency || !weeks || !expectedSessions) throw new Error("A drafted plan has a session plan.");
      const perWeek = frequency.per === "week" ? frequency.times : frequency.times / 4;
      if (perWeek * weeks > expectedSessions[1])
        expect(because(sessionPlan)).toContain(`so that ${expectedSessions[0]} to ${expectedSessions[1]} of them fill the ${weeks} weeks`);
      const inSession = interventions.filter(({ format }) => format !== "coordination");
      expect(new Set(inSession.map((entry) => entry.minutes))).toEqual(new Set([minutes]));
      expect(inSession.every((entry) => (entry.weeks ?? 0) <= weeks)).toBe(true);
    }
  });

  it("acute risk asks for more contact than the course alone would give", () => {
    const ansel = caseOf("pgd-second-cup");
    const { plan, notes } = draftOf(ansel, ansel.today);
    expect(because(plan.sessionPlan)).toContain("Consider meeting more often until the risk is lower.");
    expect(notes.some(({ kind, text }) => kind === "safety" && text.includes("outpatient sessions are enough"))).toBe(true);
  });
});

describe("three co-occurring problems", () => {
  const { record, today } = threeProblems();
  const { plan, notes } = draftOf(record, today);

  it("come out as one plan with the most dangerous first", () => {
    expect(plan.problems.map(({ chapter }) => chapter).toSorted()).toEqual(["adult-alcohol-use", "adult-depression", "adult-ptsd"]);
    expect(plan.problems[0]?.chapter).toBe("adult-alcohol-use");
    for (const problem of plan.problems) expect(goalsOf(plan, problem.id).length).toBeGreaterThan(0);
    expect(plan.goals.length).toBeLessThanOrEqual(6);
    expect(notes.some(({ kind }) => kind === "co-occurring")).toBe(true);
    const errors = checkPlan({ plan, record, library, today }).filter(({ severity }) => severity === "error");
    expect(errors.filter((entry) => !onlyTheyCanAnswer(entry))).toEqual([]);
  });

  it("share interventions, each of which stands once and says for what", () => {
    const techniques = plan.interventions.map(({ technique }) => technique);
    expect(new Set(techniques).size).toBe(techniques.length);
    const problemOf = (objectiveId: string) => {
      const goalId = plan.objectives.find(({ id }) => id === objectiveId)?.goalId;
      return plan.goals.find(({ id }) => id === goalId)?.problemIds[0];
    };
    const shared = plan.interventions.filter((entry) => new Set(entry.objectiveIds.map(problemOf)).size > 1);
    expect(shared.length).toBeGreaterThan(0);
    for (const entry of shared) expect(because(entry)).toContain("so it stands here once for both");
  });

  it("measure nothing twice", () => {
    const keys = plan.objectives.flatMap(({ metric }) =>
      metric?.kind === "measure" ? [`${metric.measure}/${metric.item ?? "total"}`] : [],
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(plan.measureSchedule.map(({ measure }) => measure)).size).toBe(plan.measureSchedule.length);
  });
});

describe("the principal diagnosis", () => {
  it("has most of the goals beside safety, also where another problem has to be treated before it", () => {
    const roz = caseOf("gad-phone-by-the-plate");
    const anders = caseOf("alc-two-beers");
    const drinking = { ...(anders.diagnoses[0] as Diagnosis), id: "d9", rank: "co-occurring" as const };
    const record = {
      ...withIntake(roz, { substanceUse: { ...roz.intake.substanceUse, withdrawalRisk: true } }),
      diagnoses: [...roz.diagnoses.slice(0, 1), drinking],
      administrations: [...roz.administrations, ...anders.administrations.map((entry) => ({ ...entry, id: `${entry.id}-anders` }))],
    };
    const { plan } = draftOf(record, roz.today);
    const beside = plan.problems.map(({ chapter, id }) => [chapter, goalsOf(plan, id).filter(({ safety }) => !safety).length]);
    expect(beside).toEqual([
      ["adult-alcohol-use", 1],
      ["adult-generalized-anxiety", 3],
    ]);
    expect(plan.goals[0]?.safety).toBe(true);
  });
});

describe("what the draft says is true", () => {
  const zeke = caseOf("dep-night-shift");
  const calm = { ...zeke.intake.risk, level: "low" as const, ideation: "none" as const, intent: "none" as const, plan: "none" as const };
  const scored = (record: ClientRecord, measure: string, date: string, answers: number[]): ClientRecord => ({
    ...record,
    administrations: [
      Administration.parse({ id: "only", measure, measureVersion: "1.0", date, answers, answeredBy: "client", status: "completed" }),
    ],
  });
  const quiet = withIntake(zeke, { risk: calm, presentingProblems: { ...zeke.intake.presentingProblems, hopes: [] } });
  const low = scored(quiet, "phq9", zeke.today, [1, 1, 1, 1, 1, 1, 1, 0, 0, 1]);

  it("speaks of danger at the end only where the record holds one, and then once", () => {
    const closing = (record: ClientRecord) => {
      const { plan } = draftOf(record, zeke.today);
      return [...plan.dischargeCriteria, ...plan.expectedOutcomes].filter(({ text }) => /suicid|safety plan/i.test(text));
    };
    expect(closing(low)).toEqual([]);
    const endangered = withIntake(zeke, { risk: { ...calm, level: "high", ideation: "active", intent: "present" } });
    expect(draftOf(endangered, zeke.today).plan.dischargeCriteria.map(libraryId)).toContain("dep-dis-safety");
    const three = {
      ...endangered,
      diagnoses: measured()
        .slice(0, 3)
        .flatMap(({ diagnoses }) => diagnoses.slice(0, 1)),
    };
    const { plan } = draftOf(three, zeke.today);
    expect(plan.dischargeCriteria.filter(({ text }) => /suicid|intent/i.test(text)).length).toBe(1);
  });

  it("a sign that nobody found is not called one", () => {
    const only = { ...(zeke.diagnoses[0] as Diagnosis), code: "F32.0", description: "Major depressive disorder, single episode, mild" };
    const { plan } = draftOf({ ...low, diagnoses: [only] }, zeke.today);
    expect(plan.problems[0]?.definitions.every((entry) => because(entry).includes("Common with this diagnosis"))).toBe(true);
    for (const goal of plan.goals) {
      expect(because(goal)).not.toContain("found in this record");
      expect(because(goal)).toContain("nothing in this record points to it yet");
    }
  });

  it("from a low score the target is remission, not more than full recovery, and the note asks why treatment is needed", () => {
    const { plan, notes } = draftOf(low, zeke.today);
    const whole = plan.objectives.filter(({ metric }) => metric?.measure === "phq9" && metric.item === undefined);
    expect(whole.map(({ metric }) => [metric?.baseline, metric?.target])).toEqual([[7, 4]]);
    expect(notes).toContainEqual({ kind: "below-cutoff", text: expect.stringContaining("That is below its cutoff of 10") });
  });

  it("nothing is proposed against drinking that nobody has spoken of", () => {
    const none = { ...low, intake: { ...low.intake, substanceUse: Intake.parse({}).substanceUse } };
    for (const found of library.cases) {
      const record = { ...none, diagnoses: found.diagnoses.filter(({ code }) => !code.startsWith("F1")) };
      const ids = draftOf(record, zeke.today).plan.objectives.map(libraryId);
      expect(ids.filter((id) => /-(?:drinking|substance)$/.test(id))).toEqual([]);
    }
  });

  it("a hope brings along the sign that speaks of the same", () => {
    const anders = caseOf("alc-two-beers");
    const record = scored(
      withIntake(anders, { presentingProblems: { ...anders.intake.presentingProblems, hopes: ["Sleep through the night"] } }),
      "audit",
      anders.today,
      [2, 1, 2, 1, 1, 0, 0, 0, 0, 0],
    );
    const brought = draftOf(record, anders.today).plan.problems.flatMap(({ definitions }) =>
      definitions.filter((entry) => because(entry).includes("The client hopes for “Sleep through the night”")).map(libraryId),
    );
    expect(brought).toEqual(["alc-def-sleep"]);
  });

  it("a death that is coded as a circumstance gets the short course and no name of a disorder", () => {
    const ansel = caseOf("pgd-second-cup");
    const loss = { ...(ansel.diagnoses[0] as Diagnosis), code: "Z63.4", description: "Disappearance and death of family member" };
    const { plan } = draftOf(changed(ansel, { diagnoses: [loss] }), ansel.today);
    expect(plan.problems.map(({ title, severity }) => [title, severity])).toEqual([[loss.description, "mild"]]);
    expect(plan.sessionPlan).toMatchObject({ frequency: { times: 2, per: "month" }, weeks: 16, expectedSessions: [1, 8] });
    expect(because(plan.problems[0] as Plan["problems"][number])).toContain("Coded as a circumstance and not as a disorder");
  });

  it("in remission the plan is for staying well", () => {
    const well = {
      ...(zeke.diagnoses[0] as Diagnosis),
      code: "F33.42",
      description: "Major depressive disorder, recurrent, in full remission",
    };
    const record = { ...scored(quiet, "phq9", zeke.today, [1, 0, 1, 1, 0, 0, 0, 0, 0, 0]), diagnoses: [well] };
    const { plan } = draftOf(record, zeke.today);
    expect(plan.purpose).toBe("maintenance");
    expect(plan.medicalNecessity).toContain("is expected to keep recovery and prevent relapse.");
    expect(libraryId(plan.goals[0] as Goal)).toBe("dep-goal-staying-well");
    expect(draftOf(zeke, zeke.today).plan.purpose).toBe("improvement");
  });

  it("a score that looks back a year has its target date when that year is over, and counts lead up to it", () => {
    const anders = caseOf("alc-two-beers");
    for (const answers of [
      [2, 2, 2, 1, 1, 0, 1, 0, 0, 0],
      [4, 3, 4, 3, 2, 1, 2, 1, 2, 2],
    ]) {
      const { plan } = draftOf(scored(anders, "audit", anders.today, answers), anders.today);
      const followed = plan.objectives.find(({ metric }) => metric?.measure === "audit" && metric.item === undefined);
      expect(followed?.targetDate).toBe(addWeeks(anders.today, 52));
      const [first, ...others] = objectivesOf(plan, followed?.goalId ?? "");
      expect(first?.metric?.kind).toBe("count");
      expect(libraryId(first as Objective)).toMatch(/^alc-obj-(?:heavy-days|drinks-week|dry-days)$/);
      expect(daysBetween(anders.today, first?.targetDate ?? "")).toBeLessThanOrEqual(26 * 7);
      expect(others.at(-1)).toBe(followed);
      for (const { metric, targetDate } of plan.objectives)
        if (metric?.measure === "audit") expect(daysBetween(anders.today, targetDate ?? "")).toBeGreaterThanOrEqual(52 * 7);
    }
  });

  it("the whole score of trauma symptoms is served by a treatment of the trauma, at every severity", () => {
    const marlowe = caseOf("ptsd-door-chime");
    const bare = {
      ...withIntake(marlowe, { ...Intake.parse({}), risk: calm, presentingProblems: marlowe.intake.presentingProblems }),
      diagnoses: marlowe.diagnoses.slice(0, 1),
    };
    for (const answer of [2, 3]) {
      const { plan } = draftOf(scored(bare, "pcl5", marlowe.today, Array<number>(20).fill(answer)), marlowe.today);
      const whole = plan.objectives.find(({ metric }) => metric?.measure === "pcl5" && metric.item === undefined);
      const serving = interventionsOf(plan, whole?.id ?? "").map(({ technique }) => technique);
      expect(serving.some((technique) => /EMDR|exposure|rescripting|cognitive restructuring/.test(technique))).toBe(true);
    }
  });

  it("what is like a treatment that failed ranks lower under another name too, and says so", () => {
    const marlowe = caseOf("ptsd-door-chime");
    const narrative = library.interventionById.get("ptsd-int-narrative-exposure");
    if (!narrative) throw new Error("The library has narrative exposure.");
    const rankedAfter = (description: string) => {
      const treatment = { id: "t", approach: "cbt" as const, description, when: "2024", outcome: "did-not-help" as const, whatHelped: "" };
      const record = withIntake(marlowe, { priorTreatment: { treatments: [treatment] } });
      const [ranked] = rankInterventions(
        [narrative],
        draftContext(record, library, marlowe.today, () => "id"),
      ).ranked;
      if (!ranked) throw new Error("Narrative exposure is not held back here.");
      return ranked;
    };
    const other = rankedAfter("Worksheets");
    const like = rankedAfter("Prolonged exposure");
    expect(like.weight).toBeLessThan(other.weight);
    expect(because(like)).toContain("Ranked lower: “Prolonged exposure” did not help before (2024), and this is exposure too.");
    expect(because(other)).not.toContain("Worksheets");
  });

  it("an objective whose methods are nearly all like what failed, or declined, comes after the others, and says so where it comes in", () => {
    const marlowe = caseOf("ptsd-door-chime");
    const after = (treatments: Intake["priorTreatment"]["treatments"]) =>
      draftOf(
        withIntake(marlowe, {
          preferences: { ...marlowe.intake.preferences, wanted: ["cbt"], declined: [] },
          priorTreatment: { treatments },
        }),
        marlowe.today,
      ).plan.objectives.map(libraryId);
    const treatment = { id: "t", approach: null, when: "2024", outcome: "made-worse" as const, whatHelped: "" };
    expect(after([])).toContain("ptsd-obj-account");
    const afterExposure = after([{ ...treatment, description: "Prolonged exposure" }]);
    expect(afterExposure).not.toContain("ptsd-obj-account");
    // What is not reached by exposure is not set back with it.
    expect(afterExposure).toContain("ptsd-obj-nightmares");
    const declined = approachIds.map((approach) => ({ approach, reason: "" }));
    const { plan } = draftOf(withIntake(marlowe, { preferences: { ...marlowe.intake.preferences, wanted: [], declined } }), marlowe.today);
    expect(plan.objectives.map(because)).toContainEqual(
      expect.stringMatching(/^Ranked lower: nearly all that leads there was declined or is like what failed\. The client declined /),
    );
  });

  it("one method opens the memory of a trauma, and the others are offered instead of it, not beside it", () => {
    const marlowe = caseOf("ptsd-door-chime");
    const anders = caseOf("alc-two-beers");
    const drinking = { ...(anders.diagnoses[0] as Diagnosis), id: "d9", rank: "co-occurring" as const };
    const methodsIn = ({ plan }: Draft) =>
      plan.interventions.flatMap((entry) => library.interventionById.get(libraryId(entry))?.rival?.methods.join() ?? []);
    for (const wanted of [[], ...approachIds.map((approach) => [approach])]) {
      const record = withIntake(marlowe, {
        preferences: { ...marlowe.intake.preferences, wanted, declined: [] },
        priorTreatment: { treatments: [] },
        mentalStatus: Intake.parse({}).mentalStatus,
        risk: { ...marlowe.intake.risk, level: "low", ideation: "none", plan: "none" },
      });
      for (const diagnoses of [marlowe.diagnoses, [...marlowe.diagnoses.slice(0, 1), drinking]]) {
        const draft = draftOf({ ...record, diagnoses }, marlowe.today);
        const methods = methodsIn(draft).map((list) => list.split(","));
        expect(methods.every((one) => methods.every((other) => one.some((method) => other.includes(method))))).toBe(true);
      }
    }
    const offered = draftOf(marlowe, marlowe.today)
      .alternatives.flatMap(({ interventions }) => interventions)
      .find((entry) => entry.libraryId === "ptsd-int-imaginal");
    expect(because(offered ?? { because: [] })).toContain("To be weighed against EMDR desensitization, not added to it");
  });

  it("gives every approach that the client asked for a place, though another one leads", () => {
    const found = caseOf("soc-shade-guide");
    expect(found.intake.preferences.wanted).toContain("act");
    const { plan } = draftOf(found, found.today);
    const approachesIn = plan.interventions.map((entry) => library.interventionById.get(libraryId(entry))?.approach);
    expect(approachesIn.filter((approach) => approach === "cbt").length).toBeGreaterThan(2);
    expect(approachesIn).toContain("act");
  });

  it("a wish that the draft cannot fill is said", () => {
    const asked = withIntake(zeke, { preferences: { ...zeke.intake.preferences, wanted: ["existential"] } });
    expect(draftOf(asked, zeke.today).notes).toContainEqual({
      kind: "wish",
      text: expect.stringContaining("The client asked for Existential"),
    });
  });

  it("a score above its cutoff that no diagnosis is about is said, also where the plan follows it beside", () => {
    const record = {
      ...quiet,
      administrations: [
        Administration.parse({
          id: "a",
          measure: "audit",
          measureVersion: "1.0",
          date: zeke.today,
          answers: [4, 3, 3, 0, 0, 0, 0, 0, 0, 0],
          answeredBy: "client",
          status: "completed",
        }),
      ],
    };
    expect(draftOf({ ...record, diagnoses: zeke.diagnoses.filter(({ code }) => code.startsWith("F3")) }, zeke.today).notes).toContainEqual({
      kind: "score-without-diagnosis",
      text: expect.stringContaining("AUDIT was 10"),
    });
  });

  it("five problems stay a plan that can be followed, and each pair is spoken of once", () => {
    const five = measured();
    const diagnoses = five.map((found, index) => ({
      ...(found.diagnoses[0] as Diagnosis),
      id: `d${index}`,
      rank: index === 0 ? ("principal" as const) : ("co-occurring" as const),
    }));
    const administrations = five.flatMap((found) => found.administrations.map((entry) => ({ ...entry, id: `${found.id}-${entry.id}` })));
    const { plan, notes } = draftOf({ ...zeke, diagnoses, administrations }, zeke.today);
    expect(plan.problems).toHaveLength(5);
    expect(plan.goals.length).toBeLessThanOrEqual(7);
    expect(plan.objectives.length).toBeLessThanOrEqual(14);
    expect(notes.filter(({ kind }) => kind === "co-occurring").length).toBeLessThanOrEqual(10);
  });
});

describe("diagnoses without a chapter", () => {
  const roz = caseOf("gad-phone-by-the-plate");
  const relative = roz.diagnoses.find((diagnosis) => diagnosis.code === "Z63.6") as Diagnosis;
  const errors = (draft: Draft, record: ClientRecord) =>
    checkPlan({ plan: draft.plan, record, library, today: roz.today }).filter((finding) => finding.severity === "error");

  it("a circumstance stands with the problem that is treated first and is none of its own", () => {
    const draft = draftOf(roz, roz.today);
    expect(draft.plan.problems.map((problem) => problem.title)).toEqual(["Generalized anxiety"]);
    expect(draft.plan.problems[0]?.diagnosisIds).toEqual(["d1", "d2"]);
    expect(draft.plan.problems[0]?.because).toContainEqual(expect.objectContaining({ kind: "diagnosis", ref: "d2" }));
    expect(draft.plan.diagnoses.map((diagnosis) => diagnosis.code)).toEqual(["F41.1", "Z63.6"]);
    expect(draft.plan.medicalNecessity).toContain("Circumstances: Dependent relative needing care at home (Z63.6).");
    expect(draft.notes).toContainEqual({ kind: "no-chapter", text: expect.stringContaining("Z63.6") });
    expect(errors(draft, roz).filter((finding) => finding.path[0] === "problems" || finding.path[0] === "diagnoses")).toEqual([]);
  });

  it("a disorder that no chapter answers is a problem of its own, which asks for goals", () => {
    const tic = { ...relative, id: "d3", code: "F95.1", description: "Chronic motor or vocal tic disorder" };
    const record = changed(roz, { diagnoses: [...roz.diagnoses, tic] });
    const draft = draftOf(record, roz.today);
    const own = draft.plan.problems.find((problem) => problem.title === tic.description);
    expect(own?.diagnosisIds).toEqual(["d3"]);
    expect(goalsOf(draft.plan, own?.id ?? "")).toEqual([]);
    expect(draft.notes).toContainEqual({ kind: "no-chapter", text: expect.stringContaining("F95.1") });
    expect(errors(draft, record)).toContainEqual(expect.objectContaining({ rule: "CORE-04", path: ["problems", own?.id] }));
    expect(draft.plan.problems[0]?.diagnosisIds).toEqual(["d1", "d2"]);
  });

  it("where circumstances are all that is coded, the first of them is the problem and the others stand with it", () => {
    const alone = { ...relative, rank: "principal" as const };
    const partner = { ...relative, id: "d9", code: "Z63.0", description: "Problems in relationship with spouse or partner" };
    const { plan } = draftOf(changed(roz, { diagnoses: [alone, partner] }), roz.today);
    expect(plan.problems.map((problem) => [problem.title, problem.diagnosisIds])).toEqual([[relative.description, ["d2", "d9"]]]);
  });
});

describe("any record at all", () => {
  const control = /[\u0000-\u0008\u000B-\u001F\u007F]/g;
  const said = (max: number) =>
    fc
      .oneof(
        fc.string({ unit: "grapheme", maxLength: 40 }),
        fc.constantFrom("", "\n\n", "  ", "line one\nline two", "قلق شديد", "眠れない 😵‍💫", "’“”{date}{x}", "Sleep without fear"),
        fc.constantFrom("a", "worry ", "😵‍💫", "two\nlines ").map((text) => text.repeat(max)),
      )
      .map((text) =>
        text
          .replaceAll(control, " ")
          .slice(0, max)
          .replace(/[\uD800-\uDBFF]$/, ""),
      );
  const line = (max: number) => said(max).map((text) => text.replaceAll(/[\n\t]/g, " "));
  const date = fc
    .date({ min: new Date("1900-01-01"), max: new Date("2030-01-01"), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10));
  const approach = fc.constantFrom(...approachIds);
  const cases = fc.constantFrom(...library.cases);

  const administration = fc
    .record({
      id: fc.uuid(),
      measure: fc.constantFrom(...library.measures.map(({ id }) => id), "unknown-measure"),
      measureVersion: fc.constant("1.0"),
      date,
      answers: fc.array(fc.option(fc.integer({ min: -3, max: 9 })), { maxLength: 25 }),
      answeredBy: fc.constantFrom("client" as const, "clinician" as const),
      status: fc.constantFrom("completed" as const, "entered-in-error" as const),
    })
    .map((entry) => Administration.parse(entry));
  const diagnosis = fc
    .record({
      id: fc.uuid(),
      code: fc.constantFrom("F33.1", "F32.A", "F41.1", "F43.12", "F10.20", "F43.81", "Z63.6", "Z56.3", "F95.1", "G47.00", "F20.9"),
      description: said(300).map((text) => text || "x"),
      fiscalYear: fc.constant(2026),
      rank: fc.constantFrom("principal" as const, "co-occurring" as const),
      verification: fc.constantFrom("provisional" as const, "confirmed" as const, "refuted" as const),
      clinicalStatus: fc.constantFrom("active" as const, "remission" as const, "resolved" as const),
      diagnosedOn: date,
    })
    .map((entry) => Diagnosis.parse(entry));
  const risk = fc.record({
    assessedOn: fc.option(date),
    level: fc.option(fc.constantFrom("low" as const, "moderate" as const, "high" as const, "imminent" as const)),
    ideation: fc.constantFrom("not-asked" as const, "none" as const, "passive" as const, "active" as const),
    means: said(2000),
    harmToOthers: fc.constantFrom("none" as const, "thoughts" as const),
    ongoingViolence: fc.boolean(),
    protectiveFactors: fc.array(line(500), { maxLength: 50 }),
    safetyPlan: fc.constantFrom("none" as const, "made" as const, "declined" as const),
    safetyPlanNote: said(4000),
  });
  const intake = fc
    .record(
      {
        presentingProblems: fc.record({
          problems: fc.array(fc.record({ id: fc.uuid(), words: said(2000), impact: said(2000) }), { maxLength: 20 }),
          hopes: fc.array(line(500), { maxLength: 50 }),
        }),
        functioning: fc.record({ work: said(20_000), relationships: said(20_000), selfCare: said(20_000), leisure: said(20_000) }),
        medical: fc.record({ allergies: said(20_000), pregnancy: fc.boolean(), cardiacOrSeizureCondition: fc.boolean() }),
        substanceUse: fc.record({ activeUse: fc.boolean(), comesIntoxicated: fc.boolean(), withdrawalRisk: fc.boolean() }),
        priorTreatment: fc.record({
          treatments: fc.array(
            fc.record({
              id: fc.uuid(),
              approach: fc.option(approach),
              when: line(120),
              outcome: fc.constantFrom("helped" as const, "made-worse" as const),
            }),
            { maxLength: 30 },
          ),
        }),
        strengths: fc.record({
          strengths: fc.array(line(500), { maxLength: 50 }),
          coping: fc.array(line(500), { maxLength: 50 }),
          supports: fc.array(line(500), { maxLength: 50 }),
        }),
        preferences: fc.record({
          wanted: fc.array(approach, { maxLength: 20 }),
          declined: fc.array(fc.record({ approach, reason: said(1000) }), { maxLength: 20 }),
          values: said(20_000),
          practical: said(20_000),
        }),
        culture: fc.record({ identity: said(20_000), wishesForTherapy: said(20_000) }),
        mentalStatus: fc.record({ currentPsychosis: fc.boolean(), currentMania: fc.boolean(), markedDissociation: fc.boolean() }),
        risk,
      },
      { requiredKeys: [] },
    )
    .map((sections) => Intake.parse(sections));
  const hasLetter = (name: string) => /\p{L}/u.test(name);
  const client = fc
    .record({ given: line(100), family: line(100), chosen: line(100), birthDate: date, guardian: fc.boolean() })
    .map(({ given, family, chosen, birthDate, guardian }) =>
      Client.parse({
        name: { given: hasLetter(given) ? given : "X", family: hasLetter(family) ? family : "Y", chosen },
        birthDate,
        ...(guardian && { guardian: { name: "Guardian" } }),
      }),
    );
  const record: fc.Arbitrary<ClientRecord> = fc.record({
    client,
    intake: fc.oneof(
      intake,
      cases.map((found) => found.intake),
    ),
    diagnoses: fc.oneof(
      fc.array(diagnosis, { maxLength: 40 }),
      cases.map((found) => found.diagnoses),
    ),
    administrations: fc.oneof(
      fc.array(administration, { maxLength: 20 }),
      cases.map((found) => found.administrations),
    ),
  });

  it("gives a valid plan whose numbers are within the measure and better than the start, the same each time", () => {
    fc.assert(
      fc.property(record, fc.constantFrom("2026-11-23", "2024-02-29"), fc.integer({ min: -3, max: 40 }), (given, today, weeks) => {
        const draft = draftOf(given, today, weeks);
        const parsed = Plan.safeParse(draft.plan);
        expect(parsed.error?.issues ?? []).toEqual([]);
        expect(draftOf(given, today, weeks)).toEqual(draft);
        expect(JSON.stringify(draft.plan).isWellFormed()).toBe(true);
        for (const { metric, targetDate } of draft.plan.objectives) {
          expect(targetDate !== null && targetDate > today).toBe(true);
          if (!metric) throw new Error("A drafted objective is measured.");
          const measure = metric.measure === undefined ? undefined : library.measureById.get(metric.measure);
          const values = measure?.items.find(({ number }) => number === metric.item)?.options ?? measure?.options ?? [];
          const range =
            metric.item === undefined
              ? measure?.scoring.range
              : [Math.min(...values.map(({ value }) => value)), Math.max(...values.map(({ value }) => value))];
          for (const number of [metric.baseline, metric.target])
            if (range && number !== null) {
              expect(number).toBeGreaterThanOrEqual(range[0] ?? 0);
              expect(number).toBeLessThanOrEqual(range[1] ?? 0);
            }
          if (metric.baseline !== null && metric.target !== null)
            expect(metric.direction === "decrease" ? metric.target < metric.baseline : metric.target > metric.baseline).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe("a bereavement that is no disorder", () => {
  const found = caseOf("pgd-second-cup");
  const [first] = found.diagnoses;
  if (!first) throw new Error("The case has no diagnosis.");
  const bereaved = { ...first, code: "Z63.4", description: "Disappearance and death of family member", onset: "September 2026" };
  const record = { ...found, intake: Intake.parse({}), diagnoses: [bereaved], administrations: [] };
  const { plan } = draftOf(record, found.today);

  it("gets company and information and the short course, and no treatment of grief", () => {
    expect(plan.sessionPlan.expectedSessions).toEqual(library.chapterById.get("adult-prolonged-grief")?.courses[0]?.sessions);
    const ids = plan.interventions.map(libraryId);
    expect(ids).toContain("pgd-int-normal-grief");
    for (const treatment of ["pgd-int-revisiting", "pgd-int-early-risk", "pgd-int-retelling"]) expect(ids).not.toContain(treatment);
  });

  it("is promised no response to a treatment that it does not get, and ends by what fits a bereavement", () => {
    const closing = [...plan.expectedOutcomes, ...plan.dischargeCriteria];
    expect([plan.expectedOutcomes.length, plan.dischargeCriteria.length]).toEqual([2, 4]);
    for (const entry of closing) expect(libraryId(entry)).toMatch(/^pgd-(?:out|dis)-bereaved-/);
    const disorder = draftOf({ ...record, diagnoses: [first] }, found.today).plan;
    for (const entry of [...disorder.expectedOutcomes, ...disorder.dischargeCriteria]) expect(libraryId(entry)).not.toContain("bereaved");
  });

  it("called a grief disorder too early, holds back what opens the story of the death, and says since when it is", () => {
    const tooEarly = { ...record, diagnoses: [{ ...first, onset: "September 2026" }] };
    const { plan: early, heldBack } = draftOf(tooEarly, found.today);
    const habits = heldBack.find((entry) => entry.libraryId === "pgd-int-closeness-habits");
    expect(habits?.because).toContain("recorded since September 2026");
    const ids = early.interventions.map(libraryId);
    for (const opening of ["pgd-int-closeness-habits", "pgd-int-revisiting", "pgd-int-retelling"]) expect(ids).not.toContain(opening);
  });
});

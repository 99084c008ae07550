import { Client } from "../client/client.ts";
import type { ClientRecord } from "../client/client-record.ts";
import { Diagnosis } from "../diagnosis/diagnosis.ts";
import { Intake } from "../intake/intake.ts";
import { blankPlan } from "./blank-plan.ts";
import { type Goal, type Intervention, type Objective, Plan } from "./plan.ts";

/** Example data for tests: a fictional client, Rowan Example, and a small plan that has everything a plan must have. */
export const today = "2026-11-23";

/** Ids in order: "id1", "id2", … so that a test can be read. */
export function countedIds(): () => string {
  let count = 0;
  return () => `id${++count}`;
}

export function exampleRecord(changes: Partial<ClientRecord> = {}): ClientRecord {
  return {
    client: Client.parse({ name: { given: "Rowan", family: "Example" }, birthDate: "1988-02-03", recordNumber: "R-17" }),
    intake: Intake.parse({ risk: { assessedOn: "2026-11-20", level: "low", ideation: "none" } }),
    diagnoses: [exampleDiagnosis()],
    administrations: [],
    ...changes,
  };
}

export function exampleDiagnosis(changes: Partial<Diagnosis> = {}): Diagnosis {
  return Diagnosis.parse({
    id: "d1",
    code: "F33.1",
    description: "Major depressive disorder, recurrent, moderate",
    fiscalYear: 2026,
    rank: "principal",
    verification: "confirmed",
    diagnosedOn: "2026-11-01",
    ...changes,
  });
}

export const exampleAuthor: Plan["author"] = {
  practiceName: "Willow Practice",
  practiceAddress: "",
  clinicianId: "m1",
  clinicianName: "Ada Sample",
  credentials: "LCSW",
  npi: "",
};

export const officeProfile: Plan["profile"] = { setting: "office_outpatient", payers: [], accreditors: [], part2: false };

export function exampleGoal(changes: Partial<Goal> = {}): Goal {
  return {
    id: "g1",
    text: "Bring back daily activity and interest.",
    plain: "Do more of what you like.",
    detail: "",
    ask: "",
    origin: { kind: "own" },
    because: [],
    problemIds: ["p1"],
    clientWords: "I want to bake on Sundays again",
    term: "long",
    safety: false,
    lifecycleStatus: "proposed",
    achievementStatus: null,
    ...changes,
  };
}

export function exampleObjective(changes: Partial<Objective> = {}): Objective {
  return {
    id: "o1",
    text: "Raise the days with a planned activity from {baseline} to {target} a week by {date}.",
    plain: "Go from {baseline} to {target} active days a week by {date}.",
    detail: "",
    ask: "",
    origin: { kind: "own" },
    because: [],
    goalId: "g1",
    metric: { kind: "count", unit: "days a week", direction: "increase", baseline: 1, baselineDate: today, target: 4, max: 7 },
    parameters: {},
    targetDate: "2027-02-01",
    stage: "early",
    safety: false,
    lifecycleStatus: "proposed",
    achievementStatus: null,
    ...changes,
  };
}

export function exampleIntervention(changes: Partial<Intervention> = {}): Intervention {
  return {
    id: "i1",
    text: "Plans three activities a week with the client and goes over the record of them.",
    plain: "Helps you plan three good things a week.",
    detail: "",
    ask: "",
    origin: { kind: "own" },
    because: [],
    objectiveIds: ["o1"],
    approach: "cbt",
    technique: "activity scheduling",
    format: "individual",
    minutes: 50,
    frequency: { times: 1, per: "week" },
    weeks: 12,
    responsible: { name: "Ada Sample", role: "LCSW" },
    stage: "early",
    evidence: [],
    basis: "practice-based",
    adaptations: [],
    homework: [],
    ...changes,
  };
}

/** A plan without a single error finding for an office practice. */
export function examplePlan(changes: Partial<Plan> = {}): Plan {
  const record = exampleRecord();
  return Plan.parse({
    ...blankPlan({ planId: "plan1", clientId: "c1", record, author: exampleAuthor, profile: officeProfile, today }),
    diagnoses: record.diagnoses,
    strengths: ["bakes for friends"],
    risk: { level: "low", assessedOn: "2026-11-20", summary: "Ideation: none." },
    assessments: [
      {
        administrationId: "a1",
        measure: "phq9",
        measureName: "PHQ-9",
        date: "2026-11-20",
        score: 17,
        outOf: 27,
        band: "Moderately severe",
      },
    ],
    reviewDue: "2026-12-28",
    problems: [{ id: "p1", title: "Depression", diagnosisIds: ["d1"], impairment: "Late for work nine times since September." }],
    goals: [exampleGoal()],
    objectives: [exampleObjective()],
    interventions: [exampleIntervention()],
    sessionPlan: { frequency: { times: 1, per: "week" }, minutes: 50, weeks: 16, expectedSessions: [12, 16] },
    dischargeCriteria: [{ id: "e1", text: "PHQ-9 below 10 on two occasions in a row.", origin: { kind: "own" } }],
    participation: { client: "Chose the goals and the order." },
    ...changes,
  });
}

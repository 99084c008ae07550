import { ageInYears } from "../calendar/date.ts";
import { type Client, calledName, legalName } from "../client/client.ts";
import { populationOf } from "../client/of-age.ts";
import type { DraftInput } from "./draft/draft-input.ts";
import type { Plan } from "./plan.ts";

/** Who a plan is about, as every page of it names the client. */
export function subjectOf(client: Client): Plan["subject"] {
  return {
    name: legalName(client),
    calledName: calledName(client),
    pronouns: client.pronouns,
    birthDate: client.birthDate,
    recordNumber: client.recordNumber,
    guardianName: client.guardian?.name ?? "",
    guardianOfAdult: client.guardianOfAdult,
    payer: client.coverage?.payer ?? "",
  };
}

/** A plan with nothing in it but who it is for; what a clinician who wants to write everything starts from. */
export function blankPlan(input: Pick<DraftInput, "planId" | "clientId" | "record" | "author" | "profile" | "today">): Plan {
  const { client } = input.record;
  return {
    schemaVersion: 1,
    id: input.planId,
    clientId: input.clientId,
    revision: 1,
    status: "draft",
    population: populationOf(ageInYears(client.birthDate, input.today)),
    subject: subjectOf(client),
    author: input.author,
    profile: input.profile,
    admittedOn: null,
    establishedOn: input.today,
    effectiveUntil: null,
    reviewDue: null,
    reviewBecause: [],
    diagnoses: [],
    functionalLevel: "",
    medicalNecessity: "",
    purpose: "improvement",
    purposeDetail: "",
    strengths: [],
    needs: [],
    preferences: [],
    barriers: [],
    supports: [],
    disabilities: [],
    culture: "",
    assessments: [],
    risk: { level: null, assessedOn: null, summary: "", specialStatus: [] },
    crisisPlan: { state: "none", reason: "", text: "" },
    problems: [],
    goals: [],
    objectives: [],
    interventions: [],
    sessionPlan: { frequency: null, minutes: null, weeks: null, expectedSessions: null, modality: "in-person", because: [] },
    measureSchedule: [],
    expectedOutcomes: [],
    dischargeCriteria: [],
    transitionPlan: "",
    responsibilities: [],
    medications: [],
    allergies: "",
    referrals: [],
    coordination: [],
    familyInvolvement: "",
    participation: { client: "", representative: "", reasonIfNone: "" },
    agreement: { state: "not-asked", detail: "" },
    declined: [],
    copyGiven: { state: "not-yet", on: null },
    language: client.language,
    legalStatus: "",
    expectedLengthOfStay: "",
    supervision: "",
    settingModifications: [],
    naturalSupports: [],
    backUpPlan: "",
    monitoredBy: "",
    asam: null,
    certifications: [],
    reviews: [],
    changeReason: "",
    changeReasons: [],
  };
}

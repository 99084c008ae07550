import { describe, expect, test } from "vitest";
import { Client } from "../client/client.ts";
import type { ClientRecord } from "../client/client-record.ts";
import { Diagnosis } from "../diagnosis/diagnosis.ts";
import { ClientState } from "../library/client-state.ts";
import { Administration } from "../measures/administration.ts";
import { clientStateRules, clientStates } from "./client-states.ts";
import { Intake } from "./intake.ts";

const today = "2026-11-23";

interface Parts {
  readonly birthDate?: string;
  readonly intake?: Record<string, unknown>;
  readonly diagnoses?: readonly { code: string; description: string; verification?: string; clinicalStatus?: string; onset?: string }[];
  readonly administrations?: readonly { measure: string; date: string; answers: (number | null)[]; status?: string }[];
  readonly answeredAfterRisk?: readonly string[];
}

function record({
  birthDate = "1985-02-11",
  intake = {},
  diagnoses = [],
  administrations = [],
  answeredAfterRisk = [],
}: Parts): ClientRecord {
  return {
    client: Client.parse({ name: { given: "Rowan", family: "Example" }, birthDate }),
    intake: Intake.parse(intake),
    diagnoses: diagnoses.map((diagnosis, i) =>
      Diagnosis.parse({
        id: `d${i}`,
        fiscalYear: 2026,
        rank: "principal",
        verification: "confirmed",
        diagnosedOn: "2026-11-01",
        ...diagnosis,
      }),
    ),
    administrations: administrations.map((given, i) =>
      Administration.parse({ id: `a${i}`, measureVersion: "1.0", answeredBy: "client", ...given }),
    ),
    answeredAfterRisk,
  };
}

const found = (parts: Parts): string[] => clientStates(record(parts), today).map((entry) => entry.state);
const phq9 = (date: string, item9: number | null, status = "completed") => ({
  measure: "phq9",
  date,
  answers: [1, 1, 1, 1, 1, 1, 1, 1, item9],
  status,
});
const audit = (date: string, answers: (number | null)[]) => ({ measure: "audit", date, answers });

const bereavedSince = (onset: string): Parts => ({
  diagnoses: [{ code: "Z63.4", description: "Disappearance and death of family member", onset }],
});

test("an empty intake of an adult gives no state", () => {
  expect(clientStates(record({}), today)).toEqual([]);
});

const cases: Record<string, { parts: Parts; states: string[] }> = {
  "risk assessed as imminent": {
    parts: { intake: { risk: { level: "imminent" } } },
    states: ["acute-suicide-risk", "elevated-suicide-risk"],
  },
  "risk assessed as high": { parts: { intake: { risk: { level: "high" } } }, states: ["acute-suicide-risk", "elevated-suicide-risk"] },
  "intent present, level not judged": {
    parts: { intake: { risk: { intent: "present" } } },
    states: ["acute-suicide-risk", "elevated-suicide-risk"],
  },
  "a specific plan, level judged low": {
    parts: { intake: { risk: { plan: "specific", level: "low" } } },
    states: ["acute-suicide-risk", "elevated-suicide-risk"],
  },
  "risk assessed as moderate": { parts: { intake: { risk: { level: "moderate" } } }, states: ["elevated-suicide-risk"] },
  "active thoughts of suicide": { parts: { intake: { risk: { ideation: "active" } } }, states: ["elevated-suicide-risk"] },
  "passive thoughts, risk assessed as low": {
    parts: { intake: { risk: { ideation: "passive", level: "low", assessedOn: today } } },
    states: [],
  },
  "PHQ-9 item 9, nobody asked since": { parts: { administrations: [phq9("2026-11-20", 1)] }, states: ["elevated-suicide-risk"] },
  "PHQ-9 item 9, risk assessed before": {
    parts: { administrations: [phq9("2026-11-20", 1)], intake: { risk: { level: "low", assessedOn: "2026-11-19" } } },
    states: ["elevated-suicide-risk"],
  },
  "PHQ-9 item 9, risk assessed the same day": {
    parts: { administrations: [phq9("2026-11-20", 1)], intake: { risk: { level: "low", assessedOn: "2026-11-20" } } },
    states: [],
  },
  "PHQ-9 item 9 answered later on the day on which risk was assessed": {
    parts: {
      administrations: [phq9("2026-11-20", 1)],
      intake: { risk: { level: "low", assessedOn: "2026-11-20" } },
      answeredAfterRisk: ["a0"],
    },
    states: ["elevated-suicide-risk"],
  },
  "PHQ-9 item 9 of an earlier day, typed in later": {
    parts: {
      administrations: [phq9("2026-11-19", 1)],
      intake: { risk: { level: "low", assessedOn: "2026-11-20" } },
      answeredAfterRisk: ["a0"],
    },
    states: [],
  },
  "PHQ-9 item 9, a date of assessment without a judgement": {
    parts: { administrations: [phq9("2026-11-20", 2)], intake: { risk: { assessedOn: "2026-11-21" } } },
    states: ["elevated-suicide-risk"],
  },
  "PHQ-9 item 9 exactly 30 days ago": { parts: { administrations: [phq9("2026-10-24", 3)] }, states: ["elevated-suicide-risk"] },
  "PHQ-9 item 9 31 days ago": { parts: { administrations: [phq9("2026-10-23", 3)] }, states: [] },
  "PHQ-9 item 9 answered 0 since": { parts: { administrations: [phq9("2026-11-02", 3), phq9("2026-11-20", 0)] }, states: [] },
  "PHQ-9 item 9 in an entry made in error": { parts: { administrations: [phq9("2026-11-20", 3, "entered-in-error")] }, states: [] },
  "PHQ-9 dated after today": { parts: { administrations: [phq9("2026-11-24", 3)] }, states: [] },
  "thoughts of harming others": { parts: { intake: { risk: { harmToOthers: "thoughts" } } }, states: ["risk-to-others"] },
  "intent to harm others": { parts: { intake: { risk: { harmToOthers: "intent" } } }, states: ["risk-to-others"] },
  "psychotic symptoms in the mental status": {
    parts: { intake: { mentalStatus: { currentPsychosis: true } } },
    states: ["current-psychosis"],
  },
  "depression with psychotic features": {
    parts: { diagnoses: [{ code: "F32.3", description: "with psychotic features" }] },
    states: ["current-psychosis"],
  },
  "schizophrenia alone says nothing of now": { parts: { diagnoses: [{ code: "F20.9", description: "Schizophrenia" }] }, states: [] },
  "manic symptoms in the mental status": { parts: { intake: { mentalStatus: { currentMania: true } } }, states: ["current-mania"] },
  "bipolar disorder, current episode manic": {
    parts: { diagnoses: [{ code: "F31.12", description: "manic" }] },
    states: ["current-mania"],
  },
  "bipolar disorder, manic with psychotic features": {
    parts: { diagnoses: [{ code: "F31.2", description: "manic, psychotic" }] },
    states: ["current-psychosis", "current-mania"],
  },
  "bipolar disorder, current episode depressed": { parts: { diagnoses: [{ code: "F31.32", description: "depressed" }] }, states: [] },
  "bipolar disorder in remission": { parts: { diagnoses: [{ code: "F31.74", description: "remission" }] }, states: [] },
  "manic episode in full remission": { parts: { diagnoses: [{ code: "F30.4", description: "remission" }] }, states: [] },
  "comes intoxicated": { parts: { intake: { substanceUse: { comesIntoxicated: true } } }, states: ["current-intoxication"] },
  "withdrawal risk stated": { parts: { intake: { substanceUse: { withdrawalRisk: true } } }, states: ["withdrawal-risk"] },
  "alcohol dependence with withdrawal": {
    parts: { diagnoses: [{ code: "F10.239", description: "withdrawal" }] },
    states: ["withdrawal-risk", "active-substance-use"],
  },
  "AUDIT 20": {
    parts: { administrations: [audit("2026-11-01", [4, 2, 4, 2, 2, 0, 2, 0, 0, 4])] },
    states: ["withdrawal-risk", "active-substance-use"],
  },
  "AUDIT 19": { parts: { administrations: [audit("2026-11-01", [4, 2, 4, 1, 2, 0, 2, 0, 0, 4])] }, states: ["active-substance-use"] },
  "a drink in the morning every week, AUDIT 15": {
    parts: { administrations: [audit("2026-11-01", [3, 2, 2, 2, 0, 3, 1, 2, 0, 0])] },
    states: ["withdrawal-risk"],
  },
  "a drink in the morning every month, AUDIT 15": {
    parts: { administrations: [audit("2026-11-01", [3, 2, 3, 2, 0, 2, 1, 2, 0, 0])] },
    states: [],
  },
  "AUDIT 15": { parts: { administrations: [audit("2026-11-01", [4, 2, 4, 1, 0, 0, 0, 0, 0, 4])] }, states: [] },
  "AUDIT 20 though one answer is missing": {
    parts: { administrations: [audit("2026-11-01", [4, 2, 4, 2, 2, 0, 2, null, 0, 4])] },
    states: ["withdrawal-risk", "active-substance-use"],
  },
  "AUDIT 40, 91 days ago": { parts: { administrations: [audit("2026-08-24", Array<number>(10).fill(4))] }, states: [] },
  "active use stated": { parts: { intake: { substanceUse: { activeUse: true } } }, states: ["active-substance-use"] },
  "cannabis dependence": { parts: { diagnoses: [{ code: "F12.20", description: "cannabis" }] }, states: ["active-substance-use"] },
  "cannabis dependence in remission by its code": { parts: { diagnoses: [{ code: "F12.21", description: "remission" }] }, states: [] },
  "cannabis dependence in remission by its status": {
    parts: { diagnoses: [{ code: "F12.20", description: "cannabis", clinicalStatus: "remission" }] },
    states: [],
  },
  "alcohol dependence ruled out": {
    parts: { diagnoses: [{ code: "F10.20", description: "alcohol", verification: "refuted" }] },
    states: [],
  },
  "nicotine dependence": { parts: { diagnoses: [{ code: "F17.210", description: "nicotine" }] }, states: [] },
  "alcohol-induced psychosis": {
    parts: { diagnoses: [{ code: "F10.259", description: "alcohol-induced psychosis" }] },
    states: ["current-psychosis", "active-substance-use"],
  },
  "dissociation in the mental status": {
    parts: { intake: { mentalStatus: { markedDissociation: true } } },
    states: ["marked-dissociation"],
  },
  "dissociative identity disorder": { parts: { diagnoses: [{ code: "F44.81", description: "DID" }] }, states: ["marked-dissociation"] },
  "cognitive impairment stated": { parts: { intake: { medical: { cognitiveImpairment: true } } }, states: ["cognitive-impairment"] },
  "mild neurocognitive disorder": {
    parts: { diagnoses: [{ code: "F06.70", description: "mild neurocognitive" }] },
    states: ["cognitive-impairment"],
  },
  "Alzheimer's disease": { parts: { diagnoses: [{ code: "G30.1", description: "late onset" }] }, states: ["cognitive-impairment"] },
  "mild cognitive impairment": { parts: { diagnoses: [{ code: "G31.84", description: "MCI" }] }, states: ["cognitive-impairment"] },
  "ongoing violence": { parts: { intake: { risk: { ongoingViolence: true } } }, states: ["ongoing-violence"] },
  pregnancy: { parts: { intake: { medical: { pregnancy: true } } }, states: ["pregnancy"] },
  "a heart condition": { parts: { intake: { medical: { cardiacOrSeizureCondition: true } } }, states: ["cardiac-or-seizure-condition"] },
  "a death in the month before last": { parts: bereavedSince("September 2026"), states: ["loss-within-six-months"] },
  "a death this month": { parts: bereavedSince("November 2026"), states: ["loss-within-six-months"] },
  "a death in a month that may just be recent": { parts: bereavedSince("2026-05"), states: ["loss-within-six-months"] },
  "a death longer ago": { parts: bereavedSince("2026-05-20"), states: [] },
  "a death at no time that can be counted from": { parts: bereavedSince("this year"), states: [] },
  "a recent onset of something else": { parts: { diagnoses: [{ code: "F41.1", description: "GAD", onset: "October 2026" }] }, states: [] },
  "18 tomorrow": { parts: { birthDate: "2008-11-24" }, states: ["minor"] },
  "18 today": { parts: { birthDate: "2008-11-23" }, states: [] },
  "65 tomorrow": { parts: { birthDate: "1961-11-24" }, states: [] },
  "65 today": { parts: { birthDate: "1961-11-23" }, states: ["older-adult"] },
};

test.each(Object.entries(cases))("%s", (_, { parts, states }) => {
  expect(found(parts)).toEqual(states);
});

describe("the reason", () => {
  test("names what was found, and every reason for one state once", () => {
    const states = clientStates(
      record({ intake: { risk: { level: "high", assessedOn: "2026-11-20", intent: "present", plan: "specific" } } }),
      today,
    );
    expect(states[0]).toEqual({
      state: "acute-suicide-risk",
      because:
        "The risk of suicide was assessed as high on November 20, 2026. The risk assessment records an intent to act and a specific plan.",
    });
    expect(states[1]?.because).toBe(states[0]?.because);
  });

  test("tells a provisional diagnosis from a confirmed one", () => {
    expect(
      clientStates(
        record({ diagnoses: [{ code: "F12.20", description: "Cannabis dependence, uncomplicated", verification: "provisional" }] }),
        today,
      )[0]?.because,
    ).toBe("Diagnosis F12.20, Cannabis dependence, uncomplicated (provisional).");
  });
});

test("every state has a rule, and every rule its source", () => {
  const covered = new Set(clientStateRules.map((rule) => rule.state));
  expect(ClientState.options.filter((state) => !covered.has(state))).toEqual([]);
  expect(clientStateRules.filter((rule) => rule.source.length < 10)).toEqual([]);
});

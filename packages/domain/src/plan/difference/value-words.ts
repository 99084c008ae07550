import { formatDate, type IsoDate } from "../../calendar/date.ts";
import type { Diagnosis } from "../../diagnosis/diagnosis.ts";
import type { Goal, Intervention, Metric, Objective, Plan, PlanProblem, Profile } from "../plan.ts";

/** How the values of a plan's fields are said when two revisions are laid side by side. What is not filled in is "". */

export const dateWords = (date: IsoDate | null): string => (date === null ? "" : formatDate(date));
export const numberWords = (value: number | null | undefined, unit = ""): string =>
  value === null || value === undefined ? "" : `${value}${unit === "" ? "" : ` ${unit}`}`;
export const yesWords = (value: boolean): string => (value ? "yes" : "no");

/** A number of weeks or minutes with its unit in the right number. */
export const counted = (value: number | null, one: string): string => (value === null ? "" : `${value} ${one}${value === 1 ? "" : "s"}`);

export const stageWords: Record<Intervention["stage"], string> = {
  early: "early",
  middle: "in the middle",
  late: "late",
  throughout: "throughout",
};

export const lifecycleWords: Record<Goal["lifecycleStatus"], string> = {
  proposed: "proposed",
  planned: "planned",
  accepted: "agreed",
  active: "being worked on",
  "on-hold": "on hold",
  completed: "completed",
  cancelled: "ended",
  "entered-in-error": "entered in error",
  rejected: "not wanted",
};

export const achievementWords: Record<NonNullable<Goal["achievementStatus"]>, string> = {
  "in-progress": "in progress",
  improving: "improving",
  worsening: "worsening",
  "no-change": "no change",
  achieved: "achieved",
  sustaining: "achieved and kept up",
  "not-achieved": "not achieved",
  "no-progress": "no progress",
  "not-attainable": "not attainable",
};

export const problemWords: Record<PlanProblem["status"], string> = {
  active: "being treated",
  "on-hold": "on hold",
  deferred: "deferred",
  resolved: "resolved",
};

export const modalityWords: Record<Plan["sessionPlan"]["modality"], string> = {
  "in-person": "in person",
  video: "by video",
  phone: "by phone",
  mixed: "in person and by video",
};

export const formatWords: Record<Intervention["format"], string> = {
  individual: "one to one",
  couple: "as a couple",
  family: "with the family",
  group: "in a group",
  coordination: "coordination of care",
};

export const verificationWords: Record<Diagnosis["verification"], string> = {
  provisional: "provisional",
  confirmed: "confirmed",
  refuted: "ruled out",
};

export const settingWords: Record<Profile["setting"], string> = {
  office_outpatient: "office or outpatient practice",
  hospital_outpatient: "hospital outpatient",
  cmhc: "community mental health center",
  php: "partial hospitalization",
  iop: "intensive outpatient",
  inpatient_psych: "inpatient psychiatric care",
  psych_u21: "inpatient psychiatric care under 21",
  ccbhc: "certified community behavioral health clinic",
  hcbs_1915i: "home and community-based services",
  sud_program: "substance use program",
  otp: "opioid treatment program",
};

/** A value of what an objective is measured by, with its unit. */
export function metricValueWords(metric: Metric | null, value: number | null | undefined): string {
  if (metric === null || value === null || value === undefined) return "";
  if (metric.kind === "milestone") return value === 0 ? "not done" : "done";
  return metric.kind === "count" && metric.unit !== "" ? `${value} ${metric.unit}` : String(value);
}

export const parameterWords = ({ parameters }: Objective): string[] =>
  Object.entries(parameters)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}: ${value}`);

/** Parts that say something, in one line. */
export const inOneLine = (parts: readonly (string | null | undefined)[], separator = ", "): string =>
  parts
    .map((part) => part?.trim() ?? "")
    .filter(Boolean)
    .join(separator);

import { addDays, addWeeks, type IsoDate } from "../calendar/date.ts";
import type { Authority } from "../findings/finding.ts";
import type { Because, Plan, Profile } from "../plan/plan.ts";

/** A longest time between two reviews that somebody asks for. */
export interface ReviewInterval {
  readonly id: string;
  readonly days: number;
  readonly authority: Authority;
  /** Number of the rule; its text is nowhere copied. */
  readonly citation: string;
  /** Who asks, as a screen says it. */
  readonly who: string;
  readonly applies: (profile: Profile) => boolean;
}

const inSetting =
  (...settings: Profile["setting"][]) =>
  (profile: Profile) =>
    settings.includes(profile.setting);

/**
 * Who asks for a review within which time, as a table that a practice's compliance officer can read. Sections, not paragraphs, are cited: the wording of
 * 42 CFR 456.180(c) was read, the others rest on the practice's own reading of the rules and are to be checked against the current text. States and
 * contracts may ask for more.
 */
export const reviewIntervals: readonly ReviewInterval[] = [
  {
    id: "cmhc",
    days: 30,
    authority: "federal rule",
    citation: "42 CFR 485.916",
    who: "Medicare’s conditions for community mental health centers",
    applies: inSetting("cmhc"),
  },
  {
    id: "php",
    days: 30,
    authority: "federal rule",
    citation: "42 CFR 424.24",
    who: "Medicare’s recertification of partial hospitalization",
    applies: inSetting("php"),
  },
  {
    id: "psych-under-21",
    days: 30,
    authority: "federal rule",
    citation: "42 CFR 441.155",
    who: "Medicaid’s rule for inpatient psychiatry under 21",
    applies: inSetting("psych_u21"),
  },
  {
    id: "iop",
    days: 60,
    authority: "federal rule",
    citation: "42 CFR 424.24",
    who: "Medicare’s recertification of intensive outpatient programs",
    applies: inSetting("iop"),
  },
  {
    id: "medicaid-hospital",
    days: 90,
    authority: "federal rule",
    citation: "42 CFR 456.180",
    who: "Medicaid’s rule for mental hospitals",
    applies: (profile) => profile.setting === "inpatient_psych" && profile.payers.some(({ type }) => type === "medicaid"),
  },
  {
    id: "coa",
    days: 90,
    authority: "accreditor",
    citation: "COA MHSU 4",
    who: "COA’s usual case review each quarter",
    applies: (profile) => profile.accreditors.includes("coa"),
  },
  {
    id: "ccbhc",
    days: 182,
    authority: "federal rule",
    citation: "SAMHSA CCBHC criteria, program requirement 2.b",
    who: "The criteria for certified community behavioral health clinics",
    applies: inSetting("ccbhc"),
  },
  {
    id: "hcbs",
    days: 365,
    authority: "federal rule",
    citation: "42 CFR 441.725",
    who: "Medicaid’s rule for home and community-based services",
    applies: inSetting("hcbs_1915i"),
  },
];

/** The rules in force for a profile, the shortest first. */
export function intervalsFor(profile: Profile): readonly ReviewInterval[] {
  return reviewIntervals.filter(({ applies }) => applies(profile)).toSorted((a, b) => a.days - b.days);
}

export interface ReviewDue extends Pick<Plan, "reviewBecause"> {
  readonly reviewDue: IsoDate;
  /** The rule of a payer, setting or accreditor that set the day; `null` where the convention or the client's risk did. */
  readonly rule: ReviewInterval | null;
  /** The last day that the shortest rule in force leaves; `null` where there is none. */
  readonly noLaterThan: IsoDate | null;
}

const convention: Because = {
  kind: "practice",
  text: "A review every 4 to 6 weeks is a convention of measurement-based care, not a legal requirement.",
};

/**
 * The day of the next review: 4 to 6 weeks after the last one, as the practice has chosen; after 4 where there is a reason for sooner; earlier still where
 * a payer, setting or accreditor asks for it. What set it is said, and a convention is never called a law.
 *
 * @param sooner why 4 weeks are enough, in one sentence; `null` where nothing asks for it.
 */
export function reviewDate(from: IsoDate, practiceWeeks: number, profile: Profile, sooner: Because | null): ReviewDue {
  const weeks = sooner !== null ? 4 : Math.min(6, Math.max(4, Math.round(practiceWeeks)));
  const usual = addWeeks(from, weeks);
  const [shortest] = intervalsFor(profile);
  const noLaterThan = shortest === undefined ? null : addDays(from, shortest.days);
  const reasons = [...(sooner === null ? [] : [sooner]), convention];
  if (shortest === undefined || noLaterThan === null || noLaterThan >= usual)
    return { reviewDue: usual, reviewBecause: reasons, rule: null, noLaterThan };
  const rule: Because = {
    kind: "practice",
    text: `Within ${shortest.days} days: ${shortest.who} (${shortest.authority}, ${shortest.citation}).`,
  };
  return { reviewDue: noLaterThan, reviewBecause: [rule, ...reasons], rule: shortest, noLaterThan };
}

/** Why a plan's next review comes after 4 weeks already; `null` where nothing in it asks for that. */
export function soonerForPlan({ risk, problems }: Pick<Plan, "risk" | "problems">): Because | null {
  if (risk.level !== null && risk.level !== "low") return { kind: "risk", text: `At 4 weeks, because risk is ${risk.level}.` };
  const severe = problems.find(({ severity, status }) => severity === "severe" && status === "active");
  return severe === undefined ? null : { kind: "score", text: "At 4 weeks, because the problem is severe." };
}

/**
 * When a plan is to be reviewed.
 *
 * @param lastReview the day of the last review; without one, the day on which the plan was first signed counts.
 */
export function reviewDueOn(
  plan: Pick<Plan, "risk" | "problems" | "establishedOn">,
  lastReview: IsoDate | null,
  { profile, reviewWeeks }: { readonly profile: Profile; readonly reviewWeeks: number },
): ReviewDue {
  return reviewDate(lastReview ?? plan.establishedOn, reviewWeeks, profile, soonerForPlan(plan));
}

/** The day of the last review of a plan, or on which it was first signed: what evidence counts from. A plan amended in between keeps it. */
export function lastReviewOn({ reviews, establishedOn }: Pick<Plan, "reviews" | "establishedOn">): IsoDate {
  return reviews.at(-1)?.on ?? establishedOn;
}

/** How a review stands on a day, in words: "Due in 3 days", "9 days overdue". */
export function dueInWords(days: number): string {
  if (days === 0) return "due today";
  const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? "day" : "days"}`;
  return days > 0 ? `due in ${count}` : `${count} overdue`;
}

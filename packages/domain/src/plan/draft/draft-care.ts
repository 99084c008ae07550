import { calledName } from "../../client/client.ts";
import { approaches } from "../../library/approach.ts";
import { clientStateNames } from "../../library/client-state.ts";
import { withCutoff } from "../../library/template.ts";
import { reviewDate } from "../../review/review-due.ts";
import type { Because, Plan, Statement } from "../plan.ts";
import { whenThoughtsGrow } from "../safety-responsibility.ts";
import { safetyReasons } from "./choose-safety.ts";
import { asLine, type DraftContext, reasons, shorten } from "./draft-context.ts";
import type { DraftInput } from "./draft-input.ts";
import { statementFromLibrary } from "./draft-items.ts";
import { functionalLevel, planAssessments, planRisk } from "./draft-narrative.ts";
import { frequencyOf, isCircumstance, leadProblem, type MatchedProblem } from "./match-chapters.ts";

/** What the plan takes over from the intake as it stands there. */
export function fromIntake(context: DraftContext) {
  const { strengths, preferences, culture, medical, risk } = context.record.intake;
  const wanted = preferences.wanted.map((id) => `Wants: ${approaches[id].name}`);
  const declined = preferences.declined.map(({ approach, reason }) => ({
    id: context.newId(),
    what: approaches[approach].name,
    reason: asLine(reason, 1000),
  }));
  const labelled = (label: string, text: string) => (text.trim() ? [`${label}: ${text.trim()}`] : []);
  const practical = [...labelled("What matters", preferences.values), ...labelled("Practical", preferences.practical)];
  return {
    functionalLevel: functionalLevel(context),
    strengths: [...strengths.strengths, ...strengths.coping.map((way) => asLine(`Way of coping: ${way}`, 500))].slice(0, 50),
    needs: [...strengths.needs],
    barriers: [...strengths.barriers],
    supports: [...strengths.supports],
    preferences: [...wanted, ...practical].map((text) => asLine(text, 500)),
    declined,
    culture: shorten(
      [culture.identity.trim(), culture.faithAndMeaning.trim(), ...labelled("Wish for therapy", culture.wishesForTherapy)]
        .filter(Boolean)
        .join("\n"),
      4000,
    ),
    assessments: planAssessments(context),
    risk: planRisk(context),
    crisisPlan: {
      state: risk.safetyPlan === "made" ? ("present" as const) : risk.safetyPlan === "declined" ? ("declined" as const) : ("none" as const),
      reason: risk.safetyPlan === "declined" ? risk.safetyPlanNote : "",
      text: risk.safetyPlan === "made" ? risk.safetyPlanNote : "",
    },
    medications: medical.medications.map((medication) => ({ ...medication })),
    allergies: shorten(medical.allergies, 4000),
  };
}

/** How often, how long and about how many sessions. */
export function sessionPlan(problems: readonly MatchedProblem[], context: DraftContext): Plan["sessionPlan"] {
  const lead = leadProblem(problems);
  if (!lead) return blankSessions;
  const { course } = lead;
  const because: Because[] = [
    { kind: "diagnosis", text: `${lead.chapter.title}, ${lead.severity}: ${course.because}` },
    ...course.evidence.flatMap((id): Because[] => {
      const source = context.library.evidenceById.get(id);
      return source
        ? [{ kind: "evidence", ref: id, text: `${source.authors.split(",")[0]} ${source.year}: ${source.finding}`.slice(0, 500) }]
        : [];
    }),
  ];
  if (problems.length > 1)
    because.push({ kind: "practice", text: "Several problems are treated in one course; expect the upper end of the range." });
  const [fewest, most] = course.sessions;
  if (course.perWeek * course.weeks > most)
    because.push({
      kind: "practice",
      text: `Later the sessions are spaced out, so that ${fewest} to ${most} of them fill the ${course.weeks} weeks.`,
    });
  const acute = context.states.find(({ state }) => state === "acute-suicide-risk");
  if (acute) because.push({ kind: "risk", text: `${acute.because} Consider meeting more often until the risk is lower.` });
  return {
    frequency: frequencyOf(course),
    minutes: course.minutes,
    weeks: course.weeks,
    expectedSessions: [course.sessions[0], course.sessions[1]],
    modality: "in-person",
    because: reasons(because),
  };
}

const blankSessions: Plan["sessionPlan"] = {
  frequency: null,
  minutes: null,
  weeks: null,
  expectedSessions: null,
  modality: "in-person",
  because: [],
};

/** When the plan is looked at again: 4 to 6 weeks from today, sooner where risk or severity asks for it, or a payer, setting or accreditor does. */
export function review(
  problems: readonly MatchedProblem[],
  context: DraftContext,
  { reviewWeeks, profile }: Pick<DraftInput, "reviewWeeks" | "profile">,
): Pick<Plan, "reviewDue" | "reviewBecause"> {
  const risk = safetyReasons(context);
  const severe = problems.some((problem) => problem.severity === "severe");
  const acute = context.states.find(({ state }) => state === "current-mania" || state === "current-psychosis");
  const sooner: Because | null =
    risk.length > 0
      ? { kind: "risk", text: "At 4 weeks, because of the risk in this record." }
      : acute
        ? { kind: "risk", text: `At 4 weeks, because of ${clientStateNames[acute.state]}.` }
        : severe
          ? { kind: "score", text: "At 4 weeks, because the problem is severe." }
          : null;
  const { reviewDue, reviewBecause } = reviewDate(context.today, reviewWeeks, profile, sooner);
  return { reviewDue, reviewBecause };
}

/**
 * Which measures are given how often: those of every problem, each once and as often as the most frequent asks. At every session only where a chapter says
 * so and the measure can show something new within a week.
 */
export function measureSchedule(problems: readonly MatchedProblem[], context: DraftContext): Plan["measureSchedule"] {
  const schedule = new Map<string, Plan["measureSchedule"][number]>();
  for (const { chapter } of problems) {
    for (const { id, everyWeeks, everySession = false, because } of chapter.measures) {
      const measure = context.library.measureById.get(id);
      if (!measure) continue;
      const reason: Because = { kind: "practice", text: `${chapter.title}: ${because}` };
      const known = schedule.get(id);
      const atSessions = everySession && measure.interval !== null && measure.interval.minDays <= 7;
      const when = atSessions ? ("every-session" as const) : (known?.when ?? ("weeks" as const));
      schedule.set(
        id,
        known
          ? { ...known, when, everyWeeks: Math.min(known.everyWeeks, everyWeeks), because: [...known.because, reason] }
          : { id: context.newId(), measure: id, measureName: measure.name, when, everyWeeks, because: [reason] },
      );
    }
  }
  return [...schedule.values()];
}

/**
 * Expected outcomes or discharge criteria of each problem, with the primary measure's name and cutoff filled in. What a treatment brings
 * about is not promised where only a circumstance is coded.
 */
export function closing(
  problems: readonly MatchedProblem[],
  part: "expectedOutcomes" | "dischargeCriteria",
  each: number,
  context: DraftContext,
): Statement[] {
  let danger = safetyReasons(context).length > 0;
  return problems.flatMap(({ chapter, diagnoses }) => {
    const circumstance = diagnoses.length > 0 && diagnoses.every(isCircumstance) && chapter[part].some((entry) => entry.forCircumstance);
    const primary = chapter.measures[0] && context.library.measureById.get(chapter.measures[0].id);
    const fill = (text: string) => withCutoff(text, primary);
    const fitting = chapter[part].filter((entry) => entry.forCircumstance === circumstance);
    const [first, ...others] = fitting.filter((entry) => !entry.forDanger);
    // Told once, by the problem that is treated first and has something to say of it.
    const safety = danger ? fitting.filter((entry) => entry.forDanger).slice(0, 1) : [];
    if (safety.length > 0) danger = false;
    return [...(first ? [first] : []), ...safety, ...others].slice(0, Math.max(each, 1 + safety.length)).map((entry) => {
      const filled = { id: entry.id, text: fill(entry.text), plain: fill(entry.plain) };
      return statementFromLibrary(filled, context.newId(), [{ kind: "diagnosis", text: `From the chapter “${chapter.title}”.` }]);
    });
  });
}

/** What the client does when danger grows: withdrawal or violence from others calls for help and for no plan against one's own thoughts. */
function inDanger({ states, record }: DraftContext): (typeof whenThoughtsGrow)["made"] {
  const ofThoughts = states.some(({ state }) => state === "elevated-suicide-risk" || state === "risk-to-others");
  if (ofThoughts) return whenThoughtsGrow[record.intake.risk.safetyPlan];
  return {
    what: "Calls emergency services at once when life or health is in danger.",
    plain: "Call for help right away when you are in danger or get very sick.",
  };
}

/** Who does what, the client first. */
export function responsibilities(context: DraftContext, input: DraftInput): Plan["responsibilities"] {
  const name = calledName(context.record.client);
  const atRisk = safetyReasons(context).length > 0;
  return [
    {
      id: input.newId(),
      who: "client",
      name,
      what: "Comes to sessions, or calls to change the time, and tries out between sessions what was agreed.",
      plain: "Come to your sessions, or call to change the time. Try out between sessions what we agreed.",
    },
    {
      id: input.newId(),
      who: "client",
      name,
      what: "Answers the short questionnaires and says so when something in therapy does not help.",
      plain: "Fill in the short forms. Say so when something does not help.",
    },
    ...(atRisk ? [{ id: input.newId(), who: "client" as const, name, ...inDanger(context) }] : []),
    {
      id: input.newId(),
      who: "clinician",
      name: input.author.clinicianName,
      what: "Carries out the interventions of this plan, follows the measures, and reviews the plan together with the client.",
      plain: "Does what this plan says, keeps an eye on how you are doing, and goes over the plan with you.",
    },
    {
      id: input.newId(),
      who: "clinician",
      name: input.author.clinicianName,
      what: "Watches over safety and arranges other care when this plan is not enough.",
      plain: "Asks how safe you are, and finds other help if this plan is not enough.",
    },
  ];
}

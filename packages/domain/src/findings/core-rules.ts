import { addWeeks, daysBetween, formatDate } from "../calendar/date.ts";
import { calledName } from "../client/client.ts";
import type { Edit } from "../plan/edit-plan.ts";
import { hasEnded } from "../plan/lifecycle.ts";
import { interventionsOf, objectivesOf, type Plan, type Profile } from "../plan/plan.ts";
import type { Severity } from "./finding.ts";
import { impairedAreas } from "./functional-text.ts";
import type { Report, Rule } from "./rule.ts";

const set = (path: string[], value: unknown): Edit => ({ type: "set", path, value: value as never });
const blank = (text: string) => text.trim() === "";
const always = (severity: Severity) => () => severity;
const errorFor =
  (applies: (profile: Profile) => boolean, otherwise: Severity | null = "warning") =>
  (profile: Profile): Severity | null =>
    applies(profile) ? "error" : otherwise;
const accredited =
  (...bodies: Profile["accreditors"]) =>
  (profile: Profile) =>
    profile.accreditors.some((body) => bodies.includes(body));

/** Problems that are being treated; on hold and deferred ones need a reason instead of goals. */
const activeProblems = (plan: Plan) => plan.problems.filter((problem) => problem.status === "active");

/** Risk assessments older than this need repeating before a plan is signed; scores older than `scoreDays` before a review. */
export const riskDays = 30;
export const scoreDays = 42;

/**
 * The rules common to payers and accreditors (golden thread). Source of each: the citation; the reading behind it is kept in
 * CONTRIBUTING.md. They check that documentation is there, not that care is adequate.
 */
export const coreRules: readonly Rule[] = [
  {
    id: "CORE-01",
    authority: "payer guidance",
    citation: "Medicare Benefit Policy Manual, ch. 6 §70.1",
    requirement: "At least one coded diagnosis",
    severity: always("error"),
    check: ({ plan }) =>
      plan.diagnoses.length > 0
        ? []
        : [{ path: ["diagnoses"], message: "The plan has no diagnosis. Add one on the client’s page, then take it into the plan." }],
  },
  {
    id: "CORE-02",
    authority: "payer audit list",
    citation: "Golden thread: diagnosis to problem",
    requirement: "Every problem rests on a diagnosis, or says why there is none",
    severity: always("error"),
    check: ({ plan }) => {
      const known = new Set(plan.diagnoses.map((diagnosis) => diagnosis.id));
      return plan.problems
        .filter((problem) => !problem.diagnosisIds.some((id) => known.has(id)) && blank(problem.noDiagnosisReason))
        .map((problem): Report => {
          const only = plan.diagnoses.length === 1 ? plan.diagnoses[0] : undefined;
          return {
            path: ["problems", problem.id, "diagnosisIds"],
            message: `“${problem.title}” rests on no diagnosis. Choose one, or write why it is treated without.`,
            ...(only && { fix: { label: `Rest it on ${only.code}`, edits: [set(["problems", problem.id, "diagnosisIds"], [only.id])] } }),
          };
        });
    },
  },
  {
    id: "CORE-03",
    authority: "payer guidance",
    citation: "Medical necessity (SSA §1862(a)(1)(A))",
    requirement: "Each problem says what it keeps the client from doing",
    severity: always("error"),
    check: ({ plan }) =>
      activeProblems(plan)
        .filter((problem) => blank(problem.impairment))
        .map((problem): Report => {
          const known = impairedAreas(plan.functionalLevel);
          return {
            path: ["problems", problem.id, "impairment"],
            message: `“${problem.title}” does not say what it keeps the client from doing: work, home, relationships, care of oneself.`,
            ...(known && {
              fix: { label: "Take it from the functional level", edits: [set(["problems", problem.id, "impairment"], known)] },
            }),
          };
        }),
  },
  {
    id: "CORE-04",
    authority: "payer audit list",
    citation: "Objective, measurable goals with time frames (NCQA-derived record review lists)",
    requirement: "Each goal has an objective with a measure, a baseline, a target and a date",
    severity: always("error"),
    check: ({ plan }) => [
      ...(plan.goals.length > 0
        ? []
        : [{ path: ["goals"], message: "The plan has no goal yet. Add one from the library or write your own." }]),
      ...plan.goals
        .filter((goal) => objectivesOf(plan, goal.id).length === 0)
        .map((goal): Report => ({ path: ["goals", goal.id], message: "This goal has no objective. Add a measurable step towards it." })),
      // Such a goal would be printed nowhere, as nothing says what it is for.
      ...plan.goals
        .filter((goal) => !plan.problems.some((problem) => goal.problemIds.includes(problem.id)))
        .map((goal): Report => {
          const only = plan.problems.length === 1 ? plan.problems[0] : undefined;
          const path = ["goals", goal.id, "problemIds"];
          return {
            path,
            message: "This goal belongs to no problem of the plan. Choose the problem that it answers.",
            ...(only && { fix: { label: `Put it under “${only.title}”`, edits: [set(path, [only.id])] } }),
          };
        }),
      ...activeProblems(plan)
        .filter((problem) => !plan.goals.some((goal) => goal.problemIds.includes(problem.id)))
        .map(
          (problem): Report => ({
            path: ["problems", problem.id],
            message: `“${problem.title}” has no goal. Add one, or put the problem on hold and say why.`,
          }),
        ),
      ...plan.objectives.flatMap((objective): Report[] => {
        const at = (field: string) => ["objectives", objective.id, ...field.split("/")];
        const { metric } = objective;
        if (metric === null)
          return [
            {
              path: at("metric"),
              message: "This objective has no measure. Choose a questionnaire, something to count, a 0 to 10 rating, or done and not done.",
            },
          ];
        const found: Report[] = [];
        if (metric.baseline === null) {
          const where = metric.measureName ? `Give the ${metric.measureName}, or enter` : "Ask the client, and enter";
          found.push({ path: at("metric/baseline"), message: `The baseline is missing. ${where} where the client stands today.` });
        }
        if (metric.target === null)
          found.push({ path: at("metric/target"), message: "The target is missing. Enter the number that would count as reached." });
        if (objective.targetDate === null) {
          const date = addWeeks(plan.establishedOn, 12);
          found.push({
            path: at("targetDate"),
            message: "The target date is missing.",
            fix: { label: `Set ${formatDate(date)}`, edits: [set(at("targetDate"), date)] },
          });
        } else if (objective.targetDate <= plan.establishedOn) {
          found.push({
            path: at("targetDate"),
            message: `The target date is not after the start of the plan (${formatDate(plan.establishedOn)}). Choose a later day.`,
          });
        }
        return found;
      }),
    ],
  },
  {
    id: "CORE-05",
    authority: "payer audit list",
    citation: "Golden thread: objective to intervention",
    requirement: "Each objective has an intervention, and no intervention stands alone",
    severity: always("error"),
    check: ({ plan }) => {
      const known = new Set(plan.objectives.map((objective) => objective.id));
      return [
        ...plan.objectives
          // What was ended at a review stays in the plan, and nothing serves it any more.
          .filter((objective) => !hasEnded(objective) && interventionsOf(plan, objective.id).length === 0)
          .map(
            (objective): Report => ({
              path: ["objectives", objective.id],
              message: "Nothing serves this objective yet. Add an intervention.",
            }),
          ),
        ...plan.interventions
          .filter((intervention) => !intervention.objectiveIds.some((id) => known.has(id)))
          .map(
            (intervention): Report => ({
              path: ["interventions", intervention.id],
              message: "This intervention serves no objective of the plan.",
              fix: { label: "Remove it", edits: [{ type: "remove", list: ["interventions"], id: intervention.id }] },
            }),
          ),
      ];
    },
  },
  {
    id: "CORE-06",
    authority: "payer guidance",
    citation: "Medicare Benefit Policy Manual, ch. 6 §70.1",
    requirement: "Each intervention has a type (its technique), minutes, frequency, duration, and a responsible person",
    severity: always("error"),
    check: ({ plan }) =>
      plan.interventions.flatMap((intervention): Report[] => {
        const { minutes, frequency, weeks } = plan.sessionPlan;
        const path = (...field: string[]) => ["interventions", intervention.id, ...field];
        const missing = [
          { gap: blank(intervention.technique), words: "a technique", at: path("technique") },
          { gap: intervention.minutes === null, words: "its minutes", at: path("minutes") },
          { gap: intervention.frequency === null, words: "a frequency", at: path("frequency") },
          { gap: intervention.weeks === null, words: "a number of weeks", at: path("weeks") },
          { gap: blank(intervention.responsible.name), words: "a responsible person", at: path("responsible", "name") },
        ].filter(({ gap }) => gap);
        const [first] = missing;
        if (first === undefined) return [];
        const edits: Edit[] = [
          ...(intervention.minutes === null && minutes !== null ? [set(path("minutes"), minutes)] : []),
          ...(intervention.frequency === null && frequency !== null ? [set(path("frequency"), frequency)] : []),
          ...(intervention.weeks === null && weeks !== null ? [set(path("weeks"), weeks)] : []),
          ...(blank(intervention.responsible.name)
            ? [set(path("responsible"), { name: plan.author.clinicianName, role: plan.author.credentials || "Therapist" })]
            : []),
        ];
        return [
          {
            path: first.at,
            message: `This intervention still needs ${new Intl.ListFormat("en").format(missing.map(({ words }) => words))}.`,
            ...(edits.length > 0 && { fix: { label: "Fill in from the session plan", edits } }),
          },
        ];
      }),
  },
  {
    id: "CORE-07",
    authority: "accreditor",
    citation: "Joint Commission CTS.03.01.03; CARF 2.C; CCBHC 4.e",
    requirement: "Each goal stands in the client’s own words too",
    severity: errorFor((profile) => accredited("tjc", "carf")(profile) || profile.setting === "ccbhc"),
    check: ({ plan, record }) => {
      const used = new Set(plan.goals.map((goal) => goal.clientWords));
      const hope = record.intake.presentingProblems.hopes.find((words) => !blank(words) && !used.has(words));
      return plan.goals.flatMap((goal): Report[] => {
        const words = goal.clientWords.trim();
        const path = ["goals", goal.id, "clientWords"];
        if (words === "")
          return [
            {
              path,
              message: `Ask ${calledName(record.client)} how they would put this goal, and write it down as said.`,
              ...(hope && { fix: { label: `Use “${hope.length > 60 ? `${hope.slice(0, 59)}…` : hope}”`, edits: [set(path, hope)] } }),
            },
          ];
        const echoes = [goal.text, goal.plain, ...objectivesOf(plan, goal.id).map((objective) => objective.text)].some(
          (text) => text.trim().toLowerCase() === words.toLowerCase(),
        );
        return echoes ? [{ path, message: "The client’s own words repeat the wording of the plan. Write what the client said." }] : [];
      });
    },
  },
  {
    id: "CORE-08",
    authority: "accreditor",
    citation: "CARF 2.C; 42 CFR 482.61(c); CCBHC 4.e",
    requirement: "The client’s strengths are recorded",
    severity: errorFor((profile) => accredited("carf")(profile) || profile.setting === "inpatient_psych" || profile.setting === "ccbhc"),
    check: ({ plan, record }) => {
      if (plan.strengths.some((strength) => !blank(strength))) return [];
      const known = record.intake.strengths.strengths.filter((strength) => !blank(strength));
      return [
        {
          path: ["strengths"],
          message: "No strength of the client is recorded. Name at least one that the plan can build on.",
          ...(known.length > 0 && { fix: { label: "Take them from the intake", edits: [set(["strengths"], known)] } }),
        },
      ];
    },
  },
  {
    id: "CORE-09",
    authority: "accreditor",
    citation: "Joint Commission survey findings on scripted plans (2020)",
    requirement: "Statements from the library carry this client’s own detail",
    severity: always("warning"),
    check: ({ plan }) => {
      const statements = [
        ...plan.problems.flatMap((problem) =>
          problem.definitions.map((entry) => ({ entry, path: ["problems", problem.id, "definitions", entry.id] })),
        ),
        ...plan.goals.filter((goal) => blank(goal.clientWords)).map((entry) => ({ entry, path: ["goals", entry.id] })),
        ...plan.objectives.map((entry) => ({ entry, path: ["objectives", entry.id] })),
        ...plan.interventions.filter((entry) => entry.ask !== "").map((entry) => ({ entry, path: ["interventions", entry.id] })),
      ];
      return statements
        .filter(({ entry }) => entry.origin.kind !== "own" && blank(entry.detail) && entry.text === entry.origin.text)
        .map(
          ({ entry, path }): Report => ({
            path: [...path, "detail"],
            message: entry.ask ? `Still general. ${entry.ask}` : "Still general. Add whose, where, how often, or the client’s own words.",
          }),
        );
    },
  },
  {
    id: "CORE-11",
    authority: "payer audit list",
    citation: "Special status and risk (NCQA-derived record review lists)",
    requirement: "Risk was assessed within 30 days, and no warning answer is left open",
    severity: always("warning"),
    check: ({ plan, today }) => [
      ...plan.assessments.flatMap((assessment) =>
        assessment.openFlags.map(
          (flag): Report => ({
            path: ["risk"],
            severity: "error",
            message: `${assessment.measureName} on ${formatDate(assessment.date)}: ${flag} Ask about it, record the risk assessment in the intake, then bring the plan up to date.`,
          }),
        ),
      ),
      ...(plan.risk.assessedOn === null
        ? [{ path: ["risk"], message: "No risk assessment is recorded. Fill in the risk section of the intake." }]
        : daysBetween(plan.risk.assessedOn, today) > riskDays
          ? [{ path: ["risk"], message: `Risk was last assessed on ${formatDate(plan.risk.assessedOn)}, more than ${riskDays} days ago.` }]
          : []),
    ],
  },
  {
    id: "CORE-12",
    authority: "clinical practice",
    citation: "Raised risk calls for a safety plan (common to payers’ record reviews)",
    requirement: "Raised risk has a safety plan, or says why not",
    severity: always("error"),
    check: ({ plan }) => {
      const raised = plan.risk.level !== null && plan.risk.level !== "low";
      const answered =
        plan.crisisPlan.state === "present" ||
        ((plan.crisisPlan.state === "declined" || plan.crisisPlan.state === "not-needed") && !blank(plan.crisisPlan.reason));
      return raised && !answered
        ? [
            {
              path: ["crisisPlan"],
              message: `Risk is ${plan.risk.level}, and there is no safety plan. Make one with the client, or record that it was declined and why.`,
            },
          ]
        : [];
    },
  },
  {
    id: "CORE-13",
    authority: "accreditor",
    citation: "Joint Commission CTS.03.01.03 EP 2",
    requirement: "Criteria for ending therapy are set and were talked over with the client",
    severity: errorFor(accredited("tjc")),
    check: ({ plan }) => [
      ...(plan.dischargeCriteria.length > 0
        ? []
        : [{ path: ["dischargeCriteria"], message: "The plan does not say when therapy can end. Add at least one criterion." }]),
      ...(blank(plan.participation.client) && blank(plan.participation.representative) && blank(plan.participation.reasonIfNone)
        ? [
            {
              path: ["participation", "client"],
              message: "Write how the client took part in making this plan, or why that was not possible.",
            },
          ]
        : []),
    ],
  },
  {
    id: "CORE-14",
    authority: "convention",
    citation: "Review every 4 to 6 weeks: a convention of measurement-based care; no law sets it for an office practice",
    requirement: "A review date is set and has not passed",
    severity: always("warning"),
    check: ({ plan, today }) => {
      if (plan.reviewDue !== null && plan.reviewDue >= today) return [];
      const date = addWeeks(today, 5);
      return [
        {
          path: ["reviewDue"],
          message: plan.reviewDue === null ? "No review date is set." : `The review date ${formatDate(plan.reviewDue)} has passed.`,
          fix: { label: `Set ${formatDate(date)}`, edits: [set(["reviewDue"], date)] },
        },
      ];
    },
  },
  {
    id: "CORE-15",
    authority: "accreditor",
    citation: "Joint Commission CTS.03.01.09",
    requirement: "A standardized score stands at the start, and a newer one at each review",
    severity: errorFor(accredited("tjc")),
    check: ({ plan }) => {
      const scored = plan.assessments.filter((assessment) => assessment.score !== null);
      if (scored.length === 0)
        return [{ path: ["assessments"], message: "No questionnaire has been scored yet. Give one that fits the problem." }];
      const last = plan.reviews.at(-1);
      const newest =
        scored
          .map(({ date }) => date)
          .toSorted()
          .at(-1) ?? "";
      const earlier = plan.reviews.at(-2)?.on ?? plan.establishedOn;
      return last && newest <= earlier
        ? [{ path: ["assessments"], message: `No score is newer than ${formatDate(earlier)}. Each review needs a fresh one.` }]
        : [];
    },
  },
  {
    id: "CORE-16",
    authority: "convention",
    citation: "Re-measure within 6 weeks: a convention of measurement-based care",
    requirement: "The last score is not older than 6 weeks",
    severity: always("advice"),
    check: ({ plan, today }) =>
      plan.assessments
        .filter((assessment) => daysBetween(assessment.date, today) > scoreDays)
        .map(
          (assessment): Report => ({
            path: ["assessments"],
            message: `${assessment.measureName} was last given on ${formatDate(assessment.date)}. Give it again.`,
          }),
        ),
  },
  {
    id: "CORE-18",
    authority: "payer guidance",
    citation: "Medical necessity of continued care",
    requirement: "Care that goes on without improvement says why",
    severity: always("warning"),
    check: ({ plan }) => {
      const last = plan.reviews.at(-1);
      const stuck =
        plan.reviews.length >= 2 &&
        plan.goals.length > 0 &&
        plan.goals.every(
          (goal) =>
            goal.achievementStatus !== null && ["no-change", "no-progress", "not-achieved", "worsening"].includes(goal.achievementStatus),
        );
      return last && stuck && blank(last.rationale)
        ? [
            {
              path: ["reviews", last.id, "rationale"],
              message: "Two reviews found no improvement. Write why treatment goes on, and what changes.",
            },
          ]
        : [];
    },
  },
];

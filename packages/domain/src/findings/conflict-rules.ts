import { clientStates } from "../intake/client-states.ts";
import { approaches } from "../library/approach.ts";
import { meansChapter } from "../library/based-on.ts";
import type { Caution } from "../library/chapter.ts";
import { clientStateNames } from "../library/client-state.ts";
import type { Library } from "../library/library.ts";
import type { Edit } from "../plan/edit-plan.ts";
import type { Intervention } from "../plan/plan.ts";
import { outdatedSafetyParts } from "../plan/safety-responsibility.ts";
import type { Report, Rule } from "./rule.ts";

/**
 * Code families that ICD-10-CM tells not to code together (Excludes1 notes at F32 and F33, tabular list).
 * A category stands for everything under it.
 */
const excludes: readonly (readonly [string, string])[] = [
  ["F32", "F33"],
  ["F32", "F31"],
  ["F33", "F31"],
  ["F32", "F30"],
  ["F33", "F30"],
];

/**
 * The cautions that hold for an intervention: those of its own entry in the library. Where a later library has that no more, those of the same technique in
 * any chapter, since what one chapter holds back each other one names too.
 */
function cautionsFor({ origin, technique }: Intervention, library: Library): readonly Caution[] {
  if (origin.kind !== "library") return [];
  const own = library.interventionById.get(origin.id);
  if (own !== undefined) return own.cautions;
  for (const { interventions } of library.chapters) {
    const same = technique === "" ? undefined : interventions.find((entry) => entry.technique === technique);
    if (same !== undefined) return same.cautions;
  }
  return [];
}

/** More goals than this are hard to keep in mind in a session. */
const manyGoals = 6;

/** Conflicts inside one plan and with what the record says of the client. All are for a clinician to weigh; none blocks the signature. */
export const conflictRules: readonly Rule[] = [
  {
    id: "CONFLICT-safety-plan",
    authority: "clinical practice",
    citation: "One plan says one thing about safety",
    requirement: "What the client does in danger fits the safety plan that there is",
    severity: () => "warning",
    check: ({ plan }) =>
      [...outdatedSafetyParts(plan)].map(
        ([id, edits]): Report => ({
          path: ["responsibilities", id],
          message: "The safety plan has changed since this was drafted, and the client's part in it still says otherwise.",
          fix: { label: "Bring it up to date", edits },
        }),
      ),
  },
  {
    id: "CONFLICT-caution",
    authority: "clinical practice",
    citation: "Caution of the library",
    requirement: "No intervention goes against a caution that holds for this client",
    severity: () => "warning",
    check: ({ plan, record, library, today }) => {
      const states = clientStates(record, today);
      return plan.interventions.flatMap((intervention): Report[] => {
        return cautionsFor(intervention, library).flatMap((caution): Report[] => {
          const state = states.find((entry) => entry.state === caution.when);
          if (!state || (caution.action === "adapt" && intervention.adaptations.length > 0)) return [];
          const message = `Caution because of ${clientStateNames[caution.when]}: ${caution.because} In this record: ${state.because}`;
          return caution.action === "hold"
            ? [
                {
                  path: ["interventions", intervention.id],
                  message,
                  fix: { label: "Take it out", edits: [{ type: "remove", list: ["interventions"], id: intervention.id }] },
                },
              ]
            : [
                {
                  path: ["interventions", intervention.id],
                  message,
                  fix: {
                    label: "Note the adaptation",
                    edits: [
                      {
                        type: "set",
                        path: ["interventions", intervention.id, "adaptations"],
                        value: [`Adapted because of ${clientStateNames[caution.when]}: ${caution.because}`.slice(0, 500)],
                      },
                    ],
                  },
                },
              ];
        });
      });
    },
  },
  {
    id: "CONFLICT-declined",
    authority: "clinical practice",
    citation: "The client’s own choice",
    requirement: "No approach that the client declined is used without talking it over",
    severity: () => "warning",
    check: ({ plan, record }) =>
      plan.interventions.flatMap((intervention): Report[] => {
        const declined = record.intake.preferences.declined.find((entry) => entry.approach === intervention.approach);
        if (!declined || intervention.detail.trim() !== "") return [];
        return [
          {
            path: ["interventions", intervention.id],
            message: `The client declined ${approaches[intervention.approach].name}${declined.reason ? ` (“${declined.reason.slice(0, 160)}”)` : ""}. Replace it, or write in the detail what you agreed.`,
            fix: { label: "Take it out", edits: [{ type: "remove", list: ["interventions"], id: intervention.id }] },
          },
        ];
      }),
  },
  {
    id: "CONFLICT-failed-before",
    authority: "clinical practice",
    citation: "Treatment history",
    requirement: "What failed before is not repeated unchanged",
    severity: () => "advice",
    check: ({ plan, record }) => {
      const failed = record.intake.priorTreatment.treatments.filter(
        (entry) => entry.outcome === "did-not-help" || entry.outcome === "made-worse",
      );
      const approachesUsed = new Set(plan.interventions.filter((entry) => entry.detail.trim() === "").map((entry) => entry.approach));
      return failed.flatMap((treatment): Report[] => {
        const first =
          treatment.approach &&
          approachesUsed.has(treatment.approach) &&
          plan.interventions.find((entry) => entry.approach === treatment.approach && entry.detail.trim() === "");
        if (!first) return [];
        return [
          {
            path: ["interventions", first.id],
            message: `${approaches[first.approach].name} ${treatment.outcome === "made-worse" ? "made things worse" : "did not help"} before${treatment.when ? ` (${treatment.when})` : ""}. Say in the detail what will be different this time.`,
          },
        ];
      });
    },
  },
  {
    id: "CONFLICT-sequence",
    authority: "clinical practice",
    citation: "Advice of the library on co-occurring problems",
    requirement: "Co-occurring problems are treated in a sensible order",
    severity: () => "advice",
    check: ({ plan, library }) => {
      const active = plan.problems.filter((problem) => problem.status === "active");
      return active.flatMap((problem, index): Report[] => {
        const chapter = problem.chapter && library.chapterById.get(problem.chapter);
        if (!chapter) return [];
        return chapter.cooccurring.flatMap((advice): Report[] => {
          const other = active.findIndex((entry) => meansChapter(advice.chapter, entry.chapter, library));
          const wrong = other >= 0 && ((advice.sequence === "before" && other < index) || (advice.sequence === "after" && other > index));
          return wrong
            ? [
                {
                  path: ["problems", problem.id],
                  message: advice.advice,
                  fix: {
                    label: "Change the order",
                    edits: [
                      {
                        type: "move",
                        list: ["problems"],
                        id: problem.id,
                        before: advice.sequence === "before" ? (active[other]?.id ?? null) : null,
                      },
                    ],
                  },
                },
              ]
            : [];
        });
      });
    },
  },
  {
    id: "CONFLICT-twice",
    authority: "clinical practice",
    citation: "One intervention, once",
    requirement: "The same intervention or measure does not stand twice",
    severity: () => "advice",
    check: ({ plan }) => {
      const found: Report[] = [];
      const bySource = new Map<string, (typeof plan.interventions)[number]>();
      for (const intervention of plan.interventions) {
        const key = intervention.origin.kind === "own" ? intervention.text.trim().toLowerCase() : intervention.origin.id;
        const first = bySource.get(key);
        if (!first) bySource.set(key, intervention);
        else {
          const edits: Edit[] = [
            {
              type: "set",
              path: ["interventions", first.id, "objectiveIds"],
              value: [...new Set([...first.objectiveIds, ...intervention.objectiveIds])],
            },
            { type: "remove", list: ["interventions"], id: intervention.id },
          ];
          found.push({
            path: ["interventions", intervention.id],
            message: "This intervention stands in the plan already.",
            fix: { label: "Keep one for both", edits },
          });
        }
      }
      const byMetric = new Map<string, string>();
      for (const { id, metric } of plan.objectives) {
        if (metric?.kind !== "measure") continue;
        const key = `${metric.measure}/${metric.item ?? "total"}`;
        if (byMetric.has(key))
          found.push({
            path: ["objectives", id, "metric"],
            message: `Another objective is already measured by the same ${metric.item ? "question" : "score"} (${metric.measureName ?? metric.measure}).`,
          });
        byMetric.set(key, id);
      }
      return found;
    },
  },
  {
    id: "CONFLICT-codes",
    authority: "federal rule",
    citation: "ICD-10-CM tabular list, Excludes1 (45 CFR 162.1002)",
    requirement: "No two codes that exclude each other",
    severity: () => "warning",
    check: ({ plan }) =>
      excludes.flatMap(([a, b]): Report[] => {
        const first = plan.diagnoses.find((diagnosis) => diagnosis.code.startsWith(a));
        const second = plan.diagnoses.find((diagnosis) => diagnosis.code.startsWith(b));
        return first && second
          ? [
              {
                path: ["diagnoses", second.id],
                message: `${first.code} and ${second.code} exclude each other in ICD-10-CM. Keep the one that fits, and mark the other as ruled out.`,
              },
            ]
          : [];
      }),
  },
  {
    id: "CONFLICT-many",
    authority: "clinical practice",
    citation: "Focus",
    requirement: "The plan stays small enough to follow",
    severity: () => "advice",
    check: ({ plan }) =>
      plan.goals.filter((goal) => goal.lifecycleStatus !== "on-hold").length > manyGoals
        ? [
            {
              path: ["goals"],
              message: `${plan.goals.length} goals are many to follow at once. Consider which can wait, and put them on hold.`,
            },
          ]
        : [],
  },
];

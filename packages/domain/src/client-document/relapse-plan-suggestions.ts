import { formatDate } from "../calendar/date.ts";
import type { ClientRecord } from "../client/client-record.ts";
import type { CourseEvent } from "../course/course-event.ts";
import type { AssignedHomework } from "../homework/assigned-homework.ts";
import type { Measure } from "../measures/measure.ts";
import type { NoteHead } from "../note/note.ts";
import { isReached } from "../plan/lifecycle.ts";
import { objectiveText } from "../plan/objective-text.ts";
import type { Plan } from "../plan/plan.ts";
import { crisisContacts } from "../practice/crisis-contacts.ts";
import type { CrisisPractice } from "../practice/crisis-words.ts";
import type { Review } from "../review/review.ts";
import { clientDocuments } from "./client-document.ts";
import { type DocumentSuggestion, Suggestions } from "./document-suggestions.ts";
import type { SafetyPlan } from "./safety-plan.ts";
import { signsOfProblems, suggestPeople } from "./start-safety-plan.ts";

/** What of a treatment's course tells what helped. */
export interface TreatmentForRelapse {
  readonly notes: readonly { readonly head: NoteHead | null }[];
  readonly homework: readonly { readonly content: AssignedHomework }[];
  readonly reviews: readonly { readonly content: Review }[];
  readonly documents: readonly {
    readonly kind: string;
    readonly revision: number;
    readonly content: unknown;
    readonly finishedAt: string | null;
  }[];
}

export interface RelapseSources {
  readonly record: ClientRecord;
  readonly events: readonly CourseEvent[];
  /** As this client's practice uses them. */
  readonly measures: readonly Measure[];
  readonly practice: CrisisPractice;
}

const times = (count: number, what: string) => `${what} ${count === 1 ? "once" : count === 2 ? "twice" : `${count} times`}`;

const counted = (ids: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
};

/** The safety plan as it was finished last. */
function lastSafetyPlan(documents: TreatmentForRelapse["documents"]): SafetyPlan | null {
  const last = documents
    .filter(({ kind, finishedAt }) => kind === "safety-plan" && finishedAt !== null)
    .toSorted((a, b) => b.revision - a.revision)[0];
  const parsed = clientDocuments["safety-plan"].safeParse(last?.content);
  return parsed.success ? parsed.data : null;
}

/**
 * What the treatment offers for a plan for staying well: what was achieved and by what, what was done at home, how it showed at the beginning, what the
 * safety plan says, and when the scores would say that it is time. Each with where it comes from; the client decides what of it is true.
 */
export function relapsePlanSuggestions(
  plan: Plan | null,
  { notes, homework, reviews, documents }: TreatmentForRelapse,
  { record, events, measures, practice }: RelapseSources,
): readonly DocumentSuggestion[] {
  const into = new Suggestions();
  const heads = notes.flatMap(({ head }) => (head === null ? [] : [head]));
  const safety = lastSafetyPlan(documents);

  // What the client says helped comes before what anybody else counts.
  for (const { content } of reviews)
    for (const line of content.clientsPart.helps.split(/\n+/))
      into.line("whatHelped", line, {
        kind: "preference",
        text: `What helps, in the client’s words, at the review of ${formatDate(content.on)}.`,
      });
  const wentWell = new Set(
    heads.flatMap(({ objectives }) => objectives.filter(({ rating }) => rating === "achieved").map(({ objectiveId }) => objectiveId)),
  );
  for (const objective of plan?.objectives ?? [])
    if (isReached(objective) || objective.lifecycleStatus === "completed" || wentWell.has(objective.id))
      into.line(
        "whatHelped",
        `I did it: ${objective.plain.trim() === "" ? objectiveText(objective) : objectiveText({ ...objective, text: objective.plain })}`,
        {
          kind: "clinician",
          text: "An objective of the plan that was achieved.",
        },
      );
  const used = counted(heads.flatMap(({ interventions }) => interventions.map(({ interventionId }) => interventionId)));
  for (const intervention of (plan?.interventions ?? [])
    .filter(({ id }) => used.has(id))
    .toSorted((a, b) => (used.get(b.id) ?? 0) - (used.get(a.id) ?? 0)))
    into.line("whatHelped", intervention.technique.trim() === "" ? intervention.plain || intervention.text : intervention.technique, {
      kind: "clinician",
      text: `${times(used.get(intervention.id) ?? 0, "Used")} in the sessions, by the notes.`,
    });
  const done = homework.filter(({ content }) => content.outcome === "done" || content.outcome === "partly");
  for (const { content } of done.toSorted((a, b) => Number(b.content.outcome === "done") - Number(a.content.outcome === "done"))) {
    const because = {
      kind: "clinician",
      text: content.outcome === "done" ? "Homework that got done." : "Homework that got done in part.",
    } as const;
    into.line("whatHelped", content.title, because);
    into.line("whatIDo", content.title, because);
  }
  for (const { outcome, whatHelped } of record.intake.priorTreatment.treatments)
    if (outcome === "helped" || outcome === "helped-partly")
      into.line("whatHelped", whatHelped, { kind: "history", text: "What helped in an earlier treatment." });

  for (const { text, problem } of signsOfProblems(plan))
    into.line("earlySigns", text, { kind: "diagnosis", text: `How “${problem}” showed, in the plan.` });
  for (const sign of safety?.warningSigns ?? [])
    into.line("earlySigns", sign, { kind: "risk", text: "A warning sign of the safety plan." });

  for (const { kind, label, date } of events)
    if (kind === "life-event") into.line("hardTimes", label, { kind: "history", text: `Marked in the course on ${formatDate(date)}.` });
  into.line("hardTimes", record.intake.presentingProblems.whyNow, { kind: "history", text: "What brought the client at that time." });
  for (const barrier of plan?.barriers ?? []) into.line("hardTimes", barrier, { kind: "history", text: "A barrier named in the plan." });

  for (const way of safety?.ownCoping ?? []) into.line("whatIDo", way, { kind: "risk", text: "What the safety plan names to do alone." });
  for (const way of record.intake.strengths.coping)
    into.line("whatIDo", way, { kind: "strength", text: "A way of coping named at intake." });

  for (const contact of [...(safety?.helpers ?? []), ...(safety?.professionals ?? [])])
    into.contact("people", contact, { kind: "risk", text: "Named in the safety plan." });
  suggestPeople(into, "people", record);
  for (const contact of crisisContacts(practice))
    into.contact("people", contact, { kind: "practice", text: "A number that the practice gives its clients." });

  for (const { measure: id } of plan?.measureSchedule ?? []) {
    const measure = measures.find((one) => one.id === id);
    if (measure?.cutoff === undefined) continue;
    const side = measure.scoring.higherIs === "worse" ? `${measure.cutoff.atLeast} or more` : `below ${measure.cutoff.atLeast}`;
    into.line("whenToComeBack", `My ${measure.name} score is ${side}`, {
      kind: "score",
      ref: measure.id,
      text: `From there on ${measure.name} speaks of a problem.`,
    });
  }
  into.line("whenToComeBack", "My early signs last for two weeks although I do what helps", {
    kind: "practice",
    text: "Practice-based. Change the time so that it fits.",
  });
  if (safety !== null) into.line("whenToComeBack", "I need my safety plan", { kind: "risk", text: "There is a safety plan." });
  return into.all();
}

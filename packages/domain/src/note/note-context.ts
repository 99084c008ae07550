import type { IsoDate } from "../calendar/date.ts";
import type { Client } from "../client/client.ts";
import type { Attendance } from "../course/session.ts";
import type { AssignedHomework } from "../homework/assigned-homework.ts";
import { numberOf, planNumbers } from "../plan/numbering.ts";
import { objectiveText } from "../plan/objective-text.ts";
import type { Plan } from "../plan/plan.ts";
import type { ProgressNote } from "./note.ts";
import type { ScoreSince } from "./scores-since.ts";

/** What a note is written beside: what its ticks mean, and what a reviewer would hold against it. */
export interface NoteContext {
  readonly plan: Plan | null;
  readonly scores: readonly ScoreSince[];
  /** Homework that can be looked at: given before this session and not looked at yet, or looked at in this note. */
  readonly homework: readonly { readonly id: string; readonly title: string }[];
  /** Titles of the homework given in this session. */
  readonly given: readonly string[];
  /** What is recorded of the session; `null` for nothing yet. */
  readonly attendance: Attendance | null;
  readonly medicare: boolean;
  /** The narrative of the note before this one. */
  readonly previous: { readonly date: IsoDate; readonly texts: readonly string[] } | null;
}

export const emptyContext: NoteContext = {
  plan: null,
  scores: [],
  homework: [],
  given: [],
  attendance: null,
  medicare: false,
  previous: null,
};

interface KeptHomework {
  readonly id: string;
  readonly content: AssignedHomework;
}

/** Homework of this session: given in it, or, where neither says which session it is of, on its day. */
const givenHere = ({ content }: KeptHomework, note: Pick<ProgressNote, "sessionId" | "date">): boolean =>
  content.sessionId !== null && note.sessionId !== null ? content.sessionId === note.sessionId : content.assignedOn === note.date;

/** Homework to look at together in this session, and what was given in it. */
export function homeworkFor(
  note: Pick<ProgressNote, "sessionId" | "date" | "homework">,
  homework: readonly KeptHomework[],
): Pick<NoteContext, "homework" | "given"> {
  const noted = new Set(note.homework.map(({ homeworkId }) => homeworkId));
  const standing = homework.filter(({ content }) => content.withdrawnOn === null);
  return {
    homework: standing
      .filter(
        (entry) =>
          noted.has(entry.id) || (entry.content.outcome === null && entry.content.assignedOn <= note.date && !givenHere(entry, note)),
      )
      .map(({ id, content }) => ({ id, title: content.title })),
    given: standing.filter((entry) => givenHere(entry, note) && !noted.has(entry.id)).map(({ content }) => content.title),
  };
}

/** Whether Medicare judges the notes: it pays for this client, or the plan is written for it. */
export function isMedicare(client: Pick<Client, "coverage">, plan: Pick<Plan, "profile"> | null): boolean {
  return client.coverage?.type === "medicare" || plan?.profile.payers.some(({ type }) => type === "medicare") === true;
}

/** Cut at a word so that it fits into a sentence; without the full stop at its end. */
export function inShort(text: string, most = 90): string {
  const whole = text.replaceAll(/\s+/g, " ").trim().replace(/\.$/, "");
  if (whole.length <= most) return whole;
  const cut = whole.slice(0, most);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), Math.floor(most / 2))).replace(/[\s,;:–-]+$/, "")}…`;
}

/** "1.1.1 Raise the days with …": number and full wording of an objective; "" where the plan has none of this id. */
export function numberedObjective(plan: Plan | null, id: string): string {
  const objective = plan?.objectives.find((entry) => entry.id === id);
  return plan === null || objective === undefined ? "" : `${numberOf(planNumbers(plan).objectives, id)} ${objectiveText(objective)}`.trim();
}

/** What an intervention is called in a sentence: its technique, or the beginning of its text. */
export function interventionName(plan: Plan | null, id: string): string {
  const intervention = plan?.interventions.find((entry) => entry.id === id);
  if (intervention === undefined) return "";
  return intervention.technique.trim() === "" ? inShort(intervention.text) : intervention.technique.trim();
}

const capital = (words: string): string => `${words[0]?.toUpperCase() ?? ""}${words.slice(1)}`;

/**
 * The note with the wording of everything that it names, as the plan has it now: so it can be read by itself, whatever becomes of the plan and the homework.
 * What the plan does not know keeps the words that it has.
 */
export function withWording(note: ProgressNote, { plan, homework }: Pick<NoteContext, "plan" | "homework">): ProgressNote {
  return {
    ...note,
    objectives: note.objectives.map((entry) => ({
      ...entry,
      text: numberedObjective(plan, entry.objectiveId).slice(0, 2000) || entry.text,
    })),
    interventions: note.interventions.map((entry) => {
      const known = plan?.interventions.find(({ id }) => id === entry.interventionId);
      const named =
        known === undefined || known.technique.trim() === "" ? (known?.text ?? "") : `${capital(known.technique.trim())}: ${known.text}`;
      return { ...entry, text: named.slice(0, 1200) || entry.text };
    }),
    homework: note.homework.map((entry) => ({
      ...entry,
      title: homework.find(({ id }) => id === entry.homeworkId)?.title.slice(0, 120) ?? entry.title,
    })),
  };
}

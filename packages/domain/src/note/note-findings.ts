import { formatDate } from "../calendar/date.ts";
import { tookPlace } from "../course/session.ts";
import type { Finding } from "../findings/finding.ts";
import type { ProgressNote } from "./note.ts";
import type { NoteContext } from "./note-context.ts";
import { objectivesAtHand } from "./start-note.ts";

/** A remark on a note, in the words of the findings on plans; `path` is the field of the note. */
export type NoteFinding = Omit<Finding, "fix">;

/** What a clinician wrote with own hands: everything but what the ticks imply. */
export function narrativeOf(
  note: Pick<ProgressNote, "client" | "nextTime" | "risk" | "sections" | "ownWords" | "objectives" | "interventions">,
): readonly string[] {
  return [
    note.client,
    note.nextTime,
    note.risk.text,
    ...note.objectives.map(({ comment }) => comment),
    ...note.interventions.map(({ comment }) => comment),
    ...note.ownWords.map((section) => note.sections[section] ?? ""),
  ].filter((text) => text.trim() !== "");
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
/** Shorter texts are alike by chance: "Go on as planned." */
const fewestWords = 8;
/** From this share of word triples in common on, a text counts as copied (the same measure as for plans, there 0.5 between clients). */
const copied = 0.8;

function triples(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`));
}

/** Whether one text says the other nearly word for word. */
export function isCopy(a: string, b: string): boolean {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  if (left.length < fewestWords || right.length < fewestWords) return false;
  const [one, other] = [triples(left), triples(right)];
  const common = [...one].filter((triple) => other.has(triple)).length;
  return common / (one.size + other.size - common) >= copied;
}

const practice = { authority: "clinical practice", citation: "practice-based" } as const;
/** Notes that name the plan's objectives, interventions and the response are what payers' audit lists ask for. */
const audit = {
  authority: "payer audit list",
  citation: "practice-based reading of payers' audit lists: notes name objectives, interventions and the response",
} as const;
const medicare = {
  authority: "payer guidance",
  citation: "local coverage policies on psychotherapy: the time of the session stands in the note",
} as const;

/**
 * What a reviewer would miss in a note. Two things keep it from being signed: that nobody has asked about risk (or that it has changed, without a word on how),
 * and a note that says nothing. Everything else is worth a look and may have its reason.
 */
export function noteFindings(note: ProgressNote, context: NoteContext): readonly NoteFinding[] {
  const found: NoteFinding[] = [];
  const add = (finding: NoteFinding) => found.push(finding);
  const { plan, previous } = context;
  const ownText = note.ownWords.some((section) => (note.sections[section] ?? "").trim() !== "");
  const says = note.client.trim() !== "" || ownText;

  if (!says && note.objectives.length === 0 && note.interventions.length === 0)
    add({
      rule: "NOTE-empty",
      severity: "error",
      path: ["client"],
      message: "The note says nothing yet. Tick what was worked on, or write what the client said and did.",
      source: practice,
    });
  if (note.risk.state === "not-asked")
    add({
      rule: "NOTE-risk",
      severity: "error",
      path: ["risk"],
      message: "Nothing is said about risk. One click: no concern, unchanged, or changed.",
      source: practice,
    });
  if (note.risk.state === "changed" && note.risk.level === null && note.risk.text.trim() === "")
    add({
      rule: "NOTE-risk-changed",
      severity: "error",
      path: ["risk"],
      message: "Risk has changed. Say how: choose a level, or write a sentence.",
      source: practice,
    });
  if (context.attendance !== null && !tookPlace(context.attendance))
    add({
      rule: "NOTE-attendance",
      severity: "warning",
      path: ["sessionId"],
      message: `This session is recorded as ${context.attendance}. Correct that if it took place.`,
      source: practice,
    });
  if (plan === null)
    add({
      rule: "NOTE-plan",
      severity: "advice",
      path: ["plan"],
      message: "There is no plan yet, so the note rests on none. It can be signed all the same.",
      source: audit,
    });
  else if (note.objectives.length === 0 && objectivesAtHand(plan, null).length > 0)
    add({
      rule: "NOTE-objective",
      severity: "warning",
      path: ["objectives"],
      message: "No objective of the plan is named. A reviewer cannot tell what this session was for.",
      source: audit,
    });
  if (note.interventions.length === 0 && (plan?.interventions.length ?? 0) > 0)
    add({
      rule: "NOTE-intervention",
      severity: "warning",
      path: ["interventions"],
      message: "No intervention is named: what you did in this session.",
      source: audit,
    });
  if (
    !says &&
    note.objectives.every(({ comment }) => comment.trim() === "") &&
    (note.objectives.length > 0 || note.interventions.length > 0)
  )
    add({
      rule: "NOTE-response",
      severity: "warning",
      path: ["client"],
      message: "Nothing is said of how the client responded. One sentence of this session is enough.",
      source: audit,
    });
  if (context.medicare && (note.start === null || note.end === null))
    add({
      rule: "NOTE-times",
      severity: "warning",
      path: ["start"],
      message: "Medicare asks for the times of the session. Enter when it began and ended.",
      source: medicare,
    });
  if (note.start !== null && note.end !== null && note.end <= note.start)
    add({
      rule: "NOTE-order",
      severity: "warning",
      path: ["end"],
      message: "The session ends before it begins. Check both times.",
      source: practice,
    });
  if (previous !== null && narrativeOf(note).some((text) => previous.texts.some((before) => isCopy(text, before))))
    add({
      rule: "NOTE-cloned",
      severity: "warning",
      path: ["client"],
      message: `The same words stand in the note of ${formatDate(previous.date)}. Reviewers call that cloned; say what was so only today.`,
      source: audit,
    });
  if (context.homework.some(({ id }) => !note.homework.some(({ homeworkId }) => homeworkId === id)))
    add({
      rule: "NOTE-homework",
      severity: "advice",
      path: ["homework"],
      message: "The homework was not looked at. What is asked about gets done.",
      source: practice,
    });
  const worse = context.scores.find(({ better, reliable }) => reliable === true && (better ?? 0) < 0);
  if (
    (worse !== undefined || note.objectives.some(({ rating }) => rating === "worse")) &&
    note.nextTime.trim() === "" &&
    !note.ownWords.includes("plan")
  )
    add({
      rule: "NOTE-worse",
      severity: "advice",
      path: ["nextTime"],
      message: "Something got worse. Say what you will do differently.",
      source: practice,
    });
  else if (note.nextTime.trim() === "" && !note.ownWords.some((section) => section === "plan" || section === "text"))
    add({
      rule: "NOTE-next",
      severity: "advice",
      path: ["nextTime"],
      message: "Nothing is planned for next time.",
      source: practice,
    });
  return found;
}

/** Those that keep a note from being signed. */
export function blockingNoteFindings(findings: readonly NoteFinding[]): readonly NoteFinding[] {
  return findings.filter(({ severity }) => severity === "error");
}

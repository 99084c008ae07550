import type { AlertKind } from "../alerts/alert.ts";
import type { CourseState } from "./course.ts";

/** Something to look at when therapy does not help as it should. `source` is `null` for what is good practice without a study behind it. */
export interface Consideration {
  /** Stays, so that what was considered can be counted after its wording has changed. */
  readonly id: string;
  readonly text: string;
  readonly source: string | null;
}

const signalClients =
  "Using the Assessment for Signal Clients as a feedback tool for reducing treatment failure. Psychother Res 2015;25:724-734 (PMID 25751744): clients who went off track had most trouble with support, motivation and the alliance";
const repair =
  "Safran JD, Muran JC, Eubanks-Carter C. Repairing alliance ruptures. Psychotherapy 2011;48:80-87 (PMID 21401278): repairing a strain in the alliance went with better outcome (three studies, 148 clients)";
const twiceWeekly =
  "Bruijniks SJE and others. The effects of once- versus twice-weekly sessions on psychotherapy outcomes in depressed patients. Br J Psychiatry 2020;216:222-230 (PMID 32029012): 200 adults with depression improved more and left less often with two sessions a week than with one";
const asking =
  "Dazzi T and others. Does asking about suicide and related behaviours induce suicidal ideation? Psychol Med 2014;44:3361-3363 (doi 10.1017/S0033291714001299): no study found that asking made thoughts of suicide more frequent";
const safetyPlan =
  "Stanley B and others. Safety Planning Intervention with follow-up. JAMA Psychiatry 2018;75:894-900 (PMID 29998307): a safety plan with follow-up calls went with half as much suicidal behavior over six months";
const attendance =
  "Oldham M and others. Interventions to increase attendance at psychotherapy. J Consult Clin Psychol 2012;80:928-939 (PMID 22889335): in 31 trials attendance rose moderately; choice of time or therapist, motivation, preparation and reminders did most";
const feedback =
  "de Jong K and others. Using progress feedback to improve outcomes. Clin Psychol Rev 2021;85:102002 (PMID 33721605): over 58 studies with 21,699 clients, feedback of scores gave a small gain in symptoms and fewer dropouts";

const risk: Consideration = {
  id: "risk",
  text: "Ask about safety first: thoughts of suicide or of harming somebody, drinking and drugs, violence at home. Record the risk assessment anew.",
  source: null,
};

const offTrack: readonly Consideration[] = [
  {
    id: "alliance",
    text: "The two of you: do goals and ways still fit, and is there anything that the client has not dared to say about the therapy?",
    source: signalClients,
  },
  { id: "motivation", text: "What the client wants now, and what speaks against changing it.", source: signalClients },
  {
    id: "support",
    text: "Support: who knows, who helps, who is missing? What has happened in the client's life since the start?",
    source: signalClients,
  },
  {
    id: "dose",
    text: "How much of the plan has taken place: sessions kept, homework done, steps tried. Shorten the way, or meet more often for a while.",
    source: twiceWeekly,
  },
  {
    id: "diagnosis",
    text: "Whether the diagnosis holds, and what else keeps it going: sleep, pain, medication, a medical cause, another problem.",
    source: null,
  },
  { id: "approach", text: "Another approach, or a second one beside it, that the client would choose.", source: null },
  {
    id: "consult",
    text: "A medication consult, or more intensive care. Talk the case over with a colleague or your supervisor.",
    source: null,
  },
];

const danger: readonly Consideration[] = [
  {
    id: "ask-directly",
    text: "Reach the client today and ask in plain words: thoughts, plan, means, intent, what has kept them safe so far.",
    source: asking,
  },
  {
    id: "danger-to-others",
    text: "Ask about danger to somebody else, violence at home, drinking and drugs.",
    source: null,
  },
  {
    id: "safety-plan",
    text: "Make the safety plan, or go through it again: warning signs, people, places, means made safe.",
    source: safetyPlan,
  },
  { id: "follow-up", text: "Agree when you speak next, and who calls whom. Meet sooner.", source: safetyPlan },
  { id: "more-care", text: "Whether this can be held where you are: crisis service, emergency department, hospital.", source: null },
  { id: "consult-risk", text: "Talk it over with a colleague or your supervisor, and write down what you weighed.", source: null },
];

const notAnswered: readonly Consideration[] = [
  { id: "ask-directly", text: "Ask it yourself, in plain words. Open is not the same as no, and asking does no harm.", source: asking },
  { id: "why-open", text: "Why it was left open: passed over, not understood, or not to be written down.", source: null },
  { id: "danger-to-others", text: "Ask about danger to somebody else, violence at home, drinking and drugs.", source: null },
];

const missedMeasure: readonly Consideration[] = [
  { id: "look-together", text: "Give it at the start of the next session and look at the answers together.", source: feedback },
  {
    id: "barriers",
    text: "What stands in the way: reading, language, the phone, no time, questions that feel beside the point.",
    source: null,
  },
  { id: "meaning", text: "Whether not answering says something: getting worse, or a strain between the two of you.", source: null },
  { id: "fewer", text: "Fewer or other measures: one that the client finds useful is worth more than five.", source: null },
];

const missedSessions: readonly Consideration[] = [
  { id: "reach-out", text: "Reach out yourself, today: call, then write. Say that they are missed and can come back.", source: null },
  {
    id: "risk",
    text: "Safety: what the last scores and the last session said about risk. If nobody can be reached, follow the safety plan.",
    source: null,
  },
  {
    id: "barriers",
    text: "What stands in the way: way and fare, work, children, money, sickness, shame. Another time, another place, or by video.",
    source: attendance,
  },
  { id: "alliance", text: "The last session: was there a strain, something too much or not said? Name your part in it.", source: repair },
  {
    id: "motivation",
    text: "What the client wants now, and whether the plan is still theirs. Say again how therapy works.",
    source: attendance,
  },
  { id: "reminders", text: "Reminders by call or text, where the client agrees.", source: attendance },
  { id: "pause", text: "A pause or an end, agreed and not slid into, with the door left open.", source: null },
];

/**
 * What to consider at a point of the course or at an alert, in the order in which to look; nothing while things are on track. A warning without a
 * proposal helps nobody: feedback alone does little, feedback with support for clients off track does more.
 */
export function whatToConsider(about: CourseState | AlertKind): readonly Consideration[] {
  switch (about) {
    case "risk-answer":
      return danger;
    case "risk-not-answered":
      return notAnswered;
    case "deteriorated":
      return [risk, ...offTrack];
    case "no-progress":
    case "little-progress":
      return offTrack;
    case "missed-measure":
      return missedMeasure;
    case "missed-sessions":
      return missedSessions;
    default:
      return [];
  }
}

/** The sources of some considerations, each once, in the order in which they come up. */
export function sourcesOf(considered: readonly Consideration[]): readonly string[] {
  return [...new Set(considered.flatMap(({ source }) => source ?? []))];
}

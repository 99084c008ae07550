import { formatDate, type IsoDate } from "../calendar/date.ts";
import type { ClientDocumentKind } from "./client-document.ts";
import type { RelapsePlan } from "./relapse-plan.ts";
import type { SafetyContact, SafetyPlan } from "./safety-plan.ts";

export type LinesKey =
  | "warningSigns"
  | "ownCoping"
  | "surroundings"
  | "reasonsToLive"
  | "whatHelped"
  | "earlySigns"
  | "hardTimes"
  | "whatIDo"
  | "whenToComeBack";
export type ContactsKey = "distractions" | "helpers" | "professionals" | "people";

interface Common {
  /** The heading, as the client says it. */
  readonly title: string;
  /** Why the part is there, for the two who write it. */
  readonly why: string;
  /** A question to begin with. */
  readonly ask: string;
  /** What one entry is called, e.g. "warning sign". */
  readonly noun: string;
}

/** One part of a working document: short lines, or people and places with a number to call. */
export type DocumentPart =
  | (Common & { readonly of: "lines"; readonly key: LinesKey })
  | (Common & { readonly of: "contacts"; readonly key: ContactsKey; readonly withPhone: boolean });

/**
 * The parts of a safety plan in the order in which they are used. The order and what each part is for follow Stanley & Brown, "Safety Planning Intervention: a brief
 * intervention to mitigate suicide risk", Cognitive and Behavioral Practice 2012;19:256-264, doi:10.1016/j.cbpra.2011.01.001: recognizing warning signs;
 * coping by oneself; people and social settings that distract; family and friends who help; professionals and agencies; access to means. The words are
 * our own.
 */
const safetyParts: readonly DocumentPart[] = [
  {
    of: "lines",
    key: "warningSigns",
    title: "How I notice that it gets dangerous",
    why: "What is noticed early can still be turned around with the smallest means. Thoughts, pictures, moods, what others would see.",
    ask: "What was it like in the hours before, last time?",
    noun: "warning sign",
  },
  {
    of: "lines",
    key: "ownCoping",
    title: "What I do by myself first",
    why: "These need nobody and work at any hour. Choose what is really within reach, and think together about what could get in the way.",
    ask: "What has carried you through an hour like that before?",
    noun: "thing to do",
  },
  {
    of: "contacts",
    key: "distractions",
    title: "Where I go to be among people",
    why: "Company and places with life in them make the thoughts quieter. Nothing has to be explained there.",
    ask: "With whom, or where, does it get a little lighter?",
    noun: "person or place",
    withPhone: true,
  },
  {
    of: "contacts",
    key: "helpers",
    title: "Whom I tell that I need help",
    why: "People who may know how bad it is. Talk over what you would say, and whether they know that they are named here.",
    ask: "Who could hear this and stay calm?",
    noun: "person",
    withPhone: true,
  },
  {
    of: "contacts",
    key: "professionals",
    title: "Professionals and crisis lines",
    why: "For when the steps before are not enough. At least one of them answers at any hour of the day and night.",
    ask: "Who is there in office hours, and who at three in the morning?",
    noun: "professional or line",
    withPhone: true,
  },
  {
    of: "lines",
    key: "surroundings",
    title: "How I make my surroundings safer",
    why: "The worst moments pass. What is out of reach gives them the time to pass. Ask about what was thought of, and agree who keeps what, and until when.",
    ask: "What is within reach that could do harm, and who could keep it for a while?",
    noun: "step",
  },
  {
    of: "lines",
    key: "reasonsToLive",
    title: "What I stay for",
    why: "A person, an animal, something unfinished: in a few words, for the moment in which it is hard to remember.",
    ask: "What makes it worth getting through the night?",
    noun: "reason",
  },
];

/** The parts of a plan for staying well after therapy. Practice-based: from what helped, over what shows early, to when to come back. */
const relapseParts: readonly DocumentPart[] = [
  {
    of: "lines",
    key: "whatHelped",
    title: "What helped me",
    why: "What made the difference is easily forgotten once it has become usual.",
    ask: "What would you tell yourself a year ago?",
    noun: "thing that helped",
  },
  {
    of: "lines",
    key: "earlySigns",
    title: "My early signs",
    why: "Seen early, a setback stays a small one. What do you notice first, and what do others notice first?",
    ask: "How did it begin, each time?",
    noun: "early sign",
  },
  {
    of: "lines",
    key: "hardTimes",
    title: "Times that are hard for me",
    why: "A hard time that is expected can be prepared for: days of the year, places, people, tiredness, good news as well.",
    ask: "What in the coming year could be hard?",
    noun: "hard time",
  },
  {
    of: "lines",
    key: "whatIDo",
    title: "What I do when I notice them",
    why: "Small, and in order: what is done the same day, and what the same week.",
    ask: "What is the first thing you do?",
    noun: "step",
  },
  {
    of: "contacts",
    key: "people",
    title: "Who is there for me",
    why: "People who may tell you what they see, and those who help.",
    ask: "Who notices before you do?",
    noun: "person",
    withPhone: true,
  },
  {
    of: "lines",
    key: "whenToComeBack",
    title: "When I come back to therapy",
    why: "Agreed while all is well, it is no defeat later. A number or a length of time is easier to act on than a feeling.",
    ask: "What would be the sign that it is time to call?",
    noun: "sign that it is time",
  },
];

export const documentParts: Readonly<Record<ClientDocumentKind, readonly DocumentPart[]>> = {
  "safety-plan": safetyParts,
  "relapse-plan": relapseParts,
};

/** What each document is called, to clients and clinicians alike. */
export const documentTitles: Readonly<Record<ClientDocumentKind, string>> = {
  "safety-plan": "Safety plan",
  "relapse-plan": "Plan for staying well",
};

export type WorkingDocument = SafetyPlan | RelapsePlan;

const fieldOf = (content: WorkingDocument, key: string): unknown => (content as Readonly<Record<string, unknown>>)[key];

/** The lines of a part; none where the document has no such part. */
export function linesOf(content: WorkingDocument, key: LinesKey): readonly string[] {
  return (fieldOf(content, key) as readonly string[] | undefined) ?? [];
}

/** The people and places of a part; none where the document has no such part. */
export function contactsOf(content: WorkingDocument, key: ContactsKey): readonly SafetyContact[] {
  return (fieldOf(content, key) as readonly SafetyContact[] | undefined) ?? [];
}

const said = (text: string) => text.trim() !== "";
const isNamed = ({ name, phone, note }: SafetyContact) => said(name) || said(phone) || said(note);

/** The document without entries that say nothing, as a finished version is kept. */
export function withoutEmptyEntries<T extends WorkingDocument>(kind: ClientDocumentKind, content: T): T {
  const kept: Record<string, unknown> = { ...content };
  for (const part of documentParts[kind])
    kept[part.key] = part.of === "lines" ? linesOf(content, part.key).filter(said) : contactsOf(content, part.key).filter(isNamed);
  return kept as T;
}

/** Whether nothing was written yet. */
export function isEmptyDocument(kind: ClientDocumentKind, content: WorkingDocument): boolean {
  const kept = withoutEmptyEntries(kind, content);
  return !said(kept.note) && documentParts[kind].every(({ key }) => (fieldOf(kept, key) as readonly unknown[]).length === 0);
}

/** "version 2 of May 31, 2026" */
export function versionWords(revision: number, on: IsoDate | null): string {
  return on === null ? `version ${revision}, not finished yet` : `version ${revision} of ${formatDate(on)}`;
}

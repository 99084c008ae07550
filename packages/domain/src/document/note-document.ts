import { formatDate, type IsoDate } from "../calendar/date.ts";
import { formatTime } from "../calendar/wall-clock.ts";
import { type Client, legalName } from "../client/client.ts";
import { noteSections, type ProgressNote } from "../note/note.ts";
import { inShort } from "../note/note-context.ts";
import type { NoteStanding } from "../note/note-due.ts";
import { formatWords, homeworkWords, modalityWords, ratingWords, sectionWords, sessionFormatWords } from "../note/note-words.ts";

type Fact = readonly [label: string, value: string];

/** A note as the page setter gets it: every word decided here. */
export interface NoteDocument {
  readonly kind: "note";
  readonly title: string;
  readonly practice: string;
  readonly practiceAddress: string;
  readonly client: string;
  readonly born: string;
  readonly recordNumber: string;
  /** A word across each page, of what is not signed. */
  readonly mark: string;
  readonly notice: string;
  readonly foot: string;
  readonly facts: readonly Fact[];
  readonly objectives: readonly Fact[];
  readonly interventions: readonly string[];
  readonly homework: readonly Fact[];
  readonly sections: readonly { readonly title: string; readonly lines: readonly string[] }[];
  /** What is said about the signature; empty without one. */
  readonly signature: readonly string[];
  readonly hash: string;
  readonly addenda: readonly { readonly by: string; readonly lines: readonly string[] }[];
}

interface Letterhead {
  readonly client: Client;
  readonly practiceName: string;
  readonly practiceAddress: string;
}

export interface NoteToPrint extends Letterhead {
  /** With the wording of what it names (`withWording`). */
  readonly note: ProgressNote;
  readonly author: string;
  readonly standing: NoteStanding;
  /** Thrown away: printed for nobody's record. */
  readonly removed: boolean;
  readonly signature: { readonly name: string; readonly credentials: string; readonly at: string; readonly hash: string } | null;
  readonly addenda: readonly { readonly text: string; readonly name: string; readonly credentials: string; readonly at: string }[];
}

const linesOf = (text: string): readonly string[] => text.split("\n").filter((line) => line.trim() !== "");
const withCredentials = (name: string, credentials: string): string => (credentials === "" ? name : `${name}, ${credentials}`);
const facts = (list: readonly Fact[]): readonly Fact[] => list.filter(([, value]) => value.trim() !== "");

/** "10:00 AM to 10:50 AM, 50 minutes". */
export function timesInWords(start: string | null, end: string | null): string {
  if (start === null) return end === null ? "" : `until ${formatTime(end)}`;
  if (end === null) return `from ${formatTime(start)}`;
  const minutes = minutesOf(end) - minutesOf(start);
  return `${formatTime(start)} to ${formatTime(end)}${minutes > 0 ? `, ${minutes} minutes` : ""}`;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const heading = ({ client, practiceName, practiceAddress }: Letterhead) => ({
  kind: "note" as const,
  practice: practiceName,
  practiceAddress,
  client: legalName(client),
  born: formatDate(client.birthDate),
  recordNumber: client.recordNumber,
});

/** Composes a progress note for the record and the payer. Psychotherapy notes are never in it. Pure: the same note gives the same document. */
export function noteDocument({ note, author, standing, removed, signature, addenda, ...letterhead }: NoteToPrint): NoteDocument {
  const late = standing === "signed-late";
  return {
    ...heading(letterhead),
    title: "Progress note",
    mark: removed ? "THROWN AWAY" : signature === null ? "DRAFT" : "",
    notice: removed
      ? "This draft was thrown away. It is not part of the record."
      : signature === null
        ? "Draft. This note is not signed."
        : "",
    foot: signature === null ? "Draft, not signed" : `SHA-256 ${signature.hash.slice(0, 16)}…`,
    facts: facts([
      ["Date of the session", formatDate(note.date)],
      ["Time", timesInWords(note.start, note.end)],
      ["Kind of session", `${sessionFormatWords[note.sessionFormat]}, ${modalityWords[note.modality]}`],
      ["Clinician", author],
      ["Plan", note.plan === null ? "No plan yet" : `Revision ${note.plan.revision}`],
      ["Format", formatWords[note.format]],
    ]),
    objectives: note.objectives.map(({ text, rating }): Fact => [text === "" ? "An objective of the plan" : text, ratingWords[rating]]),
    interventions: note.interventions.map(({ text }) => text).filter((text) => text !== ""),
    homework: note.homework.map(({ title, outcome, why }): Fact => [title, [homeworkWords[outcome], why].filter(Boolean).join(": ")]),
    sections: noteSections[note.format].flatMap((section) => {
      const lines = linesOf(note.sections[section] ?? "");
      return lines.length === 0 ? [] : [{ title: sectionWords[section] ?? section, lines }];
    }),
    signature:
      signature === null
        ? []
        : [
            `Signed electronically by ${withCredentials(signature.name, signature.credentials)}`,
            `${signature.at}${late ? ", after the time that the practice has set for notes (signed late)" : ""}`,
          ],
    hash: signature?.hash ?? "",
    addenda: addenda.map(({ text, name, credentials, at }) => ({
      by: `${withCredentials(name, credentials)}, ${at}`,
      lines: linesOf(text),
    })),
  };
}

export interface ReleasedNote extends Letterhead {
  readonly date: IsoDate;
  readonly text: string;
  readonly author: string;
  readonly toWhom: string;
  readonly purpose: string;
  readonly authorizedOn: IsoDate;
  /** When it was released, ready to print. */
  readonly at: string;
}

/** One psychotherapy note, released on the client's authorization for it (45 CFR 164.508(a)(2)); never together with anything else. */
export function releasedNoteDocument({ date, text, author, toWhom, purpose, authorizedOn, at, ...letterhead }: ReleasedNote): NoteDocument {
  return {
    ...heading(letterhead),
    title: "Psychotherapy note",
    mark: "",
    notice:
      "Released for the one recipient and purpose named here, on the client’s written authorization for this note. It is kept apart from the client’s record and is not part of it.",
    foot: `Released to ${inShort(toWhom, 60)}`,
    facts: facts([
      ["Date of the note", formatDate(date)],
      ["Written by", author],
      ["Released to", toWhom],
      ["Purpose", purpose],
      ["Client’s authorization", formatDate(authorizedOn)],
      ["Released", at],
    ]),
    objectives: [],
    interventions: [],
    homework: [],
    sections: [{ title: "Note", lines: linesOf(text) }],
    signature: [],
    hash: "",
    addenda: [],
  };
}

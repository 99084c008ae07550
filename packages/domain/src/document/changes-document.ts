import { formatDate, type IsoDate } from "../calendar/date.ts";
import { type ChangeInWords, type DifferenceInWords, differenceInWords, type Told } from "../plan/difference/difference-in-words.ts";
import { excerptOf } from "../plan/difference/excerpt.ts";
import type { PlanDifference } from "../plan/difference/plan-difference.ts";
import type { WordChange } from "../plan/difference/word-changes.ts";
import type { SignatureRole } from "../signature/signature.ts";

/** One of the two revisions, with who put it into force and when. */
export interface ComparedRevision {
  readonly revision: number;
  readonly state: "draft" | "signing" | "awaiting-co-signature" | "signed";
  /** The day in the practice's zone: of the last signature, or of the last change to a draft. */
  readonly on: IsoDate;
  readonly signatures: readonly {
    readonly role: SignatureRole;
    readonly outcome: "signed" | "not-signed";
    readonly name: string;
    readonly credentials: string;
  }[];
}

/** Words on paper: a list of stretches that are as they were, struck or put in. */
type Marked = readonly WordChange[];

/** What changed between two revisions, as the page setter gets it: every word decided here. */
export interface ChangesDocument {
  readonly kind: "record" | "client";
  readonly title: string;
  readonly practice: string;
  readonly practiceAddress: string;
  readonly client: string;
  readonly born: string;
  readonly recordNumber: string;
  /** What is compared, for the foot of each page. */
  readonly foot: string;
  readonly revisions: readonly (readonly [label: string, value: string])[];
  readonly lead: string;
  readonly reasons: readonly string[];
  /** How struck and underlined words are to be read; "" where there are none. */
  readonly key: string;
  readonly groups: readonly {
    readonly title: string;
    readonly changes: readonly {
      readonly mark: string;
      readonly name: string;
      readonly sentence: string;
      readonly about: readonly Marked[];
      readonly fields: readonly { readonly label: string; readonly before: string; readonly after: string; readonly marked: Marked }[];
      readonly reason: string;
    }[];
  }[];
}

const stateWords: Record<ComparedRevision["state"], string> = {
  draft: "draft, last changed",
  signing: "not fully signed, frozen",
  "awaiting-co-signature": "waits for the co-signature, frozen",
  signed: "signed",
};

/** "Revision 2, signed January 4, 2027, by Rowan Example and Ada Sample, LCSW" */
export function revisionLine({ revision, state, on, signatures }: ComparedRevision): string {
  const names = signatures
    .filter(({ outcome }) => outcome === "signed")
    .map(({ name, credentials }) => (credentials === "" ? name : `${name}, ${credentials}`));
  const by =
    names.length === 0 ? "" : `, by ${names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`}`;
  return `Revision ${revision}, ${stateWords[state]} ${formatDate(on)}${by}`;
}

const marked = ({ text, words }: Told): Marked => (words === null ? [{ kind: "same", text }] : excerptOf(words));

function changeOf({ mark, name, sentence, about, fields, reason }: ChangeInWords): ChangesDocument["groups"][number]["changes"][number] {
  return {
    mark,
    name,
    sentence,
    about: about.map(marked),
    fields: fields.map(({ label, before, after, words, lines }) => ({
      // A text that is an item of its own has its name already.
      label: label === name ? "" : label,
      before: words === null && lines === null ? before || "not filled in" : "",
      after: words === null && lines === null ? after || "not filled in" : "",
      marked: words !== null ? excerptOf(words) : lines === null ? [] : linesMarked(lines),
    })),
    reason,
  };
}

function linesMarked(lines: { readonly out: readonly string[]; readonly in: readonly string[] }): WordChange[] {
  const all = [...lines.out.map((text) => ({ kind: "out" as const, text })), ...lines.in.map((text) => ({ kind: "in" as const, text }))];
  return all.flatMap((change, index): WordChange[] => (index === 0 ? [change] : [{ kind: "same", text: "; " }, change]));
}

/** Composes the page about what changed, for the record or for the client. Pure: the same difference gives the same document. */
export function changesDocument(
  difference: PlanDifference,
  kind: "record" | "client",
  compared: { readonly from: ComparedRevision; readonly to: ComparedRevision },
): ChangesDocument {
  const words: DifferenceInWords = differenceInWords(difference, kind);
  const { subject, author } = difference.after;
  const groups = words.groups.map(({ title, changes }) => ({ title, changes: changes.map(changeOf) }));
  const anyMarked = groups.some(({ changes }) =>
    changes.some(({ about, fields }) =>
      [...about, ...fields.map((field) => field.marked)].some((list) => list.some((change) => change.kind !== "same")),
    ),
  );
  return {
    kind,
    title: kind === "record" ? "What changed in the treatment plan" : "What changed in your plan",
    practice: author.practiceName,
    practiceAddress: author.practiceAddress,
    client: kind === "record" ? subject.name : subject.calledName,
    born: formatDate(subject.birthDate),
    recordNumber: subject.recordNumber,
    foot: `From revision ${compared.from.revision} to revision ${compared.to.revision}`,
    revisions: [
      ["Before", revisionLine(compared.from)],
      ["Now", revisionLine(compared.to)],
    ],
    lead: words.lead,
    reasons: words.reasons,
    key: anyMarked ? "Words that were taken out are struck through and stand in [brackets]; words that are new are underlined." : "",
    groups,
  };
}

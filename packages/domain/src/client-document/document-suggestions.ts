import type { Because } from "../plan/plan.ts";
import type { ClientDocumentKind } from "./client-document.ts";
import { type ContactsKey, contactsOf, documentParts, type LinesKey, linesOf, type WorkingDocument } from "./document-parts.ts";
import type { SafetyContact } from "./safety-plan.ts";

/** Something from the record that fits into a part, and why. Nothing is put in by itself. */
export type DocumentSuggestion = {
  /** The same for the same thing of the record. */
  readonly id: string;
  readonly because: Because;
} & (
  | { readonly of: "lines"; readonly part: LinesKey; readonly line: string }
  | { readonly of: "contacts"; readonly part: ContactsKey; readonly contact: SafetyContact }
);

/** Most suggestions of one part: more than that nobody looks through while somebody waits. */
const mostOfPart = 8;

const key = (text: string) =>
  text
    .normalize("NFKC")
    .toLocaleLowerCase("en")
    .replace(/[\p{P}\p{Z}]+/gu, " ")
    .trim();

/** Collects suggestions, each said once in its part; what does not fit into a line is left out, as half a sentence helps nobody. */
export class Suggestions {
  readonly #found: DocumentSuggestion[] = [];

  #add(suggestion: DocumentSuggestion, words: string): void {
    const sameAs = (other: DocumentSuggestion) =>
      other.part === suggestion.part && key(other.of === "lines" ? other.line : other.contact.name) === key(words);
    if (key(words) !== "" && !this.#found.some(sameAs)) this.#found.push(suggestion);
  }

  line(part: LinesKey, text: string, because: Because): void {
    const words = text.replace(/\s+/g, " ").trim();
    const line = words.charAt(0).toLocaleUpperCase("en") + words.slice(1);
    if (line.length <= 300) this.#add({ id: `${part}/${key(line)}`, of: "lines", part, line, because }, line);
  }

  contact(part: ContactsKey, contact: Partial<SafetyContact> & Pick<SafetyContact, "name">, because: Because): void {
    const whole: SafetyContact = { phone: "", note: "", anyHour: false, ...contact, name: contact.name.replace(/\s+/g, " ").trim() };
    if (whole.name.length <= 120 && whole.note.length <= 200)
      this.#add({ id: `${part}/${key(whole.name)}`, of: "contacts", part, contact: whole, because }, whole.name);
  }

  all(): readonly DocumentSuggestion[] {
    return this.#found;
  }
}

/** What is not in the document yet, a handful for each part. What was taken, or written by hand in the same words, is offered no more. */
export function openSuggestions(
  kind: ClientDocumentKind,
  suggestions: readonly DocumentSuggestion[],
  content: WorkingDocument,
): readonly DocumentSuggestion[] {
  const lines = new Set(documentParts[kind].flatMap((part) => (part.of === "lines" ? linesOf(content, part.key).map(key) : [])));
  const contacts = new Set(
    documentParts[kind].flatMap((part) =>
      part.of === "contacts" ? contactsOf(content, part.key).flatMap(({ name, phone }) => [key(name), digits(phone)]) : [],
    ),
  );
  const counts = new Map<string, number>();
  return suggestions.filter((suggestion) => {
    const { part } = suggestion;
    const taken =
      suggestion.of === "lines"
        ? lines.has(key(suggestion.line))
        : contacts.has(key(suggestion.contact.name)) || (suggestion.contact.phone !== "" && contacts.has(digits(suggestion.contact.phone)));
    const count = counts.get(part) ?? 0;
    if (taken || count >= mostOfPart) return false;
    counts.set(part, count + 1);
    return true;
  });
}

const digits = (phone: string) => phone.replace(/\D/g, "") || "none";

/** The document with a suggestion taken: at the end of its part, after what stands there. */
export function takeSuggestion<T extends WorkingDocument>(content: T, suggestion: DocumentSuggestion): T {
  return suggestion.of === "lines"
    ? { ...content, [suggestion.part]: [...linesOf(content, suggestion.part).filter((line) => line.trim() !== ""), suggestion.line] }
    : { ...content, [suggestion.part]: [...contactsOf(content, suggestion.part), suggestion.contact] };
}

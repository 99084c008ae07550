import type { ClientDocumentKind } from "./client-document.ts";
import { contactsOf, documentParts, linesOf, type WorkingDocument, withoutEmptyEntries } from "./document-parts.ts";
import type { SafetyContact } from "./safety-plan.ts";

/** What changed in one part between two versions. */
export interface PartChange {
  readonly title: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly from: string; readonly to: string }[];
}

/** "Ana (sister), 555-555-0142, at any hour" */
export function contactWords({ name, phone, note, anyHour }: SafetyContact): string {
  const who = [name.trim(), note.trim() === "" ? "" : `(${note.trim()})`].filter((part) => part !== "").join(" ");
  return [who, phone.trim(), anyHour ? "at any hour" : ""].filter((part) => part !== "").join(", ");
}

/** What is new, gone and different between two versions, part by part; parts that are the same are left out. The order of lines does not count. */
export function documentChanges(kind: ClientDocumentKind, before: WorkingDocument, after: WorkingDocument): readonly PartChange[] {
  const [old, now] = [withoutEmptyEntries(kind, before), withoutEmptyEntries(kind, after)];
  const parts = documentParts[kind].map((part): PartChange => {
    if (part.of === "lines") {
      const [was, is] = [linesOf(old, part.key), linesOf(now, part.key)];
      return {
        title: part.title,
        added: is.filter((line) => !was.includes(line)),
        removed: was.filter((line) => !is.includes(line)),
        changed: [],
      };
    }
    const [was, is] = [contactsOf(old, part.key), contactsOf(now, part.key)];
    const sameWords = (one: SafetyContact) => (other: SafetyContact) => contactWords(one) === contactWords(other);
    // What is as it was is taken out first, so that somebody with the same name is not mistaken for it.
    const gone = was.filter((contact) => !is.some(sameWords(contact)));
    const added: string[] = [];
    const changed: { from: string; to: string }[] = [];
    for (const contact of is.filter((one) => !was.some(sameWords(one)))) {
      const at = gone.findIndex(({ name }) => name.trim() !== "" && name.trim() === contact.name.trim());
      const [earlier] = at < 0 ? [] : gone.splice(at, 1);
      if (earlier === undefined) added.push(contactWords(contact));
      else changed.push({ from: contactWords(earlier), to: contactWords(contact) });
    }
    return { title: part.title, added, removed: gone.map(contactWords), changed };
  });
  const note = old.note.trim() === now.note.trim() ? [] : [{ title: "Note", ...noteChange(old.note.trim(), now.note.trim()) }];
  return [...parts, ...note].filter(({ added, removed, changed }) => added.length + removed.length + changed.length > 0);
}

function noteChange(from: string, to: string): Omit<PartChange, "title"> {
  if (from === "") return { added: [to], removed: [], changed: [] };
  return to === "" ? { added: [], removed: [from], changed: [] } : { added: [], removed: [], changed: [{ from, to }] };
}

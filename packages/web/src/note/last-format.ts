import { NoteFormat } from "@trellis/domain/note/note";

const key = "trellis.note-format";

/** The format in which a note was last written on this computer, for clients who have no note yet. Nothing of a client is in it. */
export function lastFormat(): NoteFormat | undefined {
  try {
    return NoteFormat.safeParse(localStorage.getItem(key)).data;
  } catch {
    return undefined;
  }
}

export function rememberFormat(format: NoteFormat): void {
  try {
    localStorage.setItem(key, format);
  } catch {
    // A browser that keeps nothing forgets the format, which is no harm.
  }
}

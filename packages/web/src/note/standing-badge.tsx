import { Badge } from "@mantine/core";
import type { NoteStanding } from "@trellis/domain/note/note-due";

const words: Record<NoteStanding, { readonly text: string; readonly color: string }> = {
  draft: { text: "Draft", color: "straw" },
  "draft-late": { text: "Draft, late", color: "clay" },
  signed: { text: "Signed", color: "leaf" },
  "signed-late": { text: "Signed late", color: "stone" },
};

/** How a note stands, in a word. */
export function StandingBadge({ standing }: { readonly standing: NoteStanding }) {
  const { text, color } = words[standing];
  return <Badge color={color}>{text}</Badge>;
}

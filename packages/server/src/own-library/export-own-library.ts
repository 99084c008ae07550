import type { OwnChapter } from "@trellis/domain/library/own-chapter";
import { type OwnItem, ownLibraryData } from "@trellis/domain/library/own-library-file";
import { Document, isMap, isSeq, type YAMLMap } from "yaml";

const about = ` The practice's own library: the statements and chapters that it wrote itself. Nothing about any client is in it.

 To bring it back, or to take it to another practice: Settings, Own library, Import. Everything is checked first, and shown before it is stored.
 You can change this file in any text editor. Leave the ids as they are, since plans refer to them; what you add needs none, or readable ones of your own
 ("goal-sleep"), by which the parts of a chapter name each other. "plain" is what the client reads.`;

/** The practice's own library as one file that people can read. The same library gives the same text. */
export function ownLibraryText(items: readonly OwnItem[], chapters: readonly OwnChapter[]): string {
  const document = new Document(ownLibraryData(items, chapters), { aliasDuplicateObjects: false, version: "1.2" });
  document.commentBefore = about;
  const { contents } = document;
  if (isMap(contents)) {
    spaced(contents, ["items", "chapters"]);
    const list = contents.get("chapters", true);
    if (isSeq(list))
      for (const [i, chapter] of list.items.entries()) {
        if (!isMap(chapter)) continue;
        if (i > 0) chapter.spaceBefore = true;
        spaced(chapter, [
          "measures",
          "definitions",
          "goals",
          "objectives",
          "interventions",
          "expectedOutcomes",
          "dischargeCriteria",
          "risks",
          "sources",
        ]);
      }
  }
  return document.toString({ lineWidth: 140, minContentWidth: 40 });
}

/** An empty line before each of these parts, so that one finds them. */
function spaced(map: YAMLMap, keys: readonly string[]): void {
  for (const { key } of map.items)
    if (typeof key === "object" && key !== null && "value" in key && keys.includes(String(key.value)))
      Object.assign(key, { spaceBefore: true });
}

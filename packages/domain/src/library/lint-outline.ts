import type { SessionOutline } from "../outline/outline.ts";
import type { LibraryFault } from "./fault.ts";
import type { Library } from "./library.ts";
import { lintBasis } from "./lint-basis.ts";
import type { Sentence } from "./near-duplicates.ts";

/** An agenda may miss the outline's minutes by this share of them: it is a frame to go by. */
const agendaTolerance = 0.1;

/** What is wrong with one outline by itself and with what it refers to. */
export function lintOutline(
  library: Library,
  file: string,
  outline: SessionOutline,
  isKnown: (id: string) => boolean = () => false,
): LibraryFault[] {
  const faults: LibraryFault[] = [];
  const report = (rule: LibraryFault["rule"], path: LibraryFault["path"], message: string): void => {
    faults.push({ rule, file, path, message });
  };
  for (const [i, id] of outline.chapters.entries())
    if (!library.chapterById.has(id) && !isKnown(id)) report("dangling-reference", ["chapters", i], `There is no chapter "${id}".`);
  faults.push(...lintBasis(library, file, [], outline, isKnown));
  const titles = new Set<string>();
  for (const [i, { title, agenda, homework }] of outline.sessions.entries()) {
    if (titles.has(title.toLowerCase())) report("duplicate-id", ["sessions", i, "title"], `Another session is called "${title}".`);
    titles.add(title.toLowerCase());
    const sum = agenda.reduce((minutes, part) => minutes + part.minutes, 0);
    if (Math.abs(sum - outline.minutes) > outline.minutes * agendaTolerance)
      report("agenda", ["sessions", i, "agenda"], `The agenda takes ${sum} minutes where a session has ${outline.minutes}.`);
    for (const [at, id] of homework.entries()) {
      const path = ["sessions", i, "homework", at];
      const given = library.homeworkById.get(id);
      if (given === undefined) {
        if (!isKnown(id)) report("dangling-reference", path, `There is no homework "${id}".`);
      } else if (!given.chapters.some((chapter) => outline.chapters.includes(chapter)))
        report("dangling-reference", path, `The homework "${id}" belongs to none of this outline's chapters.`);
    }
  }
  return faults;
}

/**
 * The sentences of an outline with their places. Aims and ways out are each a sentence of their own; the agenda of one course may say the same in
 * every session, as its sessions begin and end alike. Skills are names: the same skill may bear the same one everywhere.
 */
export function outlineSentences({ id, fit, cautions, sessions }: SessionOutline): (Sentence & { readonly path: (string | number)[] })[] {
  return [
    { owner: id, path: ["fit"], text: fit },
    ...cautions.map(({ because }, i) => ({ owner: `${id} caution ${i + 1}`, path: ["cautions", i, "because"], text: because })),
    ...sessions.flatMap(({ aim, agenda, ifNotReady }, i) => [
      { owner: `${id} session ${i + 1}`, path: ["sessions", i, "aim"], text: aim },
      ...agenda.map(({ what }, at) => ({ owner: id, path: ["sessions", i, "agenda", at, "what"], text: what })),
      { owner: `${id} session ${i + 1}`, path: ["sessions", i, "ifNotReady"], text: ifNotReady },
    ]),
  ];
}

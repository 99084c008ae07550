import { type ApproachId, approaches } from "./approach.ts";
import type { Chapter } from "./chapter.ts";
import type { LibraryStatement, StatementKind } from "./library.ts";
import { indexWords, queryWords, searchWords, type WordIndex } from "./word-index.ts";

export interface StatementFilter {
  readonly kinds?: readonly StatementKind[];
  readonly chapters?: readonly string[];
  readonly approaches?: readonly ApproachId[];
  readonly source?: LibraryStatement["source"];
}

/** Built once by `indexStatements`, used for every keystroke. */
export interface StatementIndex {
  readonly statements: readonly LibraryStatement[];
  readonly words: WordIndex;
}

/** Words that stand in nearly every statement and tell nothing apart. */
const commonWords: ReadonlySet<string> = new Set(
  "a an and are as at be been by client for from has have his her in is it of on or that the their them they this to what when which who will with you your".split(
    " ",
  ),
);

/** So many of a chapter's other names lead to its statements: the field's own, which stand first. How clients say it leads to the chapter, and would crowd each of its statements. */
const namesOfTopic = 20;

/** Prepares the search over statements: the library's, and the practice's own as further statements with source "practice". */
export function indexStatements(statements: readonly LibraryStatement[], chapters: ReadonlyMap<string, Chapter>): StatementIndex {
  const topics = new Map(
    [...chapters.values()].map((chapter) => [chapter.id, [chapter.title, ...chapter.synonyms.slice(0, namesOfTopic)].join(" ")]),
  );
  const words = indexWords(
    statements.map(({ text, plain, technique, approach, chapter }) => ({
      fields: [
        { text: technique ?? "", weight: 3 },
        { text: withoutBlanks(text), weight: 1.5 },
        { text: withoutBlanks(plain), weight: 1 },
        { text: chapter === null ? "" : (topics.get(chapter) ?? ""), weight: 0.5 },
        { text: approach === undefined ? "" : `${approach} ${approaches[approach].name}`, weight: 0.5 },
      ],
    })),
    commonWords,
  );
  return { statements, words };
}

function withoutBlanks(template: string): string {
  return template.replace(/\{[^}]*\}/g, " ");
}

/**
 * The statements that fit what was typed and the filter, best first. Without words to look for, the statements come in the order of the
 * library, so that filters alone are a way to browse.
 */
export function searchStatements(index: StatementIndex, query: string, filter: StatementFilter = {}, limit = 20): LibraryStatement[] {
  const fits = fitting(filter);
  if (queryWords(index.words, query).length === 0)
    return query.trim() === "" || /\p{L}/u.test(query) ? index.statements.filter(fits).slice(0, limit) : [];
  const matches = searchWords(index.words, query, limit, (document) => {
    const statement = index.statements[document];
    return statement !== undefined && fits(statement);
  });
  return matches.flatMap(({ document }) => index.statements[document] ?? []);
}

function fitting({ kinds, chapters, approaches: wanted, source }: StatementFilter): (statement: LibraryStatement) => boolean {
  return (statement) =>
    (kinds === undefined || kinds.includes(statement.kind)) &&
    (chapters === undefined || (statement.chapter !== null && chapters.includes(statement.chapter))) &&
    (wanted === undefined || (statement.approach !== undefined && wanted.includes(statement.approach))) &&
    (source === undefined || statement.source === source);
}

import { Link } from "@tanstack/react-router";
import type { CatalogueChapter } from "@trellis/domain/library/catalogue";
import type { FoundStatement } from "../api/library.ts";
import { kindNames, shortApproach } from "../plan/take-from-library.ts";
import classes from "./library.module.css";
import { withoutBlanks } from "./library-words.ts";
import { Star } from "./star.tsx";
import type { Favorites } from "./use-favorites.ts";

/** Statements that fit a search, each with the way to its place in its chapter. */
export function FoundStatements({
  statements,
  chapters,
  favorites,
}: {
  readonly statements: readonly FoundStatement[];
  readonly chapters: ReadonlyMap<string, CatalogueChapter>;
  readonly favorites: Favorites;
}) {
  if (statements.length === 0) return null;
  return (
    <section className={classes.group} aria-labelledby="found-statements">
      <h2 id="found-statements">Statements</h2>
      <ul className={classes.found}>
        {statements.map((statement) => {
          const chapter = statement.chapter === null ? undefined : chapters.get(statement.chapter);
          return (
            <li key={statement.id}>
              <div className={classes.itemHead}>
                <p className={classes.text}>{withoutBlanks(statement.text)}</p>
                <Star id={statement.id} of={withoutBlanks(statement.text)} favorites={favorites} />
              </div>
              <p className={classes.facts}>
                {kindNames[statement.kind]}
                {chapter !== undefined && (
                  <>
                    {" · "}
                    <Link to="/library/chapters/$chapterId" params={{ chapterId: chapter.id }} hash={statement.id}>
                      {chapter.title}
                    </Link>
                  </>
                )}
                {statement.approach !== undefined && ` · ${shortApproach(statement.approach)}`}
                {statement.technique !== undefined && ` · ${statement.technique}`}
                {statement.entry !== undefined && "basis" in statement.entry
                  ? ` · ${statement.entry.basis === "evidence" ? `evidence: ${statement.strongest}` : "practice-based"}`
                  : ""}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

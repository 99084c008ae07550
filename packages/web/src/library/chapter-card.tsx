import { Link } from "@tanstack/react-router";
import type { CatalogueChapter } from "@trellis/domain/library/catalogue";
import { populationNames } from "@trellis/domain/library/contents";
import { shortApproach } from "../plan/take-from-library.ts";
import classes from "./library.module.css";
import { chapterSize } from "./library-words.ts";
import { Star } from "./star.tsx";
import type { Favorites } from "./use-favorites.ts";

const approachesInSight = 4;

/** One chapter in a list: what it is called, what it covers, how much is in it. */
export function ChapterCard({ chapter, favorites }: { readonly chapter: CatalogueChapter; readonly favorites: Favorites }) {
  const shown = chapter.approaches.slice(0, approachesInSight).map(({ id }) => shortApproach(id));
  const more = chapter.approaches.length - shown.length;
  return (
    <li className={classes.card}>
      <div className={classes.cardHead}>
        <Link to="/library/chapters/$chapterId" params={{ chapterId: chapter.id }} className={classes.cardTitle ?? ""}>
          {chapter.title}
        </Link>
        <Star id={chapter.id} of={chapter.title} favorites={favorites} />
      </div>
      <p className={classes.cardSummary}>{chapter.summary}</p>
      <p className={classes.facts}>
        {populationNames[chapter.population]} · {chapterSize(chapter)}
      </p>
      <p className={classes.facts}>
        {shown.join(", ")}
        {more > 0 ? ` and ${more} more` : ""}
      </p>
    </li>
  );
}

import type { Plan } from "../plan/plan.ts";
import type { Chapter } from "./chapter.ts";
import type { Library } from "./library.ts";

/** The shipped chapter that a practice made its own one out of; `undefined` for every other. */
function basedOn(chapter: Chapter | undefined): string | undefined {
  return chapter !== undefined && "basedOn" in chapter && typeof chapter.basedOn === "string" ? chapter.basedOn : undefined;
}

/** True where a name means this chapter: what the library says of a shipped chapter holds for the practice's own one that was made out of it. */
export function means(named: string, chapter: Chapter): boolean {
  return chapter.id === named || basedOn(chapter) === named;
}

/** The same for the chapter of a plan's problem. */
export function meansChapter(named: string, id: string | null, library: Pick<Library, "chapterById">): boolean {
  return id !== null && (id === named || basedOn(library.chapterById.get(id)) === named);
}

/**
 * A plan as what is made for shipped chapters sees it: homework and courses of sessions fit a problem of the practice's own chapter as they fit the chapter
 * that it was made out of.
 *
 * @param shippedOf the shipped chapter of each of the practice's own that has one
 */
export function underShippedChapters<P extends Pick<Plan, "problems">>(plan: P, shippedOf: ReadonlyMap<string, string>): P {
  if (!plan.problems.some(({ chapter }) => chapter !== null && shippedOf.has(chapter))) return plan;
  return {
    ...plan,
    problems: plan.problems.map((problem) => ({
      ...problem,
      chapter: problem.chapter === null ? null : (shippedOf.get(problem.chapter) ?? problem.chapter),
    })),
  };
}

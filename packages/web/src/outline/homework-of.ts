import type { OutlineSession } from "@trellis/domain/outline/outline";
import type { OutlineCourse } from "@trellis/domain/outline/outline-course";
import type { TreatmentHomework } from "../api/treatment.ts";
import type { SessionHomework } from "./session-content.tsx";

/** A session's homework by the names that the course keeps, and whether the client has it at present. */
export function homeworkOf(
  { homeworkTitles }: Pick<OutlineCourse, "homeworkTitles">,
  { homework }: OutlineSession,
  given: readonly TreatmentHomework[],
): SessionHomework[] {
  return homework.map((id) => ({
    id,
    title: homeworkTitles[id] ?? id,
    given: given.some(({ content }) => content.libraryId === id && content.outcome === null && content.withdrawnOn === null),
  }));
}

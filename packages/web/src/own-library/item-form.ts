import type { OwnChapter } from "@trellis/domain/library/own-chapter";
import type { Measure } from "@trellis/domain/measures/measure";
import type { Problems } from "../form/problems.ts";

/** What the fields of one item get. */
export interface ItemForm<T> {
  readonly item: T;
  readonly set: (part: Partial<T>) => void;
  /** By pointer within the item. */
  readonly problems: Problems;
  readonly chapter: OwnChapter;
  readonly measures: readonly Measure[];
}

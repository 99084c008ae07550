import { queryOptions } from "@tanstack/react-query";
import type { ExpectedCourseOffer } from "@trellis/domain/measures/expected-course";
import type { Measure } from "@trellis/domain/measures/measure";
import type { ExpectedCourse } from "@trellis/domain/measures/measure-setting";
import { request } from "./client.ts";

export interface SavedExpectedCourse {
  readonly expectedCourse: ExpectedCourse | null;
  /** Of the practice's whole setting of this measure; 0 where nothing is saved yet. */
  readonly version: number;
}

const path = (measureId: string) => `/api/measure-settings/${encodeURIComponent(measureId)}/expected-course`;

/** The practice's table for a measure, and the measure as the practice uses it. */
export const expectedCourseQuery = (measureId: string) =>
  queryOptions({
    queryKey: ["expected-course", measureId],
    queryFn: ({ signal }) => request<SavedExpectedCourse & { readonly measure: Measure }>("GET", path(measureId), { signal }),
  });

/** What the practice's own courses come to. Worked out anew each time it is asked for. */
export const expectedCourseOfferQuery = (measureId: string) =>
  queryOptions({
    queryKey: ["expected-course-offer", measureId],
    queryFn: ({ signal }) => request<ExpectedCourseOffer>("GET", `${path(measureId)}/offer`, { signal }),
    staleTime: 60_000,
  });

export function saveExpectedCourse(
  measureId: string,
  version: number,
  expectedCourse: ExpectedCourse | null,
): Promise<SavedExpectedCourse> {
  return request("PUT", path(measureId), { body: { version, expectedCourse } });
}

import { queryOptions } from "@tanstack/react-query";
import type { SessionOutline } from "@trellis/domain/outline/outline";
import type { OutlineCourse } from "@trellis/domain/outline/outline-course";
import { request } from "./client.ts";
import { queryClient } from "./query-client.ts";
import { type Kept, type Treatment, treatmentChanged, treatmentQuery } from "./treatment.ts";

/** The library's structured courses, and what the homework in them is called. Fetched only where a course is chosen. */
export const outlinesQuery = queryOptions({
  queryKey: ["library", "outlines"],
  queryFn: ({ signal }) =>
    request<{
      readonly outlines: readonly SessionOutline[];
      readonly homework: readonly { readonly id: string; readonly title: string }[];
    }>("GET", "/api/library/outlines", { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Puts into the treatment on screen what the server has just confirmed; every reading of it would stand in the access log. */
function changeCourses(clientId: string, change: (courses: Treatment["outlines"]) => Treatment["outlines"]): void {
  queryClient.setQueryData<Treatment>(treatmentQuery(clientId).queryKey, (treatment) =>
    treatment === undefined ? treatment : { ...treatment, outlines: change(treatment.outlines) },
  );
}

/** Saves a course: a new one with version 0. `alongside`: another is being followed with the same plan, and both are to go on. */
export async function saveCourse(clientId: string, { id, version, content }: Kept<OutlineCourse>, alongside = false): Promise<void> {
  try {
    const saved = await request<{ readonly version: number }>("PUT", `/api/clients/${clientId}/outlines/${id}`, {
      body: { version, content, alongside },
    });
    const course = { id, version: saved.version, content };
    changeCourses(clientId, (courses) =>
      courses.some((other) => other.id === id) ? courses.map((other) => (other.id === id ? course : other)) : [...courses, course],
    );
  } catch (error) {
    // What somebody else saved meanwhile is to be seen beside the message.
    void treatmentChanged(clientId);
    throw error;
  }
}

/** Takes back a course that was chosen by mistake, before anything was held. */
export async function removeCourse(clientId: string, { id, version }: Kept<OutlineCourse>): Promise<void> {
  try {
    await request("DELETE", `/api/clients/${clientId}/outlines/${id}`, { body: { version } });
    changeCourses(clientId, (courses) => courses.filter((other) => other.id !== id));
  } catch (error) {
    void treatmentChanged(clientId);
    throw error;
  }
}

import { Review } from "@trellis/domain/review/review";
import { useMemo } from "react";
import type { ApiProblem } from "../api/client.ts";
import { queryClient } from "../api/query-client.ts";
import { type OpenReview, reviewQuery, saveReview } from "../api/reviews.ts";
import { type Saved, useVersionedAutosave, type VersionedAutosave } from "../save-state/use-versioned-autosave.ts";
import { formOf, formSchema, type ReviewForm, reviewOf } from "./review-form.ts";

/** A review while it is filled in, saved as it is typed; what somebody else decides meanwhile is joined in. */
export function useReview(clientId: string, open: OpenReview): VersionedAutosave<ReviewForm> {
  const { id, content, version, savedBy } = open;
  const stored = useMemo((): Saved<ReviewForm> => ({ content: formOf(content), version, savedBy }), [content, version, savedBy]);
  const schema = useMemo(() => formSchema(content), [content]);
  return useVersionedAutosave<ReviewForm>({
    key: `review/${id}`,
    href: `/clients/${clientId}/review/${id}`,
    schema,
    under: "/content",
    stored,
    save: (from, form) => saveReview(clientId, id, from, reviewOf(content, form)),
    keep: (saved) =>
      queryClient.setQueryData<OpenReview>(
        reviewQuery(clientId, id).queryKey,
        (before) => before && { ...before, version: saved.version, content: reviewOf(before.content, saved.content) },
      ),
    current: currentReview,
  });
}

function currentReview(problem: ApiProblem): Saved<ReviewForm> | null {
  const { current } = problem.body;
  if (typeof current !== "object" || current === null || !("content" in current) || !("version" in current)) return null;
  const review = Review.safeParse(current.content);
  if (!review.success) return null;
  const savedBy = "savedBy" in current && typeof current.savedBy === "string" ? { savedBy: current.savedBy } : {};
  return { content: formOf(review.data), version: Number(current.version), ...savedBy };
}

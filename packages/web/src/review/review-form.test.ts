import { Review } from "@trellis/domain/review/review";
import { describe, expect, it } from "vitest";
import { mergeFields } from "../save-state/merge.ts";
import { accept } from "./objective-review.tsx";
import { additionOf, decidedOf, formOf, formSchema, reviewOf, withAddition, withDecided, withRatings } from "./review-form.ts";

const proposal = (objectiveId: string) => ({
  objectiveId,
  decision: "continue" as const,
  because: [{ kind: "practice" as const, text: "Goes on." }],
});
const opened = Review.parse({
  planId: "p",
  revision: 1,
  on: "2026-11-24",
  participants: ["Robin", "Maya Okafor"],
  proposals: [proposal("o1"), proposal("o2")],
  additions: [{ id: "diagnosis-d2", kind: "diagnosis", about: "d2", text: "F41.1 stands in the chart and not in the plan." }],
});
const accepted = (objectiveId: string) =>
  accept({ ...opened.proposals[0], ...Review.shape.proposals.unwrap().element.parse(proposal(objectiveId)) });

describe("a review as it is filled in", () => {
  it("says the same review before and after", () => {
    let form = formOf(opened);
    expect(reviewOf(opened, form)).toEqual(opened);
    form = withRatings(withDecided(form, { ...accepted("o2"), reason: "As agreed." }), "o2", { client: 6, clinician: 5 });
    form = withAddition({ ...form, helps: "Walks" }, { id: "diagnosis-d2", decision: "not-now", reason: "" });
    const review = reviewOf(opened, form);
    expect(review.decided).toMatchObject([
      { objectiveId: "o2", decision: "continue", reason: "As agreed.", clientRating: 6, clinicianRating: 5 },
    ]);
    expect(review.clientsPart).toMatchObject({ helps: "Walks", ratings: [{ objectiveId: "o2", rating: 6 }] });
    expect(formOf(review)).toEqual(form);
    expect(Review.parse(review)).toEqual(review);
    expect(formSchema(opened).safeParse(form).success).toBe(true);
  });

  it("joins what two people decided about different objectives, and asks only where it was the same one", () => {
    const base = formOf(opened);
    const mine = withDecided(base, accepted("o1"));
    const theirs = withAddition(withDecided(base, accepted("o2")), { id: "diagnosis-d2", decision: "take-up", reason: "" });
    const { merged, disputed } = mergeFields(base, mine, theirs);
    expect(disputed).toEqual([]);
    expect([decidedOf(merged, "o1"), decidedOf(merged, "o2"), additionOf(merged, "diagnosis-d2")?.decision]).toEqual([
      accepted("o1"),
      accepted("o2"),
      "take-up",
    ]);
    const other = withDecided(base, { ...accepted("o1"), decision: "discontinue" });
    expect(mergeFields(base, mine, other).disputed).toEqual(["decided o1"]);
  });
});

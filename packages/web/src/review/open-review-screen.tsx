import { Button } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { ApiProblem } from "../api/client.ts";
import type { Chart } from "../api/clients.ts";
import { openReview } from "../api/reviews.ts";
import { treatmentChanged } from "../api/treatment.ts";
import { newId } from "../form/new-id.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { PageFault, Waiting } from "../shell/waiting.tsx";

/** Opens the review of the plan in force and goes on to it; says what to do where there is nothing to review. */
export function OpenReviewScreen({ chart }: { readonly chart: Chart }) {
  const navigate = useNavigate();
  const plan = chart.plans.find(({ status }) => status === "active");
  const draft = chart.plans.find(({ status }) => status === "draft");
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const id = useRef(newId());
  const planId = plan?.id;
  useEffect(() => {
    if (planId === undefined) return;
    let left = false;
    openReview(chart.id, planId, id.current)
      .then(async (opened) => {
        if (!opened.found) void treatmentChanged(chart.id);
        if (!left)
          await navigate({ to: "/clients/$clientId/review/$reviewId", params: { clientId: chart.id, reviewId: opened.id }, replace: true });
      })
      .catch((caught: unknown) => {
        if (!left) setError(caught);
      });
    return () => {
      left = true;
    };
  }, [chart.id, planId, navigate, attempt]);
  const draftIsThere = error instanceof ApiProblem && error.body.state === "draft";
  if (planId === undefined || draftIsThere)
    return (
      <>
        <PageHeading>Review of the plan</PageHeading>
        <EmptyState
          icon="pencil"
          title={draftIsThere ? "The next revision is being written already" : "There is no signed plan to review yet"}
          action={
            <Button component={Link} to={draft === undefined ? `/clients/${chart.id}` : `/clients/${chart.id}/plan/${draft.id}`}>
              {draft === undefined ? "To the overview" : "Go to the draft"}
            </Button>
          }
        >
          {draftIsThere
            ? "A review looks at a plan in force and becomes its next revision. Finish and sign the draft first, then review that."
            : "A plan is reviewed once client and clinician have signed it."}
        </EmptyState>
      </>
    );
  if (error !== undefined)
    return (
      <PageFault
        error={error}
        retry={() => {
          setError(undefined);
          setAttempt((n) => n + 1);
        }}
      />
    );
  return <Waiting what="the review" />;
}

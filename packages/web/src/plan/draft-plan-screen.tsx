import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { Plan } from "@trellis/domain/plan/plan";
import { request } from "../api/client.ts";
import { PageHeading } from "../shell/page-heading.tsx";
import { PageFault, Waiting } from "../shell/waiting.tsx";

/** The plan as it stands. */
export default function PlanComposerScreen() {
  const { planId } = useParams({ from: "/signed-in/shell/clients/$clientId/plan/$planId" });
  const plan = useQuery({ queryKey: ["plan", planId], queryFn: () => request<{ plan: Plan }>("GET", `/api/plans/${planId}`) });
  if (plan.error !== null) return <PageFault error={plan.error} retry={() => void plan.refetch()} />;
  if (plan.data === undefined) return <Waiting what="the plan" />;
  return <PageHeading>Treatment plan for {plan.data.plan.subject.calledName}</PageHeading>;
}

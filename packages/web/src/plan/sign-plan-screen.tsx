import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { Plan } from "@trellis/domain/plan/plan";
import { request } from "../api/client.ts";
import { PageHeading } from "../shell/page-heading.tsx";
import { PageFault, Waiting } from "../shell/waiting.tsx";

/** The plan that is to be signed. */
export default function SignPlanScreen() {
  const { planId } = useParams({ from: "/signed-in/shell/clients/$clientId/plan/$planId/sign" });
  const plan = useQuery({ queryKey: ["plan", planId], queryFn: () => request<{ plan: Plan }>("GET", `/api/plans/${planId}`) });
  if (plan.error !== null) return <PageFault error={plan.error} retry={() => void plan.refetch()} />;
  if (plan.data === undefined) return <Waiting what="the plan" />;
  return <PageHeading>Sign the plan for {plan.data.plan.subject.calledName}</PageHeading>;
}

import { Navigate, useParams } from "@tanstack/react-router";
import { useChart } from "../client/use-chart.ts";
import { intakeProgress } from "./sections.ts";

/** Opens the intake where one goes on: the first section that is not filled, or the first of all. */
export function IntakeStartScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/intake" });
  const chart = useChart(clientId);
  const { next } = intakeProgress(chart.intake);
  return <Navigate to="/clients/$clientId/intake/$section" params={{ clientId, section: next ?? "presentingProblems" }} replace />;
}

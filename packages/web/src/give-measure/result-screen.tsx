import { useParams } from "@tanstack/react-router";
import { newestOfEach } from "../client/alerts.ts";
import { useChart } from "../client/use-chart.ts";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { Result } from "./give-measure-screen.tsx";
import { useMeasures } from "./use-measures.ts";

/** What came of a measure that the client answered on this screen, when the clinician has it back. */
export function ResultScreen() {
  const { clientId, measureId } = useParams({ from: "/signed-in/shell/clients/$clientId/measures/$measureId/result" });
  const chart = useChart(clientId);
  const measures = useMeasures(chart).data;
  usePageTitle(`Result · ${initials(chart.client.name)}`);
  if (measures === undefined) return <Waiting what="the result" />;
  const measure = measures.find(({ id }) => id === measureId);
  const administration = newestOfEach(chart.administrations).find((given) => given.measure === measureId);
  if (measure === undefined || administration === undefined) return <PageFault error={new Error("There is no result yet.")} />;
  return <Result chart={chart} measure={measure} administration={administration} />;
}

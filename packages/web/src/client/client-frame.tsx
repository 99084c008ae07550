import { Badge, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useParams } from "@tanstack/react-router";
import { ageInYears, formatDate } from "@trellis/domain/calendar/date";
import { calledName, legalName } from "@trellis/domain/client/client";
import { Suspense } from "react";
import { ApiProblem } from "../api/client.ts";
import { type Chart, chartQuery } from "../api/clients.ts";
import { useToday } from "../session/today.ts";
import { Tabs } from "../shell/tabs.tsx";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import classes from "./client.module.css";
import { EmergencyAccess } from "./emergency-access.tsx";
import { planToOpen } from "./next-steps.ts";

/** Who the page is about, and the ways to the parts of the chart; around every page of a client. */
export function ClientFrame() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId" });
  const chart = useQuery(chartQuery(clientId));
  if (chart.data === undefined) {
    if (chart.error instanceof ApiProblem && chart.error.status === 403)
      return <EmergencyAccess clientId={clientId} problem={chart.error} />;
    if (chart.error !== null) return <PageFault error={chart.error} retry={() => void chart.refetch()} />;
    return <Waiting what="the chart" />;
  }
  return (
    <>
      <ClientHeader chart={chart.data} />
      <Suspense fallback={<Waiting />}>
        <Outlet />
      </Suspense>
    </>
  );
}

/** The parts of a chart in the order of the work, with the plan in between, which has an address of its own. */
const beforePlan = [
  ["/clients/$clientId/intake", "Intake"],
  ["/clients/$clientId/diagnoses", "Diagnoses"],
] as const;
const afterPlan = [
  ["/clients/$clientId/sessions", "Sessions"],
  ["/clients/$clientId/notes", "Notes"],
  ["/clients/$clientId/homework", "Homework"],
  ["/clients/$clientId/measures", "Measures"],
  ["/clients/$clientId/progress", "Progress"],
  ["/clients/$clientId/safety", "Safety"],
  ["/clients/$clientId/alerts", "Alerts"],
  ["/clients/$clientId/edit", "Details"],
  ["/clients/$clientId/access-log", "Access log"],
] as const;

function ClientHeader({ chart }: { readonly chart: Chart }) {
  const today = useToday();
  const { client } = chart;
  const plan = planToOpen(chart.plans);
  const called = calledName(client);
  const facts = [
    client.pronouns,
    `${ageInYears(client.birthDate, today)} years`,
    `born ${formatDate(client.birthDate)}`,
    client.recordNumber === "" ? "" : `record ${client.recordNumber}`,
  ].filter((fact) => fact !== "");
  const params = { clientId: chart.id };
  const tab = ([to, name]: (typeof beforePlan | typeof afterPlan)[number]) => (
    <Link key={to} to={to} params={params} className={classes.tab ?? ""}>
      {name}
    </Link>
  );
  return (
    <div className={classes.frame}>
      <Group gap="xs" align="baseline">
        <Link to="/clients/$clientId" params={params} className={classes.clientName ?? ""}>
          <bdi>{legalName(client)}</bdi>
        </Link>
        {called !== client.name.given && <Text component="span">called {called}</Text>}
        {chart.isPracticeClient && <Badge color="straw">Practice client · not counted anywhere</Badge>}
      </Group>
      <Text size="sm" c="dimmed">
        {facts.join(" · ")}
      </Text>
      <Tabs label="Chart">
        <Link to="/clients/$clientId" params={params} activeOptions={{ exact: true }} className={classes.tab ?? ""}>
          Overview
        </Link>
        {beforePlan.map(tab)}
        {plan !== null && (
          <Link to="/clients/$clientId/plan/$planId" params={{ ...params, planId: plan.id }} className={classes.tab ?? ""}>
            Plan
          </Link>
        )}
        {afterPlan.map(tab)}
      </Tabs>
    </div>
  );
}

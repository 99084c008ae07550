import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useChart } from "../client/use-chart.ts";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { DocumentScreen } from "./document-screen.tsx";
import { RiskHistoryView } from "./risk-history-view.tsx";
import classes from "./safety.module.css";

const shown = {
  "safety-plan": {
    title: "Safety plan",
    lead: "Written together, in the client’s own words: what to do, in order, when it gets dangerous. Short and true is better than complete.",
  },
  "relapse-plan": {
    title: "Plan for staying well",
    lead: "For the time after therapy, written together near its end: what helped, what shows early, and when to come back.",
  },
  risk: { title: "History of risk", lead: "What was judged, what spoke of danger, and what was done, side by side as the record has it." },
} as const;

const order = ["safety-plan", "relapse-plan", "risk"] as const;

/** The safety plan, the plan for staying well, and how risk went over time. */
export function SafetyScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/safety" });
  const { kind = "safety-plan" } = useSearch({ from: "/signed-in/shell/clients/$clientId/safety" });
  const chart = useChart(clientId);
  const { title, lead } = shown[kind];
  usePageTitle(`${title} · ${initials(chart.client.name)}`);
  return (
    <>
      <nav className={classes.tabs} aria-label="Safety">
        {order.map((one) => (
          <Link
            key={one}
            to="/clients/$clientId/safety"
            params={{ clientId }}
            search={one === "safety-plan" ? {} : { kind: one }}
            activeOptions={{ exact: true, includeSearch: true }}
          >
            {shown[one].title}
          </Link>
        ))}
      </nav>
      <PageHeading key={`heading-${kind}`} lead={lead}>
        {title}
      </PageHeading>
      {kind === "risk" ? <RiskHistoryView chart={chart} /> : <DocumentScreen key={kind} chart={chart} kind={kind} />}
    </>
  );
}

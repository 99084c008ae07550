import { Badge, Button, SegmentedControl, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { type AlertFilter, alertCountQuery, alertsQuery, type ListedAlert } from "../api/alerts.ts";
import { queryClient } from "../api/query-client.ts";
import { useSignedIn } from "../api/session.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { AcknowledgeDialog, type ToAcknowledge } from "./acknowledge-dialog.tsx";
import { AlertItem } from "./alert-item.tsx";
import { alertTitles } from "./alert-words.ts";
import classes from "./alerts.module.css";

/** What needs somebody's eye, over all clients: danger first, then whatever waits longest. */
export function AlertsScreen() {
  usePageTitle("Alerts");
  const [filter, setFilter] = useState<AlertFilter>("mine");
  const [asked, setAsked] = useState<ToAcknowledge | null>(null);
  const alerts = useQuery(alertsQuery(filter));
  const { data: counted } = useQuery(alertCountQuery);
  const known = useRef(counted?.count);
  // The count is asked for every minute; the list, which is written into the trail, when the count says that there is news.
  useEffect(() => {
    if (known.current !== undefined && counted !== undefined && counted.count !== known.current)
      void queryClient.invalidateQueries({ queryKey: ["alerts", "list"] });
    known.current = counted?.count ?? known.current;
  }, [counted]);
  return (
    <>
      <PageHeading
        lead="Answers about danger, therapies that do not help as they should, and clients who stay away. Each stays until somebody says what was done."
        actions={
          <SegmentedControl
            aria-label="Whose alerts"
            value={filter}
            onChange={(value) => setFilter(value === "all" ? "all" : "mine")}
            data={[
              { value: "mine", label: "For me" },
              { value: "all", label: "All I may see" },
            ]}
          />
        }
      >
        Alerts
      </PageHeading>
      {alerts.error !== null ? (
        <PageFault error={alerts.error} retry={() => void alerts.refetch()} />
      ) : alerts.data === undefined ? (
        <Waiting what="the alerts" />
      ) : alerts.data.alerts.length === 0 ? (
        <EmptyState
          icon="check"
          title={filter === "mine" ? "Nothing waits for you" : "Nothing waits"}
          action={
            <Button component={Link} to="/clients" variant="default">
              To your clients
            </Button>
          }
        >
          You are told here when an answer speaks of danger, when a client gets worse or does not get better, and when measures or sessions
          are missed.
        </EmptyState>
      ) : (
        <div className={classes.sheet}>
          <ul className={classes.list} aria-label="Open alerts">
            {alerts.data.alerts.map((alert) => (
              <li key={alert.id}>
                <AlertItem
                  asked={{ ...alert, alert }}
                  name={`${alertTitles[alert.kind]}, ${alert.name}`}
                  head={<Whose alert={alert} />}
                  onAcknowledge={setAsked}
                />
              </li>
            ))}
          </ul>
        </div>
      )}
      {alerts.data?.more === true && (
        <Text c="dimmed" mt="sm">
          These are the most urgent ones. More come up as they are acknowledged.
        </Text>
      )}
      {asked !== null && <AcknowledgeDialog asked={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function Whose({ alert }: { readonly alert: ListedAlert }) {
  const { member, practice } = useSignedIn();
  const others = alert.treatedBy.filter((name) => name !== member.name);
  return (
    <Text component="div" mb={4}>
      <Link to="/clients/$clientId" params={{ clientId: alert.clientId }} style={{ fontWeight: 600 }}>
        <bdi>{alert.name}</bdi>
      </Link>{" "}
      {alert.isPracticeClient && <Badge color="straw">Practice client</Badge>}
      <Text span size="sm" c="dimmed">
        raised {new Date(alert.raisedAt).toLocaleDateString("en-US", { timeZone: practice.timeZone, dateStyle: "medium" })}
        {others.length > 0
          ? ` · treated by ${alert.treatedBy.join(", ")}`
          : alert.treatedBy.length === 0
            ? " · nobody treats this client"
            : ""}
      </Text>
    </Text>
  );
}

import { Badge, Button, SegmentedControl, Text, Title } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import { type DueLine, dueQuery } from "../api/due.ts";
import { hasRole, useSignedIn } from "../api/session.ts";
import { FollowUpsDue } from "../ending/follow-ups-due.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { Icon } from "../shell/icon.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { type DueGroup, dueGroups, dueWords, lastWords } from "./due-groups.ts";
import classes from "./week.module.css";

/** Which measures are due this week, over all clients, and every way to get them answered. */
export function WeekScreen() {
  usePageTitle("This week");
  const { member } = useSignedIn();
  const [of, setOf] = useState<"mine" | "all">(hasRole(member, "clinician") ? "mine" : "all");
  const due = useQuery({ ...dueQuery(of), placeholderData: keepPreviousData });
  return (
    <>
      <PageHeading lead="Measures that your plans ask for within the next seven days, and those whose day has passed.">
        This week
      </PageHeading>
      <Text mb="md">
        <Link to="/reviews">Plans to review</Link> have a list of their own.
      </Text>
      <div className={classes.tools}>
        <SegmentedControl
          aria-label="Whose clients"
          value={of}
          onChange={(value) => setOf(value === "mine" ? "mine" : "all")}
          data={[
            { value: "mine", label: "In my care" },
            { value: "all", label: "All I may see" },
          ]}
        />
        {due.data !== undefined && (
          <Text c="dimmed" role="status">
            {countWords(due.data.lines)}
          </Text>
        )}
      </div>
      {due.data === undefined ? (
        due.error === null ? (
          <Waiting what="the list" />
        ) : (
          <PageFault error={due.error} retry={() => void due.refetch()} />
        )
      ) : due.data.lines.length === 0 ? (
        <EmptyState
          icon="check"
          title="Nothing is due this week"
          action={
            <Button component={Link} to="/clients" variant="default">
              Go to your clients
            </Button>
          }
        >
          What a plan lists under “Measures along the way” appears here when its day comes.
          {of === "mine" && " Clients of others in your practice are under “All I may see”."}
        </EmptyState>
      ) : (
        <div className={classes.groups} data-stale={due.isPlaceholderData || undefined}>
          {dueGroups(due.data.lines, due.data.today).map((group) => (
            <Group key={group.title} group={group} today={due.data.today} />
          ))}
          {due.data.more && (
            <Text c="dimmed">These are the first {due.data.lines.length}. The others appear when some of them are done.</Text>
          )}
        </div>
      )}
      <FollowUpsDue of={of} />
    </>
  );
}

function countWords(lines: readonly DueLine[]): string {
  if (lines.length === 0) return "";
  const clients = new Set(lines.map(({ clientId }) => clientId)).size;
  return `${lines.length} ${lines.length === 1 ? "measure" : "measures"}, ${clients} ${clients === 1 ? "client" : "clients"}`;
}

function Group({ group: { title, lines }, today }: { readonly group: DueGroup; readonly today: string }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h3" id={id} mb="xs">
        {title}
      </Title>
      <ul className={classes.list}>
        {lines.map((line) => (
          <Line key={`${line.clientId}/${line.measure}`} line={line} today={today} />
        ))}
      </ul>
    </section>
  );
}

function Line({ line, today }: { readonly line: DueLine; readonly today: string }) {
  const { clientId, name, measure, measureName, state, canBeAnswered } = line;
  const at = `/clients/${clientId}/measures/${measure}`;
  const whose = <span className={classes.unseen}>, {`${measureName} of ${name}`}</span>;
  return (
    <li className={classes.line} data-state={state}>
      <div className={classes.what}>
        <p className={classes.title}>
          <Link to="/clients/$clientId" params={{ clientId }}>
            <bdi>{name}</bdi>
          </Link>
          <span>
            <strong>{measureName}</strong> {dueWords(line, today)}
          </span>
          {state !== "due" && (
            <Badge color={state === "missed" ? "clay" : "straw"} leftSection={<Icon name="clock" size={13} />}>
              {state === "missed" ? "Missed" : "Overdue"}
            </Badge>
          )}
          {line.isPracticeClient && <Badge color="straw">Practice client</Badge>}
          {!line.inForce && <Badge color="stone">Plan in draft</Badge>}
        </p>
        <p className={classes.facts}>
          {line.why} {lastWords(line)}
        </p>
      </div>
      <div className={classes.ways}>
        <Button component={Link} to={`${at}/give`} size="compact-md">
          Enter answers{whose}
        </Button>
        {canBeAnswered && (
          <>
            <Button
              component={Link}
              to={`${at}/hand-over`}
              variant="default"
              size="compact-md"
              leftSection={<Icon name="hand" size={16} />}
            >
              Hand over{whose}
            </Button>
            <a className={classes.link} href={`/clients/${clientId}/answer-links`}>
              Send a link{whose}
            </a>
          </>
        )}
      </div>
    </li>
  );
}

import { Badge, Button, SegmentedControl, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { dueInWords } from "@trellis/domain/review/review-due";
import { useState } from "react";
import { type ReviewLine, reviewsDueQuery } from "../api/reviews.ts";
import { hasRole, useSignedIn } from "../api/session.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { Icon } from "../shell/icon.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import classes from "../week/week.module.css";

/** Which plans are to be reviewed, the most overdue first, each one click from its review. */
export function ReviewsDueScreen() {
  usePageTitle("Reviews");
  const { member } = useSignedIn();
  const [of, setOf] = useState<"mine" | "all">(hasRole(member, "clinician") ? "mine" : "all");
  const due = useQuery({ ...reviewsDueQuery(of), placeholderData: keepPreviousData });
  return (
    <>
      <PageHeading lead="Plans to look at again with the client within the next two weeks, and those whose day has passed.">
        Reviews
      </PageHeading>
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
            {due.data.lines.length === 0 ? "" : `${due.data.lines.length} ${due.data.lines.length === 1 ? "plan" : "plans"}`}
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
          title="No review is due"
          action={
            <Button component={Link} to="/clients" variant="default">
              Go to your clients
            </Button>
          }
        >
          A signed plan appears here two weeks before the day on which it is to be reviewed. A review can be opened earlier from the plan
          itself.
        </EmptyState>
      ) : (
        <ul className={classes.list} data-stale={due.isPlaceholderData || undefined} aria-label="Reviews that are due">
          {due.data.lines.map((line) => (
            <Line key={line.planId} line={line} />
          ))}
        </ul>
      )}
    </>
  );
}

const partWords: Record<ReviewLine["clientsPart"], string> = {
  none: "",
  asked: "The client’s part is asked for by link.",
  answered: "The client’s part is answered.",
};

function Line({ line }: { readonly line: ReviewLine }) {
  const { clientId, name, days, reviewDue, state, reviewId, draftRevision } = line;
  return (
    <li className={classes.line} data-state={state}>
      <div className={classes.what}>
        <p className={classes.title}>
          <Link to="/clients/$clientId" params={{ clientId }}>
            <bdi>{name}</bdi>
          </Link>
          <span>{dueInWords(days)}</span>
          {days < 0 && (
            <Badge color={days < -14 ? "clay" : "straw"} leftSection={<Icon name="clock" size={13} />}>
              Overdue
            </Badge>
          )}
          {state === "open" && <Badge color="leaf">Begun</Badge>}
          {state === "draft" && <Badge color="stone">Revision {draftRevision} in draft</Badge>}
          {line.isPracticeClient && <Badge color="straw">Practice client</Badge>}
        </p>
        <p className={classes.facts}>
          Revision {line.revision}, to be reviewed on {formatDate(reviewDue)}. {partWords[line.clientsPart]}
        </p>
      </div>
      <div className={classes.ways}>
        <Button
          component={Link}
          to={state === "draft" ? `/clients/${clientId}/plan/${line.planId}/sign` : `/clients/${clientId}/review/${reviewId ?? "new"}`}
          size="compact-md"
          variant={state === "draft" ? "default" : "filled"}
        >
          {state === "draft" ? "Go to the draft" : state === "open" ? "Go on with it" : "Review it"}
          <span className={classes.unseen}>, {name}</span>
        </Button>
      </div>
    </li>
  );
}

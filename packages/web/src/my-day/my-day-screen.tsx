import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { alertCountQuery } from "../api/alerts.ts";
import { type MyDay, myDayQuery } from "../api/my-day.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { longDate } from "../week/due-groups.ts";
import { DaySessions } from "./day-sessions.tsx";
import { isEmptyDay, leadOf } from "./day-words.ts";
import classes from "./my-day.module.css";
import { CoSignatureCard, FollowUpsCard, HomeworkCard, MeasuresCard, NotesCard, PlansCard, ReviewsCard } from "./waiting-cards.tsx";

/** The first screen of a clinician: today's sessions with what each needs, and everything that waits for a hand, one click from done. */
export function MyDayScreen() {
  usePageTitle("My day");
  const day = useQuery(myDayQuery);
  if (day.data === undefined) {
    if (day.error !== null) return <PageFault error={day.error} retry={() => void day.refetch()} />;
    return <Waiting what="your day" />;
  }
  return <Day day={day.data} />;
}

function Day({ day }: { readonly day: MyDay }) {
  const { data: alerts } = useQuery(alertCountQuery);
  const waiting = alerts?.count ?? 0;
  return (
    <>
      <PageHeading
        lead={leadOf(day)}
        actions={
          waiting > 0 && (
            <Button component={Link} to="/alerts" color="clay">
              {waiting === 1 ? "1 alert" : `${waiting} alerts`}
            </Button>
          )
        }
      >
        {longDate(day.today)}
      </PageHeading>
      {isEmptyDay(day) && waiting === 0 ? (
        <EmptyState
          icon="leaf"
          title="Nothing waits for you today"
          action={
            <Button component={Link} to="/calendar">
              Plan a session
            </Button>
          }
        >
          Sessions stand here as soon as they are in the calendar, and so do notes, reviews, plans and homework that wait for you.
        </EmptyState>
      ) : (
        <div className={classes.day}>
          <DaySessions sessions={day.sessions} today={day.today} />
          <div className={classes.waiting}>
            {day.coSignature !== null && <CoSignatureCard waiting={day.coSignature} />}
            <NotesCard notes={day.notes} today={day.today} />
            <ReviewsCard reviews={day.reviews} />
            <PlansCard plans={day.plans} />
            <HomeworkCard homework={day.homework} />
            <MeasuresCard count={day.measuresDue} />
            <FollowUpsCard followUps={day.followUps} />
          </div>
        </div>
      )}
      {!isEmptyDay(day) && (
        <Text c="dimmed" size="sm" mt="lg">
          Clients in your care only. Those of others are in the lists of this week, reviews and alerts.
        </Text>
      )}
    </>
  );
}

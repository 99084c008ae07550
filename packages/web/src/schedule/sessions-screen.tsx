import { Alert, Anchor, Badge, Button, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { addDays, addWeeks, formatDate, weekdayOf } from "@trellis/domain/calendar/date";
import { formatTime } from "@trellis/domain/calendar/wall-clock";
import { calledName } from "@trellis/domain/client/client";
import { tookPlace } from "@trellis/domain/course/session";
import { comingSessions } from "@trellis/domain/schedule/coming-session";
import { weekdayWords } from "@trellis/domain/schedule/schedule-words";
import type { Series } from "@trellis/domain/schedule/series";
import { rhythmWords, seriesFromPlan, whereSeriesDiffers } from "@trellis/domain/schedule/series-from-plan";
import { useState } from "react";
import { sessionPlanQuery } from "../api/schedule.ts";
import { useSignedIn } from "../api/session.ts";
import { type Kept, useTreatment } from "../api/treatment.ts";
import classes from "../client/client.module.css";
import { useChart } from "../client/use-chart.ts";
import { attendanceWords } from "../course/course-entry-words.ts";
import { type Recorded, SessionDialog as RecordedDialog } from "../course/session-dialog.tsx";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { AuthorizationsCard } from "./authorizations-card.tsx";
import { PlanSessionDialog } from "./plan-session-dialog.tsx";
import { RestOfSeriesDialog } from "./rest-of-series-dialog.tsx";
import { SessionDialog } from "./session-dialog.tsx";
import { SessionList } from "./session-list.tsx";
import { hoursOf, ofTreatment, type ShownSession } from "./shown-session.ts";

/** So many of each list are in sight at first. */
const inSight = 8;

/** When a client's sessions were and will be, the series that they belong to, and what the payer authorized for them. */
export function SessionsScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/sessions" });
  const chart = useChart(clientId);
  const treatment = useTreatment(clientId);
  const plan = useQuery(sessionPlanQuery(clientId)).data;
  const { member } = useSignedIn();
  const today = useToday();
  usePageTitle(`Sessions · ${initials(chart.client.name)}`);
  const [planning, setPlanning] = useState<"one" | "series" | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [rest, setRest] = useState<{ readonly series: Kept<Series>; readonly fromPlan: boolean } | null>(null);
  const [changed, setChanged] = useState<Recorded | null>(null);
  const [said, setSaid] = useState("");

  const name = calledName(chart.client);
  const client = { id: clientId, name };
  const shown = ofTreatment(treatment, clientId, name);
  const coming = comingSessions(shown, treatment.sessions, today);
  const byTime = (a: ShownSession, b: ShownSession) => `${b.date} ${b.startTime}`.localeCompare(`${a.date} ${a.startTime}`);
  const past = shown.filter((session) => !coming.includes(session)).toSorted(byTime);
  const unplanned = treatment.sessions.filter(({ id }) => !treatment.appointments.some((appointment) => appointment.id === id));
  const hours = hoursOf(shown);
  const opened = hours.find(({ key }) => key === open);
  const running = treatment.series.filter(({ id, content }) => content.endedOn === null && coming.some(({ seriesId }) => seriesId === id));
  // Groups come on top of the plan's own rhythm.
  const took = treatment.sessions.filter(
    ({ date, attendance, detail }) => tookPlace(attendance) && detail.format !== "group" && (plan?.start == null || date >= plan.start),
  ).length;
  const ahead = coming.filter(({ groupId }) => groupId === null);
  const already = took + ahead.length;
  const proposal = plan?.sessionPlan == null ? null : seriesFromPlan(plan.sessionPlan, already);
  const last = shown.toSorted(byTime)[0];
  // As the last one, a week on; otherwise tomorrow.
  const next =
    last === undefined
      ? { date: addDays(today, 1), startTime: "09:00" }
      : { date: laterOf(addWeeks(last.date, 1), addDays(today, 1)), startTime: last.startTime };
  // What is replaced is planned once more.
  const restProposal =
    rest?.fromPlan === true && plan?.sessionPlan != null
      ? seriesFromPlan(plan.sessionPlan, took + ahead.filter(({ seriesId }) => seriesId !== rest.series.id).length)
      : null;
  const done = (words: string) => {
    setPlanning(null);
    setOpen(null);
    setRest(null);
    setSaid(words);
  };

  return (
    <>
      <PageHeading
        actions={
          <>
            <Button variant={running.length === 0 && proposal !== null ? "default" : "filled"} onClick={() => setPlanning("one")}>
              Plan a session
            </Button>
            {running.length === 0 && (
              <Button variant={proposal !== null ? "filled" : "default"} onClick={() => setPlanning("series")}>
                {proposal === null ? "Plan a series" : `Plan a series: ${rhythmWords(proposal)}`}
              </Button>
            )}
          </>
        }
      >
        Sessions
      </PageHeading>
      <Stack gap="lg">
        <div role="status">
          {said !== "" && (
            <Alert color="leaf" withCloseButton closeButtonLabel="Close" onClose={() => setSaid("")}>
              {said}
            </Alert>
          )}
        </div>
        <div className={classes.columns}>
          <div className={classes.column}>
            <Card title="Coming">
              {coming.length === 0 ? (
                <Text c="dimmed">
                  No session is planned.{" "}
                  {proposal === null
                    ? "Plan one, or a series of them."
                    : `The plan asks for ${rhythmWords(proposal)}, ${proposal.minutes} minutes: a series takes that over.`}
                </Text>
              ) : (
                <Some sessions={coming} onOpen={setOpen} label="Coming sessions" />
              )}
            </Card>
            <Card title="So far">
              {past.length + unplanned.length === 0 ? (
                <Text c="dimmed">Nothing yet.</Text>
              ) : (
                <Stack>
                  {past.length > 0 && <Some sessions={past} onOpen={setOpen} label="Sessions so far" />}
                  {unplanned.length > 0 && (
                    <div>
                      <Text fw={600} size="sm" mb={4}>
                        Recorded without having been planned
                      </Text>
                      <ul className={classes.plain}>
                        {unplanned.toReversed().map((session) => (
                          <li key={session.id} className={classes.row}>
                            <span>
                              {formatDate(session.date)}: {attendanceWords[session.attendance].toLowerCase()}
                            </span>
                            <Button
                              variant="subtle"
                              size="compact-sm"
                              onClick={() => setChanged(session)}
                              aria-label={`Change: session of ${formatDate(session.date)}`}
                            >
                              Change
                            </Button>
                          </li>
                        ))}
                      </ul>
                    </div>
                  )}
                </Stack>
              )}
            </Card>
          </div>
          <div className={classes.column}>
            <Card
              title="Series"
              actions={
                running.length > 0 ? (
                  <Anchor component="button" type="button" onClick={() => setPlanning("series")}>
                    Plan another
                  </Anchor>
                ) : undefined
              }
            >
              {treatment.series.length === 0 ? (
                <Text c="dimmed">None. A series plans many sessions at once, at the same time of the same weekday.</Text>
              ) : (
                <Stack gap="md">
                  {treatment.series.toReversed().map((series) => (
                    <SeriesLine
                      key={series.id}
                      series={series}
                      left={coming.filter(({ seriesId }) => seriesId === series.id).length}
                      differs={
                        plan?.sessionPlan == null || !running.includes(series) || series.content.detail.format === "group"
                          ? null
                          : whereSeriesDiffers(series.content, plan.sessionPlan)
                      }
                      onRest={(fromPlan) => setRest({ series, fromPlan })}
                    />
                  ))}
                </Stack>
              )}
            </Card>
            <AuthorizationsCard clientId={clientId} treatment={treatment} payer={chart.client.coverage?.payer ?? ""} />
          </div>
        </div>
      </Stack>
      {planning !== null && (
        <PlanSessionDialog
          client={client}
          {...next}
          clinicianId={last?.clinicianId ?? member.id}
          asSeries={planning === "series"}
          already={already}
          onClose={() => setPlanning(null)}
          onSaved={done}
        />
      )}
      {opened !== undefined && <SessionDialog key={opened.key} hour={opened} onClose={() => setOpen(null)} onSaved={done} />}
      {rest !== null && (
        <RestOfSeriesDialog
          clientId={clientId}
          clientName={name}
          series={rest.series}
          appointments={treatment.appointments}
          sessions={treatment.sessions}
          from={coming.find(({ seriesId }) => seriesId === rest.series.id)?.date ?? today}
          {...(restProposal === null ? {} : { proposal: restProposal })}
          onClose={() => setRest(null)}
          onSaved={done}
        />
      )}
      {changed !== null && <RecordedDialog chart={chart} session={changed} onClose={() => setChanged(null)} />}
    </>
  );
}

const laterOf = (a: string, b: string) => (a > b ? a : b);

function Some({
  sessions,
  onOpen,
  label,
}: {
  readonly sessions: readonly ShownSession[];
  readonly onOpen: (key: string) => void;
  readonly label: string;
}) {
  const [all, setAll] = useState(false);
  return (
    <>
      <SessionList hours={hoursOf(all ? sessions : sessions.slice(0, inSight))} onOpen={({ key }) => onOpen(key)} withDate label={label} />
      {sessions.length > inSight && (
        <Button variant="subtle" size="compact-sm" mt="xs" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${sessions.length}`}
        </Button>
      )}
    </>
  );
}

/** A series: how often, until when, whether the plan now asks for something else, and how it ended. */
function SeriesLine({
  series,
  left,
  differs,
  onRest,
}: {
  readonly series: Kept<Series>;
  readonly left: number;
  readonly differs: string | null;
  readonly onRest: (fromPlan: boolean) => void;
}) {
  const { firstDate, startTime, everyWeeks, weekdays, detail, endedOn, endedReason } = series.content;
  const days = weekdays.length > 0 ? weekdays : [weekdayOf(firstDate)];
  const rhythm = rhythmWords({ everyWeeks, perWeek: new Set(days).size });
  const words = `${rhythm.slice(0, 1).toUpperCase()}${rhythm.slice(1)}, ${days.map((day) => weekdayWords[day]).join(" and ")}, ${formatTime(startTime)}`;
  return (
    <div>
      <Text fw={600}>
        {words} {detail.format === "group" && <Badge color="stone">{detail.groupName || "Group"}</Badge>}
      </Text>
      <Text size="sm" c="dimmed">
        {detail.minutes} minutes, from {formatDate(firstDate)}
        {endedOn === null ? ` · ${left === 0 ? "all sessions have been" : `${left} still to come`}` : ""}
      </Text>
      {endedOn !== null && (
        <Text size="sm">
          Ended {formatDate(endedOn)}: {endedReason}
        </Text>
      )}
      {differs !== null && (
        <Alert color="straw" mt={6} p="sm">
          {differs} The series goes on as it was.
          <div style={{ marginTop: "0.4rem" }}>
            <Button size="compact-md" onClick={() => onRest(true)}>
              Plan the rest from the new frequency
            </Button>
          </div>
        </Alert>
      )}
      {endedOn === null && left > 0 && (
        <Button variant="default" size="compact-md" mt={6} onClick={() => onRest(false)} aria-label={`Change or end the rest: ${words}`}>
          Change or end the rest
        </Button>
      )}
    </div>
  );
}

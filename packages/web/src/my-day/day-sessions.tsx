import { Badge, Button, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { formatTime, momentOf } from "@trellis/domain/calendar/wall-clock";
import { serverNow } from "../api/clock.ts";
import { type DaySession, myDayQuery } from "../api/my-day.ts";
import { queryClient } from "../api/query-client.ts";
import { useSignedIn } from "../api/session.ts";
import { attendanceWords } from "../course/course-entry-words.ts";
import { QuickAttendance } from "../schedule/session-list.tsx";
import { needsOf } from "./day-words.ts";
import classes from "./my-day.module.css";

const formats = { individual: "", couple: "Couple", family: "Family", group: "Group" } as const;
const modalities = { "in-person": "", video: "Video", phone: "Phone" } as const;

/** Today's sessions in their order, each with what it needs and its note. */
export function DaySessions({ sessions, today }: { readonly sessions: readonly DaySession[]; readonly today: string }) {
  return (
    <section aria-labelledby="day-sessions">
      <Title order={2} size="h3" id="day-sessions" mb="xs">
        Sessions
      </Title>
      {sessions.length === 0 ? (
        <p className={classes.nothing}>
          None today. <Link to="/calendar">Open the calendar</Link>
        </p>
      ) : (
        <ol className={classes.sessions}>
          {sessions.map((session) => (
            <Session key={session.id} session={session} today={today} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Session({ session, today }: { readonly session: DaySession; readonly today: string }) {
  const { member, practice } = useSignedIn();
  const { clientId, name, startTime, detail, attendance, isPracticeClient } = session;
  const facts = [`${detail.minutes} min`, formats[detail.format], modalities[detail.modality], detail.place].filter((fact) => fact !== "");
  const over = attendance === "missed" || attendance === "cancelled";
  const needs = over ? [] : needsOf(session, today);
  return (
    <li className={classes.session} data-over={attendance !== null || undefined}>
      <p className={classes.time}>{formatTime(startTime)}</p>
      <div className={classes.what}>
        <p className={classes.name}>
          <Link to="/clients/$clientId" params={{ clientId }}>
            <bdi>{name}</bdi>
          </Link>{" "}
          {isPracticeClient && (
            <Badge color="straw" component="span">
              Practice client
            </Badge>
          )}{" "}
          {attendance !== null && (
            <Badge color={over ? "clay" : "leaf"} component="span">
              {attendanceWords[attendance]}
            </Badge>
          )}
        </p>
        <p className={classes.facts}>{facts.join(" · ")}</p>
        {attendance === null && hasBegun(session, today, practice.timeZone) && (
          <QuickAttendance
            shown={{
              ...session,
              date: today,
              clinicianId: member.id,
              clientName: name,
              version: 0,
              seriesId: null,
              groupId: null,
              session: null,
              note: null,
            }}
            onRecorded={() => void queryClient.invalidateQueries({ queryKey: myDayQuery.queryKey })}
          />
        )}
        {needs.length > 0 && (
          <ul className={classes.needs} aria-label={`For the session with ${name}`}>
            {needs.map(({ words, to, urgent }) => (
              <li key={words}>
                <Link to={to} className={classes.need ?? ""} data-urgent={urgent || undefined}>
                  {words}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
      {!over && <NoteButton session={session} />}
    </li>
  );
}

/** How a session went is asked once it has begun: before, there is nothing to say. */
function hasBegun({ startTime }: DaySession, today: string, timeZone: string): boolean {
  return Date.parse(momentOf(today, startTime, timeZone)) <= serverNow().getTime();
}

function NoteButton({ session: { id, clientId, noteId, noteSigned, name } }: { readonly session: DaySession }) {
  const words = noteId === null ? "Write the note" : noteSigned ? "See the note" : "Finish the note";
  return (
    <Button
      component={Link}
      to={`/clients/${clientId}/notes/${noteId ?? "new"}`}
      // An address put together is not one of the known routes to the types.
      search={(noteId === null ? { session: id } : {}) as never}
      variant={noteSigned ? "default" : "filled"}
      size="compact-md"
      aria-label={`${words}, ${name}`}
    >
      {words}
    </Button>
  );
}

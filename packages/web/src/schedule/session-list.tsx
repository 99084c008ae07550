import { Button } from "@mantine/core";
import { formatDate, weekdayOf } from "@trellis/domain/calendar/date";
import { formatTime } from "@trellis/domain/calendar/wall-clock";
import { formatWords, modalityWords, weekdayWords } from "@trellis/domain/schedule/schedule-words";
import { useState } from "react";
import { saveSession } from "../api/course.ts";
import { attendanceWords } from "../course/course-entry-words.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useToday } from "../session/today.ts";
import { AttendanceBadge, attendances, detailAsPlanned } from "./attendance.tsx";
import classes from "./calendar.module.css";
import { NoteLink } from "./note-link.tsx";
import { type Hour, needOf, type ShownSession } from "./shown-session.ts";

interface Props {
  readonly hours: readonly Hour[];
  readonly onOpen: (hour: Hour) => void;
  /** With the day at each line, where the list is not that of one day. */
  readonly withDate?: boolean;
  readonly label?: string;
}

/** Sessions one under the other, each with what it needs next in one click. */
export function SessionList({ hours, onOpen, withDate = false, label }: Props) {
  return (
    <ul className={classes.list} {...(label === undefined ? {} : { "aria-label": label })}>
      {hours.map((hour) => (
        <Line key={hour.key} hour={hour} onOpen={() => onOpen(hour)} withDate={withDate} />
      ))}
    </ul>
  );
}

function Line({ hour, onOpen, withDate }: { readonly hour: Hour; readonly onOpen: () => void; readonly withDate: boolean }) {
  const today = useToday();
  const [first] = hour.sessions;
  if (first === undefined) return null;
  const one = hour.sessions.length === 1 ? first : null;
  const facts = [
    one?.session?.detail.start != null && one.session.detail.end !== null
      ? `${formatTime(one.session.detail.start)} to ${formatTime(one.session.detail.end)}`
      : `${hour.minutes} min`,
    first.groupId !== null
      ? withDate
        ? first.detail.groupName || "Group"
        : ""
      : first.detail.format === "individual"
        ? ""
        : formatWords[first.detail.format],
    modalityWords[first.detail.modality],
    first.detail.place,
  ].filter((fact) => fact !== "");
  const weekday = weekdayWords[weekdayOf(hour.date)] ?? "";
  const day = hour.date === today ? "Today" : `${weekday.slice(0, 3)}, ${formatDate(hour.date)}`;
  const need = one === null ? null : needOf(one, today);
  return (
    <li className={classes.line}>
      {!withDate && <span className={classes.when}>{formatTime(hour.startTime)}</span>}
      <div className={classes.what}>
        <div className={classes.whatName}>{withDate ? `${day}, ${formatTime(hour.startTime)}` : <bdi>{hour.title}</bdi>}</div>
        <div className={classes.facts}>
          {facts.join(" · ")}
          {one?.session?.detail.reason ? ` · ${one.session.detail.reason}` : ""}
        </div>
      </div>
      {one?.session != null && <AttendanceBadge attendance={one.session.attendance} />}
      {one !== null && need === "record" && (
        <div className={classes.quick} data-below={withDate || undefined}>
          <QuickAttendance shown={one} />
        </div>
      )}
      <div className={classes.ways}>
        {one !== null && (need === "note" || need === "sign") && (
          <NoteLink session={one} button={{ size: "compact-md" }}>
            <span className={classes.unseen}> of {whose(hour)}</span>
          </NoteLink>
        )}
        {one?.note?.signed === true && (
          <NoteLink session={one}>
            <span className={classes.unseen}> of {whose(hour)}</span>
          </NoteLink>
        )}
        <Button variant="default" size="compact-md" onClick={onOpen}>
          {one?.session == null && one !== null ? "More" : "Open"}
          <span className={classes.unseen}>: {whose(hour)}</span>
        </Button>
      </div>
    </li>
  );
}

const whose = (hour: Hour) => `${hour.title}, ${formatDate(hour.date)}, ${formatTime(hour.startTime)}`;

/** One click for each way that the session can go, with the times as they were planned. */
export function QuickAttendance({ shown, onRecorded }: { readonly shown: ShownSession; readonly onRecorded?: () => void }) {
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<unknown>();
  async function record(attendance: (typeof attendances)[number]): Promise<void> {
    setBusy(attendance);
    setError(undefined);
    try {
      await saveSession(shown.clientId, { id: shown.id, date: shown.date, attendance }, 0, detailAsPlanned(shown, attendance));
      onRecorded?.();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(null);
    }
  }
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame, and these are no fields */}
      <div className={classes.ways} role="group" aria-label={`How the session went: ${shown.clientName}, ${formatDate(shown.date)}`}>
        {attendances.map((attendance) => (
          <Button
            key={attendance}
            variant="default"
            size="compact-md"
            loading={busy === attendance}
            disabled={busy !== null && busy !== attendance}
            onClick={() => void record(attendance)}
          >
            {attendanceWords[attendance]}
          </Button>
        ))}
      </div>
      <ErrorSummary title="Nothing was recorded" error={error} />
    </>
  );
}

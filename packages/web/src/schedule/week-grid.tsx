import { ActionIcon } from "@mantine/core";
import { formatDate, weekdayOf } from "@trellis/domain/calendar/date";
import { formatTime, minutesOfDay, timeAfter, timeOf } from "@trellis/domain/calendar/wall-clock";
import { modalityWords, weekdayWords } from "@trellis/domain/schedule/schedule-words";
import { serverNow } from "../api/clock.ts";
import { useSignedIn } from "../api/session.ts";
import { attendanceWords } from "../course/course-entry-words.ts";
import { useToday } from "../session/today.ts";
import { Icon } from "../shell/icon.tsx";
import classes from "./calendar.module.css";
import { type Hour, needOf } from "./shown-session.ts";
import { sideBySide } from "./side-by-side.ts";

/** Height of an hour. */
const rem = 3.4;
/** Hours that are always there; earlier and later ones come with what is planned in them. */
const [usualStart, usualEnd] = [8, 18];

interface Props {
  readonly days: readonly string[];
  readonly hours: readonly Hour[];
  readonly onOpen: (hour: Hour) => void;
  readonly onPlan: (date: string, startTime: string) => void;
}

/** How an hour stands, for its color and in words. */
export function stateOf(
  hour: Hour,
  today: string,
  now: string,
): { readonly state: "planned" | "done" | "open" | "off"; readonly words: string } {
  const { sessions } = hour;
  const [first] = sessions;
  const off = sessions.every(({ session }) => session?.attendance === "cancelled" || session?.attendance === "missed");
  if (off && first?.session != null)
    return { state: "off", words: sessions.length === 1 ? attendanceWords[first.session.attendance] : "Nobody came" };
  const needs = sessions.map((session) => needOf(session, today));
  if (needs.includes("record") && hour.date === today && hour.startTime > now) return { state: "planned", words: "" };
  if (needs.includes("record")) return { state: "open", words: "How did it go?" };
  if (needs.includes("note")) return { state: "open", words: "Note to write" };
  if (needs.includes("sign")) return { state: "open", words: "Note to sign" };
  if (first?.session != null)
    return { state: "done", words: sessions.length === 1 ? attendanceWords[first.session.attendance] : "Recorded" };
  return { state: "planned", words: "" };
}

/** A week by hours. Everything in it is reached by the keyboard: each day's button plans, each session opens; the list shows the same in another way. */
export function WeekGrid({ days, hours, onOpen, onPlan }: Props) {
  const today = useToday();
  const now = timeOf(serverNow().toISOString(), useSignedIn().practice.timeZone);
  const starts = hours.map(({ startTime }) => Math.floor(minutesOfDay(startTime) / 60));
  const ends = hours.map(({ startTime, minutes }) => Math.min(24, Math.ceil((minutesOfDay(startTime) + minutes) / 60)));
  const from = Math.min(usualStart, ...starts);
  const to = Math.max(usualEnd, ...ends);
  const height = `${(to - from) * rem}rem`;
  const topOf = (time: string) => (minutesOfDay(time) / 60 - from) * rem;

  function planAt(event: React.MouseEvent<HTMLElement>, date: string): void {
    if (event.target !== event.currentTarget) return;
    const { top, height: pixels } = event.currentTarget.getBoundingClientRect();
    const minutes = ((event.clientY - top) / pixels) * (to - from) * 60;
    onPlan(date, timeAfter("00:00", from * 60 + Math.floor(minutes / 30) * 30));
  }

  return (
    <div className={classes.grid} style={{ gridTemplateColumns: `4.2rem repeat(${days.length}, minmax(0, 1fr))` }}>
      <div className={classes.corner} />
      {days.map((date) => (
        <div key={date} className={classes.dayName} data-today={date === today || undefined}>
          <span id={`day-${date}`}>
            <span aria-hidden="true">
              {weekdayWords[weekdayOf(date)]?.slice(0, 3)} {Number(date.slice(8))}
            </span>
            <span className={classes.unseen}>
              {date === today ? "Today, " : ""}
              {weekdayWords[weekdayOf(date)]}, {formatDate(date)}
            </span>
          </span>
          <ActionIcon
            variant="subtle"
            color="stone"
            aria-label={`Plan a session on ${weekdayWords[weekdayOf(date)]}, ${formatDate(date)}`}
            onClick={() => onPlan(date, "")}
          >
            <Icon name="plus" size={18} />
          </ActionIcon>
        </div>
      ))}
      <div className={classes.hours} style={{ height }} aria-hidden="true">
        {Array.from({ length: to - from - 1 }, (_, index) => from + index + 1).map((hour) => (
          <span key={hour} className={classes.hour} style={{ top: `${(hour - from) * rem}rem` }}>
            {formatTime(timeAfter("00:00", hour * 60)).replace(":00", "")}
          </span>
        ))}
      </div>
      {days.map((date) => {
        const ofDay = hours.filter((hour) => hour.date === date);
        const lanes = sideBySide(ofDay);
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the button beside the day's name does the same from the keyboard
          <section
            key={date}
            className={classes.day}
            data-today={date === today || undefined}
            aria-labelledby={`day-${date}`}
            style={{ height, backgroundSize: `100% ${rem}rem` }}
            onClick={(event) => planAt(event, date)}
          >
            <ul className={classes.events}>
              {ofDay.map((hour, index) => {
                const { lane, of } = lanes[index] ?? { lane: 0, of: 1 };
                const { state, words } = stateOf(hour, today, now);
                const tall = hour.minutes >= 40;
                const modality = hour.sessions[0]?.detail.modality;
                return (
                  <li key={hour.key}>
                    <button
                      type="button"
                      className={classes.event}
                      data-state={state}
                      style={{
                        top: `${topOf(hour.startTime)}rem`,
                        height: `${Math.max(1.6, (hour.minutes / 60) * rem - 0.12)}rem`,
                        left: `calc(${(lane / of) * 100}% + 3px)`,
                        width: `calc(${100 / of}% - 6px)`,
                      }}
                      onClick={() => onOpen(hour)}
                    >
                      <span className={classes.eventName}>
                        <bdi>{hour.title}</bdi>
                      </span>
                      <span className={tall ? classes.eventDetail : classes.unseen}>
                        {formatTime(hour.startTime)}
                        {modality === undefined || modality === "in-person" ? "" : ` · ${modalityWords[modality]}`}
                        {words === "" ? "" : ` · ${words}`}
                      </span>
                    </button>
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

import { ActionIcon, Alert, Button, SegmentedControl, Text, Title } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { addDays, addWeeks, formatDate, mondayOf, weekdayOf } from "@trellis/domain/calendar/date";
import { timeAfter, timeOf } from "@trellis/domain/calendar/wall-clock";
import { weekdayWords } from "@trellis/domain/schedule/schedule-words";
import { useState } from "react";
import { serverNow } from "../api/clock.ts";
import { calendarQuery } from "../api/schedule.ts";
import { useSignedIn } from "../api/session.ts";
import { SelectField } from "../form/choice-field.tsx";
import { useToday } from "../session/today.ts";
import { Icon } from "../shell/icon.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import classes from "./calendar.module.css";
import { PlanSessionDialog } from "./plan-session-dialog.tsx";
import { SessionDialog } from "./session-dialog.tsx";
import { SessionList } from "./session-list.tsx";
import { type Hour, hoursOf, ofCalendar } from "./shown-session.ts";
import { WeekGrid } from "./week-grid.tsx";

/** "November 23 to 29, 2026". */
function weekWords(monday: string): string {
  const [first, last] = [formatDate(monday), formatDate(addDays(monday, 6))];
  if (monday.slice(0, 4) !== last.slice(-4)) return `${first} to ${last}`;
  const [month = "", day = ""] = first.replace(",", "").split(" ");
  return last.startsWith(`${month} `) ? `${month} ${day} to ${last.slice(month.length + 1)}` : `${month} ${day} to ${last}`;
}

/** The week of one clinician: what is planned, how it went, and what is still to be done about it. */
export function CalendarScreen() {
  usePageTitle("Calendar");
  const { member, practice } = useSignedIn();
  const today = useToday();
  const [monday, setMonday] = useState(mondayOf(today));
  const [who, setWho] = useState<string | null>(null);
  const [view, setView] = useState<"week" | "list">("week");
  const [open, setOpen] = useState<string | null>(null);
  const [planning, setPlanning] = useState<{ readonly date: string; readonly startTime: string } | null>(null);
  const [said, setSaid] = useState("");
  const wide = useMediaQuery("(min-width: 56em)", true);
  const calendar = useQuery({ ...calendarQuery(monday, addDays(monday, 6), who), placeholderData: keepPreviousData });
  const { data } = calendar;
  const week = Array.from({ length: 7 }, (_, index) => addDays(monday, index));
  const hours = hoursOf((data?.appointments ?? []).map(ofCalendar));
  // Weekends only where something is on them.
  const busy = (date: string) => hours.some((hour) => hour.date === date);
  const days = week.filter((date) => weekdayOf(date) <= 5 || busy(date) || date === today);
  const here = week.includes(today);
  const opened = hours.find(({ key }) => key === open);

  /** The next full half hour, for a button that names no hour. */
  function nextHour(): string {
    const now = timeOf(serverNow().toISOString(), practice.timeZone);
    const [hour = 0] = now.split(":").map(Number);
    return hour >= 8 && hour < 18 ? timeAfter("00:00", (hour + 1) * 60) : "09:00";
  }
  const plan = (date: string, startTime: string) => {
    setSaid("");
    setPlanning({ date, startTime: startTime === "" ? (date === today ? nextHour() : "09:00") : startTime });
  };
  const look = (hour: Hour) => {
    setSaid("");
    setOpen(hour.key);
  };
  const done = (words: string) => {
    setPlanning(null);
    setOpen(null);
    setSaid(words);
  };

  return (
    <>
      <PageHeading
        lead={weekWords(monday)}
        actions={
          <Button leftSection={<Icon name="plus" />} onClick={() => plan(here ? today : monday, "")}>
            Plan a session
          </Button>
        }
      >
        Calendar
      </PageHeading>
      <div className={classes.tools}>
        <Button.Group>
          <Button variant="default" onClick={() => setMonday(addWeeks(monday, -1))} aria-label="The week before">
            <Icon name="left" />
          </Button>
          <Button variant="default" onClick={() => setMonday(mondayOf(today))} disabled={here}>
            This week
          </Button>
          <Button variant="default" onClick={() => setMonday(addWeeks(monday, 1))} aria-label="The week after">
            <Icon name="right" />
          </Button>
        </Button.Group>
        {wide && (
          <SegmentedControl
            aria-label="How to show the week"
            value={view}
            onChange={(value) => setView(value === "list" ? "list" : "week")}
            data={[
              { value: "week", label: "Hours" },
              { value: "list", label: "List" },
            ]}
          />
        )}
        {data !== undefined && data.people.length > 1 && (
          <SelectField
            hiddenLabel="Whose calendar"
            value={who ?? member.id}
            choices={data.people.map(({ id, name }) => ({ value: id, label: id === member.id ? `${name} (you)` : name }))}
            onChange={(id) => setWho(id === member.id ? null : id)}
          />
        )}
        <Link to="/settings/calendar" style={{ marginLeft: "auto" }}>
          In your own calendar program
        </Link>
      </div>
      <div role="status">
        {said !== "" && (
          <Alert color="leaf" mb="md" withCloseButton closeButtonLabel="Close" onClose={() => setSaid("")}>
            {said}
          </Alert>
        )}
      </div>
      {data === undefined ? (
        calendar.error === null ? (
          <Waiting what="the calendar" />
        ) : (
          <PageFault error={calendar.error} retry={() => void calendar.refetch()} />
        )
      ) : wide && view === "week" ? (
        <WeekGrid days={days} hours={hours} onOpen={look} onPlan={plan} />
      ) : (
        <div className={classes.days}>
          {week
            .filter((date) => busy(date) || date === today)
            .map((date) => (
              <section key={date} aria-labelledby={`list-${date}`}>
                <Title order={2} size="h3" mb="xs" id={`list-${date}`} style={{ display: "flex", justifyContent: "space-between" }}>
                  <span>
                    {date === today ? "Today, " : ""}
                    {weekdayWords[weekdayOf(date)]}, {formatDate(date)}
                  </span>
                  <ActionIcon
                    variant="subtle"
                    color="stone"
                    aria-label={`Plan a session on ${weekdayWords[weekdayOf(date)]}, ${formatDate(date)}`}
                    onClick={() => plan(date, "")}
                  >
                    <Icon name="plus" size={18} />
                  </ActionIcon>
                </Title>
                {busy(date) ? (
                  <SessionList hours={hours.filter((hour) => hour.date === date)} onOpen={look} />
                ) : (
                  <Text c="dimmed">Nothing is planned for today.</Text>
                )}
              </section>
            ))}
          {hours.length === 0 && !here && <Text c="dimmed">Nothing is planned in this week.</Text>}
        </div>
      )}
      {data !== undefined && hours.length === 0 && wide && view === "week" && (
        <Text c="dimmed" mt="sm">
          Nothing is planned in this week. Click an hour to plan a session there.
        </Text>
      )}
      {opened !== undefined && <SessionDialog key={opened.key} hour={opened} onClose={() => setOpen(null)} onSaved={done} />}
      {planning !== null && (
        <PlanSessionDialog {...planning} clinicianId={who ?? member.id} onClose={() => setPlanning(null)} onSaved={done} />
      )}
    </>
  );
}

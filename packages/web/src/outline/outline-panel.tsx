import { Button, Text, VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { courseProgress, followedSessions, nextSession, planStanding, undo } from "@trellis/domain/outline/follow-course";
import type { OutlineCourse } from "@trellis/domain/outline/outline-course";
import { type Kept, useTreatment } from "../api/treatment.ts";
import { useChart } from "../client/use-chart.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { homeworkOf } from "./homework-of.ts";
import classes from "./outline.module.css";
import { SessionContent } from "./session-content.tsx";
import { StepButtons } from "./step-buttons.tsx";
import { useCourse } from "./use-course.ts";

interface Props {
  readonly clientId: string;
  /** The day that the note is about. */
  readonly noteDate: string;
  /** Told which session of a course was held that day; `null` when that was taken back. */
  readonly onHeld: (outline: { courseId: string; session: number } | null) => void;
}

/** The next session of the course that is followed, to stand beside the progress note. One quiet line where none is. */
export function OutlinePanel({ clientId, noteDate, onHeld }: Props) {
  const { outlines } = useTreatment(clientId);
  // One that has come to its end is shown on the day of its last session still, so that this can be taken back.
  const followed = outlines.filter(
    ({ content }) => nextSession(content) !== null || (content.endedOn === null && content.steps.some(({ on }) => on === noteDate)),
  );
  if (followed.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No course followed.{" "}
        <Link to="/clients/$clientId/outline" params={{ clientId }}>
          Choose one
        </Link>
      </Text>
    );
  return (
    <>
      {followed.map((course) => (
        <FollowedCourse key={course.id} clientId={clientId} course={course} noteDate={noteDate} onHeld={onHeld} />
      ))}
    </>
  );
}

function FollowedCourse({ clientId, course, noteDate, onHeld }: Props & { readonly course: Kept<OutlineCourse> }) {
  const today = useToday();
  const treatment = useTreatment(clientId);
  const { plans } = useChart(clientId);
  const saving = useCourse(clientId, course);
  const { content } = course;
  const { total } = courseProgress(content);
  const done = content.steps.findLast(({ on }) => on === noteDate) ?? null;
  const next = nextSession(content);
  // What was just worked on stays in sight with the note; the one after it is only named.
  const shown = done === null ? next : (followedSessions(content)[done.session - 1] ?? null);

  async function takeBack(): Promise<void> {
    if (await saving.change(undo(content), "Taken back.")) onHeld(null);
  }

  if (shown === null) return null;
  return (
    <Card
      order={3}
      title={`${shown.number} of ${total}: ${shown.session.title}`}
      actions={
        <Link to="/clients/$clientId/outline" params={{ clientId }} aria-label={`See the course: ${content.outline.title}`}>
          See the course
        </Link>
      }
    >
      <p className={classes.quiet}>{content.outline.title}</p>
      {next !== null && planStanding(content, plans) === "ended" && (
        <p className={classes.note}>
          The plan that this course belongs to has ended.{" "}
          <Link to="/clients/$clientId/outline" params={{ clientId }}>
            Decide how it goes on
          </Link>
        </p>
      )}
      <p className={classes.aim}>{shown.session.aim}</p>
      <SessionContent session={shown.session} homework={homeworkOf(content, shown.session, treatment.homework)} clientId={clientId} />
      <ErrorSummary title="The course was not saved" error={saving.error} attempt={saving.attempt} />
      {done !== null ? (
        <div className={classes.done}>
          <span>
            {{ held: "Held", repeated: "Comes again next time", skipped: "Skipped" }[done.what]}
            {done.what === "repeated" ? "" : done.on === today ? " today" : ` ${formatDate(done.on)}`}.
            {next === null
              ? " That was the last session of the course."
              : next.number !== shown.number && ` Next time: ${next.session.title}.`}
          </span>
          {done === content.steps.at(-1) && (
            <Button variant="subtle" size="compact-sm" loading={saving.busy} onClick={() => void takeBack()}>
              Undo<span className={classes.unseen}>: {shown.session.title}</span>
            </Button>
          )}
        </div>
      ) : (
        <StepButtons
          course={content}
          session={shown.number}
          on={noteDate}
          today={today}
          saving={saving}
          onDone={(what) => {
            if (what !== "skipped") onHeld({ courseId: course.id, session: shown.number });
          }}
        />
      )}
      <VisuallyHidden role="status">{saving.told}</VisuallyHidden>
    </Card>
  );
}

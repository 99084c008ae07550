import { Alert, Anchor, Button, Group, Stack, Text, VisuallyHidden } from "@mantine/core";
import { formatDate } from "@trellis/domain/calendar/date";
import { courseProgress, end, type FollowedSession, isRunning, lastDone, planStanding, undo } from "@trellis/domain/outline/follow-course";
import type { OutlineCourse } from "@trellis/domain/outline/outline-course";
import { useState } from "react";
import type { ChartPlan } from "../api/clients.ts";
import { type Kept, useTreatment } from "../api/treatment.ts";
import { planToOpen } from "../client/next-steps.ts";
import { DateField } from "../form/date-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { Icon } from "../shell/icon.tsx";
import { homeworkOf } from "./homework-of.ts";
import classes from "./outline.module.css";
import { outlineFacts, progressWords, standingWords, undoWords } from "./outline-words.ts";
import { SessionContent } from "./session-content.tsx";
import { StepButtons } from "./step-buttons.tsx";
import { type CourseSaving, useCourse } from "./use-course.ts";

/** A course that is followed: where it stands, its sessions one below the other, and every way to go on in it. */
export function CourseView({
  clientId,
  course,
  plans,
}: {
  readonly clientId: string;
  readonly course: Kept<OutlineCourse>;
  readonly plans: readonly ChartPlan[];
}) {
  const saving = useCourse(clientId, course);
  const { content } = course;
  const progress = courseProgress(content);
  const [ending, setEnding] = useState(false);
  const last = lastDone(content);
  return (
    <Card title={content.outline.title}>
      <Stack gap="md">
        <div>
          <p className={classes.quiet}>{outlineFacts(content.outline)}</p>
          <p className={classes.standing}>
            {progressWords(progress)} Begun {formatDate(content.startedOn)}.
            {content.endedOn !== null &&
              ` Ended ${formatDate(content.endedOn)}${content.endedReason === "" ? "" : `: ${content.endedReason}`}.`}
          </p>
        </div>
        <EndedPlan course={content} plans={plans} saving={saving} />
        <ErrorSummary
          title="The course was not saved"
          error={saving.error}
          problems={serverProblems(saving.error)}
          attempt={saving.attempt}
        />
        <Timeline clientId={clientId} course={content} sessions={progress.sessions} next={progress.next} saving={saving} />
        {ending ? (
          <EndForm course={content} finished={progress.state === "finished"} saving={saving} onClose={() => setEnding(false)} />
        ) : (
          <Group gap="xs">
            {progress.state === "finished" && (
              <Button
                loading={saving.busy}
                onClick={() => void saving.change(end(content, { on: lastDay(content), reason: "" }), "The course is finished.")}
              >
                Finish the course
              </Button>
            )}
            {last !== null && (
              <Button
                variant="default"
                leftSection={<Icon name="undo" size={16} />}
                disabled={saving.busy}
                onClick={() => void saving.change(undo(content), "Taken back.")}
              >
                Undo: {undoWords(last)}
              </Button>
            )}
            {progress.state === "running" &&
              (content.steps.length === 0 ? (
                <Button variant="subtle" disabled={saving.busy} onClick={() => void saving.remove()}>
                  Do not follow it after all
                </Button>
              ) : (
                <Button variant="subtle" disabled={saving.busy} onClick={() => setEnding(true)}>
                  End it here
                </Button>
              ))}
          </Group>
        )}
        <VisuallyHidden role="status">{saving.told}</VisuallyHidden>
      </Stack>
    </Card>
  );
}

const lastDay = ({ startedOn, steps }: OutlineCourse): string => steps.reduce((day, { on }) => (on > day ? on : day), startedOn);

/** Says so when the plan that a course belongs to has ended, and how the course can go on. */
function EndedPlan({
  course,
  plans,
  saving,
}: {
  readonly course: OutlineCourse;
  readonly plans: readonly ChartPlan[];
  readonly saving: CourseSaving;
}) {
  if (!isRunning(course) || planStanding(course, plans) !== "ended") return null;
  const current = planToOpen(plans.filter(({ status }) => status === "active" || status === "draft" || status === "on-hold"));
  return (
    <Alert color="straw" title="The plan that this course belongs to has ended">
      <Text size="sm">
        {current === null
          ? "End the course too, or go on with it until there is another plan."
          : "End the course too, or go on with it under the plan there is now."}
      </Text>
      {current !== null && (
        <Button
          mt="xs"
          size="compact-md"
          variant="default"
          loading={saving.busy}
          onClick={() => void saving.change({ ...course, planId: current.id }, "The course goes on under the present plan.")}
        >
          Go on under the present plan
        </Button>
      )}
    </Alert>
  );
}

function Timeline({
  clientId,
  course,
  sessions,
  next,
  saving,
}: {
  readonly clientId: string;
  readonly course: OutlineCourse;
  readonly sessions: readonly FollowedSession[];
  readonly next: number | null;
  readonly saving: CourseSaving;
}) {
  const today = useToday();
  const { homework } = useTreatment(clientId);
  // What somebody opened or closed; the next session is open by itself.
  const [opened, setOpened] = useState<ReadonlyMap<number, boolean>>(new Map());
  const [day, setDay] = useState<string | null>(null);
  const on = day === null || day === "" ? today : day;
  const fault = day !== null && day > today ? "This day is in the future." : undefined;
  return (
    <ol className={classes.timeline}>
      {sessions.map((followed) => {
        const { number, session, standing } = followed;
        const isNext = number === next;
        const open = opened.get(number) ?? isNext;
        const words = standingWords(followed, isNext);
        return (
          <li key={number} className={classes.stop} data-standing={standing} data-next={isNext || undefined}>
            <span className={classes.mark} aria-hidden="true">
              {standing === "held" ? <Icon name="check" size={16} /> : number}
            </span>
            <div className={classes.stopBody}>
              <button
                type="button"
                className={classes.stopHead}
                aria-expanded={open}
                onClick={() => setOpened(new Map(opened).set(number, !open))}
              >
                <span>
                  <span className={classes.unseen}>Session {number}: </span>
                  <span className={classes.stopTitle}>{session.title}</span>
                  {words !== "" && <span className={classes.stopState}>{words}</span>}
                </span>
                <Icon name={open ? "down" : "right"} size={16} />
              </button>
              {open && (
                <div className={classes.stopMore}>
                  <p className={classes.aim}>{session.aim}</p>
                  <SessionContent session={session} homework={homeworkOf(course, session, homework)} clientId={clientId} />
                  {course.endedOn === null && (
                    <Stack gap="xs">
                      {day !== null && isNext && (
                        <DateField
                          label="Day of the session"
                          value={day}
                          onChange={setDay}
                          max={today}
                          min={course.startedOn}
                          error={fault}
                        />
                      )}
                      <Group gap="md" align="center">
                        <StepButtons
                          course={course}
                          session={number}
                          on={fault === undefined ? on : today}
                          today={today}
                          saving={saving}
                          onDone={() => setDay(null)}
                        />
                        {isNext && (
                          <Anchor component="button" type="button" size="sm" onClick={() => setDay(day === null ? "" : null)}>
                            {day === null ? "Another day" : "Back to today"}
                          </Anchor>
                        )}
                      </Group>
                    </Stack>
                  )}
                </div>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function EndForm({
  course,
  finished,
  saving,
  onClose,
}: {
  readonly course: OutlineCourse;
  readonly finished: boolean;
  readonly saving: CourseSaving;
  readonly onClose: () => void;
}) {
  const today = useToday();
  const [reason, setReason] = useState("");
  const [on, setOn] = useState(today);
  const [tried, setTried] = useState(false);
  const missing = tried && !finished && reason.trim() === "" ? "Say why it ends here, for whoever reads this later." : undefined;
  const problems = serverProblems(saving.error, "/content");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if ((reason.trim() === "" && !finished) || on === "" || reason.length > 300) return;
        void saving.change(end(course, { on, reason }), "The course has ended.").then((arrived) => {
          if (arrived) onClose();
        });
      }}
    >
      <Stack gap="sm">
        <Text>Ending early is as normal as finishing. What was held stays in the record.</Text>
        <TextField
          label="Why does it end here?"
          value={reason}
          onChange={setReason}
          max={300}
          error={missing ?? problems.get("/endedReason")}
          required
          autoFocus
        />
        <DateField
          label="Ended on"
          value={on}
          onChange={setOn}
          max={today}
          min={lastDay(course)}
          error={problems.get("/endedOn")}
          required
        />
        <Group gap="xs">
          <Button type="submit" loading={saving.busy}>
            End the course
          </Button>
          <Button variant="subtle" onClick={onClose}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

import { Button, Group, Stack } from "@mantine/core";
import { formatDate } from "@trellis/domain/calendar/date";
import { hold, repeat, skip } from "@trellis/domain/outline/follow-course";
import type { OutlineCourse } from "@trellis/domain/outline/outline-course";
import { useState } from "react";
import { TextField } from "../form/text-field.tsx";
import classes from "./outline.module.css";
import type { CourseSaving } from "./use-course.ts";

/** Held, again next time, or left out (with the reason, where there is one to give). One click for the usual. */
export function StepButtons({
  course,
  session,
  on,
  today,
  saving,
  onDone,
}: {
  readonly course: OutlineCourse;
  readonly session: number;
  readonly on: string;
  readonly today: string;
  readonly saving: CourseSaving;
  readonly onDone?: (what: "held" | "repeated" | "skipped") => void;
}) {
  const [reason, setReason] = useState<string | null>(null);
  const title = course.outline.sessions[session - 1]?.title ?? "";
  const day = on === today ? "today" : formatDate(on);

  async function take(what: "held" | "repeated" | "skipped"): Promise<void> {
    const step = { session, on, reason: what === "skipped" ? (reason ?? "") : "" };
    const [changed, told] = {
      held: [hold(course, step), `“${title}” held ${day}.`] as const,
      repeated: [repeat(course, step), `“${title}” comes again next time.`] as const,
      skipped: [skip(course, step), `“${title}” left out.`] as const,
    }[what];
    if (!(await saving.change(changed, told))) return;
    setReason(null);
    onDone?.(what);
  }

  const unseen = <span className={classes.unseen}>: {title}</span>;
  if (reason !== null)
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void take("skipped");
        }}
      >
        <Stack gap="xs">
          <TextField label="Why is it left out? (optional)" value={reason} onChange={setReason} max={300} autoFocus />
          <Group gap="xs">
            <Button type="submit" size="compact-md" loading={saving.busy} disabled={reason.length > 300}>
              Leave it out
            </Button>
            <Button variant="subtle" size="compact-md" onClick={() => setReason(null)}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    );
  return (
    <Group gap="xs">
      <Button size="compact-md" disabled={saving.busy} onClick={() => void take("held")}>
        Held {day}
        {unseen}
      </Button>
      <Button size="compact-md" variant="default" disabled={saving.busy} onClick={() => void take("repeated")}>
        Again next time{unseen}
      </Button>
      <Button size="compact-md" variant="subtle" disabled={saving.busy} onClick={() => setReason("")}>
        Skip{unseen}
      </Button>
    </Group>
  );
}

import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { OutlineSession } from "@trellis/domain/outline/outline";
import classes from "./outline.module.css";

export interface SessionHomework {
  readonly id: string;
  readonly title: string;
  /** It was given already and has not been looked at yet. */
  readonly given: boolean;
}

/** What one session is made of: agenda with minutes, skills, homework, and what to do when it is not its time. */
export function SessionContent({
  session,
  homework,
  clientId,
}: {
  readonly session: OutlineSession;
  readonly homework: readonly SessionHomework[];
  /** Whose course it is, to give homework; left out where an outline is only looked at. */
  readonly clientId?: string;
}) {
  return (
    <div className={classes.content}>
      <ol className={classes.agenda} aria-label="Agenda">
        {session.agenda.map(({ what, minutes }) => (
          <li key={what}>
            <span className={classes.minutes}>
              {minutes}
              <span className={classes.unseen}> minutes</span>
              <span aria-hidden="true"> min</span>
            </span>
            <span>{what}</span>
          </li>
        ))}
      </ol>
      {session.skills.length > 0 && (
        <p className={classes.line}>
          <span className={classes.label}>Skills</span> {session.skills.join(" · ")}
        </p>
      )}
      {homework.length > 0 && (
        <div className={classes.line}>
          <span className={classes.label}>Homework</span>
          <ul className={classes.homework}>
            {homework.map(({ id, title, given }) => (
              <li key={id}>
                {title}
                {clientId !== undefined &&
                  (given ? (
                    <span className={classes.given}>given</span>
                  ) : (
                    <Link to="/clients/$clientId/homework" params={{ clientId }} aria-label={`Give: ${title}`}>
                      Give
                    </Link>
                  ))}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Text size="sm" c="dimmed" className={classes.notReady}>
        <span className={classes.label}>If it does not fit</span> {session.ifNotReady}
      </Text>
    </div>
  );
}

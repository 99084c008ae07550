import { Anchor, Badge } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import type { ReactNode } from "react";
import { serverNow } from "../api/clock.ts";
import type { MyDay, Shown } from "../api/my-day.ts";
import { useSignedIn } from "../api/session.ts";
import { Card } from "../shell/card.tsx";
import { noteDueWords, planWords, reviewWords } from "./day-words.ts";
import classes from "./my-day.module.css";

/** So many lines of a kind are in sight. */
const inSight = 6;

interface Line {
  readonly key: string;
  readonly name: string;
  readonly words: ReactNode;
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
  readonly late?: boolean;
  readonly isPracticeClient?: boolean;
}

function Waiting({
  title,
  list,
  all,
  lineOf,
}: {
  readonly title: string;
  readonly list: Shown<unknown>;
  /** The page with the whole list. */
  readonly all?: string;
  readonly lineOf: readonly Line[];
}) {
  if (list.count === 0) return null;
  return (
    <Card
      title={title}
      actions={
        all !== undefined &&
        list.count > inSight && (
          <Anchor component={Link} to={all}>
            All {list.count}
          </Anchor>
        )
      }
    >
      <ul className={classes.lines}>
        {lineOf.slice(0, inSight).map(({ key, name, words, to, search = {}, late, isPracticeClient }) => (
          <li key={key}>
            <Link to={to} search={search} className={classes.line ?? ""}>
              <span className={classes.name}>
                <bdi>{name}</bdi>{" "}
                {isPracticeClient === true && (
                  <Badge color="straw" component="span">
                    Practice client
                  </Badge>
                )}
              </span>
              <span className={classes.facts} data-late={late || undefined}>
                {words}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {all === undefined && list.count > inSight && <p className={classes.facts}>{list.count - inSight} more come up as these are done.</p>}
    </Card>
  );
}

export function NotesCard({ notes, today }: Pick<MyDay, "notes" | "today">) {
  const { timeZone } = useSignedIn().practice;
  return (
    <Waiting
      title="Notes to finish"
      list={notes}
      lineOf={notes.lines.map((note) => {
        const { words, late } = noteDueWords(note, serverNow(), timeZone);
        return {
          key: `${note.sessionId}/${note.noteId}`,
          name: `${note.given} ${note.family}`,
          words: `${note.date === today ? "Today" : formatDate(note.date)}. ${words}`,
          late,
          to:
            note.noteId === null
              ? `/clients/${note.clientId}/notes/new?session=${note.sessionId}`
              : `/clients/${note.clientId}/notes/${note.noteId}`,
        };
      })}
    />
  );
}

export function ReviewsCard({ reviews }: Pick<MyDay, "reviews">) {
  return (
    <Waiting
      title="Reviews"
      list={reviews}
      all="/reviews"
      lineOf={reviews.lines.map((review) => ({
        key: review.planId,
        ...review,
        words: reviewWords(review),
        late: review.state === "overdue",
        to:
          review.state === "draft"
            ? `/clients/${review.clientId}/plan/${review.planId}`
            : `/clients/${review.clientId}/review/${review.reviewId ?? "new"}`,
      }))}
    />
  );
}

export function PlansCard({ plans }: Pick<MyDay, "plans">) {
  return (
    <Waiting
      title="Plans to sign"
      list={plans}
      lineOf={plans.lines.map((plan) => ({
        key: plan.planId,
        ...plan,
        words: planWords(plan),
        to: `/clients/${plan.clientId}/plan/${plan.planId}${plan.state === "draft" ? "" : "/sign"}`,
      }))}
    />
  );
}

export function HomeworkCard({ homework }: Pick<MyDay, "homework">) {
  const { timeZone } = useSignedIn().practice;
  return (
    <Waiting
      title="Homework come in"
      list={homework}
      lineOf={homework.lines.map((one) => ({
        key: one.homeworkId,
        ...one,
        words: `${one.title}, ${one.finished ? "sent" : "begun"} ${new Date(one.savedAt).toLocaleDateString("en-US", { timeZone, month: "long", day: "numeric" })}`,
        to: `/clients/${one.clientId}/homework`,
      }))}
    />
  );
}

export function FollowUpsCard({ followUps }: Pick<MyDay, "followUps">) {
  return (
    <Waiting
      title="Follow-ups after treatment"
      list={followUps}
      lineOf={followUps.lines.map((one) => ({
        key: `${one.clientId}/${one.date}`,
        ...one,
        words: `${formatDate(one.date)}${one.askedAt === null ? "" : ", asked by link"}`,
        to: `/clients/${one.clientId}/ending`,
      }))}
    />
  );
}

/** What waits for the supervisor, with the way to what changed since the last signed revision. */
export function CoSignatureCard({ waiting }: { readonly waiting: NonNullable<MyDay["coSignature"]> }) {
  return (
    <Waiting
      title="Waits for your co-signature"
      list={waiting}
      lineOf={waiting.lines.map((plan) => ({
        key: plan.planId,
        name: plan.clientName,
        words: `${plan.revision === 1 ? "First plan" : `Revision ${plan.revision}, with what changed`}, by ${plan.author}${plan.reason === "" ? "" : `. ${plan.reason}`}`,
        to: `/clients/${plan.clientId}/plan/${plan.planId}/sign`,
      }))}
    />
  );
}

export function MeasuresCard({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <Card title="Measures this week">
      <p className={classes.nothing}>
        <Link to="/week">{count === 1 ? "1 measure is due" : `${count} measures are due`}</Link>
      </p>
    </Card>
  );
}

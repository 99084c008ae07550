import { Button, Group, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { addDays, formatDate } from "@trellis/domain/calendar/date";
import { formatTime, momentInWords } from "@trellis/domain/calendar/wall-clock";
import { tookPlace } from "@trellis/domain/course/session";
import { inShort } from "@trellis/domain/note/note-context";
import { noteDueAt, noteStanding } from "@trellis/domain/note/note-due";
import { formatWords, ratingOrder, ratingWords } from "@trellis/domain/note/note-words";
import { numberOf, planNumbers } from "@trellis/domain/plan/numbering";
import { objectiveText } from "@trellis/domain/plan/objective-text";
import { serverNow } from "../api/clock.ts";
import { planQuery } from "../api/plans.ts";
import { type Practice, useSignedIn } from "../api/session.ts";
import { type Treatment, type TreatmentNote, useTreatment } from "../api/treatment.ts";
import { useChart } from "../client/use-chart.ts";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { planInForce, sessionAtHand } from "./at-hand.ts";
import classes from "./note.module.css";
import { StandingBadge } from "./standing-badge.tsx";

const signs = { none: "0", some: "+", good: "++", achieved: "✓", worse: "−" } as const;

interface Column {
  readonly id: string;
  readonly name: string;
}

/** All notes of a client, with how each objective went from session to session, and the sessions that still need one. */
export function NotesScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/notes" });
  const chart = useChart(clientId);
  const treatment = useTreatment(clientId);
  const { practice } = useSignedIn();
  const today = useToday();
  const navigate = useNavigate();
  usePageTitle(`Notes · ${initials(chart.client.name)}`);
  const open = sessionsWithoutNote(treatment, today);
  const columns = useColumns(treatment, chart.plans);
  const notes = treatment.notes.toReversed();
  const begin = (session?: string) =>
    void navigate({
      to: "/clients/$clientId/notes/$noteId",
      params: { clientId, noteId: "new" },
      search: session === undefined ? {} : { session },
    });
  return (
    <>
      <PageHeading
        actions={
          <>
            <Button variant="default" onClick={() => void navigate({ to: "/clients/$clientId/private-notes", params: { clientId } })}>
              Psychotherapy notes
            </Button>
            <Button onClick={() => begin()}>Write a note</Button>
          </>
        }
      >
        Notes
      </PageHeading>
      {open.length > 0 && (
        <div style={{ marginBottom: "1.25rem" }}>
          <Card title={open.length === 1 ? "One session has no note yet" : `${open.length} sessions have no note yet`}>
            <ul className={classes.list}>
              {open.map(({ id, date, start, dueAt }) => (
                <li key={id} className={classes.item}>
                  <span>
                    <span className={classes.itemTitle}>
                      {formatDate(date)}
                      {start === null ? "" : `, ${formatTime(start)}`}
                    </span>
                    <br />
                    <span className={classes.soft}>{dueWords(dueAt(practice), practice.timeZone)}</span>
                  </span>
                  <Button variant="default" onClick={() => begin(id)}>
                    Write the note<VisuallyHidden> of {formatDate(date)}</VisuallyHidden>
                  </Button>
                </li>
              ))}
            </ul>
          </Card>
        </div>
      )}
      {notes.length === 0 ? (
        <EmptyState
          icon="pencil"
          title="No notes yet"
          action={open.length === 0 && <Button onClick={() => begin()}>Write the first note</Button>}
        >
          A note starts from the plan: you tick what you worked on and how it went, add a sentence of your own, and sign. It takes about a
          minute.
        </EmptyState>
      ) : (
        <Card title="All notes">
          <ul className={classes.list}>
            {notes.map((note) => (
              <NoteLine key={note.id} clientId={clientId} note={note} columns={columns} practice={practice} />
            ))}
          </ul>
          {columns.length > 0 && <Legend columns={columns} />}
        </Card>
      )}
    </>
  );
}

const dueWords = (dueAt: string, timeZone: string): string =>
  Date.parse(dueAt) < serverNow().getTime()
    ? `Late: it was to be signed by ${momentInWords(dueAt, timeZone)}`
    : `To be signed by ${momentInWords(dueAt, timeZone)}`;

const kindWords = { progress: "Progress note", discharge: "Discharge summary", transfer: "Transfer summary" } as const;

function NoteLine({
  clientId,
  note,
  columns,
  practice,
}: {
  readonly clientId: string;
  readonly note: TreatmentNote;
  readonly columns: readonly Column[];
  readonly practice: Practice;
}) {
  const { head } = note;
  const dueAt = head === null ? null : noteDueAt(head, practice.noteHours, practice.timeZone);
  const standing = noteStanding(dueAt ?? "9999-12-31T00:00:00Z", note.signedAt, serverNow().toISOString());
  const details = [
    head === null ? kindWords[note.kind] : formatWords[head.format],
    note.signedName ?? note.authorName,
    note.addenda === 0 ? "" : note.addenda === 1 ? "1 addendum" : `${note.addenda} addenda`,
    note.signedAt === null && dueAt !== null ? dueWords(dueAt, practice.timeZone) : "",
  ].filter((words) => words !== "");
  const title = formatDate(note.date);
  return (
    <li className={classes.item}>
      <span style={{ minWidth: 0 }}>
        <Group gap="xs">
          {head === null ? (
            <Link to="/clients/$clientId/ending" params={{ clientId }} className={classes.itemTitle ?? ""}>
              {title}
            </Link>
          ) : (
            <Link to="/clients/$clientId/notes/$noteId" params={{ clientId, noteId: note.id }} className={classes.itemTitle ?? ""}>
              {title}
              <VisuallyHidden>, progress note</VisuallyHidden>
            </Link>
          )}
          <StandingBadge standing={standing} />
        </Group>
        <span className={classes.soft}>
          <bdi>{details.join(" · ")}</bdi>
        </span>
      </span>
      {head !== null && columns.length > 0 && <Heat head={head} columns={columns} />}
    </li>
  );
}

/** How each objective went in one session: a square for each, in the same order in every line. */
function Heat({ head, columns }: { readonly head: NonNullable<TreatmentNote["head"]>; readonly columns: readonly Column[] }) {
  return (
    <ul className={classes.heat} aria-label="How the objectives went">
      {columns.map(({ id, name }) => {
        const rating = head.objectives.find(({ objectiveId }) => objectiveId === id)?.rating;
        const words = `${name}: ${rating === undefined ? "not worked on" : ratingWords[rating].toLowerCase()}`;
        return (
          <li key={id} className={classes.square} data-rating={rating ?? ""} title={words}>
            <span aria-hidden="true">{rating === undefined ? "" : signs[rating]}</span>
            <VisuallyHidden>{words}</VisuallyHidden>
          </li>
        );
      })}
    </ul>
  );
}

function Legend({ columns }: { readonly columns: readonly Column[] }) {
  return (
    <>
      <ul className={classes.legend} aria-label="What the squares mean">
        {ratingOrder.map((rating) => (
          <li key={rating}>
            <span className={classes.square} data-rating={rating} aria-hidden="true">
              {signs[rating]}
            </span>
            {ratingWords[rating]}
          </li>
        ))}
      </ul>
      <ol className={classes.columns} aria-label="The squares from left to right">
        {columns.map(({ id, name }) => (
          <li key={id}>
            <bdi>{name}</bdi>
          </li>
        ))}
      </ol>
    </>
  );
}

/** The objectives that any note has rated, in the plan's order; those that the plan does not hold any more come last, as they were signed. */
function useColumns({ notes }: Treatment, plans: Parameters<typeof planInForce>[0]): readonly Column[] {
  const inForce = planInForce(plans);
  const rated = new Map(notes.flatMap(({ head }) => head?.objectives.map(({ objectiveId, text }) => [objectiveId, text] as const) ?? []));
  const plan = useQuery({
    ...planQuery(inForce?.id ?? "", inForce?.revision),
    enabled: inForce !== null && rated.size > 0,
    staleTime: 60_000,
  }).data?.plan;
  if (rated.size === 0) return [];
  const short = (text: string) => inShort(text, 80);
  if (plan === undefined) return [...rated].map(([id, text]) => ({ id, name: short(text) || "Objective" }));
  const numbers = planNumbers(plan);
  const known = plan.objectives.filter(({ id }) => rated.has(id));
  return [
    ...known.map((objective) => ({
      id: objective.id,
      name: short(`${numberOf(numbers.objectives, objective.id)} ${objectiveText(objective)}`),
    })),
    ...[...rated]
      .filter(([id]) => !known.some((objective) => objective.id === id))
      .map(([id, text]) => ({ id, name: short(text) || "An earlier objective" })),
  ];
}

interface OpenSession {
  readonly id: string;
  readonly date: string;
  readonly start: string | null;
  readonly dueAt: (practice: Practice) => string;
}

/** Sessions of the last two months that took place and have no note, the newest first. */
function sessionsWithoutNote(treatment: Treatment, today: string): readonly OpenSession[] {
  const noted = new Set(treatment.notes.map(({ sessionId }) => sessionId));
  return treatment.sessions
    .filter(({ id, date, attendance }) => tookPlace(attendance) && !noted.has(id) && date >= addDays(today, -60) && date <= today)
    .map(({ id, date }) => {
      const { start, end } = sessionAtHand(treatment, id) ?? { start: null, end: null };
      return { id, date, start, dueAt: (practice: Practice) => noteDueAt({ date, start, end }, practice.noteHours, practice.timeZone) };
    })
    .toReversed();
}

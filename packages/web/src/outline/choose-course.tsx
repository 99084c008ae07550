import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { clientStates } from "@trellis/domain/intake/client-states";
import { underShippedChapters } from "@trellis/domain/library/based-on";
import { type OutlineFit, rankOutlines } from "@trellis/domain/outline/fit-outline";
import { isRunning, startCourse } from "@trellis/domain/outline/follow-course";
import { useState } from "react";
import type { Chart } from "../api/clients.ts";
import { outlinesQuery, saveCourse } from "../api/outlines.ts";
import { planQuery } from "../api/plans.ts";
import { useTreatment } from "../api/treatment.ts";
import { planToOpen } from "../client/next-steps.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { newId } from "../form/new-id.ts";
import { useShippedChapters } from "../own-library/use-shipped-chapters.ts";
import { recordOfChart } from "../plan/record-of-chart.ts";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { Icon } from "../shell/icon.tsx";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { homeworkOf } from "./homework-of.ts";
import classes from "./outline.module.css";
import { outlineFacts, suitsWords } from "./outline-words.ts";
import { SessionContent } from "./session-content.tsx";

/** So many of the best fitting are in sight. */
const inSight = 4;

/** The library's courses, the best fitting first, each with why it fits or does not. */
export function ChooseCourse({ chart, onChosen }: { readonly chart: Chart; readonly onChosen: () => void }) {
  const today = useToday();
  const outlines = useQuery(outlinesQuery);
  const plan = planToOpen(chart.plans);
  const planNow = useQuery({ ...planQuery(plan?.id ?? ""), enabled: plan !== null, staleTime: 60_000 });
  const shippedOf = useShippedChapters();
  const [elsewhere, setElsewhere] = useState(false);
  const [all, setAll] = useState(false);
  if (outlines.data === undefined || (plan !== null && planNow.data === undefined)) {
    const error = outlines.error ?? planNow.error;
    if (error === null) return <Waiting what="the courses" />;
    return (
      <PageFault
        error={error}
        retry={() => {
          void outlines.refetch();
          if (plan !== null) void planNow.refetch();
        }}
      />
    );
  }
  const record = recordOfChart(chart);
  const titles = new Map(outlines.data.homework.map(({ id, title }) => [id, title]));
  const ranked = rankOutlines(outlines.data.outlines, planNow.data ? underShippedChapters(planNow.data.plan, shippedOf) : null, {
    ...record.intake,
    states: clientStates(record, today),
  });
  const here = plan === null ? ranked : ranked.filter(({ suits }) => suits !== "elsewhere");
  const others = plan === null ? [] : ranked.filter(({ suits }) => suits === "elsewhere");
  const offered = (list: readonly OutlineFit[]) =>
    list.map((fit) => (
      <Offered key={fit.outline.id} fit={fit} clientId={chart.id} planId={plan?.id ?? null} titles={titles} onChosen={onChosen} />
    ));
  return (
    <Stack gap="lg">
      {plan === null && <Text c="dimmed">There is no plan yet to go by. Once there is, courses for its problems come first.</Text>}
      {plan !== null && here.length === 0 && (
        <Text>The library has no course for the problems of this plan yet. Those for other problems are below.</Text>
      )}
      {offered(all ? here : here.slice(0, inSight))}
      {here.length > inSight && (
        <Button variant="default" aria-expanded={all} onClick={() => setAll(!all)} style={{ alignSelf: "flex-start" }}>
          {all ? "Show the best fitting only" : `Show ${here.length - inSight} more`}
        </Button>
      )}
      {others.length > 0 && (
        <>
          <Button variant="subtle" aria-expanded={elsewhere} onClick={() => setElsewhere(!elsewhere)} style={{ alignSelf: "flex-start" }}>
            {elsewhere ? "Hide" : "Show"} {others.length} {others.length === 1 ? "course" : "courses"} for other problems
          </Button>
          {elsewhere && offered(others)}
        </>
      )}
    </Stack>
  );
}

const suitsColor: Record<OutlineFit["suits"], string> = { well: "leaf", possible: "stone", "not-now": "straw", elsewhere: "stone" };
const toneMark = { for: "Speaks for it", against: "Speaks against it", caution: "Caution" } as const;

function Offered({
  fit: { outline, suits, because },
  clientId,
  planId,
  titles,
  onChosen,
}: {
  readonly fit: OutlineFit;
  readonly clientId: string;
  readonly planId: string | null;
  readonly titles: ReadonlyMap<string, string>;
  readonly onChosen: () => void;
}) {
  const today = useToday();
  const treatment = useTreatment(clientId);
  // Kept until it has arrived, so that clicking again after an answer that got lost chooses nothing twice.
  const [id] = useState(newId);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const other = treatment.outlines.find(({ content }) => content.planId === planId && isRunning(content));
  const homeworkTitles = Object.fromEntries(titles);

  async function follow(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      // That another is being followed is said beside the button.
      await saveCourse(clientId, { id, version: 0, content: startCourse(outline, { planId, on: today, titles }) }, other !== undefined);
      onChosen();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  }

  return (
    <Card title={outline.title} actions={<Badge color={suitsColor[suits]}>{suitsWords[suits]}</Badge>}>
      <Stack gap="sm">
        <p className={classes.quiet}>
          {outlineFacts(outline)} · {outline.basis === "evidence" ? "evidence-based" : "practice-based"}
        </p>
        <Text>{outline.fit}</Text>
        <ul className={classes.reasons}>
          {because.map(({ tone, text }) => (
            <li key={text} data-tone={tone}>
              <Icon name={tone === "for" ? "check" : tone === "caution" ? "alert" : "close"} size={16} />
              <span>
                <span className={classes.unseen}>{toneMark[tone]}: </span>
                {text}
              </span>
            </li>
          ))}
        </ul>
        <ErrorSummary title="The course was not chosen" error={error} />
        <Group gap="xs">
          <Button loading={busy} variant={suits === "well" ? "filled" : "default"} onClick={() => void follow()}>
            {other === undefined ? "Follow this course" : "Follow this one too"}
            <span className={classes.unseen}>: {outline.title}</span>
          </Button>
          <Button variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? "Hide" : "See"} its sessions<span className={classes.unseen}>: {outline.title}</span>
          </Button>
        </Group>
        {other !== undefined && (
          <Text size="sm" c="dimmed">
            “{other.content.outline.title}” goes on beside it. To change over, end that one first.
          </Text>
        )}
        {open && (
          <ol className={classes.preview}>
            {outline.sessions.map((session) => (
              <li key={session.title}>
                <details>
                  <summary>
                    {session.title}
                    {session.optional && <span className={classes.optional}> (may be left out)</span>}
                  </summary>
                  <p className={classes.aim}>{session.aim}</p>
                  <SessionContent session={session} homework={homeworkOf({ homeworkTitles }, session, [])} />
                </details>
              </li>
            ))}
          </ol>
        )}
      </Stack>
    </Card>
  );
}

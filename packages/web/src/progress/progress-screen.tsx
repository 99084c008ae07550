import { Button, Checkbox, Group, Modal, SimpleGrid, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, useParams } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { drawCourse } from "@trellis/domain/progress/draw-course";
import { heatStripOf } from "@trellis/domain/progress/heat-strip";
import { sheetOf } from "@trellis/domain/progress/picture-sheet";
import { type MeasureProgress, type Span, spanOf } from "@trellis/domain/progress/progress";
import { clientSentences, gapWords, scoreName } from "@trellis/domain/progress/progress-words";
import { type ReactNode, useId, useMemo, useState } from "react";
import type { Chart } from "../api/clients.ts";
import { useChart } from "../client/use-chart.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { scoreWords } from "../give-measure/score-words.ts";
import { useMeasures } from "../give-measure/use-measures.ts";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { CourseFigure } from "./course-figure.tsx";
import { HeatStripTable } from "./heat-strip-table.tsx";
import classes from "./progress.module.css";
import { ProgressTable } from "./progress-table-view.tsx";
import { saveImage } from "./save-image.tsx";
import { useProgress } from "./use-progress.ts";

/** How a client's scores have gone: one picture for each measure, on the same days, with what happened meanwhile. */
export function ProgressScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/progress" });
  const chart = useChart(clientId);
  const measures = useMeasures(chart);
  if (measures.error !== null) return <PageFault error={measures.error} retry={measures.refetch} />;
  if (measures.data === undefined) return <Waiting what="the measures" />;
  return <Progress chart={chart} measures={measures.data} />;
}

function Progress({ chart, measures }: { readonly chart: Chart; readonly measures: NonNullable<ReturnType<typeof useMeasures>["data"]> }) {
  usePageTitle(`Progress · ${initials(chart.client.name)}`);
  const progress = useProgress(chart, measures);
  const today = useToday();
  const [shown, { open, close }] = useDisclosure(false);
  const [named, setNamed] = useState(false);
  const [error, setError] = useState<unknown>();
  const courses = useMemo(() => progress?.filter(({ scores }) => scores.length > 1) ?? [], [progress]);
  const span = useMemo(() => spanOf(courses), [courses]);
  if (progress === undefined) return <Waiting what="the progress" />;
  const single = progress.filter(({ scores }) => scores.length === 1);

  async function save(some: readonly MeasureProgress[], title: string, name: string): Promise<void> {
    setError(undefined);
    try {
      const parts = some.map((course) => ({
        picture: drawCourse(course, { ...imageFrame, span: span ?? { from: today, to: today } }),
        sentences: clientSentences(course),
        credit: course.measure.license.credit ?? "",
      }));
      await saveImage(
        sheetOf(parts, { title, day: today, who: named ? initials(chart.client.name) : "" }),
        `progress-${name}-${today}.png`,
      );
    } catch (caught) {
      setError(caught);
    }
  }

  if (courses.length === 0 || span === null)
    return (
      <>
        <PageHeading>Progress</PageHeading>
        <EmptyState
          icon="check"
          title={single.length === 0 ? "No scores yet" : "One score is no course yet"}
          action={
            <Button component={Link} to={`/clients/${chart.id}/measures`}>
              Give a measure
            </Button>
          }
        >
          As soon as a measure has been given twice, its course is drawn here.
        </EmptyState>
        <GivenOnce chart={chart} single={single} />
      </>
    );
  return (
    <>
      <PageHeading
        lead="The same days from left to right in every picture. Letters stand for events; a line from top to bottom for a plan that was signed."
        actions={
          <>
            <Button onClick={open}>Show to the client</Button>
            <Button variant="default" component="a" href={`/api/clients/${chart.id}/progress.pdf`} target="_blank" rel="noreferrer">
              PDF
            </Button>
            <Button variant="default" onClick={() => void save(courses, "Progress", "all")}>
              Save as image
            </Button>
          </>
        }
      >
        Progress
      </PageHeading>
      <Stack gap="lg">
        <Checkbox
          label="Put the client’s initials on saved images"
          checked={named}
          onChange={(event) => setNamed(event.currentTarget.checked)}
        />
        <ErrorSummary title="The image was not saved" error={error} />
        <SimpleGrid cols={{ base: 1, lg: courses.length === 1 ? 1 : 2 }} spacing="lg" style={{ alignItems: "start" }}>
          {courses.map((course) => (
            <CourseCard
              key={course.measure.id}
              course={course}
              chart={chart}
              span={span}
              onSave={() => void save([course], course.measure.name, course.measure.id)}
            />
          ))}
        </SimpleGrid>
        <GivenOnce chart={chart} single={single} />
      </Stack>
      <Modal opened={shown} onClose={close} fullScreen title="How it is going" closeButtonProps={{ "aria-label": "Close" }}>
        <Stack gap="xl" className={classes.shown ?? ""}>
          {courses.map((course) => (
            <section key={course.measure.id} aria-label={scoreName(course.measure)}>
              <p className={classes.sentence}>{clientSentences(course).join(" ")}</p>
              <CourseFigure progress={withoutNames(course)} span={span} audience="client" text={15} />
            </section>
          ))}
        </Stack>
      </Modal>
    </>
  );
}

/** Wide enough for a page or a slide. */
const imageFrame = { width: 820, height: 330, text: 13, audience: "clinician" } as const;

/** What was written down for the record may name others; on a screen that is shown round, events are left out. */
const withoutNames = (course: MeasureProgress): MeasureProgress => ({ ...course, events: [] });

function CourseCard({
  course,
  chart,
  span,
  onSave,
}: {
  readonly course: MeasureProgress;
  readonly chart: Chart;
  readonly span: Span;
  readonly onSave: () => void;
}) {
  const { measure } = course;
  const strip = useMemo(() => heatStripOf(measure, chart.administrations), [measure, chart.administrations]);
  return (
    <Card
      title={measure.name}
      actions={
        <Link to="/clients/$clientId/measures/$measureId" params={{ clientId: chart.id, measureId: measure.id }}>
          History<span className={classes.unseen}> of {measure.name}</span>
        </Link>
      }
    >
      <p className={classes.sentence}>{clientSentences(course).join(" ")}</p>
      <CourseFigure progress={course} span={span} />
      {course.gaps.map((gap) => (
        <Text key={gap.to} size="sm" c="dimmed">
          {gapWords(gap)}
        </Text>
      ))}
      {measure.reliableChange === undefined && (
        <Text size="sm" c="dimmed">
          No established threshold: how large a change has to be before it counts is not known for this measure.
        </Text>
      )}
      <Group gap="xs" mt="sm">
        <Disclosed label="Table" of={measure.name}>
          <ProgressTable progress={course} />
        </Disclosed>
        {strip !== null && (
          <Disclosed label="Answers over time" of={measure.name}>
            <HeatStripTable measure={measure} strip={strip} />
          </Disclosed>
        )}
        <Button variant="subtle" size="compact-md" onClick={onSave}>
          Save as image<span className={classes.unseen}> ({measure.name})</span>
        </Button>
      </Group>
      {measure.license.credit !== undefined && (
        <Text size="xs" c="dimmed" mt="sm">
          {measure.license.credit}
        </Text>
      )}
    </Card>
  );
}

/** A button, and below all buttons what it opens. */
function Disclosed({ label, of, children }: { readonly label: string; readonly of: string; readonly children: ReactNode }) {
  const [opened, { toggle }] = useDisclosure(false);
  const id = useId();
  return (
    <>
      <Button variant="subtle" size="compact-md" aria-expanded={opened} aria-controls={id} onClick={toggle}>
        {label}
        <span className={classes.unseen}> of {of}</span>
      </Button>
      <div id={id} style={{ order: 1, flex: opened ? "1 0 100%" : "0 0 0", minWidth: 0, maxWidth: "100%" }}>
        {opened && children}
      </div>
    </>
  );
}

function GivenOnce({ chart, single }: { readonly chart: Chart; readonly single: readonly MeasureProgress[] }) {
  if (single.length === 0) return null;
  return (
    <Card title="Given once so far">
      {single.map(({ measure, scores }) => (
        <Text key={measure.id}>
          <Link to="/clients/$clientId/measures/$measureId" params={{ clientId: chart.id, measureId: measure.id }}>
            {measure.name}
          </Link>
          : {scores.map(({ total, date }) => `${scoreWords(measure, total)}, ${formatDate(date)}`)}
        </Text>
      ))}
    </Card>
  );
}

import { Badge, Button, Group, Modal, Stack, Table, Text } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { type Measure, optionsOf } from "@trellis/domain/measures/measure";
import { scoreAdministration } from "@trellis/domain/measures/score";
import { useMemo, useState } from "react";
import { type Chart, type ChartAdministration, changeChart, markEnteredInError } from "../api/clients.ts";
import { hasRole, useSignedIn } from "../api/session.ts";
import { useChart } from "../client/use-chart.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { TextField } from "../form/text-field.tsx";
import { CourseFigure } from "../progress/course-figure.tsx";
import { useProgress } from "../progress/use-progress.ts";
import { Card } from "../shell/card.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { WideTable } from "../shell/wide-table.tsx";
import { answerWords, questionWords } from "./answers.ts";
import { ChangeCard } from "./change-card.tsx";
import { CourseNote } from "./course-note.tsx";
import { EarlierVersions } from "./earlier-versions.tsx";
import { expectationFor } from "./expectation.ts";
import { GoalSteps } from "./goal-steps.tsx";
import { ScorePanel } from "./score-panel.tsx";
import { changeWords, completenessWords, scoreWords, seriesOf } from "./score-words.ts";
import { useMeasures } from "./use-measures.ts";

/** The course of one measure: as a chart, and as a table behind it. */
export function MeasureHistoryScreen() {
  const { clientId, measureId } = useParams({ from: "/signed-in/shell/clients/$clientId/measures/$measureId" });
  const chart = useChart(clientId);
  const measures = useMeasures(chart);
  if (measures.error !== null) return <PageFault error={measures.error} retry={measures.refetch} />;
  if (measures.data === undefined) return <Waiting what="the measure" />;
  const measure = measures.data.find(({ id }) => id === measureId);
  if (measure === undefined) return <PageFault error={new Error("There is no such measure.")} />;
  return <MeasureHistory chart={chart} measure={measure} />;
}

function MeasureHistory({ chart, measure }: { readonly chart: Chart; readonly measure: Measure }) {
  usePageTitle(`${measure.name} · ${initials(chart.client.name)}`);
  const [wrong, setWrong] = useState<ChartAdministration | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const all = chart.administrations
    .filter((administration) => administration.measure === measure.id)
    .toSorted((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : b.enteredAt.localeCompare(a.enteredAt)));
  const series = seriesOf(measure, chart.administrations);
  const isOwner = hasRole(useSignedIn().member, "owner");
  const one = useMemo(() => [measure], [measure]);
  const course = useProgress(chart, one)?.[0];
  const change = changeWords(measure, series);
  return (
    <>
      <PageHeading
        lead={measure.title}
        actions={
          <Button component={Link} to={`/clients/${chart.id}/measures/${measure.id}/give`}>
            Enter answers
          </Button>
        }
      >
        {measure.name}
      </PageHeading>
      {all.length === 0 ? (
        <EmptyState icon="check" title="Not given yet">
          The first score becomes the baseline that later ones are compared with.
        </EmptyState>
      ) : (
        <Stack gap="lg">
          {series.length > 0 && (
            <Card title="Course">
              {course !== undefined && <CourseFigure progress={course} />}
              {change !== "" && <Text mt="sm">{change[0]?.toUpperCase() + change.slice(1)}.</Text>}
              <CourseNote measure={measure} series={series} against={expectationFor(chart, measure.id)} />
              {isOwner && (
                <Text size="sm" mt="sm">
                  <Link to="/settings/measures/$measureId/expected-course" params={{ measureId: measure.id }}>
                    Expected course of your practice
                  </Link>
                </Text>
              )}
            </Card>
          )}
          <ChangeCard measure={measure} series={series} />
          <Card title="Every time it was given">
            <WideTable label="Every time it was given" minWidth={640} head={["Date", "Score", "Answered by", "Entered by", "Actions"]}>
              {all.map((administration) => {
                const score = scoreAdministration(measure, administration);
                const inError = administration.status === "entered-in-error";
                return (
                  <Table.Tr key={administration.id}>
                    <Table.Td>{formatDate(administration.date)}</Table.Td>
                    <Table.Td>
                      {inError ? (
                        <Badge color="stone">Entered in error</Badge>
                      ) : score.total === null ? (
                        completenessWords(score)
                      ) : (
                        scoreWords(measure, score.total)
                      )}
                      {!inError && score.total !== null && (score.prorated || score.entered) && (
                        <Text size="sm">{completenessWords(score)}</Text>
                      )}
                    </Table.Td>
                    <Table.Td>
                      {administration.answeredBy === "client"
                        ? "Client"
                        : administration.answeredBy === "guardian"
                          ? "Parent or guardian"
                          : "Clinician"}
                    </Table.Td>
                    <Table.Td>
                      {administration.enteredBy ?? "By private link"}
                      {administration.version > 1 && <Text size="sm">Corrected</Text>}
                    </Table.Td>
                    <Table.Td>
                      <Group gap="xs">
                        <Button
                          variant="subtle"
                          size="compact-sm"
                          aria-expanded={shown === administration.id}
                          onClick={() => setShown(shown === administration.id ? null : administration.id)}
                        >
                          Answers
                        </Button>
                        {!inError && (
                          <Button
                            variant="subtle"
                            size="compact-sm"
                            component={Link}
                            to={`/clients/${chart.id}/measures/${measure.id}/correct/${administration.id}`}
                          >
                            Correct
                          </Button>
                        )}
                        {!inError && (
                          <Button variant="subtle" color="stone" size="compact-sm" onClick={() => setWrong(administration)}>
                            Entered in error
                          </Button>
                        )}
                      </Group>
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </WideTable>
          </Card>
          {shown !== null && <GivenAnswers clientId={chart.id} measure={measure} administration={all.find(({ id }) => id === shown)} />}
        </Stack>
      )}
      {wrong !== null && <EnteredInError clientId={chart.id} administration={wrong} measure={measure} onClose={() => setWrong(null)} />}
    </>
  );
}

function GivenAnswers({
  clientId,
  measure,
  administration,
}: {
  readonly clientId: string;
  readonly measure: Measure;
  readonly administration: ChartAdministration | undefined;
}) {
  if (administration === undefined) return null;
  const earlier = administration.version > 1 && <EarlierVersions clientId={clientId} measure={measure} administration={administration} />;
  if (administration.entered !== undefined)
    return (
      <Card title={`Scores of ${formatDate(administration.date)}`}>
        <ScorePanel measure={measure} score={scoreAdministration(measure, administration)} />
        {earlier}
      </Card>
    );
  return (
    <Card title={`Answers of ${formatDate(administration.date)}`}>
      <ol style={{ margin: 0, paddingLeft: "1.5rem" }}>
        {measure.items.map((item, index) => {
          const value = administration.answers[index] ?? null;
          const label = item.quantity?.unit ?? optionsOf(measure, item).find((option) => option.value === value)?.label;
          return (
            <li key={item.number} style={{ marginBottom: "0.4rem" }}>
              {questionWords(item)} <strong>{value === null ? "Not answered" : answerWords(value, label)}</strong>
            </li>
          );
        })}
      </ol>
      <GoalSteps measure={measure} answers={administration.answers} />
      {earlier}
    </Card>
  );
}

function EnteredInError({
  clientId,
  administration,
  measure,
  onClose,
}: {
  readonly clientId: string;
  readonly administration: ChartAdministration;
  readonly measure: Measure;
  readonly onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await markEnteredInError(clientId, administration.id, reason.trim());
      changeChart(clientId, (chart) => ({
        ...chart,
        administrations: chart.administrations.map((other) =>
          other.id === administration.id ? { ...other, status: "entered-in-error" as const } : other,
        ),
      }));
      onClose();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  }
  return (
    <Modal opened onClose={onClose} title={`${measure.name} of ${formatDate(administration.date)}: entered in error`} centered>
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <Text>It stays in the history, marked, and counts in nothing. This cannot be taken back.</Text>
          <ErrorSummary title="It was not marked" error={error} />
          <TextField label="What went wrong" value={reason} onChange={setReason} max={500} required autoFocus />
          <Group>
            <Button type="submit" loading={busy} disabled={reason.trim() === ""}>
              Mark as entered in error
            </Button>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

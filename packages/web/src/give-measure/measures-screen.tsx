import { Button, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { ageInYears, daysBetween, formatDate } from "@trellis/domain/calendar/date";
import { canBeAnswered, type Measure } from "@trellis/domain/measures/measure";
import { SendLink } from "../answer-link/send-link.tsx";
import type { Chart } from "../api/clients.ts";
import { completed } from "../client/alerts.ts";
import { Sparkline } from "../client/sparkline.tsx";
import { useChart } from "../client/use-chart.ts";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { Icon } from "../shell/icon.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { TogetherCard } from "./change-card.tsx";
import { elsewhere, measureGroups } from "./measure-groups.ts";
import classes from "./measures-screen.module.css";
import { changeWords, scoreWords, seriesOf } from "./score-words.ts";
import { useMeasures } from "./use-measures.ts";

/** Chooses a measure, and how it is given. */
export function MeasuresScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/measures" });
  const chart = useChart(clientId);
  const measures = useMeasures(chart);
  const today = useToday();
  const given = new Set(completed(chart.administrations).map(({ measure }) => measure));
  usePageTitle(`Measures · ${initials(chart.client.name)}`);
  if (measures.error !== null) return <PageFault error={measures.error} retry={measures.refetch} />;
  if (measures.data === undefined) return <Waiting what="the measures" />;
  // A retired one is not offered any more; where it was given, its course stays.
  const retired = new Set(chart.measures.own.flatMap(({ measure, retired: gone }) => (gone ? measure.id : [])));
  const offered = measures.data.filter(({ id }) => given.has(id) || !retired.has(id));
  return (
    <>
      <PageHeading
        lead="Read the questions out and enter the answers, or hand the screen to the client. Scores, bands and warnings appear at once."
        actions={
          <Group gap="sm">
            <SendLink clientId={clientId} />
            <Button variant="default" component={Link} to={`/clients/${clientId}/measures/own/new`}>
              Make a measure
            </Button>
          </Group>
        }
      >
        Measures
      </PageHeading>
      <Stack gap="xl">
        <TogetherCard chart={chart} measures={measures.data} />
        {measureGroups(offered, given, ageInYears(chart.client.birthDate, today)).map((group) => (
          <section key={group.title} aria-label={group.title}>
            {group.title === elsewhere ? (
              <details>
                <summary className={classes.elsewhere}>
                  <h2 className={classes.title}>{group.title}</h2> <span className={classes.howMany}>{group.measures.length}</span>
                </summary>
                <Text c="dimmed" mb="md" maw="42rem">
                  Their owners do not let the questions be passed on. Who is licensed for one uses the owner's form, and the scoring is
                  here.
                </Text>
                <Cards measures={group.measures} chart={chart} />
              </details>
            ) : (
              <>
                <Title order={2} size="h2" mb="sm">
                  {group.title}
                </Title>
                <Cards measures={group.measures} chart={chart} />
              </>
            )}
          </section>
        ))}
      </Stack>
    </>
  );
}

function Cards({ measures, chart }: { readonly measures: readonly Measure[]; readonly chart: Chart }) {
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      {measures.map((measure) => (
        <MeasureCard key={measure.id} measure={measure} chart={chart} />
      ))}
    </SimpleGrid>
  );
}

function MeasureCard({ measure, chart }: { readonly measure: Measure; readonly chart: Chart }) {
  const today = useToday();
  const series = seriesOf(measure, chart.administrations);
  const last = series.at(-1);
  const params = { clientId: chart.id, measureId: measure.id };
  const tooYoung = ageInYears(chart.client.birthDate, today) < measure.ages.from;
  const own = chart.measures.own.find((one) => one.measure.id === measure.id);
  const days = last === undefined ? null : daysBetween(last.date, today);
  return (
    <Card title={measure.name} order={3}>
      <Stack gap="xs">
        <Text c="dimmed">
          {measure.title}. {measure.measures}; {askedWords(measure)}.{own?.forClient != null && " For this client alone."}
        </Text>
        {tooYoung && <Text c="clay.8">Made for people from {measure.ages.from} years.</Text>}
        {last === undefined ? (
          <Text>Not given yet.</Text>
        ) : (
          <Group justify="space-between" wrap="nowrap">
            <div>
              <Text fw={600}>{scoreWords(measure, last.total)}</Text>
              <Text size="sm" c="dimmed">
                {formatDate(last.date)}
                {changeWords(measure, series) === "" ? "" : ` · ${changeWords(measure, series)}`}
              </Text>
            </div>
            <Sparkline
              series={series.map(({ total }) => total)}
              range={measure.scoring.range}
              {...(measure.cutoff === undefined ? {} : { cutoff: measure.cutoff.atLeast })}
            />
          </Group>
        )}
        {days !== null && measure.interval !== null && days < measure.interval.minDays && (
          <Text size="sm" c="dimmed">
            Given {days === 0 ? "today" : days === 1 ? "yesterday" : `${days} days ago`}. Asked again within{" "}
            {spanInWords(measure.interval.minDays)}, it says little that is new.
          </Text>
        )}
        {own?.retired === true && <Text>Retired: not given any more. Its course stays.</Text>}
        <Group mt="xs" gap="sm">
          {own?.retired !== true && (
            <Button component={Link} to={`/clients/${chart.id}/measures/${measure.id}/give`}>
              {canBeAnswered(measure) ? "Enter answers" : "Enter the score"}
            </Button>
          )}
          {own?.retired !== true && canBeAnswered(measure) && (
            <Button
              variant="default"
              leftSection={<Icon name="hand" />}
              component={Link}
              to={`/clients/${chart.id}/measures/${measure.id}/hand-over`}
            >
              Hand the screen over
            </Button>
          )}
          {own?.retired !== true && canBeAnswered(measure) && (
            <a href={`/api/clients/${chart.id}/measures/${measure.id}/form.pdf`} target="_blank" rel="noreferrer">
              Print<span style={{ position: "absolute", clipPath: "inset(50%)" }}> {measure.name} on paper</span>
            </a>
          )}
          {own !== undefined && !own.retired && (
            <Link to="/clients/$clientId/measures/own/$ownId" params={{ clientId: chart.id, ownId: measure.id.slice("own-".length) }}>
              Change<span style={{ position: "absolute", clipPath: "inset(50%)" }}> {measure.name}</span>
            </Link>
          )}
          {last !== undefined && (
            <Link to="/clients/$clientId/measures/$measureId" params={params}>
              History<span style={{ position: "absolute", clipPath: "inset(50%)" }}> of {measure.name}</span>
            </Link>
          )}
        </Group>
      </Stack>
    </Card>
  );
}

/** "7 questions about the last two weeks"; of a measure without them, what can be entered. */
function askedWords({ items, recall, wording }: Measure): string {
  if (wording === "totals") return `its scores can be entered; about ${recall}`;
  return `${items.length === 1 ? "one question" : `${items.length} questions`} about ${recall}`;
}

/** "7 days", "12 weeks". */
function spanInWords(days: number): string {
  if (days === 1) return "a day";
  return days > 7 && days % 7 === 0 ? `${days / 7} weeks` : `${days} days`;
}

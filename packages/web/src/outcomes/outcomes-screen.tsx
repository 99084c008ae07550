import { Anchor, Button, Group, Stack, Table, Text, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { addWeeks, formatDate } from "@trellis/domain/calendar/date";
import { daysToDropOut, fewestForMeans, type OutcomeGroup, type OutcomeGrouping } from "@trellis/domain/outcomes/outcome-report";
import { useState } from "react";
import { measureNamesQuery, type OutcomeAsked, type OutcomeReport, outcomesFile, outcomesQuery } from "../api/outcomes.ts";
import { hasRole, useSignedIn } from "../api/session.ts";
import { SelectField } from "../form/choice-field.tsx";
import { DateField } from "../form/date-field.tsx";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { WideTable } from "../shell/wide-table.tsx";
import { ChangePlot } from "./change-plot.tsx";
import { changeWords, monthWords, plotRange, points, share } from "./outcome-words.ts";
import classes from "./outcomes.module.css";

const groupingNames: Record<OutcomeGrouping, string> = {
  none: "All together",
  clinician: "Primary clinician",
  problem: "Problem in the plan",
  approach: "Approach in the plan",
  month: "Month of the first score",
};
const groupHeads: Record<OutcomeGrouping, string> = {
  none: "Clients",
  clinician: "Clinician",
  problem: "Problem",
  approach: "Approach",
  month: "Month",
};

/** What came of the therapies of the practice, measure by measure. */
export function OutcomesScreen() {
  usePageTitle("Outcomes");
  const { member } = useSignedIn();
  const today = useToday();
  const measures = useQuery(measureNamesQuery);
  const [form, setForm] = useState<OutcomeAsked>({ measure: "phq9", from: addWeeks(today, -52), to: today, by: "none" });
  const [asked, setAsked] = useState<OutcomeAsked | null>(null);
  const report = useQuery({ ...outcomesQuery(asked ?? form), enabled: asked !== null });
  if (!hasRole(member, "owner", "supervisor"))
    return <PageFault error={new Error("Outcomes are for the owner of the practice and for supervisors.")} />;
  if (measures.error !== null) return <PageFault error={measures.error} retry={() => void measures.refetch()} />;
  if (measures.data === undefined) return <Waiting what="the measures" />;
  const choices = measures.data.filter(({ hasTotal }) => hasTotal);
  const backward = form.from !== "" && form.to !== "" && form.from > form.to;
  const whole = form.from !== "" && form.to !== "" && !backward;
  return (
    <>
      <PageHeading
        lead={`What came of the therapies ${hasRole(member, "owner") ? "in your practice" : "you supervise"}, measured by one instrument at a time. Groups stand in the order of their names. They do not rank anybody: who takes on the hardest cases has the hardest numbers.`}
      >
        Outcomes
      </PageHeading>
      <Stack gap="lg">
        <Card>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (whole) setAsked(form);
            }}
          >
            <div className={classes.ask}>
              <SelectField
                label="Measure"
                value={form.measure}
                choices={choices.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={(measure) => setForm({ ...form, measure })}
              />
              <DateField label="First score from" value={form.from} max={today} onChange={(from) => setForm({ ...form, from })} />
              <DateField
                label="First score until"
                value={form.to}
                max={today}
                error={backward ? "This day is before the first. Change one of them." : undefined}
                onChange={(to) => setForm({ ...form, to })}
              />
              <SelectField
                label="Grouped by"
                value={form.by}
                choices={(Object.keys(groupingNames) as OutcomeGrouping[]).map((value) => ({ value, label: groupingNames[value] }))}
                onChange={(by) => setForm({ ...form, by })}
              />
            </div>
            <Group mt="md">
              <Button type="submit" disabled={!whole} loading={report.isFetching}>
                Show the outcomes
              </Button>
            </Group>
          </form>
        </Card>
        {report.error !== null ? (
          <PageFault error={report.error} retry={() => void report.refetch()} />
        ) : asked === null ? null : report.data === undefined ? (
          <Waiting what="the outcomes" />
        ) : (
          <div className={report.isPlaceholderData ? classes.stale : undefined}>
            <VisuallyHidden role="status">{report.isPlaceholderData ? "" : `${report.data.all.started} clients started`}</VisuallyHidden>
            <Report report={report.data} asked={asked} />
          </div>
        )}
      </Stack>
    </>
  );
}

function Report({ report, asked }: { readonly report: OutcomeReport; readonly asked: OutcomeAsked }) {
  const { measure, all, groups, beganBefore } = report;
  if (all.started === 0)
    return (
      <EmptyState title={`Nobody began with ${measure.name} in this time`}>
        {beganBefore > 0
          ? `${beganBefore} ${beganBefore === 1 ? "client has" : "clients have"} scores in it, and a first score before it. Begin earlier to see them.`
          : "Choose another measure or a longer time. Scores from another system can be brought in under Settings."}
      </EmptyState>
    );
  const range = plotRange([...groups, all]);
  return (
    <Stack gap="lg">
      <Card
        title={`${measure.name}, ${formatDate(asked.from)} to ${formatDate(asked.to)}`}
        actions={
          <Anchor href={outcomesFile(asked)} download>
            Download as CSV
          </Anchor>
        }
      >
        <WideTable
          label="Outcomes"
          minWidth={1080}
          head={[
            groupHeads[asked.by],
            "Started",
            "Two or more scores",
            "Mean score at the start",
            "Reliably improved",
            "Recovered",
            "Reliably worse",
            "Perhaps dropped out",
            "Mean change for the better, with 95 % interval",
            "Effect size",
          ]}
        >
          {groups.map((group, i) => (
            // Two people may have one name.
            <Line
              key={`${i} ${group.name}`}
              group={asked.by === "month" ? { ...group, name: monthWords(group.name) } : group}
              range={range}
            />
          ))}
          <Line group={all} range={range} whole={groups.length > 0} />
        </WideTable>
        <Text size="sm" c="dimmed" mt="md">
          {beganBefore > 0 &&
            `${beganBefore} ${beganBefore === 1 ? "client" : "clients"} with scores in this time began before it and ${beganBefore === 1 ? "is" : "are"} not counted. `}
          {(asked.by === "problem" || asked.by === "approach") &&
            "A client with several stands in each of their groups; “All clients” counts everybody once. "}
          {(asked.by === "problem" || asked.by === "approach") && "Groups are read from the newest signed plan."}
        </Text>
      </Card>
      <Explained report={report} />
    </Stack>
  );
}

function Line({
  group,
  range,
  whole = false,
}: {
  readonly group: OutcomeGroup;
  readonly range: readonly [number, number];
  readonly whole?: boolean;
}) {
  const enough = group.means !== null;
  return (
    <Table.Tr className={whole ? classes.all : undefined}>
      <Table.Th scope="row" className={classes.group ?? ""}>
        {group.name}
      </Table.Th>
      <Table.Td className={classes.number}>{group.started}</Table.Td>
      <Table.Td className={classes.number}>{group.compared}</Table.Td>
      <Table.Td className={classes.number}>{group.means === null ? "–" : points(group.means.start)}</Table.Td>
      <Table.Td className={classes.number}>{share(group.improved, group.compared, enough)}</Table.Td>
      <Table.Td className={classes.number}>{share(group.recovered, group.casesAtStart, enough)}</Table.Td>
      <Table.Td className={classes.number}>{share(group.deteriorated, group.compared, enough)}</Table.Td>
      <Table.Td className={classes.number}>{share(group.droppedOut, group.started, enough)}</Table.Td>
      <Table.Td>
        <Text size="sm" {...(enough ? {} : { c: "dimmed" })}>
          {changeWords(group)}
        </Text>
        <ChangePlot group={group} range={range} />
      </Table.Td>
      <Table.Td className={classes.number}>
        {group.means?.effectSize == null ? "–" : group.means.effectSize.toFixed(2).replace("-", "−")}
      </Table.Td>
    </Table.Tr>
  );
}

function Explained({ report: { measure, today } }: { readonly report: OutcomeReport }) {
  const side = measure.higherIs === "worse" ? `${measure.cutoff?.atLeast} or more` : `below ${measure.cutoff?.atLeast}`;
  return (
    <Card title="How these figures are reached">
      <dl className={classes.terms}>
        <Term name="Who is counted">
          Clients whose first score on {measure.name} lies in the time chosen, with all their scores until its last day. The first score is
          compared with the last. Entries in error and the practice client do not count.
        </Term>
        <Term name="Reliably improved, reliably worse">
          {measure.reliableChange === null
            ? `${measure.name} has no established threshold of reliable change, and so neither is told. The owner can enter a standard deviation and a reliability for it.`
            : `A change of ${measure.reliableChange.points} points or more, out of those with two or more scores. ${measure.reliableChange.source}.`}
        </Term>
        <Term name="Recovered">
          {measure.cutoff === null || measure.reliableChange === null
            ? "Told only of measures with a cutoff and a threshold of reliable change."
            : `Reliably improved, in the clinical range at the start (${side}) and out of it at the end; out of those who were in it at the start with two or more scores.`}
        </Term>
        <Term name="Perhaps dropped out">
          As of {formatDate(today)}: a plan was signed, in the last {daysToDropOut} days no session took place and no score came in, and the
          last session recorded was missed or cancelled, or none was recorded. Whoever recovered is left out. Trellis does not know yet that
          a therapy ended as agreed, so read this as a question, not as a finding.
        </Term>
        <Term name="Mean change and interval">
          Points for the better from the first to the last score. The interval holds the true mean in 95 of 100 such samples (Student's t).
          To the right of the dashed line is better; an interval that crosses the line may be chance.
        </Term>
        <Term name="Effect size">
          The mean change divided by the spread of the scores at the start, corrected for small groups (standardized mean change with raw
          score standardization; Becker, Br J Math Stat Psychol 1988;41:257-278). Without a comparison group it also holds what time alone
          does.
        </Term>
        <Term name="Small groups">
          With fewer than {fewestForMeans} clients to compare, a group shows how many and no means or shares: a few clients are no basis for
          one.
        </Term>
      </dl>
    </Card>
  );
}

function Term({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

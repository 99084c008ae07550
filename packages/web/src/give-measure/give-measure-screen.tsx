import { Button, Group, Stack, Text } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { calledName } from "@trellis/domain/client/client";
import type { Administration } from "@trellis/domain/measures/administration";
import { type Measure, optionsOf } from "@trellis/domain/measures/measure";
import { scoreAdministration, scoreAnswers } from "@trellis/domain/measures/score";
import { useRef, useState } from "react";
import type { Chart } from "../api/clients.ts";
import { useSignedIn } from "../api/session.ts";
import { useChart } from "../client/use-chart.ts";
import { SelectField } from "../form/choice-field.tsx";
import { DateField } from "../form/date-field.tsx";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { SaveIndicator } from "../save-state/save-indicator.tsx";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { type Answers, answerForKey, leftOut, neighbor, noAnswers, questionWords, stillOpen, withoutLeftOut } from "./answers.ts";
import classes from "./give-measure.module.css";
import { ScoreAlerts, ScorePanel } from "./score-panel.tsx";
import { changeWords, givenAlreadyWords, seriesOf } from "./score-words.ts";
import { useMeasures } from "./use-measures.ts";
import { useSubmit } from "./use-submit.ts";

/** The clinician enters a client's answers, as quickly as they are said: one digit for each question. */
export function GiveMeasureScreen() {
  const { clientId, measureId } = useParams({ from: "/signed-in/shell/clients/$clientId/measures/$measureId/give" });
  const chart = useChart(clientId);
  const measures = useMeasures(chart);
  if (measures.error !== null) return <PageFault error={measures.error} retry={measures.refetch} />;
  if (measures.data === undefined) return <Waiting what="the questions" />;
  const measure = measures.data.find(({ id }) => id === measureId);
  if (measure === undefined) return <PageFault error={new Error("There is no such measure.")} />;
  return <GiveMeasure key={measureId} chart={chart} measure={measure} />;
}

function GiveMeasure({ chart, measure }: { readonly chart: Chart; readonly measure: Measure }) {
  const { member } = useSignedIn();
  const today = useToday();
  const [answers, setAnswers] = useState<Answers>(() => noAnswers(measure));
  const [date, setDate] = useState(today);
  const [answeredBy, setAnsweredBy] = useState<Administration["answeredBy"]>("client");
  const list = useRef<HTMLOListElement>(null);
  const { submit, state, sent, done } = useSubmit(chart.id, measure, member.name);
  const anything = answers.some((answer) => answer !== null);
  useLeaveWarning(anything && sent === null);
  usePageTitle(`${measure.name} · ${initials(chart.client.name)}`);
  const score = scoreAnswers(measure, withoutLeftOut(measure, answers));
  const open = stillOpen(measure, answers);
  const out = leftOut(measure, answers);
  const dateFault = date === "" ? "Enter the day it was answered." : date > today ? "This day is in the future." : undefined;

  const already = givenAlreadyWords(measure, chart.administrations, date, today);

  function focus(number: number): void {
    const item = list.current?.querySelector<HTMLElement>(`[data-item="${number}"]`);
    (item?.querySelector<HTMLInputElement>("input:checked") ?? item?.querySelector<HTMLInputElement>("input"))?.focus();
    item?.scrollIntoView({ block: "nearest" });
  }

  function answer(number: number, value: number | null): Answers {
    const next = answers.with(number - 1, value);
    setAnswers(next);
    return next;
  }

  function keys(event: React.KeyboardEvent, number: number): void {
    const item = measure.items[number - 1];
    if (item === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const value = answerForKey(measure, item, event.key);
    if (value !== undefined) {
      event.preventDefault();
      const following = neighbor(measure, answer(number, value), number, 1);
      if (following !== null) focus(following);
      else document.getElementById("save-answers")?.focus();
    } else if (event.key === "Backspace" || event.key === "Delete") {
      event.preventDefault();
      if (answers[number - 1] !== null) answer(number, null);
      else {
        const previous = neighbor(measure, answers, number, -1);
        if (previous !== null) {
          answer(previous, null);
          focus(previous);
        }
      }
    }
  }

  if (sent !== null && done) return <Result chart={chart} measure={measure} administration={sent} />;
  return (
    <>
      <PageHeading keepFocus lead={measure.instruction}>
        {measure.name}
      </PageHeading>
      <div className={classes.layout}>
        <ol className={classes.items} ref={list}>
          {measure.items.map((item, index) => (
            <li key={item.number}>
              <fieldset
                className={classes.item}
                data-item={item.number}
                data-left-out={out.has(item.number)}
                disabled={out.has(item.number)}
                onKeyDown={(event) => keys(event, item.number)}
              >
                <legend className={classes.legend} style={{ float: "left", width: "100%" }}>
                  {item.number}. {questionWords(item)}
                  {item.optional && (
                    <Text span c="dimmed">
                      {" "}
                      (may be left open)
                    </Text>
                  )}
                  {out.has(item.number) && <Text span> (left out, because of an earlier answer)</Text>}
                </legend>
                <div className={classes.options} style={{ clear: "both" }}>
                  {optionsOf(measure, item).map((option) => (
                    <label key={option.value} className={classes.option}>
                      <input
                        type="radio"
                        name={`item-${item.number}`}
                        value={option.value}
                        checked={answers[index] === option.value && !out.has(item.number)}
                        onChange={() => answer(item.number, option.value)}
                        // biome-ignore lint/a11y/noAutofocus: the page has one purpose, and the keyboard is to begin at the first question
                        autoFocus={index === 0 && option.value === 0}
                      />
                      <span className={classes.digit}>{option.value}</span> {option.label}
                    </label>
                  ))}
                </div>
              </fieldset>
            </li>
          ))}
        </ol>
        <div className={classes.aside}>
          <Card title="Score">
            <Stack gap="sm">
              <div aria-live="polite">
                {!anything ? (
                  <Text c="dimmed">
                    Press the digit of each answer; the next question follows by itself. Backspace takes the last one back.
                  </Text>
                ) : open.length > 0 ? (
                  <Text>{open.length === 1 ? `Question ${open[0]} is still open.` : `${open.length} questions are still open.`}</Text>
                ) : null}
              </div>
              {open.length === 0 && <ScorePanel measure={measure} score={score} />}
              <DateField label="Answered on" value={date} onChange={setDate} max={today} error={dateFault} />
              {sent === null && already !== "" && (
                <Text size="sm" c="dimmed">
                  {already}
                </Text>
              )}
              <SelectField
                label="Whose answers"
                value={answeredBy}
                choices={[
                  { value: "client", label: `${calledName(chart.client)}'s own` },
                  { value: "clinician", label: "Rated by the clinician" },
                  { value: "guardian", label: "A parent's or guardian's" },
                ]}
                onChange={setAnsweredBy}
              />
              <Group>
                <Button
                  id="save-answers"
                  disabled={!anything || dateFault !== undefined}
                  loading={sent !== null && state.kind === "saving"}
                  onClick={() => submit(answers, date, answeredBy)}
                >
                  {open.length > 0 && anything ? "Save with open questions" : "Save the answers"}
                </Button>
                <Button variant="default" component={Link} to={`/clients/${chart.id}/measures`}>
                  Cancel
                </Button>
              </Group>
              {sent !== null && <SaveIndicator state={state} />}
            </Stack>
          </Card>
          <Text size="sm" c="dimmed">
            {measure.license.credit} {measure.license.text}
          </Text>
        </div>
      </div>
    </>
  );
}

/** What came of it, right after saving. */
export function Result({
  chart,
  measure,
  administration,
}: {
  readonly chart: Chart;
  readonly measure: Measure;
  readonly administration: Administration;
}) {
  const score = scoreAdministration(measure, administration);
  const series = seriesOf(measure, chart.administrations);
  return (
    <div style={{ maxWidth: "44rem" }}>
      <PageHeading>{measure.name}: saved</PageHeading>
      <Stack>
        <ScoreAlerts measure={measure} score={score} clientId={chart.id} />
        <Card title="Score">
          <ScorePanel measure={measure} score={score} change={changeWords(measure, series)} />
        </Card>
        <Group>
          <Button component={Link} to={`/clients/${chart.id}/measures/${measure.id}`} variant="default">
            See the course
          </Button>
          <Button component={Link} to={`/clients/${chart.id}/measures`} variant="default">
            Give another measure
          </Button>
          <Button component={Link} to={`/clients/${chart.id}`}>
            To the overview
          </Button>
        </Group>
      </Stack>
    </div>
  );
}

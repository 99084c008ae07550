import { Button, Group, Stack, Text } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { calledName } from "@trellis/domain/client/client";
import type { Administration } from "@trellis/domain/measures/administration";
import { checkAdministration } from "@trellis/domain/measures/check-answers";
import { type Measure, optionsOf } from "@trellis/domain/measures/measure";
import { scoreAdministration } from "@trellis/domain/measures/score";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Chart, ChartAdministration } from "../api/clients.ts";
import { useSignedIn } from "../api/session.ts";
import { useChart } from "../client/use-chart.ts";
import { SelectField } from "../form/choice-field.tsx";
import { DateField } from "../form/date-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { noProblems, type Problems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { SaveIndicator } from "../save-state/save-indicator.tsx";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import {
  type Answers,
  answerForKey,
  isMinus,
  keyWords,
  leftOut,
  neighbor,
  noAnswers,
  printedNumber,
  questionWords,
  stillOpen,
  withoutLeftOut,
} from "./answers.ts";
import classes from "./give-measure.module.css";
import { type GivenMode, givenModes } from "./given-modes.ts";
import { GoalSteps } from "./goal-steps.tsx";
import { NumberAnswer } from "./number-answer.tsx";
import { ScoreAlerts, ScorePanel } from "./score-panel.tsx";
import { changeWords, givenAlreadyWords, seriesOf } from "./score-words.ts";
import { ScoresEntry } from "./scores-entry.tsx";
import { noScores, readScores, type Typed, type TypedScores, typedFault, withTyped } from "./typed-numbers.ts";
import { useCorrection } from "./use-correction.ts";
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

/** The same page with what was entered, to be put right. */
export function CorrectMeasureScreen() {
  const { clientId, measureId, administrationId } = useParams({
    from: "/signed-in/shell/clients/$clientId/measures/$measureId/correct/$administrationId",
  });
  const chart = useChart(clientId);
  const measures = useMeasures(chart);
  if (measures.error !== null) return <PageFault error={measures.error} retry={measures.refetch} />;
  if (measures.data === undefined) return <Waiting what="the entry" />;
  const measure = measures.data.find(({ id }) => id === measureId);
  const entry = chart.administrations.find(({ id }) => id === administrationId);
  if (measure === undefined || entry === undefined || entry.status === "entered-in-error")
    return <PageFault error={new Error("There is no such entry to correct.")} />;
  return <GiveMeasure key={administrationId} chart={chart} measure={measure} correcting={entry} />;
}

type Means = "answers" | "score";

/** Where the owner keeps the wording, most practices have the score of a form that was filled in elsewhere. */
const firstMeans = (measure: Measure): Means => (measure.wording === "here" ? "answers" : "score");

/** What stood in the fields when an entry was made. */
function typedBefore(measure: Measure, entry: ChartAdministration | undefined): Typed {
  return new Map(
    measure.items.flatMap(({ number, quantity }) => {
      const answer = entry?.answers[number - 1] ?? null;
      return quantity === undefined || answer === null ? [] : [[number, String(answer)] as const];
    }),
  );
}

function scoresBefore(entry: ChartAdministration | undefined): TypedScores {
  if (entry?.entered === undefined) return noScores;
  const { total, subscales } = entry.entered;
  return {
    total: total === null ? "" : String(total),
    subscales: Object.fromEntries(Object.entries(subscales).map(([id, score]) => [id, String(score)])),
  };
}

interface GiveMeasureProps {
  readonly chart: Chart;
  readonly measure: Measure;
  /** The entry that is put right; without one a new entry is made. */
  readonly correcting?: ChartAdministration;
}

function GiveMeasure({ chart, measure, correcting }: GiveMeasureProps) {
  const { member } = useSignedIn();
  const today = useToday();
  const [means, setMeans] = useState<Means>(() =>
    correcting === undefined ? firstMeans(measure) : correcting.entered === undefined ? "answers" : "score",
  );
  const [chosen, setChosen] = useState<Answers>(() =>
    correcting === undefined ? noAnswers(measure) : measure.items.map((_, i) => correcting.answers[i] ?? null),
  );
  const [typed, setTyped] = useState<Typed>(() => typedBefore(measure, correcting));
  const [scores, setScores] = useState<TypedScores>(() => scoresBefore(correcting));
  /** Items whose number was left or sent: only then it is said what is wrong with it, not while it is typed. */
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [attempt, setAttempt] = useState(0);
  const [date, setDate] = useState(correcting?.date ?? today);
  const [answeredBy, setAnsweredBy] = useState<Administration["answeredBy"]>(correcting?.answeredBy ?? "client");
  const [mode, setMode] = useState<GivenMode>(means === "score" ? "paper" : "read-aloud");
  const afterMinus = useRef<number | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const { submit, state, sent, done } = useSubmit(chart.id, measure, member.name);
  const correction = useCorrection(chart.id, measure, correcting);
  const answers = withTyped(measure, chosen, typed);
  const entered = readScores(scores);
  const anything =
    means === "answers"
      ? answers.some((answer) => answer !== null) || [...typed.values()].some((text) => text.trim() !== "")
      : scores.total.trim() !== "" || Object.values(scores.subscales).some((text) => text.trim() !== "");
  const leaveInPeace = useLeaveWarning(anything && sent === null);
  usePageTitle(`${measure.name} · ${initials(chart.client.name)}`);
  const open = stillOpen(measure, answers);
  const out = leftOut(measure, answers);
  const dateFault = date === "" ? "Enter the day it was answered." : date > today ? "This day is in the future." : undefined;
  const given = { answers: [...withoutLeftOut(measure, answers)], ...(means === "score" && { answers: [], entered: entered.entered }) };
  const complete = means === "score" ? anything && faultsNow().size === 0 : open.length === 0 && faultsNow().size === 0;

  const already = givenAlreadyWords(measure, chart.administrations, date, today);

  /** What is wrong with what is there, by pointer. What cannot be read as a number goes before what is read. */
  function faultsNow(): Problems {
    const found = new Map<string, string>();
    if (means === "score") for (const [pointer, message] of entered.faults) found.set(pointer, message);
    else
      for (const { number } of measure.items) {
        const message = typedFault(measure, typed, number);
        if (message !== undefined) found.set(`/answers/${number - 1}`, message);
      }
    if (found.size === 0)
      for (const { pointer, message } of checkAdministration(measure, given)) if (!found.has(pointer)) found.set(pointer, message);
    return found;
  }

  /** What was typed on either side stays there. */
  function switchMeans(): void {
    const next = means === "answers" ? "score" : "answers";
    setMeans(next);
    setMode(next === "score" || measure.wording !== "here" ? "paper" : "read-aloud");
    setProblems(noProblems);
  }

  function save(): void {
    const found = faultsNow();
    setProblems(found);
    setAttempt((n) => n + 1);
    if (found.size > 0 || dateFault !== undefined) return;
    if (correcting !== undefined) void correction.correct({ ...given, date, answeredBy }, leaveInPeace);
    else submit(answers, date, answeredBy, { mode, ...(means === "score" && { entered: entered.entered }) });
  }

  function focus(number: number): void {
    const item = list.current?.querySelector<HTMLElement>(`[data-item="${number}"]`);
    (item?.querySelector<HTMLInputElement>("input:checked") ?? item?.querySelector<HTMLInputElement>("input"))?.focus();
    item?.scrollIntoView({ block: "nearest" });
  }

  function answer(number: number, value: number | null): Answers {
    const next = chosen.with(number - 1, value);
    setChosen(next);
    setProblems(noProblems);
    return withTyped(measure, next, typed);
  }

  function goOn(from: number, now: Answers): void {
    const following = neighbor(measure, now, from, 1);
    if (following !== null) focus(following);
    else document.getElementById("save-answers")?.focus();
  }

  function enterNumber(number: number): void {
    setLeft((before) => new Set(before).add(number));
    if (typedFault(measure, typed, number) === undefined) goOn(number, answers);
  }

  function keys(event: React.KeyboardEvent, number: number): void {
    const item = measure.items[number - 1];
    if (item === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (item.quantity !== undefined) {
      const previous = neighbor(measure, answers, number, -1);
      if (event.key !== "Backspace" || (typed.get(number) ?? "") !== "" || previous === null) return;
      event.preventDefault();
      focus(previous);
      return;
    }
    const minus = afterMinus.current === number;
    afterMinus.current = isMinus(event.key) ? number : null;
    const value = answerForKey(measure, item, event.key, minus);
    if (value !== undefined) {
      event.preventDefault();
      // Drawn before the focus goes on: of a single question the button that saves can be pressed only from its answer on.
      let next = answers;
      flushSync(() => {
        next = answer(number, value);
      });
      goOn(number, next);
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
      <PageHeading
        keepFocus
        lead={measure.instruction === "" ? measure.title : measure.instruction}
        actions={
          measure.wording !== "totals" &&
          measure.license.class !== "own" &&
          correcting === undefined && (
            <Button variant="default" onClick={switchMeans}>
              {means === "answers"
                ? "I only have the score"
                : measure.wording === "here"
                  ? "Enter the answers"
                  : "Enter the answers by number"}
            </Button>
          )
        }
      >
        {correcting === undefined ? measure.name : `${measure.name} of ${formatDate(correcting.date)}: correct the entry`}
      </PageHeading>
      <div className={classes.layout}>
        <Stack gap="md">
          <ErrorSummary title="This cannot be saved yet" problems={problems} attempt={attempt} />
          <ErrorSummary title="The correction was not saved" error={correction.error} attempt={correction.attempt} />
          {measure.wording === "brought" && (
            <Text size="sm" c="dimmed">
              The questions' words belong to their owner. Use the form that you are licensed for; a practice that may put them on the screen
              pastes them under Practice, Measures.
            </Text>
          )}
          {means === "score" ? (
            <ScoresEntry
              measure={measure}
              scores={scores}
              onChange={(next) => {
                setScores(next);
                setProblems(noProblems);
              }}
              problems={problems}
              onDone={() => document.getElementById("save-answers")?.focus()}
            />
          ) : (
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
                    <div style={{ clear: "both" }}>
                      {item.quantity === undefined ? (
                        <div className={classes.options}>
                          {optionsOf(measure, item).map((option, at) => (
                            <label key={option.value} className={classes.option}>
                              <input
                                type="radio"
                                name={`item-${item.number}`}
                                value={option.value}
                                checked={answers[index] === option.value && !out.has(item.number)}
                                onChange={() => answer(item.number, option.value)}
                                // biome-ignore lint/a11y/noAutofocus: the page has one purpose, and the keyboard is to begin at the first question
                                autoFocus={index === 0 && at === 0}
                              />
                              <span className={classes.digit}>{printedNumber(optionsOf(measure, item), option.value)}</span>{" "}
                              {option.label === String(option.value) ? "" : option.label}
                            </label>
                          ))}
                        </div>
                      ) : (
                        <NumberAnswer
                          quantity={item.quantity}
                          label={questionWords(item)}
                          typed={typed.get(item.number) ?? ""}
                          onType={(text) => {
                            setTyped(new Map(typed).set(item.number, text));
                            setProblems(noProblems);
                          }}
                          onEnter={() => enterNumber(item.number)}
                          onLeave={() => setLeft((before) => new Set(before).add(item.number))}
                          error={
                            problems.get(`/answers/${index}`) ??
                            (left.has(item.number) ? typedFault(measure, typed, item.number) : undefined)
                          }
                          autoFocus={index === 0}
                        />
                      )}
                    </div>
                  </fieldset>
                </li>
              ))}
            </ol>
          )}
        </Stack>
        <div className={classes.aside}>
          <Card title="Score">
            <Stack gap="sm">
              <div aria-live="polite">
                {means === "score" ? (
                  !anything && <Text c="dimmed">Type the score as it stands on the form, and press Enter.</Text>
                ) : !anything ? (
                  <Text c="dimmed">{keyWords(measure)}</Text>
                ) : open.length > 0 ? (
                  <Text>{open.length === 1 ? `Question ${open[0]} is still open.` : `${open.length} questions are still open.`}</Text>
                ) : null}
              </div>
              {complete && <ScorePanel measure={measure} score={scoreAdministration(measure, given)} />}
              <DateField label="Answered on" value={date} onChange={setDate} max={today} error={dateFault} />
              {sent === null && correcting === undefined && already !== "" && (
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
              {correcting === undefined ? (
                <SelectField label="How it was given" value={mode} choices={givenModes} onChange={setMode} />
              ) : (
                <TextField
                  label="Why it is corrected"
                  description="What it said before stays in its history, with this."
                  value={correction.reason}
                  onChange={correction.setReason}
                  max={500}
                  required
                />
              )}
              <Group>
                <Button
                  id="save-answers"
                  disabled={!anything || dateFault !== undefined || (correcting !== undefined && correction.reason.trim() === "")}
                  loading={correction.busy || (sent !== null && state.kind === "saving")}
                  onClick={save}
                >
                  {correcting !== undefined
                    ? "Save the correction"
                    : means === "score"
                      ? "Save the score"
                      : open.length > 0 && anything
                        ? "Save with open questions"
                        : "Save the answers"}
                </Button>
                <Button
                  variant="default"
                  component={Link}
                  to={`/clients/${chart.id}/measures${correcting === undefined ? "" : `/${measure.id}`}`}
                >
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
        {measure.scoring.method === "attainment" && administration.entered === undefined && (
          <Card title="How the T-score was reached">
            <GoalSteps measure={measure} answers={administration.answers} />
          </Card>
        )}
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

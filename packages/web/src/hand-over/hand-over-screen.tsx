import { Button, Group, Progress, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { canBeAnswered, type Measure, optionsOf } from "@trellis/domain/measures/measure";
import { crisisWords } from "@trellis/domain/practice/crisis-words";
import { useEffect, useRef, useState } from "react";
import { chartQuery } from "../api/clients.ts";
import { measuresQuery } from "../api/reference.ts";
import { useSignedIn } from "../api/session.ts";
import { readNumber } from "../form/read-number.ts";
import { type Answers, answerWords, isNumberRow, neighbor, noAnswers, questionWords, stillOpen } from "../give-measure/answers.ts";
import { NumberAnswer } from "../give-measure/number-answer.tsx";
import { typedFault } from "../give-measure/typed-numbers.ts";
import { measuresOf } from "../give-measure/use-measures.ts";
import { useSubmit } from "../give-measure/use-submit.ts";
import { SaveIndicator } from "../save-state/save-indicator.tsx";
import { IdleWatch } from "../session/idle-watch.tsx";
import { useToday } from "../session/today.ts";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import classes from "./hand-over.module.css";
import { answersArrived, handedOver, handOver, takeBack } from "./handed-over.ts";
import { HandedOverStep, StepHeading, TakeBack } from "./take-back.tsx";

/** The client answers a measure on this screen. One question at a time, no names, and no way out without the clinician's password. */
export function HandOverScreen() {
  const { clientId, measureId } = useParams({ from: "/signed-in/clients/$clientId/measures/$measureId/hand-over" });
  const { practice } = useSignedIn();
  const shipped = useQuery(measuresQuery);
  // The practice's own measures come with the chart; nothing else of it is shown.
  const chart = useQuery(chartQuery(clientId));
  const measures = {
    data: shipped.data && chart.data && measuresOf(shipped.data, chart.data.measures),
    error: shipped.error ?? chart.error,
    refetch: () => Promise.all([shipped.refetch(), chart.refetch()]),
  };
  usePageTitle("Questions");
  const measure = measures.data?.find(({ id }) => id === measureId);
  return (
    <main className={classes.page} id="main">
      {measures.error !== null ? (
        <PageFault error={measures.error} retry={() => void measures.refetch()} />
      ) : measures.data === undefined ? (
        <Waiting what="the questions" />
      ) : measure === undefined ? (
        <PageFault error={new Error("There is no such measure.")} />
      ) : !canBeAnswered(measure) ? (
        <PageFault
          error={new Error(`The words of ${measure.name} are not here, so nobody can answer it on this screen. Enter its score.`)}
        />
      ) : (
        <HandOver clientId={clientId} measure={measure} />
      )}
      <IdleWatch idleMinutes={practice.idleMinutes} />
    </main>
  );
}

type Step = "before" | "welcome" | "questions" | "review" | "thanks" | "taking-back";

function HandOver({ clientId, measure }: { readonly clientId: string; readonly measure: Measure }) {
  const { member, practice } = useSignedIn();
  const today = useToday();
  const navigate = useNavigate();
  const path = `/clients/${clientId}/measures/${measure.id}/hand-over`;
  /** As it was when this page came up: a page that is loaded again knows nothing else of what went before. */
  const [lent] = useState(handedOver);
  const [answered, setAnswered] = useState(lent?.path === path && lent.answered);
  const [step, setStep] = useState<Step>(lent?.path !== path ? "before" : answered ? "thanks" : "welcome");
  const [answers, setAnswers] = useState<Answers>(() => noAnswers(measure));
  const [number, setNumber] = useState(1);
  const [back, setBack] = useState<Step>("welcome");
  const { submit, state, sent, done } = useSubmit(clientId, measure, member.name);
  const credit = measure.license.credit === undefined ? undefined : `${measure.title}. ${measure.license.credit}`;
  const unfinished = answers.some((answer) => answer !== null) && sent === null;

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (unfinished) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unfinished]);

  useEffect(() => {
    if (!done) return;
    answersArrived(path);
    setAnswered(true);
  }, [done, path]);

  function begin(): void {
    handOver(path);
    // Full screen where the browser allows it; the questions work without.
    document.documentElement.requestFullscreen?.().catch(() => undefined);
    setStep("welcome");
  }

  function go(by: 1 | -1, now: Answers = answers): void {
    const next = neighbor(measure, now, number, by);
    if (next !== null) setNumber(next);
    else setStep(by === 1 ? "review" : "welcome");
  }

  function choose(value: number | null): void {
    const next = answers.with(number - 1, value);
    setAnswers(next);
    go(1, next);
  }

  function chooseNumber(value: number | null, by: 1 | -1): void {
    const next = answers.with(number - 1, value);
    setAnswers(next);
    go(by, next);
  }

  async function leave(): Promise<void> {
    takeBack();
    if (document.fullscreenElement !== null) await document.exitFullscreen().catch(() => undefined);
    if (sent === null && !answered) await navigate({ to: "/clients/$clientId/measures", params: { clientId } });
    else await navigate({ to: "/clients/$clientId/measures/$measureId/result", params: { clientId, measureId: measure.id } });
  }

  const leaving = () => {
    setBack(step);
    setStep("taking-back");
  };

  if (step === "before")
    return (
      <Stack className={classes.card} gap="lg">
        <StepHeading>Hand the screen to your client</StepHeading>
        <Text size="lg">
          {measure.name}: {measure.items.length === 1 ? "one question" : `${measure.items.length} questions`} about {measure.recall}. The
          client sees the questions only: no names, no chart. To come back, this screen asks for your password.
        </Text>
        <Group>
          <Button size="lg" onClick={begin}>
            Hand it over now
          </Button>
          <Button size="lg" variant="default" component={Link} to={`/clients/${clientId}/measures`}>
            Cancel
          </Button>
        </Group>
      </Stack>
    );

  return (
    <>
      {step === "welcome" && (
        <HandedOverStep title={measure.items.length === 1 ? "A question for you" : "A few questions for you"} credit={credit}>
          <Text size="xl">
            {measure.items.length === 1 ? "There is one question." : `There are ${measure.items.length} questions.`} There are no right or
            wrong answers. Your therapist will go through the answers with you.
          </Text>
          <Button size="xl" onClick={() => setStep("questions")}>
            {answers.some((answer) => answer !== null) ? "Go on" : "Begin"}
          </Button>
        </HandedOverStep>
      )}
      {step === "questions" && (
        <Question
          key={number}
          measure={measure}
          number={number}
          answers={answers}
          onChoose={choose}
          onNumber={chooseNumber}
          onGo={(by) => go(by)}
        />
      )}
      {step === "review" && (
        <Review
          measure={measure}
          answers={answers}
          onOpen={(item) => {
            setNumber(item);
            setStep("questions");
          }}
          onFinish={() => {
            submit(answers, today, "client", { mode: "handed-over" });
            setStep("thanks");
          }}
        />
      )}
      {step === "thanks" && (
        <HandedOverStep title="Thank you" credit={credit}>
          <Text size="xl">
            Your answers are {state.kind === "saved" ? "with your therapist" : "on their way"}. Please hand the screen back.
          </Text>
          {state.kind !== "saved" && <SaveIndicator state={state} />}
          <Text>{crisisWords(practice)}</Text>
        </HandedOverStep>
      )}
      {step === "taking-back" && (
        <TakeBack onBack={() => setStep(back)} onLeave={leave} backTo={back === "thanks" ? "Back" : "Back to the questions"}>
          {sent === null && unfinished && (
            <Text>The questions are not finished. What was answered so far is not kept if you take the screen back now.</Text>
          )}
          {sent !== null && state.kind !== "saved" && (
            <Text>The answers have not arrived yet. They are sent again by themselves; keep Trellis open.</Text>
          )}
        </TakeBack>
      )}
      {step !== "taking-back" && (
        <footer className={classes.foot}>
          <Button variant="subtle" color="stone" onClick={leaving}>
            For the therapist: take the screen back
          </Button>
        </footer>
      )}
    </>
  );
}

function Question({
  measure,
  number,
  answers,
  onChoose,
  onNumber,
  onGo,
}: {
  readonly measure: Measure;
  readonly number: number;
  readonly answers: Answers;
  /** `null` takes the answer back. */
  readonly onChoose: (value: number | null) => void;
  readonly onNumber: (value: number | null, by: 1 | -1) => void;
  readonly onGo: (by: 1 | -1) => void;
}) {
  const [typed, setTyped] = useState(() => String(answers[number - 1] ?? ""));
  const [fault, setFault] = useState<string>();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const item = measure.items[number - 1];
  if (item === undefined) return null;
  const options = optionsOf(measure, item);
  const row = isNumberRow(options);

  /** What does not fit stays in its field, also on the way back. */
  function sendNumber(by: 1 | -1): void {
    const found = typedFault(measure, new Map([[number, typed]]), number);
    setFault(found);
    if (found === undefined) onNumber(readNumber(typed) ?? null, by);
  }

  return (
    <Stack className={classes.card} gap="md">
      <Progress value={((number - 1) / measure.items.length) * 100} aria-hidden="true" />
      <Text c="dimmed">
        Question {number} of {measure.items.length}
      </Text>
      <Text>{measure.instruction}</Text>
      <Title order={1} size="h2" ref={heading} tabIndex={-1} className={classes.question} id="question">
        {questionWords(item)}
      </Title>
      {item.quantity !== undefined ? (
        <NumberAnswer
          large
          quantity={item.quantity}
          label={questionWords(item)}
          typed={typed}
          onType={(text) => {
            setTyped(text);
            setFault(undefined);
          }}
          onEnter={() => sendNumber(1)}
          error={fault}
        />
      ) : (
        <>
          {row && (
            <Text size="lg">
              {options.flatMap(({ value, label }) => (label === String(value) ? [] : `${value}: ${label}`)).join(" · ")}
            </Text>
          )}
          {/* Buttons, not radio buttons: a press answers and goes on. */}
          <fieldset aria-labelledby="question" className={row ? classes.numberRow : classes.answers}>
            {options.map((option) => (
              <button
                key={option.value}
                type="button"
                aria-pressed={answers[number - 1] === option.value}
                className={classes.answer}
                onClick={() => onChoose(option.value)}
                {...(row && { "aria-label": answerWords(option.value, option.label) })}
              >
                {row ? option.value : option.label}
              </button>
            ))}
          </fieldset>
        </>
      )}
      <Group justify="space-between" mt="sm">
        <Button variant="default" size="lg" onClick={() => (item.quantity === undefined ? onGo(-1) : sendNumber(-1))}>
          Back
        </Button>
        {item.quantity !== undefined && typed.trim() !== "" ? (
          <Button size="lg" onClick={() => sendNumber(1)}>
            Next
          </Button>
        ) : (
          <Button variant="subtle" size="lg" onClick={() => (item.quantity === undefined ? onGo(1) : onChoose(null))}>
            {answers[number - 1] === null || item.quantity !== undefined ? "Skip this question" : "Next"}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Review({
  measure,
  answers,
  onOpen,
  onFinish,
}: {
  readonly measure: Measure;
  readonly answers: Answers;
  readonly onOpen: (item: number) => void;
  readonly onFinish: () => void;
}) {
  const open = stillOpen(measure, answers);
  return (
    <HandedOverStep title={open.length === 0 ? "That was the last question" : "Some questions are still open"}>
      {open.length === 0 ? (
        <Text size="xl">You have answered everything.</Text>
      ) : (
        <>
          <Text size="xl">You can answer them now, or leave them open.</Text>
          <Group>
            {open.map((item) => (
              <Button key={item} size="lg" variant="default" onClick={() => onOpen(item)}>
                Question {item}
              </Button>
            ))}
          </Group>
        </>
      )}
      <Group>
        <Button size="xl" onClick={onFinish}>
          I am done
        </Button>
        <Button size="xl" variant="default" onClick={() => onOpen(1)}>
          Look at my answers again
        </Button>
      </Group>
    </HandedOverStep>
  );
}

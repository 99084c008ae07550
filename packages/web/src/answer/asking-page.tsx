/** @jsxImportSource preact */
import { useEffect, useRef, useState } from "preact/hooks";
import { askServer, type Finished, type Opened, Refused, type Saved, Unreachable } from "./ask-server.ts";
import { type Kept, keep, keptOf, newKept } from "./kept.ts";
import { pause } from "./pause.ts";
import { QuestionScreen } from "./question-screen.tsx";
import {
  type AllAnswers,
  type Answers,
  answerAt,
  answersTo,
  anyNeedsHelp,
  isSame,
  neighbor,
  openAfter,
  type Place,
  stillOpen,
  way,
  withAnswer,
  withoutLeftOut,
} from "./questions.ts";
import { Credits, HelpBox, SavingWords, Screen } from "./screen.tsx";
import { createSender, type Sender, type SendState } from "./sender.ts";

interface Props {
  readonly token: string;
  readonly link: Opened;
  readonly onFinished: (link: Finished, credits: readonly string[]) => void;
  readonly onClosed: (refusal: Refused) => void;
}

/** The answers as they stand: the server's, and those of this browser that have not arrived there yet. */
function answersAtStart({ measures, answers }: Opened, { unsent }: Kept): AllAnswers {
  return Object.fromEntries(
    measures.map(({ id, questions }) => {
      const there = answers[id];
      const here = unsent[id];
      const newest = here !== undefined && here.seq > (there?.seq ?? 0) ? here.answers : there?.answers;
      return [id, newest?.length === questions.length ? newest : questions.map(() => null)];
    }),
  );
}

/** Where the page was when it was closed; otherwise the first question that is open. */
function placeAtStart({ measures }: Opened, answers: AllAnswers, { at }: Kept): Place | null {
  const places = way(measures, answers);
  const seen = places.find(({ form, question }) => form.id === at?.form && question.number === at.number);
  return seen ?? places.find((place) => answerAt(answers, place) === null) ?? null;
}

/** The questions one after the other, and a look at what is open before they are finished. */
export function AskingPage({ token, link, onFinished, onClosed }: Props) {
  const [kept] = useState(() => keptOf(token) ?? newKept());
  const [answers, setAnswers] = useState(() => answersAtStart(link, kept));
  const [place, setPlace] = useState(() => placeAtStart(link, answers, kept));
  const [state, setState] = useState<SendState>({ kind: "saved" });
  /** Going through the questions that were left open, and no others. */
  const [filling, setFilling] = useState(false);
  const [danger, setDanger] = useState(link.danger);
  const [finishing, setFinishing] = useState(false);
  const [fault, setFault] = useState("");
  const forms = link.measures;
  const credits = [...new Set(forms.map(({ credit }) => credit).filter((credit) => credit !== ""))];
  const shown = { token, browserKey: kept.browserKey };

  function change(part: Partial<Kept>): void {
    keep(token, { ...(keptOf(token) ?? kept), ...part });
  }

  function refuse(refusal: Refused): void {
    if (refusal.reason === "") setFault(refusal.message);
    else onClosed(refusal);
  }

  const made = useRef<Sender<Answers>>(null);
  made.current ??= createSender<Answers, Saved>({
    // What the practice has changed or dropped meanwhile would be refused for ever.
    unsent: Object.fromEntries(
      Object.entries(kept.unsent).filter(([id, one]) =>
        forms.some((form) => form.id === id && form.questions.length === one.answers.length),
      ),
    ),
    seen: Object.fromEntries(Object.entries(link.answers).map(([id, { seq }]) => [id, seq])),
    send: (measure, seq, given) => askServer<Saved>("answer/save", { ...shown, measure, seq, answers: given }),
    keep: (unsent) => change({ unsent }),
    onState: (next) => {
      setState(next);
      if (next.kind === "refused") refuse(next.refusal);
    },
    onSaved: (saved) => {
      setFault("");
      if (saved.danger) setDanger(true);
    },
    pause,
  });
  const sender = made.current;

  // Where the browser keeps nothing, what has not arrived is lost with the page: it asks before it goes.
  const unsent = state.kind !== "saved";
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (unsent) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsent]);

  function go(from: Place, by: 1 | -1): void {
    const open = filling && by === 1 ? openAfter(forms, now.current, from) : undefined;
    goTo(open === undefined ? neighbor(forms, now.current, from, by) : open);
  }

  function goTo(next: Place | null): void {
    setFault("");
    setPlace(next);
    change({ at: next === null ? undefined : { form: next.form.id, number: next.question.number } });
  }

  // Two changes can come with one tap: the answer, and the step to the next question, which may depend on it.
  const now = useRef(answers);
  function answer(at: Place, value: number | null): void {
    now.current = withAnswer(now.current, at, value);
    setAnswers(now.current);
    sender.change(at.form.id, withoutLeftOut(at.form, answersTo(now.current, at.form)));
  }

  async function finish(): Promise<void> {
    setFinishing(true);
    setFault("");
    try {
      await sender.arrived();
      for (;;) {
        try {
          const finished = await askServer<Finished>("answer/finish", shown);
          // Nothing is kept here of what is in the chart; the key stays, so that this browser is thanked again.
          keep(token, { browserKey: kept.browserKey, unsent: {} });
          return onFinished(finished, credits);
        } catch (error) {
          if (error instanceof Refused) throw error;
          setState({ kind: "waiting" });
          await pause(error instanceof Unreachable ? (error.wait ?? 3_000) : 3_000);
        }
      }
    } catch (error) {
      if (error instanceof Refused) refuse(error);
      setFinishing(false);
    }
  }

  const places = way(forms, answers);
  return (
    <>
      {place === null ? (
        <Review
          forms={forms}
          answers={answers}
          crisis={danger || anyNeedsHelp(forms, answers) ? link.crisis : null}
          finishing={finishing}
          onOpen={(next, toFill) => {
            setFilling(toFill);
            goTo(next);
          }}
          onFinish={() => void finish()}
        />
      ) : (
        <QuestionScreen
          key={`${place.form.id}/${place.question.number}`}
          place={place}
          count={{ now: places.findIndex((one) => isSame(one, place)) + 1, all: places.length }}
          answer={answerAt(answers, place)}
          crisis={link.crisis}
          onAnswer={(value) => answer(place, value)}
          onGo={(by) => go(place, by)}
        />
      )}
      <footer>
        {fault !== "" && (
          <p class="fault" role="alert">
            {fault}
          </p>
        )}
        <SavingWords state={state} begun={places.some((one) => answerAt(answers, one) !== null)} />
        {link.gone > 0 && <p class="credit">One of the forms is not used any more and is left out.</p>}
        <Credits credits={place === null ? credits : place.form.credit === "" ? [] : [place.form.credit]} />
      </footer>
    </>
  );
}

function Review({
  forms,
  answers,
  crisis,
  finishing,
  onOpen,
  onFinish,
}: {
  readonly forms: Opened["measures"];
  readonly answers: AllAnswers;
  /** Where help is, when an answer has spoken of danger. */
  readonly crisis: string | null;
  readonly finishing: boolean;
  /** `toFill`: to answer what is open, not to look through everything again. */
  readonly onOpen: (place: Place, toFill: boolean) => void;
  readonly onFinish: () => void;
}) {
  const places = way(forms, answers);
  const open = stillOpen(forms, answers);
  const nothing = places.every((place) => answerAt(answers, place) === null);
  const [first] = places;
  return (
    <Screen title={open.length === 0 ? "That was the last question" : "Some questions are still open"}>
      {nothing ? (
        <p>Nothing is answered yet. Answer at least one question, or close this page.</p>
      ) : open.length === 0 ? (
        <p>You have answered everything. Your therapist gets the answers when you tap the button below.</p>
      ) : (
        <p>You can answer them now, or leave them open.</p>
      )}
      {open.length > 0 && (
        <ul class="open">
          {open.map((place) => (
            <li key={`${place.form.id}/${place.question.number}`}>
              <button type="button" class="answer" onClick={() => onOpen(place, true)}>
                {place.question.words}
              </button>
            </li>
          ))}
        </ul>
      )}
      {crisis !== null && <HelpBox crisis={crisis} />}
      <div class="stack">
        {!nothing && (
          <button type="button" class="way main wide" aria-disabled={finishing} onClick={() => !finishing && onFinish()}>
            {finishing ? "Sending…" : "I am done"}
          </button>
        )}
        {first !== undefined && !finishing && (
          <button type="button" class="way wide" onClick={() => onOpen(first, false)}>
            Look at my answers again
          </button>
        )}
      </div>
    </Screen>
  );
}

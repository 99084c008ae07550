import { useEffect, useRef, useState } from "preact/hooks";
import { askServer, Refused, Unreachable } from "../answer/ask-server.ts";
import { pause } from "../answer/pause.ts";
import { createSender, type Sender, type SendState } from "../answer/sender.ts";
import { forget, isKept, keepOf, keptOf } from "./kept-link.ts";
import type { Opened, SavedLink } from "./link.ts";

/** What is typed within so many ms is sent as one. */
const gather = 1_500;
/** A link holds one form. */
const form = "all";

export interface FillingIn<A> {
  readonly answers: A;
  readonly change: (answers: A) => void;
  readonly state: SendState;
  /** In words, where the server took something not. */
  readonly fault: string;
  readonly finishing: boolean;
  readonly finished: boolean;
  /** It was over before what was written last had arrived: that never reached the therapist. */
  readonly late: boolean;
  /** Says that that is all; then nothing can be changed any more. */
  readonly finish: () => Promise<void>;
}

/**
 * Keeps what a client fills in: on the phone at once, at the server as soon as it can be reached. `start` reads what there is already, from the server or from
 * this phone.
 */
export function useFillingIn<A>(
  token: string,
  link: Opened,
  start: (answers: unknown) => A,
  onClosed: (refusal: Refused) => void,
): FillingIn<A> {
  const [kept] = useState(() => keptOf(token));
  const mine = kept?.unsent[form];
  const [answers, setAnswers] = useState(() => start(mine !== undefined && mine.seq > link.seq ? mine.answers : link.answers));
  const [state, setState] = useState<SendState>({ kind: "saved" });
  const [fault, setFault] = useState("");
  const [finishing, setFinishing] = useState(false);
  const [finished, setFinished] = useState(link.state === "finished");
  const [late, setLate] = useState(link.state === "finished" && mine !== undefined && mine.seq > link.seq);
  const seq = useRef(Math.max(link.seq, mine?.seq ?? 0));
  const now = useRef(answers);
  const shown = { token, browserKey: kept?.browserKey ?? "" };

  function refuse(refusal: Refused): void {
    if (refusal.reason === "") setFault(refusal.message);
    else onClosed(refusal);
  }

  const made = useRef<Sender<A>>(null);
  made.current ??= createSender<A, SavedLink>({
    unsent:
      link.state === "open" && mine !== undefined && mine.seq > link.seq ? { [form]: { seq: mine.seq, answers: mine.answers as A } } : {},
    seen: { [form]: link.seq },
    send: (_form, number, given) => askServer<SavedLink>("link/save", { ...shown, seq: number, answers: given }),
    keep: (unsent) => {
      const page = keptOf(token)?.page;
      const newest = unsent[form];
      if (newest !== undefined) seq.current = newest.seq;
      keepOf(token, {
        unsent,
        ...(page !== undefined && { page: { ...page, answers: now.current, seq: seq.current - (newest === undefined ? 0 : 1) } }),
      });
    },
    onState: (next) => {
      setState(next);
      if (next.kind === "refused") refuse(next.refusal);
    },
    onSaved: (saved) => {
      setFault("");
      if (saved.finished) over(saved.late);
    },
    pause,
    gather,
  });
  const sender = made.current;

  function over(tooLate = false): void {
    setFinished(true);
    setLate(tooLate);
    // Not sent and not lost: it is shown here, also when the page is opened again.
    if (tooLate) return void keepOf(token, { page: undefined, unsent: { [form]: { seq: seq.current, answers: now.current } } });
    // Nothing is kept here of what is with the therapist; the key stays, so that this browser is thanked again.
    void forget(token, {});
  }

  // Where the browser keeps nothing, what has not arrived is lost with the page: it asks before it goes.
  const waits = state.kind !== "saved";
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (waits && !isKept(link)) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [waits]);

  async function finish(): Promise<void> {
    setFinishing(true);
    setFault("");
    try {
      await sender.arrived();
      for (;;) {
        try {
          const saved = await askServer<SavedLink>("link/save", { ...shown, seq: seq.current + 1, answers: now.current, finish: true });
          return over(saved.late);
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

  return {
    late,
    answers,
    state,
    fault,
    finishing,
    finished,
    finish,
    change(next) {
      now.current = next;
      setAnswers(() => next);
      sender.change(form, next);
    },
  };
}

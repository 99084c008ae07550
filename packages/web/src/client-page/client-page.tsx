/** @jsxImportSource preact */
import { useEffect, useRef, useState } from "preact/hooks";
import { Refused, Unreachable } from "../answer/ask-server.ts";
import { pause } from "../answer/pause.ts";
import { HelpWords, Screen } from "../answer/screen.tsx";
import { HomeworkPage } from "./homework-page.tsx";
import { forget, isKept, keepOf, keptOf, tidyUp } from "./kept-link.ts";
import { type Opened, openLink } from "./link.ts";
import { PlanPage } from "./plan-page.tsx";
import { ReviewPage } from "./review-page.tsx";

type Stage =
  | { readonly kind: "welcome" | "opening" | "no-connection" }
  /** `live`: as the server has it, not as it was kept on this phone. */
  | { readonly kind: "open"; readonly link: Opened; readonly live: boolean; readonly note: string }
  | { readonly kind: "closed"; readonly refusal: Refused };

const none = new Refused(
  "This link does not work",
  "The link is not complete. Open it again from the message you got, or ask your therapist.",
  "unknown",
);

/** After so many ms without an answer, what is kept on the phone is shown; the answer may come later. */
const patience = 2_500;

/** What a client sees who opens a private link that is not a questionnaire: homework, the own part of a review, a plan for bad days. No names. */
export function ClientPage({ token }: { readonly token: string }) {
  const [stage, setStage] = useState<Stage>(() =>
    token === "" ? { kind: "closed", refusal: none } : { kind: keptOf(token) === null ? "welcome" : "opening" },
  );
  const now = useRef(stage);
  const go = (next: Stage) => {
    now.current = next;
    setStage(next);
  };

  function opened(link: Opened): void {
    const { notHere, page } = keptOf(token) ?? {};
    const { current } = now;
    const fillingIn = current.kind === "open" && "fields" in link.shown && link.state === "open";
    if (!isKept(link) || notHere === true) {
      keepOf(token, { page: undefined });
      void tidyUp();
    } else keepOf(token, { page: fillingIn && page !== undefined ? { ...link, answers: page.answers, seq: page.seq } : link });
    // Somebody may be filling in what was kept: it stays under their hands, and is sent as they go on.
    if (fillingIn) go({ ...current, live: true });
    else go({ kind: "open", link, live: true, note: "" });
  }

  async function refused(refusal: Refused): Promise<void> {
    const page = keptOf(token)?.page;
    // A plan for bad days that is on the phone stays there when its time is over; taken back, it goes.
    if (page !== undefined && refusal.reason !== "withdrawn" && page.shown.kind.endsWith("-plan"))
      return go({ kind: "open", link: page, live: false, note: `${refusal.title}. What was kept on this phone is still here.` });
    if (refusal.reason === "withdrawn") await forget(token, {});
    else keepOf(token, { page: undefined });
    go({ kind: "closed", refusal });
  }

  async function open(): Promise<void> {
    if (now.current.kind !== "opening") go({ kind: "opening" });
    // A link belongs to the browser in which somebody has opened it, not to a program that looks at it on the way.
    keepOf(token, {});
    const { browserKey = "", page } = keptOf(token) ?? {};
    const showKept = () => {
      if (page !== undefined && now.current.kind !== "open") go({ kind: "open", link: page, live: false, note: "" });
    };
    const late = setTimeout(showKept, patience);
    for (;;) {
      try {
        opened(await openLink({ token, browserKey }));
        clearTimeout(late);
        return;
      } catch (error) {
        clearTimeout(late);
        if (error instanceof Refused) return refused(error);
        if (page === undefined) go({ kind: "no-connection" });
        else showKept();
        await pause(error instanceof Unreachable && error.wait !== null ? error.wait : 5_000);
      }
    }
  }

  // Once, when the page comes up in a browser that knows the link.
  useEffect(() => {
    if (stage.kind === "opening") void open();
  }, []);

  const closed = (refusal: Refused) => void refused(refusal);
  return (
    <main>
      {stage.kind === "welcome" && <Welcome onOpen={() => void open()} />}
      {stage.kind === "opening" && (
        <p class="quiet" role="status">
          One moment…
        </p>
      )}
      {stage.kind === "no-connection" && (
        <Screen title="There is no connection">
          <p>This page tries again by itself. Nothing that you filled in is lost.</p>
          <p>If you are in danger or need help now, do not wait: call your local emergency number.</p>
        </Screen>
      )}
      {stage.kind === "open" && (
        <>
          {stage.note !== "" && (
            <p class="note" role="status">
              {stage.note}
            </p>
          )}
          <Kind token={token} link={stage.link} live={stage.live} onClosed={closed} />
          {stage.link.shown.kind === "safety-plan" ? null : (
            <div class="aside foot">
              <h2>If you need help before you meet</h2>
              <HelpWords text={stage.link.crisis} />
            </div>
          )}
        </>
      )}
      {stage.kind === "closed" && (
        <Screen title={stage.refusal.title}>
          <p>{stage.refusal.message}</p>
          <p class="quiet">If you are in danger or need help now, do not wait: call your local emergency number.</p>
        </Screen>
      )}
    </main>
  );
}

interface KindProps {
  readonly token: string;
  readonly link: Opened;
  readonly live: boolean;
  readonly onClosed: (refusal: Refused) => void;
}

function Kind({ token, link, live, onClosed }: KindProps) {
  const { shown } = link;
  switch (shown.kind) {
    case "homework":
      return <HomeworkPage key={link.state} token={token} link={link} shown={shown} onClosed={onClosed} />;
    case "review":
      return <ReviewPage key={link.state} token={token} link={link} shown={shown} onClosed={onClosed} />;
    case "safety-plan":
    case "relapse-plan":
      return <PlanPage token={token} link={link} shown={shown} live={live} />;
  }
}

function Welcome({ onOpen }: { readonly onOpen: () => void }) {
  return (
    <Screen title="Something from your therapist’s practice">
      <p>
        It is meant for you alone. Open it on the phone or computer that you use yourself: it belongs to the browser in which it is opened
        first.
      </p>
      <p>
        What you write here is for your therapist, who may not read it right away. If you are in danger or need help now, do not wait: call
        your local emergency number.
      </p>
      <button type="button" class="way main wide" onClick={onOpen}>
        Open
      </button>
    </Screen>
  );
}

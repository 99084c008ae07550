/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import { askServer, type Finished, type Opened, Refused, Unreachable } from "./ask-server.ts";
import { AskingPage } from "./asking-page.tsx";
import { keep, keptOf, newKept } from "./kept.ts";
import { pause } from "./pause.ts";
import { Credits, HelpBox, HelpWords, Screen } from "./screen.tsx";

type Stage =
  | { readonly kind: "welcome" | "opening" | "no-connection" }
  | { readonly kind: "asking"; readonly link: Opened }
  | { readonly kind: "thanks"; readonly link: Finished; readonly credits: readonly string[] }
  | { readonly kind: "closed"; readonly refusal: Refused };

const none = new Refused(
  "This link does not work",
  "The link is not complete. Open it again from the message you got, or ask your therapist.",
  "unknown",
);
const allGone = new Refused(
  "These questions are not asked any more",
  "Your therapist's practice has changed its questions. Ask your therapist for a new link.",
  "gone",
);

/** What a client sees who opens a private link: no names, one question a screen. */
export function AnswerPage({ token }: { readonly token: string }) {
  const [stage, setStage] = useState<Stage>(() =>
    token === "" ? { kind: "closed", refusal: none } : { kind: keptOf(token) === null ? "welcome" : "opening" },
  );

  async function open(): Promise<void> {
    setStage({ kind: "opening" });
    // A link belongs to the browser in which somebody has begun, not to a program that looks at it on the way.
    const kept = keptOf(token) ?? newKept();
    keep(token, kept);
    for (;;) {
      try {
        const link = await askServer<Opened | Finished>("answer/open", { token, browserKey: kept.browserKey });
        if (link.state === "finished") setStage({ kind: "thanks", link, credits: [] });
        else setStage(link.measures.length === 0 ? { kind: "closed", refusal: allGone } : { kind: "asking", link });
        return;
      } catch (error) {
        if (error instanceof Refused) return setStage({ kind: "closed", refusal: error });
        setStage({ kind: "no-connection" });
        await pause(error instanceof Unreachable && error.wait !== null ? error.wait : 3_000);
      }
    }
  }

  // Once, when the page comes up in the browser that has begun.
  useEffect(() => {
    if (stage.kind === "opening") void open();
  }, []);

  return (
    <main>
      {stage.kind === "welcome" && <Welcome onBegin={() => void open()} />}
      {stage.kind === "opening" && (
        <p class="quiet" role="status">
          One moment…
        </p>
      )}
      {stage.kind === "no-connection" && (
        <Screen title="There is no connection">
          <p>This page tries again by itself. Nothing that you answered is lost.</p>
        </Screen>
      )}
      {stage.kind === "asking" && (
        <AskingPage
          token={token}
          link={stage.link}
          onFinished={(link, credits) => setStage({ kind: "thanks", link, credits })}
          onClosed={(refusal) => setStage({ kind: "closed", refusal })}
        />
      )}
      {stage.kind === "thanks" && <Thanks link={stage.link} credits={stage.credits} />}
      {stage.kind === "closed" && (
        <Screen title={stage.refusal.title}>
          <p>{stage.refusal.message}</p>
          <p class="quiet">If you are in danger or need help now, do not wait: call your local emergency number.</p>
        </Screen>
      )}
    </main>
  );
}

function Welcome({ onBegin }: { readonly onBegin: () => void }) {
  return (
    <Screen title="A few questions from your therapist’s practice">
      <p>
        There are no right or wrong answers. Each answer is saved as you give it: if you are interrupted, open the same link on this phone
        or computer and go on.
      </p>
      <p>
        Your therapist goes through the answers with you, and may not read them right away. If you are in danger or need help now, do not
        wait: call your local emergency number.
      </p>
      <button type="button" class="way main wide" onClick={onBegin}>
        Begin
      </button>
    </Screen>
  );
}

function Thanks({ link, credits }: { readonly link: Finished; readonly credits: readonly string[] }) {
  return (
    <Screen title="Thank you">
      <p>Your answers are with your therapist. You can close this page.</p>
      {link.danger ? (
        <HelpBox crisis={link.crisis} />
      ) : (
        <div class="aside">
          <h2>If you need help before you meet</h2>
          <HelpWords text={link.crisis} />
        </div>
      )}
      <Credits credits={credits} />
    </Screen>
  );
}

/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { SendState } from "./sender.ts";

/** One screen. Its heading takes the focus when it comes up, so that a screen reader begins there. */
export function Screen({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <section class="screen" aria-labelledby="title">
      <h1 id="title" tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {children}
    </section>
  );
}

/** Sentences that tell somebody to call: a number in them can be tapped. */
const telling = /\b(call|text|phone|ring|dial)\b/i;
/** Without looking back, which the browsers of older phones cannot read. */
const sentence = /[^.!?]+[.!?]*\s*/g;
const phoneNumber = /(\+?\d[\d\s-]*\d)/;

/** Where help is, with numbers that a phone calls when they are tapped. */
export function HelpWords({ text }: { readonly text: string }) {
  return (
    <>
      {text
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => (
          <p key={line}>
            {(line.match(sentence) ?? [line]).flatMap((words) =>
              (telling.test(words) ? words.split(phoneNumber) : [words]).map((part, index) =>
                index % 2 === 1 && part.replaceAll(/\D/g, "").length >= 3 ? (
                  <a key={part} href={`tel:${part.replaceAll(/[^\d+]/g, "")}`}>
                    {part}
                  </a>
                ) : (
                  part
                ),
              ),
            )}
          </p>
        ))}
    </>
  );
}

/** After an answer that speaks of danger: calm, at once, and in the practice's own words. */
export function HelpBox({ crisis }: { readonly crisis: string }) {
  return (
    <div class="help">
      <h2>Thank you for saying this. You do not have to carry it alone.</h2>
      <HelpWords text={crisis} />
      <p>Your therapist is told of this answer, and may not see it right away.</p>
    </div>
  );
}

/** Whether the answers have arrived: seen by who looks, and said aloud only where something is in the way. */
export function SavingWords({ state, begun }: { readonly state: SendState; readonly begun: boolean }) {
  const waiting = state.kind === "waiting";
  return (
    <p class={waiting ? "saving waiting" : "saving"}>
      <span role="status">{waiting ? "Not sent yet, trying again. You can go on." : ""}</span>
      {state.kind === "saved" && begun ? "Saved" : state.kind === "sending" ? "Saving…" : ""}
    </p>
  );
}

/** Whose questions they are, in small print. */
export function Credits({ credits }: { readonly credits: readonly string[] }) {
  return (
    <>
      {credits.map((credit) => (
        <p class="credit" key={credit}>
          {credit}
        </p>
      ))}
    </>
  );
}

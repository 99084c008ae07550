/** @jsxImportSource preact */

import type { RelapsePlan } from "@trellis/domain/client-document/relapse-plan";
import type { SafetyContact, SafetyPlan } from "@trellis/domain/client-document/safety-plan";
import { useRef } from "preact/hooks";
import { HelpWords, Screen } from "../answer/screen.tsx";
import { dayInWords } from "./calendar-words.ts";
import { Calls } from "./calls.tsx";
import { KeptHere } from "./kept-here.tsx";
import type { LinkOf } from "./link.ts";
import { phonePieces } from "./phone-numbers.ts";

type Props = LinkOf<"safety-plan" | "relapse-plan"> & { readonly live: boolean };

type Part = { readonly title: string } & (
  | { readonly lines: readonly string[] }
  | { readonly contacts: readonly SafetyContact[]; readonly askForHelp?: true }
);

/** In the order of the published structure: from what one can do alone to whom one can ask. */
const safetyParts = (plan: SafetyPlan): readonly Part[] => [
  { title: "Signs that it is getting hard", lines: plan.warningSigns },
  { title: "What I can do by myself", lines: plan.ownCoping },
  { title: "People and places that take my mind off it", contacts: plan.distractions },
  { title: "People I can ask for help", contacts: plan.helpers, askForHelp: true },
  { title: "Professionals and crisis lines", contacts: plan.professionals, askForHelp: true },
  { title: "Making it safer around me", lines: plan.surroundings },
  { title: "What makes it worth staying", lines: plan.reasonsToLive },
];

const relapseParts = (plan: RelapsePlan): readonly Part[] => [
  { title: "What helped me", lines: plan.whatHelped },
  { title: "Early signs that it is coming back", lines: plan.earlySigns },
  { title: "Times that may be hard", lines: plan.hardTimes },
  { title: "What I do then", lines: plan.whatIDo },
  { title: "People who can help", contacts: plan.people },
  { title: "When to come back", lines: plan.whenToComeBack },
];

const isFilled = (part: Part) => ("lines" in part ? part.lines : part.contacts).length > 0;

/** A plan for bad days, or for staying well: calm, readable, every number one tap away. */
export function PlanPage({ token, link, shown, live }: Props) {
  const safety = shown.kind === "safety-plan";
  const parts = (shown.kind === "safety-plan" ? safetyParts(shown.plan) : relapseParts(shown.plan)).filter(isFilled);
  /** Where somebody can be called: the button at the top leads there. */
  const firstToCall = parts.find(
    (part) => "contacts" in part && part.askForHelp === true && part.contacts.some(({ phone }) => phone !== ""),
  );
  const help = useRef<HTMLElement & HTMLDivElement>(null);
  return (
    <Screen title={safety ? "My safety plan" : "My plan for staying well"}>
      {safety && (
        <button
          type="button"
          class="way main wide"
          onClick={() => {
            help.current?.scrollIntoView({ block: "start" });
            help.current?.focus({ preventScroll: true });
          }}
        >
          I need help now
        </button>
      )}
      {parts.map((part) => (
        <section class="part" key={part.title} aria-label={part.title} {...(part === firstToCall && { ref: help, tabIndex: -1 })}>
          <h2>{part.title}</h2>
          {"lines" in part ? <Lines lines={part.lines} /> : <Contacts contacts={part.contacts} />}
        </section>
      ))}
      {shown.plan.note !== "" && (
        <p class="own-words">
          <Calls text={shown.plan.note} />
        </p>
      )}
      {shown.kind === "safety-plan" && (
        <div class="help" {...(firstToCall === undefined && { ref: help, tabIndex: -1 })}>
          <h2>If you need help now</h2>
          <HelpWords text={link.crisis} />
        </div>
      )}
      <p class="quiet">
        Version {shown.version}, {dayInWords(shown.madeOn, { year: "numeric", month: "long", day: "numeric" })}.
        {!live && " There is no connection right now: this is what is kept on this phone."}
      </p>
      <KeptHere token={token} link={link} what={safety ? "Your safety plan" : "Your plan"} unsent={false} />
    </Screen>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>
          <Calls text={line} />
        </li>
      ))}
    </ul>
  );
}

function Contacts({ contacts }: { readonly contacts: readonly SafetyContact[] }) {
  return (
    <ul class="contacts">
      {contacts.map(({ name, phone, note }) => (
        <li key={`${name} ${phone}`}>
          <span>
            <strong>{name}</strong>
            {note !== "" && (
              <span class="quiet">
                {" "}
                <Calls text={note} />
              </span>
            )}
          </span>
          {phonePieces(phone, true).map((piece, index) =>
            piece.tel === null ? (
              piece.text.trim() === "" ? null : (
                <span key={String(index)}>{piece.text.trim()}</span>
              )
            ) : (
              <a key={String(index)} class="call" href={`tel:${piece.tel}`} aria-label={`Call ${name}, ${piece.text}`}>
                Call {piece.text}
              </a>
            ),
          )}
        </li>
      ))}
    </ul>
  );
}

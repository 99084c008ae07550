import type { z } from "zod";
import type { Risk } from "../intake/intake.ts";
import type { ClientDocumentKind } from "./client-document.ts";
import { contactsOf, documentParts, isEmptyDocument, type WorkingDocument } from "./document-parts.ts";
import type { SafetyContact, SafetyPlan } from "./safety-plan.ts";
import { phoneProblem, telHref } from "./telephone.ts";

/** Something that a plan may still want. None holds anything up but a number that cannot be called. */
export interface DocumentFinding {
  readonly id: string;
  /** The part that it is about; `null` for the whole. */
  readonly part: string | null;
  readonly message: string;
}

/** A number that no phone can call, by RFC 6901 pointer into the document. This alone keeps a version from being finished: in a crisis nobody corrects it. */
export function phoneFaults(kind: ClientDocumentKind, content: WorkingDocument): { readonly pointer: string; readonly message: string }[] {
  return documentParts[kind].flatMap((part) =>
    part.of === "lines"
      ? []
      : contactsOf(content, part.key).flatMap(({ phone }, index) => {
          const message = phoneProblem(phone);
          return message === null ? [] : [{ pointer: `/${part.key}/${index}/phone`, message }];
        }),
  );
}

const blank = (lines: readonly string[]) => lines.every((line) => line.trim() === "");
const named = (contacts: readonly SafetyContact[]) => contacts.filter(({ name, phone }) => `${name}${phone}`.trim() !== "");
const canBeCalled = ({ phone }: SafetyContact) => telHref(phone) !== null;

/** Says in so many words that there are no means; an empty field says only that nobody wrote anything down. */
export const namesMeans = (means: string): boolean =>
  means.trim() !== "" && !/^\W*(?:none\b|no\b|nothing\b|not (?:known|asked|named)|n\/?a\b)/i.test(means.trim());

/**
 * What a safety plan still lacks, in the order of its parts: plain, and nothing that holds it up. A plan that is begun and short is better than one that waits.
 *
 * @param risk the risk section of the intake, where there is one: means that were named there are asked about.
 */
export function safetyPlanFindings(plan: SafetyPlan, risk: Pick<z.infer<typeof Risk>, "means"> | null = null): DocumentFinding[] {
  if (isEmptyDocument("safety-plan", plan))
    return [
      {
        id: "empty",
        part: null,
        message: "Nothing stands here yet. Most people begin with the warning signs, because they remember the last time.",
      },
    ];
  const found: DocumentFinding[] = [];
  const say = (id: string, part: keyof SafetyPlan, message: string) => found.push({ id, part, message });
  if (blank(plan.warningSigns))
    say("no-signs", "warningSigns", "No warning sign is named yet: without one it is hard to know when to take the plan out.");
  if (blank(plan.ownCoping))
    say("no-own-coping", "ownCoping", "Nothing stands here that can be done alone. One thing that needs nobody is enough to begin with.");
  if (named(plan.distractions).length === 0)
    say("no-company", "distractions", "No company and no place is named where thoughts get quieter. A café or a park counts.");
  const helpers = named(plan.helpers);
  if (helpers.length === 0)
    say(
      "no-helper",
      "helpers",
      "Nobody is named who may know how bad it is. If there is nobody at present, talk about who could become it, and lean on the lines below.",
    );
  else if (!helpers.some(canBeCalled))
    say("helper-without-number", "helpers", "Nobody to ask for help has a number here. In a bad hour nobody looks one up.");
  const professionals = named(plan.professionals);
  if (professionals.length === 0) say("no-professional", "professionals", "No professional and no crisis line is named.");
  if (![...plan.helpers, ...plan.professionals].some((contact) => contact.anyHour && canBeCalled(contact)))
    say(
      "nobody-at-night",
      "professionals",
      "Nobody here can be reached at night. Add a crisis line, or tick “at any hour” for whoever can be called at three in the morning.",
    );
  if (blank(plan.surroundings))
    say(
      "means-open",
      "surroundings",
      risk !== null && namesMeans(risk.means)
        ? "The intake names means, and nothing is agreed here about how they are kept out of reach."
        : "Whether anything within reach could do harm has not been talked about yet. Ask, and agree who keeps it for a while.",
    );
  if (blank(plan.reasonsToLive))
    say("no-reason", "reasonsToLive", "What makes it worth staying is not written down yet. A name is enough.");
  return found;
}

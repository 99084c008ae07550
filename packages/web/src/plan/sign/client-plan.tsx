import { Title } from "@mantine/core";
import { clientDocument } from "@trellis/domain/document/client-document";
import type { Plan } from "@trellis/domain/plan/plan";
import { crisisWords } from "@trellis/domain/practice/crisis-words";
import type { ReactNode } from "react";
import { useSignedIn } from "../../api/session.ts";
import { SinceLastRevision } from "../history/since-last-revision.tsx";
import classes from "./sign.module.css";

interface Props {
  readonly plan: Plan;
  /** The level of the headings of its parts. */
  readonly order: 2 | 3;
}

/** The plan in everyday words, as the client's document says it, for reading before signing. */
export function ClientPlan({ plan, order }: Props) {
  const page = clientDocument(plan, { standing: { kind: "in-force" }, safety: crisisWords(useSignedIn().practice) });
  const part = (title: string, content: ReactNode) => (
    <>
      <Title order={order} size="h2">
        {title}
      </Title>
      {content}
    </>
  );
  const inner = order === 2 ? 3 : 4;
  return (
    <div className={classes.reading} dir="auto">
      <SinceLastRevision planId={plan.id} revision={plan.revision} audience="client" order={order} />
      {page.signs.length > 0 && part("What is hard now", <Lines lines={page.signs} />)}
      {page.goals.length > 0 &&
        part(
          "What you work toward",
          page.goals.map((goal) => (
            <section key={goal.number} className={classes.planGoal} aria-label={`Goal ${goal.number}`}>
              <Title order={inner} size="h3">
                {goal.number}. {goal.text}
              </Title>
              {goal.words.trim() !== "" && (
                <p className={classes.words} dir="auto">
                  In your words: “{goal.words}”
                </p>
              )}
              {goal.steps.map((step) => (
                <div key={step.text}>
                  <p>{step.text}</p>
                  <Lines lines={step.therapist} />
                </div>
              ))}
            </section>
          )),
        )}
      {page.meetings.length > 0 &&
        part(
          "When you meet",
          page.meetings.map((line) => <p key={line}>{line}</p>),
        )}
      {page.checks.length > 0 &&
        part(
          "How you both see if it helps",
          page.checks.map((line) => <p key={line}>{line}</p>),
        )}
      {page.yourPart.length > 0 && part("Your part", <Lines lines={page.yourPart} />)}
      {page.theirPart.length > 0 && part("Your therapist’s part", <Lines lines={page.theirPart} />)}
      {page.strengths.length > 0 && part("What you bring with you", <Lines lines={page.strengths} />)}
      {page.ending.length > 0 && part("When therapy can end", <Lines lines={page.ending} />)}
      {page.choices.some((choice) => choice.trim() !== "") &&
        part("What you did not want", <Lines lines={page.choices.filter((choice) => choice.trim() !== "")} />)}
      {page.notAgreed !== "" && part("What you do not agree with", <p dir="auto">{page.notAgreed}</p>)}
      <p className={classes.safety}>{page.safety}</p>
    </div>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <ul>
      {lines.map((line, index) => (
        <li key={index} dir="auto">
          {line}
        </li>
      ))}
    </ul>
  );
}

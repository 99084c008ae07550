/** @jsxImportSource preact */
import type { ClientsPart } from "@trellis/domain/review/review";
import type { Refused } from "../answer/ask-server.ts";
import { SavingWords, Screen } from "../answer/screen.tsx";
import { LongText, Rating } from "./fields.tsx";
import { useFillingIn } from "./filling-in.ts";
import type { LinkOf } from "./link.ts";
import { Over } from "./over.tsx";

type Props = LinkOf<"review"> & { readonly onClosed: (refusal: Refused) => void };

const nothing: ClientsPart = { helps: "", doesNotHelp: "", mattersNow: "", satisfaction: null, ratings: [] };
const isNothing = ({ helps, doesNotHelp, mattersNow, satisfaction, ratings }: ClientsPart) =>
  (helps + doesNotHelp + mattersNow).trim() === "" && satisfaction === null && ratings.length === 0;
const typed = (value: number | null) => (value === null ? "" : String(value));
const number = (text: string) => (text === "" ? null : Number(text));

/** The client's part of a review: how it goes, in own words and in numbers from 0 to 10. Nothing has to be answered. */
export function ReviewPage({ token, link, shown, onClosed }: Props) {
  const { answers, change, fault, finish, finished, finishing, late, state } = useFillingIn<ClientsPart>(
    token,
    link,
    (there) => ({ ...nothing, ...((there ?? {}) as Partial<ClientsPart>) }),
    onClosed,
  );
  if (link.state === "finished" && link.answers === null && !late) return <Over />;
  if (late)
    return (
      <Screen title="Thank you">
        <p>
          Your therapist has closed this look back already. What you wrote last has not arrived there any more; it is still here. Tell them
          about it when you meet.
        </p>
        {[answers.helps, answers.doesNotHelp, answers.mattersNow]
          .filter((text) => text.trim() !== "")
          .map((text) => (
            <p key={text} class="aside">
              {text}
            </p>
          ))}
      </Screen>
    );
  if (finished)
    return (
      <Screen title="Thank you">
        <p>Your answers are with your therapist, and you talk about them together. You can close this page.</p>
      </Screen>
    );
  const part = (change_: Partial<ClientsPart>) => change({ ...answers, ...change_ });
  const rate = (objectiveId: string, rating: number | null) =>
    part({
      ratings: [...answers.ratings.filter((one) => one.objectiveId !== objectiveId), ...(rating === null ? [] : [{ objectiveId, rating }])],
    });
  return (
    <Screen title="How is it going?">
      <p>You and your therapist are about to look back together, and ahead. What you say here counts. Leave out whatever you like.</p>
      <LongText label="What helps you?" value={answers.helps} onChange={(helps) => part({ helps })} />
      <LongText
        label="What does not help, or gets in the way?"
        hint="It is fine to say so: it is how the work gets better."
        value={answers.doesNotHelp}
        onChange={(doesNotHelp) => part({ doesNotHelp })}
      />
      <LongText label="What matters most to you now?" value={answers.mattersNow} onChange={(mattersNow) => part({ mattersNow })} />
      {shown.objectives.length > 0 && (
        <>
          <h2>How far have you come?</h2>
          {shown.objectives.map(({ id, plain }) => (
            <Rating
              key={id}
              label={plain}
              ends={["not at all", "all that I hoped for"]}
              value={typed(answers.ratings.find(({ objectiveId }) => objectiveId === id)?.rating ?? null)}
              onChange={(value) => rate(id, number(value))}
            />
          ))}
        </>
      )}
      <Rating
        label="All in all, how satisfied are you with your therapy?"
        ends={["not at all", "fully"]}
        value={typed(answers.satisfaction)}
        onChange={(value) => part({ satisfaction: number(value) })}
      />
      <div class="stack">
        {fault !== "" && (
          <p class="fault" role="alert">
            {fault}
          </p>
        )}
        <SavingWords state={state} begun={!isNothing(answers)} />
        <button type="button" class="way main wide" aria-disabled={finishing} onClick={() => !finishing && void finish()}>
          {finishing ? "Sending…" : "I am done"}
        </button>
      </div>
    </Screen>
  );
}

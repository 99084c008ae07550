import { VisuallyHidden } from "@mantine/core";
import { formatDate } from "@trellis/domain/calendar/date";
import type { DecidedObjective, ReviewDecision, ReviewProposal } from "@trellis/domain/review/review";
import { ReviewDecision as Decisions } from "@trellis/domain/review/review";
import type { ObjectiveEvidence } from "@trellis/domain/review/review-evidence";
import { decisionWords, facts, tickWords } from "@trellis/domain/review/review-proposals";
import { useState } from "react";
import { Sparkline } from "../client/sparkline.tsx";
import { SelectField } from "../form/choice-field.tsx";
import { DateField } from "../form/date-field.tsx";
import { readNumber } from "../form/read-number.ts";
import { TextField } from "../form/text-field.tsx";
import { Card } from "../shell/card.tsx";
import { Choices } from "./choices.tsx";
import classes from "./review.module.css";
import type { Ratings } from "./review-form.ts";

interface Props {
  readonly evidence: ObjectiveEvidence;
  readonly proposal: ReviewProposal;
  readonly decided: DecidedObjective | null;
  readonly ratings: Ratings;
  readonly calledName: string;
  /** The client's own rating, by private link, where none was written down here. */
  readonly rated: number | null;
  readonly reasonMissing: string | undefined;
  readonly targetMissing: string | undefined;
  readonly onDecide: (decided: DecidedObjective) => void;
  readonly onRate: (ratings: Ratings) => void;
}

/** What accepting a proposal says. */
export function accept({ objectiveId, decision, target, targetDate }: ReviewProposal): DecidedObjective {
  return { objectiveId, decision, reason: "", target, targetDate, clinicianRating: null, clientRating: null };
}

const choices = Decisions.options.map((value) => ({ value, label: decisionWords[value] }));

/** One objective at its review: what is known, what is proposed, and what is decided. */
export function ObjectiveReview({
  evidence,
  proposal,
  decided,
  ratings,
  calledName,
  rated,
  reasonMissing,
  targetMissing,
  onDecide,
  onRate,
}: Props) {
  const { objective, number, text, ticks } = evidence;
  const asked = decided?.decision ?? null;
  const withNumbers = asked === "revise-target" || asked === "change-intervention";
  function decide(decision: ReviewDecision): void {
    const same = decision === proposal.decision;
    onDecide({
      ...accept(proposal),
      decision,
      reason: decided?.reason ?? "",
      target: same ? proposal.target : (decided?.target ?? null),
      targetDate: same ? proposal.targetDate : (decided?.targetDate ?? null),
    });
  }
  return (
    <Card title={`Objective ${number}`} order={3}>
      <div id={`objective-${objective.id}`} tabIndex={-1}>
        <p className={classes.words}>{text}</p>
      </div>
      <div className={classes.evidence}>
        <Course evidence={evidence} />
        <ul className={classes.facts}>
          {facts(evidence).map((fact) => (
            <li key={fact.text}>{fact.text}</li>
          ))}
        </ul>
      </div>
      {ticks.length > 0 && (
        <ol className={classes.ticks} aria-label={`Objective ${number} in the sessions since the last review`}>
          {ticks.map(({ noteId, date, rating }) => (
            <li key={noteId} data-rating={rating}>
              {shortDay(date)} {tickWords[rating]}
            </li>
          ))}
        </ol>
      )}
      <div className={classes.ratings}>
        <Rating
          label={`${calledName}: progress`}
          number={number}
          value={ratings.client ?? rated}
          onChange={(client) => onRate({ ...ratings, client })}
        />
        <Rating
          label="You: progress"
          number={number}
          value={ratings.clinician}
          onChange={(clinician) => onRate({ ...ratings, clinician })}
        />
      </div>
      <p className={classes.why}>
        <strong>Proposed: {decisionWords[proposal.decision].toLowerCase()}.</strong> {proposal.because[0]?.text}
      </p>
      <Choices
        legend={
          <>
            What becomes of it<VisuallyHidden>, objective {number}</VisuallyHidden>
          </>
        }
        value={asked}
        choices={choices}
        proposed={proposal.decision}
        onChange={decide}
      />
      {decided !== null && (
        <div className={classes.more}>
          {withNumbers && objective.metric !== null && (
            <NumberField
              label={`New target (now ${objective.metric.target ?? "not set"})`}
              value={decided.target}
              error={targetMissing}
              onChange={(target) => onDecide({ ...decided, target })}
            />
          )}
          {withNumbers && (
            <DateField
              label={`New target date${objective.targetDate === null ? "" : ` (now ${formatDate(objective.targetDate)})`}`}
              value={decided.targetDate ?? ""}
              error={objective.metric === null ? targetMissing : undefined}
              onChange={(date) => onDecide({ ...decided, targetDate: date === "" ? null : date })}
            />
          )}
          {(asked !== "continue" || proposal.decision !== "continue") && (
            <div className={classes.wide}>
              <TextField
                label={asked === proposal.decision ? "Why, in your own words (optional)" : "Why not as proposed"}
                description="Stands beside the change in the next revision; the client reads it too."
                value={decided.reason}
                onChange={(reason) => onDecide({ ...decided, reason })}
                max={1000}
                rows={2}
                error={reasonMissing}
                required={asked !== proposal.decision}
              />
            </div>
          )}
        </div>
      )}
    </Card>
  );
}

const shortDay = (date: string) => formatDate(date).replace(/,.*$/, "");

function Course({ evidence: { values, range, measure, progress, objective } }: { readonly evidence: ObjectiveEvidence }) {
  if (range === null || values.length < 2 || measure === null) return null;
  const last = values.at(-1);
  return (
    <figure>
      <Sparkline
        series={values.map(({ value }) => value)}
        range={range}
        {...(objective.metric?.item === undefined && measure.cutoff !== undefined ? { cutoff: measure.cutoff.atLeast } : {})}
        width={190}
        height={56}
      />
      <figcaption>
        {measure.name}: {values[0]?.value} → {last?.value}
        {progress?.target == null ? "" : `, target ${progress.target}`}
      </figcaption>
    </figure>
  );
}

function Rating({
  label,
  number,
  value,
  onChange,
}: {
  readonly label: string;
  readonly number: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}) {
  return (
    <SelectField
      label={
        <>
          {label}
          <VisuallyHidden> on objective {number}, 0 none to 10 all that was hoped for</VisuallyHidden>
        </>
      }
      value={value === null ? "" : String(value)}
      choices={[
        { value: "", label: "Not rated" },
        ...Array.from({ length: 11 }, (_, at) => ({ value: String(at), label: ratingWords(at) })),
      ]}
      onChange={(chosen) => onChange(chosen === "" ? null : Number(chosen))}
    />
  );
}

const ratingWords = (value: number) => (value === 0 ? "0, none" : value === 10 ? "10, all that was hoped for" : String(value));

function NumberField({
  label,
  value,
  error,
  onChange,
}: {
  readonly label: string;
  readonly value: number | null;
  readonly error: string | undefined;
  readonly onChange: (value: number | null) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? value : readNumber(typed);
  return (
    <TextField
      label={label}
      value={typed ?? (value === null ? "" : String(value))}
      inputMode="numeric"
      error={read === undefined ? "Enter a number." : error}
      onChange={(text) => {
        setTyped(text);
        const number = readNumber(text);
        if (number !== undefined) onChange(number);
      }}
      onBlur={() => {
        if (read !== undefined) setTyped(null);
      }}
    />
  );
}

import { Anchor, Button, Group, List, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import type { Library } from "@trellis/domain/library/library";
import { CareDecision } from "@trellis/domain/off-track/care-decision";
import { type CareOption, careSignNames, careStepNames } from "@trellis/domain/off-track/care-option";
import type { OptionAtHand, StepAtHand } from "@trellis/domain/off-track/stepped-options";
import type { Plan } from "@trellis/domain/plan/plan";
import { useState } from "react";
import { recordDecision } from "../api/care-decisions.ts";
import type { Chart } from "../api/clients.ts";
import { planToOpen } from "../client/next-steps.ts";
import { ChoiceField } from "../form/choice-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { newId } from "../form/new-id.ts";
import { noProblems, type Problems, problemsOf } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { SourceList } from "../library/source-list.tsx";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import classes from "./off-track.module.css";
import { type OptionState, stateWords } from "./state-words.ts";

interface Props {
  readonly chart: Chart;
  readonly plan: Plan | null;
  readonly library: Library;
  readonly steps: readonly StepAtHand[];
  readonly about: string;
}

interface Said {
  readonly state: OptionState | "nothing";
  readonly note: string;
}
const nothing: Said = { state: "nothing", note: "" };

/** The options step by step, each to be marked as considered, chosen or not fitting, and what comes of it recorded in one go. */
export function DecideForm({ chart, plan, library, steps, about: suggested }: Props) {
  const today = useToday();
  const [id, setId] = useState(newId);
  const [said, setSaid] = useState<Readonly<Record<string, Said>>>({});
  const [about, setAbout] = useState(suggested);
  const [note, setNote] = useState("");
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [recorded, setRecorded] = useState(false);
  const options = steps
    .flatMap((step) => step.options)
    .flatMap(({ option }) => {
      const { state, note: why } = said[option.id] ?? nothing;
      return state === "nothing" ? [] : [{ id: option.id, title: option.title, state, note: why.trim() }];
    });
  useLeaveWarning(options.length > 0 || note !== "");

  function say(optionId: string, change: Partial<Said>): void {
    setRecorded(false);
    setSaid({ ...said, [optionId]: { ...(said[optionId] ?? nothing), ...change } });
  }

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setAttempt(attempt + 1);
    setError(undefined);
    const decision = { on: today, planId: plan?.id ?? null, about: about.trim(), objectiveIds: [], options, note: note.trim() };
    const faults = problemsOf(CareDecision, decision);
    setProblems(faults);
    if (faults.size > 0) return;
    setBusy(true);
    try {
      await recordDecision(chart.id, id, CareDecision.parse(decision));
      // The next one is another decision.
      setId(newId());
      setSaid({});
      setNote("");
      setRecorded(true);
    } catch (caught) {
      setError(caught);
    }
    setBusy(false);
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="lg">
        {steps.map(({ step, options: atHand }) => (
          <Card key={step} title={careStepNames[step]}>
            <ul className={classes.options}>
              {atHand
                .filter(({ because }) => because.length > 0)
                .map((one) => (
                  <Option
                    key={one.option.id}
                    chart={chart}
                    library={library}
                    atHand={one}
                    said={said[one.option.id] ?? nothing}
                    onSay={say}
                  />
                ))}
            </ul>
            <More
              chart={chart}
              library={library}
              options={atHand.filter(({ because }) => because.length === 0)}
              alone={atHand.every(({ because }) => because.length === 0)}
              said={said}
              onSay={say}
            />
          </Card>
        ))}
        <Card title="What you decide">
          <Stack gap="md">
            <TextField label="What it is about" value={about} onChange={setAbout} max={300} error={problems.get("/about")} />
            {options.length > 0 && (
              <List aria-label="Marked so far">
                {options.map((option) => (
                  <List.Item key={option.id}>
                    <strong>{stateWords[option.state]}:</strong> {option.title}
                  </List.Item>
                ))}
              </List>
            )}
            <TextField
              label="What you agreed with the client"
              description="Why this and not the other, who does what, and when you look at it again."
              rows={3}
              value={note}
              onChange={setNote}
              max={4000}
              error={problems.get("/note")}
            />
            {problems.get("/options") !== undefined && (
              <Text c="clay.8" role="alert">
                Mark at least one option above as considered, chosen or not fitting.
              </Text>
            )}
            <ErrorSummary key={attempt} title="It was not recorded" error={error} />
            <Group>
              <Button type="submit" loading={busy}>
                Record the decision
              </Button>
              <Text role="status" c="dimmed">
                {recorded ? "Recorded. It stands under “What was decided”." : ""}
              </Text>
            </Group>
          </Stack>
        </Card>
      </Stack>
    </form>
  );
}

interface OptionProps {
  readonly chart: Chart;
  readonly library: Library;
  readonly atHand: OptionAtHand;
  readonly said: Said;
  readonly onSay: (id: string, change: Partial<Said>) => void;
}

function Option({ chart, library, atHand: { option, because, earlier }, said, onSay }: OptionProps) {
  return (
    <li>
      <Text fw={600}>{option.title}</Text>
      <Text>{option.what}</Text>
      {because.length > 0 && (
        <Text size="sm" c="dimmed">
          Comes up because of: {because.map((sign) => careSignNames[sign]).join(", ")}.
        </Text>
      )}
      {earlier.map(({ on, state, note }) => (
        <Text key={`${on}-${state}`} size="sm" c="dimmed">
          {stateWords[state]} on {formatDate(on)}
          {note === "" ? "." : `: ${note}`}
        </Text>
      ))}
      <details>
        <summary>How to go about it</summary>
        <List size="sm" mt={4}>
          {option.how.map((text) => (
            <List.Item key={text}>{text}</List.Item>
          ))}
        </List>
        <WayThere chart={chart} leadsTo={option.leadsTo} />
        <SourceList library={library} evidence={option.evidence} />
      </details>
      <div className={classes.say}>
        <ChoiceField
          label={<span className={classes.unseen}>{option.title}</span>}
          value={said.state}
          choices={[
            { value: "nothing", label: "Not now" },
            { value: "considered", label: stateWords.considered },
            { value: "chosen", label: stateWords.chosen },
            { value: "not-fitting", label: stateWords["not-fitting"] },
          ]}
          onChange={(state) => onSay(option.id, { state })}
        />
        {said.state !== "nothing" && (
          <TextField
            label={said.state === "chosen" ? "What exactly, and by when" : "Why, in a few words"}
            value={said.note}
            onChange={(note) => onSay(option.id, { note })}
            max={1000}
          />
        )}
      </div>
    </li>
  );
}

/** Options that nothing in the record speaks for, put away until they are asked for. */
function More({
  options,
  alone,
  said,
  ...rest
}: {
  readonly options: readonly OptionAtHand[];
  readonly alone: boolean;
  readonly said: Readonly<Record<string, Said>>;
} & Pick<OptionProps, "chart" | "library" | "onSay">) {
  if (options.length === 0) return null;
  const list = (
    <ul className={classes.options}>
      {options.map((one) => (
        <Option key={one.option.id} {...rest} atHand={one} said={said[one.option.id] ?? nothing} />
      ))}
    </ul>
  );
  return (
    <details className={classes.more}>
      <summary>
        {alone ? "Nothing in the record calls for it now. " : ""}
        {options.length === 1 ? (options[0]?.option.title ?? "") : `${options.length} ${alone ? "options" : "more options"}`}
      </summary>
      {list}
    </details>
  );
}

const places: Readonly<Record<Exclude<NonNullable<CareOption["leadsTo"]>, "plan">, readonly [string, string]>> = {
  risk: ["intake/risk", "To the risk assessment"],
  diagnoses: ["diagnoses", "To the diagnoses"],
  measures: ["progress", "To the course of the scores"],
  homework: ["homework", "To the homework"],
  sessions: ["sessions", "To the sessions"],
  outline: ["outline", "Choose a course of sessions"],
  engagement: ["engagement", "To engagement"],
  safety: ["safety", "To the safety plan"],
  ending: ["ending", "To ending and transfer"],
};

function WayThere({ chart, leadsTo }: { readonly chart: Chart; readonly leadsTo: CareOption["leadsTo"] }) {
  const open = planToOpen(chart.plans);
  if (leadsTo === undefined || (leadsTo === "plan" && open === null)) return null;
  const [to, words] = leadsTo === "plan" ? [`plan/${open?.id}`, "To the plan"] : places[leadsTo];
  return (
    <Anchor component={Link} to={`/clients/${chart.id}/${to}`} size="sm">
      {words}
    </Anchor>
  );
}

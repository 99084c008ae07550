import { Anchor, Button, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { rawChangeWords } from "@trellis/domain/measures/change";
import type { ObjectiveRating, ProgressNote } from "@trellis/domain/note/note";
import { inShort, interventionName, type NoteContext } from "@trellis/domain/note/note-context";
import { homeworkWords, ratingOrder, ratingWords, riskLevelWords, riskWords } from "@trellis/domain/note/note-words";
import type { ScoreSince } from "@trellis/domain/note/scores-since";
import { interventionsAtHand, objectivesAtHand } from "@trellis/domain/note/start-note";
import { numberOf, planNumbers } from "@trellis/domain/plan/numbering";
import { objectiveText } from "@trellis/domain/plan/objective-text";
import { useRef, useState } from "react";
import type { Chart } from "../api/clients.ts";
import type { Note } from "../api/notes.ts";
import { SelectField } from "../form/choice-field.tsx";
import { TextField } from "../form/text-field.tsx";
import { Card } from "../shell/card.tsx";
import { Icon } from "../shell/icon.tsx";
import classes from "./note.module.css";
import { OneClick } from "./one-click.tsx";
import { useHomeworkOutcome } from "./use-homework-outcome.ts";

export interface AtHandProps {
  readonly chart: Chart;
  readonly note: ProgressNote;
  readonly context: NoteContext;
  readonly previous: Note["previous"];
  readonly onChange: (note: ProgressNote) => void;
}

const tones: Partial<Record<ObjectiveRating, "little" | "worse">> = { none: "little", worse: "worse" };
const ratings = ratingOrder.map((value) => ({ value, label: ratingWords[value], ...(tones[value] && { tone: tones[value] }) }));

/** So many objectives and interventions are in sight; a plan may hold dozens. Those of the last note come first. */
const inSight = { objectives: 5, interventions: 10 } as const;

/** The plan at hand, to be clicked through: objectives, interventions, homework, scores, risk, and two fields for words. */
export function PlanAtHand(props: AtHandProps) {
  return (
    <>
      <Objectives {...props} />
      <Interventions {...props} />
      <Homework {...props} />
      <Scores scores={props.context.scores} since={props.previous?.date ?? null} clientId={props.chart.id} />
      <Risk {...props} />
      <Words {...props} />
    </>
  );
}

function Objectives({ chart, note, context, previous, onChange }: AtHandProps) {
  const [all, setAll] = useState(false);
  const { plan } = context;
  if (plan === null)
    return (
      <Card title="Worked on today">
        <Text>
          There is no plan yet, so there are no objectives to tick. Write the note in the fields below;{" "}
          <Link to="/clients/$clientId" params={{ clientId: chart.id }}>
            draft a plan
          </Link>{" "}
          when you are ready.
        </Text>
      </Card>
    );
  const objectives = withTicked(
    objectivesAtHand(plan, previous?.content ?? null),
    plan.objectives.filter(({ id }) => note.objectives.some(({ objectiveId }) => objectiveId === id)),
  );
  const shown = all
    ? objectives
    : objectives.filter(({ id }, index) => index < inSight.objectives || note.objectives.some(({ objectiveId }) => objectiveId === id));
  const numbers = planNumbers(plan);
  const rate = (objectiveId: string, rating: ObjectiveRating | null) => {
    const before = note.objectives.find((entry) => entry.objectiveId === objectiveId);
    const others = note.objectives.filter((entry) => entry.objectiveId !== objectiveId);
    const rated = rating === null ? others : [...others, { objectiveId, rating, comment: before?.comment ?? "", text: before?.text ?? "" }];
    onChange({ ...note, objectives: inPlanOrder(rated, plan.objectives) });
  };
  const comment = (objectiveId: string, words: string) =>
    onChange({
      ...note,
      objectives: note.objectives.map((entry) => (entry.objectiveId === objectiveId ? { ...entry, comment: words } : entry)),
    });
  return (
    <Card title="Worked on today">
      {objectives.length === 0 ? (
        <Text>No objective of the plan is being worked on. That can be changed in the plan.</Text>
      ) : (
        shown.map((objective) => {
          const noted = note.objectives.find(({ objectiveId }) => objectiveId === objective.id);
          return (
            <OneClick
              key={objective.id}
              name={`objective-${objective.id}`}
              legend={
                <>
                  <span className={classes.number}>{numberOf(numbers.objectives, objective.id)}</span>
                  <bdi>{objectiveText(objective)}</bdi>
                </>
              }
              value={noted?.rating ?? null}
              choices={ratings}
              onChange={(rating) => rate(objective.id, rating)}
            >
              {noted !== undefined && (
                <div style={{ marginTop: "0.6rem" }}>
                  <TextField
                    label={`A word on objective ${numberOf(numbers.objectives, objective.id)}`}
                    hiddenLabel
                    placeholder="A word on it, if you like"
                    value={noted.comment}
                    onChange={(words) => comment(objective.id, words)}
                    max={2000}
                  />
                </div>
              )}
            </OneClick>
          );
        })
      )}
      {objectives.length > inSight.objectives && (
        <Button variant="subtle" size="compact-sm" mt="xs" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${objectives.length} objectives`}
        </Button>
      )}
    </Card>
  );
}

/** What is at hand, and what was ticked while it was. */
function withTicked<T extends { readonly id: string }>(atHand: readonly T[], ticked: readonly T[]): readonly T[] {
  return [...atHand, ...ticked.filter(({ id }) => !atHand.some((other) => other.id === id))];
}

function inPlanOrder(rated: ProgressNote["objectives"], objectives: readonly { readonly id: string }[]): ProgressNote["objectives"] {
  const at = new Map(objectives.map(({ id }, index) => [id, index]));
  return rated.toSorted((a, b) => (at.get(a.objectiveId) ?? 999) - (at.get(b.objectiveId) ?? 999));
}

function Interventions({ note, context, previous, onChange }: AtHandProps) {
  const [all, setAll] = useState(false);
  const { plan } = context;
  if (plan === null || plan.interventions.length === 0) return null;
  const ticked = note.interventions.map(({ interventionId }) => interventionId);
  const atHand = withTicked(
    interventionsAtHand(plan, objectivesAtHand(plan, null), previous?.content ?? null),
    plan.interventions.filter(({ id }) => ticked.includes(id)),
  );
  const shown = all ? atHand : atHand.filter(({ id }, index) => index < inSight.interventions || ticked.includes(id));
  // Two of the same technique would read the same.
  const names = atHand.map(({ id }) => interventionName(plan, id));
  const label = (id: string, text: string) => {
    const name = interventionName(plan, id);
    return names.filter((other) => other === name).length > 1 ? inShort(text, 70) : `${name[0]?.toUpperCase() ?? ""}${name.slice(1)}`;
  };
  const tick = (interventionId: string, on: boolean) => {
    const others = note.interventions.filter((entry) => entry.interventionId !== interventionId);
    const all = on ? [...others, { interventionId, comment: "", text: "" }] : others;
    const at = new Map(plan.interventions.map(({ id }, index) => [id, index]));
    onChange({ ...note, interventions: all.toSorted((a, b) => (at.get(a.interventionId) ?? 999) - (at.get(b.interventionId) ?? 999)) });
  };
  return (
    <Card title="What you did">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame */}
      <div role="group" aria-label="Interventions of the plan" className={classes.choices}>
        {shown.map(({ id, text }) => (
          <label key={id} className={classes.choice} title={text}>
            <input type="checkbox" checked={ticked.includes(id)} onChange={(event) => tick(id, event.currentTarget.checked)} />
            {ticked.includes(id) && <Icon name="check" size={16} />}
            {label(id, text)}
          </label>
        ))}
      </div>
      {atHand.length > inSight.interventions && (
        <Button variant="subtle" size="compact-sm" mt="xs" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${atHand.length} interventions`}
        </Button>
      )}
    </Card>
  );
}

const outcomes = (["done", "partly", "not-done"] as const).map((value) => ({ value, label: homeworkWords[value] }));

function Homework({ chart, note, context, onChange }: AtHandProps) {
  const tell = useHomeworkOutcome(chart.id, note.date);
  // What was in sight stays there: a choice that is taken back is for a moment neither in the note nor open in the list of homework.
  const inView = useRef(new Map<string, string>());
  for (const { id, title } of context.homework) inView.current.set(id, title);
  const homework = [...inView.current].map(([id, title]) => ({ id, title }));
  if (homework.length === 0) return null;
  return (
    <Card title="Homework since last time">
      {homework.map(({ id, title }) => {
        const noted = note.homework.find(({ homeworkId }) => homeworkId === id);
        const others = note.homework.filter(({ homeworkId }) => homeworkId !== id);
        const told = tell.faults.get(id);
        return (
          <OneClick
            key={id}
            name={`homework-${id}`}
            legend={<bdi>{title}</bdi>}
            value={noted?.outcome ?? null}
            choices={outcomes}
            onChange={(outcome) => {
              const entry = outcome === null ? null : { homeworkId: id, outcome, why: outcome === "done" ? "" : (noted?.why ?? ""), title };
              onChange({ ...note, homework: entry === null ? others : [...others, entry] });
              tell.send(id, outcome, entry?.why ?? "");
            }}
          >
            {noted !== undefined && noted.outcome !== "done" && (
              <div style={{ marginTop: "0.6rem" }}>
                <TextField
                  label={`What got in the way: ${title}`}
                  hiddenLabel
                  placeholder="What got in the way?"
                  value={noted.why}
                  onChange={(why) => onChange({ ...note, homework: [...others, { ...noted, why }] })}
                  onBlur={() => tell.send(id, noted.outcome, noted.why)}
                  max={1000}
                />
              </div>
            )}
            {told !== undefined && (
              <Text size="sm" c="clay.7" role="alert" mt={6}>
                It stands in the note. The list of homework could not be told: {told}
              </Text>
            )}
          </OneClick>
        );
      })}
    </Card>
  );
}

function Scores({
  scores,
  since,
  clientId,
}: {
  readonly scores: readonly ScoreSince[];
  readonly since: string | null;
  readonly clientId: string;
}) {
  return (
    <Card
      title="Scores"
      actions={
        <Anchor component={Link} to={`/clients/${clientId}/measures`} size="sm">
          Give a measure
        </Anchor>
      }
    >
      {scores.length === 0 ? (
        <Text className={classes.soft}>
          {since === null ? "No measure was given yet." : `None since the note of ${formatDate(since)}.`}
        </Text>
      ) : (
        scores.map((score) => <Score key={score.measure} score={score} />)
      )}
    </Card>
  );
}

function Score({ score: { name, said, date, before, better, reliable } }: { readonly score: ScoreSince }) {
  const way = better === null || better === 0 ? "same" : better > 0 ? "better" : "worse";
  const up = before !== null && better !== null && better !== 0 && Number(said.split(" ")[0]) > before.total;
  return (
    <div className={classes.score}>
      <strong>{name}</strong>
      <span>{said}</span>
      {better !== null && (
        <span className={classes.arrow} data-way={way} aria-hidden="true">
          {better === 0 ? "→" : up ? "↑" : "↓"}
        </span>
      )}
      <span className={classes.soft}>
        {better === null ? "first time" : `${rawChangeWords(better)}${reliable === true ? ", a reliable change" : ""}`}, {formatDate(date)}
      </span>
    </div>
  );
}

const riskChoices = (["none", "unchanged", "changed"] as const).map((value) => ({
  value,
  label: riskWords[value],
  ...(value === "changed" && { tone: "worse" as const }),
}));

function Risk({ chart, note, onChange }: AtHandProps) {
  const { risk } = note;
  const assessed = chart.intake.risk?.content;
  const known =
    assessed?.level == null
      ? "Risk was not assessed yet."
      : `Last assessed: ${riskLevelWords[assessed.level]}${assessed.assessedOn === null ? "" : `, ${formatDate(assessed.assessedOn)}`}.`;
  return (
    <Card title="Risk">
      <OneClick
        name="risk"
        legend={<span className={classes.soft}>{known} Harm to self and to others:</span>}
        value={risk.state === "not-asked" ? null : risk.state}
        choices={riskChoices}
        onChange={(state) =>
          onChange({ ...note, risk: { ...risk, state: state ?? "not-asked", ...(state !== "changed" && { level: null }) } })
        }
      >
        {risk.state === "changed" && (
          <Stack gap="sm" mt="sm">
            <SelectField
              label="Judged today"
              value={risk.level ?? "none"}
              choices={[
                { value: "none", label: "Choose a level" },
                ...(["low", "moderate", "high", "imminent"] as const).map((value) => ({
                  value,
                  label: `${riskLevelWords[value][0]?.toUpperCase()}${riskLevelWords[value].slice(1)}`,
                })),
              ]}
              onChange={(level) => onChange({ ...note, risk: { ...risk, level: level === "none" ? null : level } })}
            />
            <TextField
              label="What has changed, and what was done"
              value={risk.text}
              onChange={(text) => onChange({ ...note, risk: { ...risk, text } })}
              rows={2}
              max={4000}
            />
            <Text size="sm">
              This stands in the note. The chart’s own risk assessment stays as it is until you{" "}
              <Link to="/clients/$clientId/intake/$section" params={{ clientId: chart.id, section: "risk" }}>
                record risk anew
              </Link>
              .
            </Text>
          </Stack>
        )}
      </OneClick>
    </Card>
  );
}

function Words({ note, previous, onChange }: AtHandProps) {
  const planned = previous?.content.nextTime.trim() ?? "";
  return (
    <Card title="In this session">
      <Stack>
        {planned !== "" && previous !== null && (
          <div>
            <Text className={classes.soft}>What you planned on {formatDate(previous.date)}:</Text>
            <p className={classes.lastTime}>
              <bdi>{planned}</bdi>
            </p>
          </div>
        )}
        <TextField
          label="What the client said and did"
          placeholder="What was so only today. One or two sentences are enough."
          value={note.client}
          onChange={(client) => onChange({ ...note, client })}
          rows={3}
          max={8000}
        />
        <TextField label="Next time" value={note.nextTime} onChange={(nextTime) => onChange({ ...note, nextTime })} rows={2} max={4000} />
      </Stack>
    </Card>
  );
}

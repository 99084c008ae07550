import { type Edit, removeGoal, removeProblem } from "@trellis/domain/plan/edit-plan";
import { numberOf, planNumbers } from "@trellis/domain/plan/numbering";
import { memo } from "react";
import type { Choice } from "../form/choice-field.tsx";
import classes from "./composer.module.css";
import { useComposer, usePlan } from "./composer-context.ts";
import { AddButton, ChoiceAt, EditableText } from "./fields.tsx";
import { ItemFindings } from "./finding-notes.tsx";
import { DetailAt, MoreAt, Proposed, useItemTools, WhyHere } from "./item-parts.tsx";
import { ObjectiveItem } from "./objectives.tsx";
import { moveAmong } from "./reorder.ts";

const severities: readonly Choice<string>[] = [
  { value: "mild", label: "mild" },
  { value: "moderate", label: "moderate" },
  { value: "severe", label: "severe" },
];
const statuses: readonly Choice<string>[] = [
  { value: "active", label: "being treated" },
  { value: "on-hold", label: "on hold" },
  { value: "deferred", label: "deferred" },
  { value: "resolved", label: "resolved" },
];

/** A problem with everything that hangs on it: how it shows, what it keeps the client from doing, and its goals. */
export const ProblemSection = memo(function ProblemSection({ id, number }: { readonly id: string; readonly number: number }) {
  const { store, add } = useComposer();
  const problem = usePlan((plan) => plan.problems.find((entry) => entry.id === id));
  const goals = usePlan((plan) => {
    const numbers = planNumbers(plan).goals;
    return plan.goals.filter((goal) => goal.problemIds.includes(id)).map((goal) => ({ id: goal.id, number: numberOf(numbers, goal.id) }));
  });
  const name = `problem ${number}`;
  const tools = useItemTools({
    name,
    move: (by) => {
      const all = store.state().plan.problems.map((entry) => entry.id);
      return moveAmong(["problems"], all, id, by);
    },
    remove: () => removeProblem(store.state().plan, id),
    removeLabel: `Remove ${name}`,
  });
  if (problem === undefined) return null;
  const key = `problems/${id}`;
  return (
    <section className={classes.problem} aria-labelledby={`${id}-name`} data-item={key} data-place={key} onKeyDown={tools.onKeyDown}>
      <div className={classes.itemHead}>
        <h2 className={classes.eyebrow} id={`${id}-name`}>
          Problem {number}
          <span className={classes.unseen}>: {problem.title}</span>
        </h2>
        {tools.buttons}
      </div>
      <EditableText path={["problems", id, "title"]} label={`Title of ${name}`} look="title" max={200} line />
      <div className={classes.facts}>
        <ProblemDiagnoses id={id} name={name} />
        <ChoiceAt
          path={["problems", id, "severity"]}
          label={`Severity of ${name}`}
          caption="Severity"
          choices={severities}
          empty="not said"
        />
        <ChoiceAt path={["problems", id, "status"]} label={`Status of ${name}`} caption="Status" choices={statuses} />
      </div>
      {problem.status !== "active" && (
        <EditableText
          path={["problems", id, "statusReason"]}
          label={`Why ${name} is not treated now`}
          caption="Why it is not treated now"
          of={name}
          look="boxed"
          max={4000}
        />
      )}
      <WhyHere because={problem.because} of={name} />
      <ItemFindings item={key} />
      <EditableText
        path={["problems", id, "impairment"]}
        label={`What ${name} keeps the client from doing`}
        caption="What it keeps the client from doing"
        of={name}
        placeholder="Work, home, relationships, care of oneself: as concretely as you can"
        look="boxed"
        max={4000}
      />
      <h3 className={classes.listHead}>How it shows</h3>
      <ul className={classes.plainList}>
        {problem.definitions.map(({ id: definitionId }, index) => (
          <DefinitionItem key={definitionId} problemId={id} id={definitionId} name={`sign ${number}.${index + 1}`} />
        ))}
      </ul>
      <AddButton onClick={() => add({ kind: "definition", problemId: id })}>
        Add a sign<span className={classes.unseen}> to {name}</span>
      </AddButton>
      {goals.map((goal) => (
        <GoalItem key={goal.id} id={goal.id} problemId={id} number={goal.number} />
      ))}
      <AddButton onClick={() => add({ kind: "goal", problemId: id })}>
        Add a goal<span className={classes.unseen}> to {name}</span>
      </AddButton>
    </section>
  );
});

/** The diagnoses that a problem rests on. */
function ProblemDiagnoses({ id, name }: { readonly id: string; readonly name: string }) {
  const { store, readOnly } = useComposer();
  const diagnoses = usePlan((plan) => plan.diagnoses);
  const problem = usePlan((plan) => plan.problems.find((entry) => entry.id === id));
  const chosen = problem?.diagnosisIds ?? [];
  const path = ["problems", id, "diagnosisIds"];
  const none = !diagnoses.some((diagnosis) => chosen.includes(diagnosis.id));
  return (
    <fieldset className={classes.diagnoses} data-place={path.join("/")}>
      <legend className={classes.caption}>Rests on</legend>
      {readOnly
        ? diagnoses
            .filter((diagnosis) => chosen.includes(diagnosis.id))
            .map(({ id: d, code, description }) => <p key={d}>{`${code} ${description}`}</p>)
        : diagnoses.map((diagnosis) => (
            <label key={diagnosis.id} className={classes.tick}>
              <input
                type="checkbox"
                checked={chosen.includes(diagnosis.id)}
                onChange={(event) =>
                  store.act(`Diagnoses of ${name}`, [
                    {
                      type: "set",
                      path,
                      value: event.currentTarget.checked ? [...chosen, diagnosis.id] : chosen.filter((entry) => entry !== diagnosis.id),
                    },
                  ])
                }
              />
              <span>
                <strong>{diagnosis.code}</strong> {diagnosis.description}
              </span>
            </label>
          ))}
      {none && (
        <EditableText
          path={["problems", id, "noDiagnosisReason"]}
          label={`Why ${name} is treated without a diagnosis`}
          caption="Without a diagnosis, because"
          look="small"
          max={4000}
        />
      )}
    </fieldset>
  );
}

const DefinitionItem = memo(function DefinitionItem({
  problemId,
  id,
  name,
}: {
  readonly problemId: string;
  readonly id: string;
  readonly name: string;
}) {
  const { store } = useComposer();
  const definition = usePlan((plan) => plan.problems.find((entry) => entry.id === problemId)?.definitions.find((entry) => entry.id === id));
  const list = ["problems", problemId, "definitions"];
  const tools = useItemTools({
    name,
    move: (by) => {
      const all = store.state().plan.problems.find((entry) => entry.id === problemId)?.definitions ?? [];
      return moveAmong(
        list,
        all.map((entry) => entry.id),
        id,
        by,
      );
    },
    remove: () => [{ type: "remove", list, id }],
    removeLabel: `Remove ${name}`,
  });
  if (definition === undefined) return null;
  const path = [...list, id];
  const key = path.join("/");
  return (
    <li className={classes.definition} data-item={key} data-place={key} onKeyDown={tools.onKeyDown}>
      <div className={classes.row}>
        <div className={classes.rowMain}>
          <EditableText path={[...path, "text"]} label={`Wording of ${name}`} />
          <DetailAt path={path} statement={definition} name={name} />
        </div>
        {tools.buttons}
      </div>
      <ItemFindings item={key} />
      <MoreAt path={path} statement={definition} kind="definition" name={name} />
    </li>
  );
});

/** A goal: the record's words, the client's own, and the steps towards it. */
export const GoalItem = memo(function GoalItem({
  id,
  problemId,
  number,
}: {
  readonly id: string;
  readonly problemId: string | null;
  readonly number: string;
}) {
  const { store, add } = useComposer();
  const goal = usePlan((plan) => plan.goals.find((entry) => entry.id === id));
  const objectives = usePlan((plan) => {
    const numbers = planNumbers(plan).objectives;
    return plan.objectives.filter(({ goalId }) => goalId === id).map((entry) => ({ id: entry.id, number: numberOf(numbers, entry.id) }));
  });
  const called = usePlan((plan) => plan.subject.calledName);
  const name = `goal ${number}`;
  const tools = useItemTools({
    name,
    move: (by) => {
      const together = store.state().plan.goals.filter((entry) => problemId === null || entry.problemIds.includes(problemId));
      return moveAmong(
        ["goals"],
        together.map((entry) => entry.id),
        id,
        by,
      );
    },
    remove: () => removeGoal(store.state().plan, id),
    removeLabel: `Remove ${name}`,
  });
  if (goal === undefined) return null;
  const key = `goals/${id}`;
  const path = ["goals", id];
  const proposed = goal.lifecycleStatus === "proposed";
  return (
    <section
      className={classes.goal}
      data-safety={goal.safety || undefined}
      aria-labelledby={`${id}-name`}
      data-item={key}
      data-place={key}
      onKeyDown={tools.onKeyDown}
    >
      <div className={classes.itemHead}>
        <h3 className={classes.eyebrow} id={`${id}-name`}>
          Goal {number}
          {goal.safety && <span className={classes.safety}>Safety</span>}
        </h3>
        {proposed && <Proposed name={name} edits={() => acceptGoal(id, store.state().plan.objectives)} />}
        {tools.buttons}
      </div>
      <EditableText path={[...path, "text"]} label={`Wording of ${name}`} look="title" />
      <EditableText
        path={[...path, "clientWords"]}
        label={`${called}'s own words for ${name}`}
        caption={`In ${called}'s own words`}
        of={name}
        placeholder={`Ask ${called} how they would put it, and write it down as said`}
        look="quote"
      />
      <DetailAt path={path} statement={goal} name={name} />
      <ItemFindings item={key} />
      <MoreAt path={path} statement={goal} kind="goal" name={name} />
      {objectives.map((objective) => (
        <ObjectiveItem key={objective.id} id={objective.id} number={objective.number} />
      ))}
      <AddButton onClick={() => add({ kind: "objective", goalId: id })}>
        Add an objective<span className={classes.unseen}> to {name}</span>
      </AddButton>
    </section>
  );
});

/** Taking a goal takes the steps that were proposed with it. */
export function acceptGoal(
  goalId: string,
  objectives: readonly { readonly id: string; readonly goalId: string; readonly lifecycleStatus: string }[],
): Edit[] {
  return [
    { type: "set", path: ["goals", goalId, "lifecycleStatus"], value: "accepted" },
    ...objectives
      .filter((objective) => objective.goalId === goalId && objective.lifecycleStatus === "proposed")
      .map((objective): Edit => ({ type: "set", path: ["objectives", objective.id, "lifecycleStatus"], value: "accepted" })),
  ];
}

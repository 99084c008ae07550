import { Button, Text } from "@mantine/core";
import { frequencyInWords } from "@trellis/domain/document/plan-document";
import { approaches, approachIds } from "@trellis/domain/library/approach";
import type { Intervention, Objective } from "@trellis/domain/plan/plan";
import { memo } from "react";
import { Icon } from "../shell/icon.tsx";
import classes from "./composer.module.css";
import { type Composer, useComposer, usePlan } from "./composer-context.ts";
import { ChoiceAt, Disclosure, EditableText, InlineText, LinesAt, NumberAt } from "./fields.tsx";
import { ItemFindings } from "./finding-notes.tsx";
import { DetailAt, MoreAt, Reasons, useItemTools } from "./item-parts.tsx";
import { goOnIn, jumpTo } from "./jump.ts";
import { moveAmong } from "./reorder.ts";
import { addTo, shortApproach, statementsInPlan } from "./take-from-library.ts";

const formats = [
  { value: "individual", label: "individual session" },
  { value: "couple", label: "couple session" },
  { value: "family", label: "family session" },
  { value: "group", label: "group" },
  { value: "coordination", label: "coordination of care" },
] as const;

function amountInWords({ minutes, frequency, weeks }: Intervention): string {
  const missing = minutes === null || frequency === null || weeks === null;
  const words = [
    minutes === null ? "" : `${minutes} minutes`,
    frequency === null ? "" : frequencyInWords(frequency),
    weeks === null ? "" : `for ${weeks} weeks`,
  ].filter((part) => part !== "");
  return missing && words.length === 0 ? "how much is not said yet" : words.join(" ");
}

/** What the clinician does. One that serves several objectives stands in full under the first, and as a line under the others. */
export const InterventionItem = memo(function InterventionItem({
  id,
  objectiveId,
}: {
  readonly id: string;
  /** `null`: one that serves no objective of the plan. */
  readonly objectiveId: string | null;
}) {
  const { store } = useComposer();
  const intervention = usePlan((plan) => plan.interventions.find((entry) => entry.id === id));
  // The first in the order in which objectives are read: problem by problem, goal by goal.
  const first = usePlan((plan) => {
    const serving = plan.interventions.find((entry) => entry.id === id)?.objectiveIds ?? [];
    for (const problem of plan.problems)
      for (const goal of plan.goals)
        if (goal.problemIds.includes(problem.id))
          for (const objective of plan.objectives) if (objective.goalId === goal.id && serving.includes(objective.id)) return objective.id;
    return null;
  });
  const name = intervention === undefined ? "" : `intervention “${intervention.technique || intervention.text.slice(0, 40)}”`;
  const tools = useItemTools({
    name,
    move: (by) => {
      const together = store
        .state()
        .plan.interventions.filter((entry) => objectiveId === null || entry.objectiveIds.includes(objectiveId))
        .map((entry) => entry.id);
      return moveAmong(["interventions"], together, id, by);
    },
    remove: () => [{ type: "remove", list: ["interventions"], id }],
    removeLabel: `Remove ${name}`,
  });
  if (intervention === undefined) return null;
  const key = `interventions/${id}`;
  const path = ["interventions", id];
  if (objectiveId !== null && first !== null && first !== objectiveId)
    return (
      <li className={classes.reference}>
        <span>
          Also: {intervention.technique || intervention.text}{" "}
          <Button variant="subtle" size="compact-sm" onClick={() => jumpTo(path)}>
            shown above<span className={classes.unseen}>: go to {name}</span>
          </Button>
        </span>
        <NotForThis id={id} objectiveId={objectiveId} name={name} />
      </li>
    );
  return (
    <li className={classes.intervention} data-item={key} data-place={key} onKeyDown={tools.onKeyDown}>
      <div className={classes.row}>
        <div className={classes.rowMain}>
          <EditableText path={[...path, "text"]} label={`Wording of ${name}`} />
          <DetailAt path={path} statement={intervention} name={name} />
        </div>
        {tools.buttons}
      </div>
      <Amount intervention={intervention} name={name} />
      {intervention.adaptations.map((adaptation) => (
        <p key={adaptation} className={classes.adaptation}>
          {adaptation}
        </p>
      ))}
      <ItemFindings item={key} />
      <div className={classes.disclosures}>
        <MoreAt path={path} statement={intervention} kind="intervention" name={name}>
          <Sources intervention={intervention} />
          <LinesAt path={[...path, "adaptations"]} label="Adapted for this client" noun="change for this client" />
        </MoreAt>
        <Alternatives intervention={intervention} name={name} />
      </div>
    </li>
  );
});

/** Takes an intervention out of one objective; it goes on serving the others. */
function NotForThis({ id, objectiveId, name }: { readonly id: string; readonly objectiveId: string; readonly name: string }) {
  const { store, readOnly } = useComposer();
  if (readOnly) return null;
  return (
    <Button
      variant="subtle"
      color="stone"
      size="compact-sm"
      onClick={() => {
        const now = store.state().plan.interventions.find((entry) => entry.id === id);
        if (now === undefined) return;
        store.act(`Take ${name} out of one objective`, [
          { type: "set", path: ["interventions", id, "objectiveIds"], value: now.objectiveIds.filter((entry) => entry !== objectiveId) },
        ]);
      }}
    >
      Not for this one
    </Button>
  );
}

/** Approach, technique, format, and how much of it by whom: one line, opened to change it. */
function Amount({ intervention, name }: { readonly intervention: Intervention; readonly name: string }) {
  const { readOnly } = useComposer();
  const author = usePlan((plan) => plan.author.clinicianName);
  const path = ["interventions", intervention.id];
  const { responsible } = intervention;
  const words = [
    shortApproach(intervention.approach),
    intervention.technique,
    intervention.format === "individual" ? "" : (formats.find(({ value }) => value === intervention.format)?.label ?? ""),
    amountInWords(intervention),
    // The plan's own clinician goes without saying.
    !readOnly && responsible.name === author ? "" : [responsible.name, responsible.role].filter((part) => part !== "").join(", "),
  ]
    .filter((part) => part !== "")
    .join(" · ");
  if (readOnly) return <p className={classes.quiet}>{words}</p>;
  return (
    <Disclosure
      label={words}
      hidden={`change how much and by whom: ${name}`}
      holds={["technique", "minutes", "frequency", "weeks", "responsible/name"].map((field) => `${path.join("/")}/${field}`)}
    >
      <div className={classes.form}>
        <ChoiceAt
          path={[...path, "approach"]}
          label={`Approach of ${name}`}
          caption="Approach"
          choices={approachIds.map((value) => ({ value, label: approaches[value].name }))}
        />
        <InlineText path={[...path, "technique"]} label={`Technique of ${name}`} caption="Technique" />
        <ChoiceAt path={[...path, "format"]} label={`Format of ${name}`} caption="Format" choices={formats} />
        <NumberAt path={[...path, "minutes"]} label={`Minutes of ${name}`} caption="Minutes" whole />
        <FrequencyAt path={[...path, "frequency"]} label={`Frequency of ${name}`} />
        <NumberAt path={[...path, "weeks"]} label={`Duration of ${name} in weeks`} caption="For how many weeks" whole />
        <InlineText path={[...path, "responsible", "name"]} label={`Responsible for ${name}`} caption="Responsible person" />
        <InlineText path={[...path, "responsible", "role"]} label={`Role of the person responsible for ${name}`} caption="Their role" />
      </div>
    </Disclosure>
  );
}

const frequencies = [
  { value: "2/week", label: "twice a week" },
  { value: "1/week", label: "once a week" },
  { value: "0.5/week", label: "every second week" },
  { value: "2/month", label: "twice a month" },
  { value: "1/month", label: "once a month" },
  { value: "3/week", label: "3 times a week" },
  { value: "1/day", label: "once a day" },
  { value: "5/week", label: "5 times a week" },
] as const;

/** How often, as people say it. */
export function FrequencyAt({ path, label }: { readonly path: readonly string[]; readonly label: string }) {
  const { store, readOnly } = useComposer();
  const key = path.join("/");
  const value = usePlan((plan) =>
    path[0] === "sessionPlan" ? plan.sessionPlan.frequency : (plan.interventions.find(({ id }) => id === path[1])?.frequency ?? null),
  );
  const chosen = value === null ? "" : `${value.times}/${value.per}`;
  if (readOnly) return <span>How often: {value === null ? "—" : frequencyInWords(value)}</span>;
  return (
    <span className={classes.formField}>
      <label className={classes.caption} htmlFor={key}>
        How often
      </label>
      <select
        id={key}
        data-place={key}
        className={classes.inline}
        aria-label={label}
        value={chosen}
        onChange={(event) => {
          const [times, per] = event.currentTarget.value.split("/");
          store.act(label, [{ type: "set", path: [...path], value: per === undefined ? null : { times: Number(times), per } }]);
        }}
      >
        <option value="">not said</option>
        {frequencies.map((entry) => (
          <option key={entry.value} value={entry.value}>
            {entry.label}
          </option>
        ))}
        {value !== null && !frequencies.some((entry) => entry.value === chosen) && (
          <option value={chosen}>{frequencyInWords(value)}</option>
        )}
      </select>
    </span>
  );
}

/** What is known about how well it works, and the homework that goes with it. */
function Sources({ intervention }: { readonly intervention: Intervention }) {
  const { context } = useComposer();
  if (context === null) return null;
  const sources = intervention.evidence.flatMap((id) => context.library.evidenceById.get(id) ?? []);
  const homework = intervention.homework.flatMap((id) => context.library.homeworkById.get(id) ?? []);
  return (
    <>
      <div>
        <div className={classes.caption}>Evidence</div>
        {sources.length === 0 ? (
          <p className={classes.quiet}>
            {intervention.basis === "evidence"
              ? "Chosen for its evidence; the source is not in the library any more."
              : "Practice-based: used by experienced clinicians, without a trial of its own that could be cited."}
          </p>
        ) : (
          <ul className={classes.bullets}>
            {sources.map((source) => (
              <li key={source.id}>
                {source.authors.split(",")[0]} {source.year}. {source.title}. {source.source}
                {source.doi !== undefined && (
                  <>
                    {" "}
                    <span className={classes.doi}>doi:{source.doi}</span>
                  </>
                )}
                . <em>{source.finding}</em>
              </li>
            ))}
          </ul>
        )}
      </div>
      {homework.length > 0 && (
        <div>
          <div className={classes.caption}>Between sessions</div>
          {homework.map((task) => (
            <Disclosure key={task.id} label={`${task.title}: ${task.minutes} minutes, ${task.timesPerWeek} times a week`}>
              <Text size="sm">{task.why}</Text>
              <ol className={classes.bullets}>
                {task.steps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
            </Disclosure>
          ))}
        </div>
      )}
    </>
  );
}

/** What else could serve the same objectives: one click takes it instead. */
function Alternatives({ intervention, name }: { readonly intervention: Intervention; readonly name: string }) {
  const { store, context, notes, readOnly, add, announce } = useComposer();
  const origins = usePlan((plan) =>
    plan.objectives
      .filter(({ id }) => intervention.objectiveIds.includes(id))
      .flatMap(({ origin }) => (origin.kind === "library" ? [origin.id] : [])),
  );
  if (readOnly || context === null) return null;
  return (
    <Disclosure label="Swap" hidden={name}>
      <AlternativeList
        found={notes.alternatives
          .filter(({ objectiveLibraryId }) => origins.includes(objectiveLibraryId))
          .flatMap(({ interventions }) => interventions)}
        take={(libraryId) => {
          const statement = context.library.statementById.get(libraryId);
          if (statement === undefined) return;
          const place = { kind: "intervention" as const, objectiveIds: intervention.objectiveIds, instead: intervention.id };
          const edits = addTo(store.state().plan, place, statement, context);
          if (store.act(`Swap ${name}`, edits) === null) goOnIn(edits);
          announce(`${name} was swapped for ${statement.technique ?? statement.text}.`);
        }}
      />
      <Button
        variant="subtle"
        size="compact-md"
        leftSection={<Icon name="search" size={17} />}
        onClick={() => add({ kind: "intervention", objectiveIds: intervention.objectiveIds, instead: intervention.id })}
      >
        Search for another
      </Button>
    </Disclosure>
  );
}

function AlternativeList({
  found,
  take,
}: {
  readonly found: Composer["notes"]["alternatives"][number]["interventions"];
  readonly take: (libraryId: string) => void;
}) {
  const { context } = useComposer();
  const used = usePlan((plan) => [...statementsInPlan(plan)]);
  const left = [...new Map(found.map((entry) => [entry.libraryId, entry])).values()].filter(({ libraryId }) => !used.includes(libraryId));
  if (left.length === 0) return <p className={classes.quiet}>The draft left no others aside. Search the whole library.</p>;
  return (
    <ul className={classes.plainList}>
      {left.map(({ libraryId, because, against }) => {
        const entry = context?.library.interventionById.get(libraryId);
        if (entry === undefined) return null;
        return (
          <li key={libraryId} className={classes.alternative}>
            <div>
              <strong>
                {shortApproach(entry.approach)} · {entry.technique}
              </strong>
              {against && <span className={classes.general}>Against the client's wish or history</span>}
              <p className={classes.still}>{entry.text}</p>
              <Reasons because={because} />
            </div>
            <Button variant="default" size="compact-md" onClick={() => take(libraryId)}>
              Take this<span className={classes.unseen}>: {entry.technique}</span>
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

/** What would have served an objective, and is held back for this client as things stand. */
export function HeldBackHere({ objective }: { readonly objective: Objective }) {
  const { store, context, notes, readOnly, announce } = useComposer();
  const used = usePlan((plan) => [...statementsInPlan(plan)]);
  if (context === null || readOnly || objective.origin.kind !== "library") return null;
  const origin = objective.origin.id;
  const held = notes.heldBack.filter(
    ({ libraryId }) => !used.includes(libraryId) && context.library.interventionById.get(libraryId)?.objectives.includes(origin) === true,
  );
  if (held.length === 0) return null;
  return (
    <Disclosure label={`Held back for now (${held.length})`}>
      <ul className={classes.plainList}>
        {held.map((entry) => (
          <li key={entry.libraryId} className={classes.alternative}>
            <div>
              <strong>
                {shortApproach(entry.approach)} · {entry.technique}
              </strong>
              <p className={classes.still}>{entry.text}</p>
              <p className={classes.adaptation}>{entry.because}</p>
            </div>
            <Button
              variant="default"
              size="compact-md"
              onClick={() => {
                const statement = context.library.statementById.get(entry.libraryId);
                if (statement === undefined) return;
                const edits = addTo(store.state().plan, { kind: "intervention", objectiveIds: [objective.id] }, statement, context);
                if (store.act(`Add ${entry.technique}`, edits) === null) goOnIn(edits);
                announce(`${entry.technique} was added. The caution stays as a finding.`);
              }}
            >
              Add all the same<span className={classes.unseen}>: {entry.technique}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

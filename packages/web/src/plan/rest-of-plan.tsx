import { ActionIcon } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import type { Edit } from "@trellis/domain/plan/edit-plan";
import { scheduleInWords } from "@trellis/domain/plan/measure-schedule";
import type { MeasureSchedule, Plan, ScheduleTime } from "@trellis/domain/plan/plan";
import { memo, type ReactNode, useId } from "react";
import type { Choice } from "../form/choice-field.tsx";
import { newId } from "../form/new-id.ts";
import { Icon } from "../shell/icon.tsx";
import classes from "./composer.module.css";
import { useComposer, usePlan } from "./composer-context.ts";
import { AddButton, ChoiceAt, DateAt, Disclosure, EditableText, InlineText, LinesAt, NumberAt } from "./fields.tsx";
import { ItemFindings } from "./finding-notes.tsx";
import { FrequencyAt } from "./interventions.tsx";
import { DetailAt, MoreAt, useItemTools, WhyHere } from "./item-parts.tsx";
import { MeasureOptions, useOfferedMeasures } from "./offered-measures.tsx";
import { moveAmong } from "./reorder.ts";

/** One part of the plan on a sheet of its own. `at`: the keys of the plan whose findings belong here. */
export function Part({
  title,
  at = [],
  children,
}: {
  readonly title: string;
  readonly at?: readonly string[];
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={classes.part} aria-labelledby={id} data-section>
      <h2 id={id}>{title}</h2>
      {at.map((key) => (
        <div key={key} data-place={key}>
          <ItemFindings item={key} />
        </div>
      ))}
      {children}
    </section>
  );
}

/** Who is treated for what, and what was measured. Both come from the chart and are changed there. */
export const DiagnosesPart = memo(function DiagnosesPart() {
  const { clientId, readOnly } = useComposer();
  const diagnoses = usePlan((plan) => plan.diagnoses);
  const assessments = usePlan((plan) => plan.assessments);
  return (
    <Part title="Diagnoses and scores" at={["diagnoses", "assessments"]}>
      {diagnoses.length > 0 && (
        <ul className={classes.bullets}>
          {diagnoses.map(({ id, code, description, rank, verification, specifiers }) => (
            <li key={id} data-item={`diagnoses/${id}`} data-place={`diagnoses/${id}`}>
              <strong>{code}</strong> {description}
              {specifiers.length > 0 && `, ${specifiers.join(", ")}`}
              <span className={classes.quiet}>
                {rank === "principal" ? " · principal" : ""}
                {verification === "provisional" ? " · provisional" : ""}
              </span>
              <ItemFindings item={`diagnoses/${id}`} />
            </li>
          ))}
        </ul>
      )}
      {assessments.length > 0 && (
        <ul className={classes.scores}>
          {assessments.map(({ administrationId, measureName, score, outOf, band, date }) => (
            <li key={administrationId}>
              <strong>
                {measureName} {score ?? "incomplete"}
              </strong>{" "}
              of {outOf}
              {band === "" ? "" : `, ${band.toLowerCase()}`}
              <span className={classes.quiet}> · {formatDate(date)}</span>
            </li>
          ))}
        </ul>
      )}
      {!readOnly && (
        <p className={classes.quiet}>
          Both come from the chart:{" "}
          <Link to="/clients/$clientId/diagnoses" params={{ clientId }}>
            diagnoses
          </Link>
          ,{" "}
          <Link to="/clients/$clientId/measures" params={{ clientId }}>
            measures
          </Link>
          .
        </p>
      )}
    </Part>
  );
});

const crisisStates: readonly Choice<string>[] = [
  { value: "none", label: "none yet" },
  { value: "present", label: "made with the client" },
  { value: "declined", label: "declined by the client" },
  { value: "not-needed", label: "not needed" },
];
const riskLevels: readonly Choice<string>[] = [
  { value: "low", label: "low" },
  { value: "moderate", label: "moderate" },
  { value: "high", label: "high" },
  { value: "imminent", label: "imminent" },
];

export const RiskPart = memo(function RiskPart() {
  const { clientId, readOnly } = useComposer();
  const risk = usePlan((plan) => plan.risk);
  const crisis = usePlan((plan) => plan.crisisPlan);
  return (
    <Part title="Risk and safety" at={["risk", "crisisPlan"]}>
      <div className={classes.facts}>
        <span className={classes.formField}>
          <span className={classes.caption}>Level</span>
          <span>
            {riskLevels.find(({ value }) => value === risk.level)?.label ?? "not assessed"}
            {risk.assessedOn === null ? "" : `, assessed ${formatDate(risk.assessedOn)}`}
          </span>
        </span>
        <ChoiceAt path={["crisisPlan", "state"]} label="Safety plan" caption="Safety plan" choices={crisisStates} />
      </div>
      {!readOnly && (
        <p className={classes.quiet}>
          The level is your own judgment in the{" "}
          <Link to="/clients/$clientId/intake/$section" params={{ clientId, section: "risk" }}>
            risk section of the intake
          </Link>
          ; no score sets it.
        </p>
      )}
      <EditableText path={["risk", "summary"]} label="Summary of risk" caption="Summary" look="boxed" max={4000} />
      {(crisis.state === "declined" || crisis.state === "not-needed") && (
        <EditableText path={["crisisPlan", "reason"]} label="Why there is no safety plan" caption="Why" look="boxed" max={4000} />
      )}
      {crisis.state === "present" && (
        <EditableText
          path={["crisisPlan", "text"]}
          label="Safety plan"
          caption="Safety plan: warning signs, what helps, whom to call, making the surroundings safe"
          look="boxed"
          max={8000}
          rows={3}
        />
      )}
      <LinesAt
        path={["risk", "specialStatus"]}
        label="Special status"
        noun="special status"
        description="Such as observation, restrictions, medical alerts."
      />
    </Part>
  );
});

const modalities: readonly Choice<string>[] = [
  { value: "in-person", label: "in person" },
  { value: "video", label: "by video" },
  { value: "phone", label: "by phone" },
  { value: "mixed", label: "mixed" },
];

export const SessionsPart = memo(function SessionsPart() {
  const sessions = usePlan((plan) => plan.sessionPlan);
  const reviewBecause = usePlan((plan) => plan.reviewBecause);
  return (
    <Part title="Sessions and review" at={["sessionPlan", "reviewDue"]}>
      <div className={classes.form}>
        <FrequencyAt path={["sessionPlan", "frequency"]} label="Frequency of sessions" />
        <NumberAt path={["sessionPlan", "minutes"]} label="Minutes of a session" caption="Minutes" whole />
        <NumberAt path={["sessionPlan", "weeks"]} label="Duration of therapy in weeks" caption="For how many weeks" whole />
        <ChoiceAt path={["sessionPlan", "modality"]} label="How sessions are held" caption="Held" choices={modalities} />
        <ExpectedSessions />
        <DateAt path={["reviewDue"]} label="Review due" caption="Review due" />
      </div>
      <WhyHere because={sessions.because} of="the session plan" />
      <WhyHere because={reviewBecause} of="the review date" />
    </Part>
  );
});

function ExpectedSessions() {
  const { store, readOnly } = useComposer();
  const range = usePlan((plan) => plan.sessionPlan.expectedSessions);
  if (readOnly) return <span>Expected sessions: {range === null ? "—" : range.join(" to ")}</span>;
  const put = (at: 0 | 1, text: string) => {
    const number = Number(text);
    if (text.trim() !== "" && !Number.isInteger(number)) return;
    const [from, to] = range ?? [number, number];
    const next = text.trim() === "" ? null : at === 0 ? [number, Math.max(number, to)] : [Math.min(from, number), number];
    store.act("Expected number of sessions", [{ type: "set", path: ["sessionPlan", "expectedSessions"], value: next }]);
  };
  return (
    <fieldset className={classes.diagnoses}>
      <legend className={classes.caption}>Expected sessions</legend>
      <span className={classes.withSuffix}>
        {([0, 1] as const).map((at) => (
          <span key={at} className={classes.withSuffix}>
            {at === 1 && "to"}
            <input
              key={range?.[at]}
              className={classes.inline}
              inputMode="numeric"
              size={3}
              aria-label={at === 0 ? "Expected sessions, from" : "Expected sessions, to"}
              defaultValue={range?.[at] ?? ""}
              onBlur={(event) => put(at, event.currentTarget.value)}
            />
          </span>
        ))}
      </span>
    </fieldset>
  );
}

const scheduleTimes: readonly Choice<ScheduleTime>[] = [
  { value: "weeks", label: "every so many weeks" },
  { value: "every-session", label: "at every session" },
  { value: "review", label: "at each review" },
  { value: "discharge", label: "at the end of therapy" },
];

export const MeasuresPart = memo(function MeasuresPart() {
  const { store, readOnly } = useComposer();
  const schedule = usePlan((plan) => plan.measureSchedule);
  const offered = useOfferedMeasures();
  const groups = offered
    .map(({ title, measures }) => ({ title, measures: measures.filter(({ id }) => !schedule.some(({ measure }) => measure === id)) }))
    .filter(({ measures }) => measures.length > 0);
  const id = useId();
  return (
    <Part title="Measures along the way" at={["measureSchedule"]}>
      <ul className={classes.plainList}>
        {schedule.map((entry) => (
          <li
            key={entry.id}
            className={classes.scheduled}
            data-item={`measureSchedule/${entry.id}`}
            data-place={`measureSchedule/${entry.id}`}
          >
            <div className={classes.row}>
              <span className={classes.rowMain}>
                <strong>{entry.measureName}</strong> {readOnly ? scheduleInWords(entry) : <ScheduleFields entry={entry} />}
              </span>
              <RemoveFrom list="measureSchedule" id={entry.id} name={entry.measureName} />
            </div>
            <WhyHere because={entry.because} of={entry.measureName} />
          </li>
        ))}
      </ul>
      {!readOnly && groups.length > 0 && (
        <span className={classes.formField}>
          <label className={classes.caption} htmlFor={id}>
            Add a measure
          </label>
          <select
            id={id}
            className={classes.inline}
            value=""
            onChange={(event) => {
              const measure = groups.flatMap(({ measures }) => measures).find((entry) => entry.id === event.currentTarget.value);
              if (measure === undefined) return;
              const item: MeasureSchedule = {
                id: newId(),
                measure: measure.id,
                measureName: measure.name,
                when: "weeks",
                everyWeeks: Math.min(52, Math.max(1, Math.round((measure.interval?.usualDays ?? 28) / 7))),
                because: [],
              };
              store.act(`Add the ${measure.name}`, [{ type: "insert", list: ["measureSchedule"], item, before: null }]);
            }}
          >
            <option value="">choose</option>
            <MeasureOptions groups={groups} />
          </select>
        </span>
      )}
    </Part>
  );
});

function ScheduleFields({ entry }: { readonly entry: MeasureSchedule }) {
  const path = ["measureSchedule", entry.id];
  return (
    <>
      <ChoiceAt path={[...path, "when"]} label={`When the ${entry.measureName} is given`} choices={scheduleTimes} />
      {entry.when === "weeks" && (
        <>
          {": every "}
          <NumberAt path={[...path, "everyWeeks"]} label={`Weeks between two ${entry.measureName}`} whole />{" "}
          {entry.everyWeeks === 1 ? "week" : "weeks"}
        </>
      )}
    </>
  );
}

function RemoveFrom({ list, id, name }: { readonly list: string; readonly id: string; readonly name: string }) {
  const { store, readOnly, announce } = useComposer();
  if (readOnly) return null;
  return (
    <ActionIcon
      variant="subtle"
      color="stone"
      size={34}
      aria-label={`Remove ${name}`}
      onClick={(event) => {
        const around = event.currentTarget.closest<HTMLElement>("[data-section]");
        store.act(`Remove ${name}`, [{ type: "remove", list: [list], id }]);
        announce(`${name} is removed. Control Z brings it back.`);
        if (around !== null) {
          around.tabIndex = -1;
          around.focus({ preventScroll: true });
        }
      }}
    >
      <Icon name="close" size={17} />
    </ActionIcon>
  );
}

const StatementItem = memo(function StatementItem({
  list,
  id,
  name,
}: {
  readonly list: "expectedOutcomes" | "dischargeCriteria";
  readonly id: string;
  readonly name: string;
}) {
  const { store } = useComposer();
  const statement = usePlan((plan) => plan[list].find((entry) => entry.id === id));
  const tools = useItemTools({
    name,
    move: (by) =>
      moveAmong(
        [list],
        store.state().plan[list].map((entry) => entry.id),
        id,
        by,
      ),
    remove: () => [{ type: "remove", list: [list], id }],
    removeLabel: `Remove ${name}`,
  });
  if (statement === undefined) return null;
  const key = `${list}/${id}`;
  return (
    <li className={classes.definition} data-item={key} data-place={key} onKeyDown={tools.onKeyDown}>
      <div className={classes.row}>
        <div className={classes.rowMain}>
          <EditableText path={[list, id, "text"]} label={`Wording of ${name}`} />
          <DetailAt path={[list, id]} statement={statement} name={name} />
        </div>
        {tools.buttons}
      </div>
      <ItemFindings item={key} />
      <MoreAt
        path={[list, id]}
        statement={statement}
        kind={list === "expectedOutcomes" ? "expected-outcome" : "discharge-criterion"}
        name={name}
      />
    </li>
  );
});

export const EndingPart = memo(function EndingPart() {
  const { add } = useComposer();
  const outcomes = usePlan((plan) => plan.expectedOutcomes.map(({ id }) => id));
  const criteria = usePlan((plan) => plan.dischargeCriteria.map(({ id }) => id));
  return (
    <>
      <Part title="Expected outcomes" at={["expectedOutcomes"]}>
        <ul className={classes.plainList}>
          {outcomes.map((id, index) => (
            <StatementItem key={id} list="expectedOutcomes" id={id} name={`expected outcome ${index + 1}`} />
          ))}
        </ul>
        <AddButton onClick={() => add({ kind: "expected-outcome" })}>Add an expected outcome</AddButton>
      </Part>
      <Part title="When therapy can end" at={["dischargeCriteria", "transitionPlan"]}>
        <ul className={classes.plainList}>
          {criteria.map((id, index) => (
            <StatementItem key={id} list="dischargeCriteria" id={id} name={`criterion ${index + 1}`} />
          ))}
        </ul>
        <AddButton onClick={() => add({ kind: "discharge-criterion" })}>Add a criterion</AddButton>
        <EditableText path={["transitionPlan"]} label="What comes afterwards" caption="What comes afterwards" look="boxed" max={4000} />
      </Part>
    </>
  );
});

const purposes: readonly Choice<string>[] = [
  { value: "improvement", label: "to improve" },
  { value: "maintenance", label: "to keep from relapse or hospital" },
];

export const NecessityPart = memo(function NecessityPart() {
  return (
    <Part title="Why treatment is needed" at={["medicalNecessity", "functionalLevel", "purpose"]}>
      <EditableText
        path={["medicalNecessity"]}
        label="Why this treatment, at this intensity, now"
        caption="Why this treatment, at this intensity, now"
        look="boxed"
        max={8000}
        rows={2}
      />
      <EditableText path={["functionalLevel"]} label="Functional level" caption="How daily life goes" look="boxed" max={8000} rows={2} />
      <div className={classes.facts}>
        <ChoiceAt path={["purpose"]} label="Purpose of treatment" caption="Purpose" choices={purposes} />
      </div>
      <EditableText
        path={["purposeDetail"]}
        label="Purpose in this client's case"
        caption="For this client that means"
        look="boxed"
        max={4000}
      />
    </Part>
  );
});

export const PersonPart = memo(function PersonPart() {
  const called = usePlan((plan) => plan.subject.calledName);
  return (
    <Part title={`${called} as a person`} at={["strengths", "needs", "preferences", "barriers", "supports", "culture"]}>
      <div className={classes.twoColumns}>
        <LinesAt path={["strengths"]} label="Strengths" noun="strength" />
        <LinesAt path={["supports"]} label="Supports" noun="support" />
        <LinesAt path={["needs"]} label="Needs" noun="need" />
        <LinesAt path={["barriers"]} label="Barriers" noun="barrier" />
        <LinesAt path={["preferences"]} label="Preferences" noun="preference" />
        <LinesAt path={["disabilities"]} label="Disabilities and accommodations" noun="disability or accommodation" />
      </div>
      <EditableText
        path={["culture"]}
        label="Culture and identity"
        caption="Culture and identity, as the client puts them"
        look="boxed"
        max={4000}
      />
    </Part>
  );
});

type ListKey = "responsibilities" | "declined" | "referrals" | "coordination" | "medications" | "settingModifications";

function ListPart({
  list,
  noun,
  blank,
  children,
}: {
  readonly list: ListKey;
  readonly noun: string;
  readonly blank: () => Plan[ListKey][number];
  readonly children: (id: string, name: string) => ReactNode;
}) {
  const { store } = useComposer();
  const ids = usePlan((plan) => plan[list].map(({ id }) => id));
  return (
    <div data-place={list}>
      <ul className={classes.plainList}>
        {ids.map((id, index) => (
          <li key={id} className={classes.entry} data-item={`${list}/${id}`} data-place={`${list}/${id}`}>
            <div className={classes.rowMain}>{children(id, `${noun} ${index + 1}`)}</div>
            <RemoveFrom list={list} id={id} name={`${noun} ${index + 1}`} />
          </li>
        ))}
      </ul>
      <AddButton
        onClick={() => {
          const item = blank();
          const edit: Edit = { type: "insert", list: [list], item: { ...item }, before: null };
          store.act(`Add ${noun}`, [edit]);
          requestAnimationFrame(() =>
            document.querySelector<HTMLElement>(`[data-item="${CSS.escape(`${list}/${item.id}`)}"] :is(textarea, input, select)`)?.focus(),
          );
        }}
      >
        Add a {noun}
      </AddButton>
    </div>
  );
}

const whos: readonly Choice<string>[] = [
  { value: "client", label: "Client" },
  { value: "clinician", label: "Clinician" },
  { value: "guardian", label: "Guardian" },
  { value: "other", label: "Other" },
];

export const ResponsibilitiesPart = memo(function ResponsibilitiesPart() {
  const { store } = useComposer();
  return (
    <Part title="Who does what" at={["responsibilities"]}>
      <ListPart
        list="responsibilities"
        noun="responsibility"
        blank={() => ({ id: newId(), who: "client", name: store.state().plan.subject.calledName, what: "", plain: "" })}
      >
        {(id, name) => (
          <>
            <div className={classes.facts}>
              <ChoiceAt path={["responsibilities", id, "who"]} label={`Who, ${name}`} choices={whos} />
              <InlineText path={["responsibilities", id, "name"]} label={`Name, ${name}`} example="Name" />
            </div>
            <EditableText path={["responsibilities", id, "what"]} label={`What, ${name}`} placeholder="What they do" max={500} line />
            <EditableText
              path={["responsibilities", id, "plain"]}
              label={`What, ${name}, in everyday words`}
              placeholder="The same in everyday words"
              look="small"
              max={500}
              line
            />
          </>
        )}
      </ListPart>
    </Part>
  );
});

export const ParticipationPart = memo(function ParticipationPart() {
  const called = usePlan((plan) => plan.subject.calledName);
  const guardian = usePlan((plan) => plan.subject.guardianName);
  return (
    <Part title="How the client took part" at={["participation", "declined", "agreement"]}>
      <EditableText
        path={["participation", "client"]}
        label={`How ${called} took part`}
        caption={`How ${called} took part in making this plan`}
        placeholder="Chose, changed, asked, decided"
        look="boxed"
        max={2000}
      />
      <EditableText
        path={["participation", "representative"]}
        label="How a representative took part"
        caption={guardian === "" ? "How a guardian or representative took part" : `How ${guardian} took part`}
        look="boxed"
        max={2000}
      />
      <EditableText
        path={["participation", "reasonIfNone"]}
        label="If neither took part, why"
        caption="If neither could take part, why"
        look="boxed"
        max={2000}
      />
      <h3 className={classes.listHead}>Offered and not wanted</h3>
      <ListPart list="declined" noun="declined offer" blank={() => ({ id: newId(), what: "", reason: "" })}>
        {(id, name) => (
          <>
            <EditableText path={["declined", id, "what"]} label={`What, ${name}`} placeholder="What was offered" max={500} line />
            <EditableText path={["declined", id, "reason"]} label={`Why, ${name}`} placeholder="Why not" look="small" line />
          </>
        )}
      </ListPart>
    </Part>
  );
});

const referralStates: readonly Choice<string>[] = [
  { value: "planned", label: "planned" },
  { value: "made", label: "made" },
  { value: "declined", label: "declined" },
  { value: "completed", label: "completed" },
];
const consents: readonly Choice<string>[] = [
  { value: "given", label: "consent given" },
  { value: "declined", label: "consent declined" },
  { value: "not-asked", label: "consent not asked yet" },
];

export const CarePart = memo(function CarePart() {
  return (
    <Part title="Care around it" at={["referrals", "coordination", "medications", "allergies", "familyInvolvement", "naturalSupports"]}>
      <h3 className={classes.listHead}>Coordination with others</h3>
      <ListPart list="coordination" noun="contact" blank={() => ({ id: newId(), withWhom: "", what: "", consent: "not-asked" })}>
        {(id, name) => (
          <>
            <EditableText path={["coordination", id, "withWhom"]} label={`With whom, ${name}`} placeholder="With whom" max={200} line />
            <EditableText
              path={["coordination", id, "what"]}
              label={`About what, ${name}`}
              placeholder="About what"
              look="small"
              max={500}
              line
            />
            <ChoiceAt path={["coordination", id, "consent"]} label={`Consent, ${name}`} choices={consents} />
          </>
        )}
      </ListPart>
      <h3 className={classes.listHead}>Referrals</h3>
      <ListPart list="referrals" noun="referral" blank={() => ({ id: newId(), to: "", why: "", status: "planned" })}>
        {(id, name) => (
          <>
            <EditableText path={["referrals", id, "to"]} label={`To whom, ${name}`} placeholder="To whom" max={200} line />
            <EditableText path={["referrals", id, "why"]} label={`Why, ${name}`} placeholder="Why" look="small" max={500} line />
            <ChoiceAt path={["referrals", id, "status"]} label={`Status, ${name}`} choices={referralStates} />
          </>
        )}
      </ListPart>
      <h3 className={classes.listHead}>Medication</h3>
      <ListPart list="medications" noun="medication" blank={() => ({ id: newId(), name: "", dose: "", purpose: "", prescriber: "" })}>
        {(id, name) => (
          <div className={classes.form}>
            <InlineText path={["medications", id, "name"]} label={`Name, ${name}`} caption="Name" />
            <InlineText path={["medications", id, "dose"]} label={`Dose, ${name}`} caption="Dose" />
            <InlineText path={["medications", id, "purpose"]} label={`For what, ${name}`} caption="For what" />
            <InlineText path={["medications", id, "prescriber"]} label={`Prescriber, ${name}`} caption="Prescriber" />
          </div>
        )}
      </ListPart>
      <EditableText path={["allergies"]} label="Allergies" caption="Allergies" look="boxed" max={4000} />
      <EditableText path={["familyInvolvement"]} label="How family takes part" caption="How family takes part" look="boxed" max={4000} />
      <LinesAt path={["naturalSupports"]} label="Natural supports" noun="natural support" />
    </Part>
  );
});

export const SettingPart = memo(function SettingPart() {
  return (
    <Part title="For particular settings" at={["settingModifications", "legalStatus", "supervision", "backUpPlan", "monitoredBy"]}>
      <Disclosure label="Legal status, length of stay, supervision, back-up plan, modifications">
        <div className={classes.more}>
          <EditableText path={["legalStatus"]} label="Legal status" caption="Legal status" look="boxed" max={300} line />
          <EditableText
            path={["expectedLengthOfStay"]}
            label="Expected length of stay"
            caption="Expected length of stay"
            look="boxed"
            max={300}
            line
          />
          <EditableText path={["supervision"]} label="Supervision" caption="Supervision" look="boxed" max={4000} />
          <EditableText path={["monitoredBy"]} label="Monitored by" caption="Monitored by" look="boxed" max={300} line />
          <EditableText path={["backUpPlan"]} label="Back-up plan" caption="Back-up plan" look="boxed" max={4000} />
          <div>
            <div className={classes.caption}>Modifications of rights or setting, each with its reason</div>
            <ListPart list="settingModifications" noun="modification" blank={() => ({ id: newId(), what: "", justification: "" })}>
              {(id, name) => (
                <>
                  <EditableText path={["settingModifications", id, "what"]} label={`What, ${name}`} placeholder="What" max={500} line />
                  <EditableText
                    path={["settingModifications", id, "justification"]}
                    label={`Why, ${name}`}
                    placeholder="Why"
                    look="small"
                    line
                  />
                </>
              )}
            </ListPart>
          </div>
        </div>
      </Disclosure>
    </Part>
  );
});

/** Items whose goal or objective is not in the plan (any more): in sight, so that nothing stands in the record unseen. */
export function Homeless({
  goals,
  objectives,
  interventions,
}: {
  readonly goals: ReactNode;
  readonly objectives: ReactNode;
  readonly interventions: ReactNode;
}) {
  return (
    <Part title="Belongs to nothing any more">
      <p className={classes.quiet}>What these belonged to was taken out. Remove them, or bring it back with undo.</p>
      {goals}
      {objectives}
      {interventions}
    </Part>
  );
}

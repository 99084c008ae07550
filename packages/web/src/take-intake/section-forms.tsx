import { ActionIcon, Button, Checkbox, Group, SimpleGrid, Stack, Text, Textarea } from "@mantine/core";
import type { Intake, IntakeSection } from "@trellis/domain/intake/intake";
import { type ApproachId, approaches, approachIds } from "@trellis/domain/library/approach";
import type { ComponentType } from "react";
import { ChoiceField, SelectField } from "../form/choice-field.tsx";
import { DateField } from "../form/date-field.tsx";
import { focusNext, lastEntry } from "../form/focus-next.ts";
import { LinesField } from "../form/lines-field.tsx";
import { newId } from "../form/new-id.ts";
import type { Problems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { useToday } from "../session/today.ts";
import { Icon } from "../shell/icon.tsx";
import { fieldNames } from "./field-names.ts";
import classes from "./take-intake.module.css";

export interface SectionForm<S extends IntakeSection> {
  readonly content: Intake[S];
  readonly change: (content: Intake[S]) => void;
  readonly problems: Problems;
}

type KeysOf<T, V> = { [K in keyof T]: T[K] extends V ? (V extends T[K] ? K : never) : never }[keyof T] & string;

/** The fields of one section, bound to its content by name. */
function fieldsOf<S extends IntakeSection>(section: S, { content, change, problems }: SectionForm<S>) {
  const names = fieldNames[section];
  const set = <K extends keyof Intake[S]>(key: K, value: Intake[S][K]) => change({ ...content, [key]: value });
  return {
    set,
    text: (
      key: KeysOf<Intake[S], string>,
      more: { readonly description?: string; readonly rows?: number; readonly max?: number; readonly placeholder?: string } = {},
    ) => (
      <TextField
        key={key}
        label={names[key] ?? key}
        value={content[key] as string}
        onChange={(value) => set(key, value as Intake[S][typeof key])}
        max={more.max ?? 20_000}
        rows={more.rows ?? 3}
        error={problems.get(`/${key}`)}
        {...(more.description === undefined ? {} : { description: more.description })}
        {...(more.placeholder === undefined ? {} : { placeholder: more.placeholder })}
      />
    ),
    tick: (key: KeysOf<Intake[S], boolean>, description?: string) => (
      <Checkbox
        key={key}
        label={names[key]}
        description={description}
        checked={content[key] as boolean}
        onChange={(event) => set(key, event.currentTarget.checked as Intake[S][typeof key])}
      />
    ),
    lines: (key: KeysOf<Intake[S], string[]>, noun: string, description: string, placeholder?: string) => (
      <LinesField
        key={key}
        label={names[key] ?? key}
        noun={noun}
        description={description}
        lines={content[key] as string[]}
        onChange={(lines) => set(key, [...lines] as Intake[S][typeof key])}
        errorAt={(index) => problems.get(`/${key}/${index}`)}
        error={problems.get(`/${key}`)}
        {...(placeholder === undefined ? {} : { placeholder })}
      />
    ),
  };
}

/** Adds an entry to the one list of a section that has entries, and goes on in it. */
function addEntry(add: () => void): void {
  add();
  focusNext(() => lastEntry(document.querySelector("main")));
}

function RemoveEntry({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="stone" size={42} aria-label={label} onClick={onClick}>
      <Icon name="close" />
    </ActionIcon>
  );
}

function PresentingProblemsForm(form: SectionForm<"presentingProblems">) {
  const { content, problems } = form;
  const { set, text, lines } = fieldsOf("presentingProblems", form);
  const entries = content.problems.length === 0 ? [{ id: "first", words: "", since: "", impact: "" }] : content.problems;
  const change = (index: number, part: Partial<(typeof entries)[number]>) =>
    set(
      "problems",
      entries.map((entry, i) => (i === index ? { ...entry, id: entry.id === "first" ? newId() : entry.id, ...part } : entry)),
    );
  return (
    <>
      {entries.map((problem, index) => (
        <fieldset key={index === 0 ? "first" : problem.id} className={classes.entry} aria-label={`Problem ${index + 1}`}>
          <Group justify="space-between" wrap="nowrap">
            <Text fw={600}>Problem {index + 1}</Text>
            {content.problems.length > 0 && (
              <RemoveEntry label={`Remove problem ${index + 1}`} onClick={() => set("problems", content.problems.toSpliced(index, 1))} />
            )}
          </Group>
          <Stack gap="sm">
            <TextField
              label="In the client's own words"
              value={problem.words}
              onChange={(words) => change(index, { words })}
              rows={2}
              max={2000}
              error={problems.get(`/problems/${index}/words`)}
            />
            <TextField
              label="What it keeps the client from doing"
              description="Work, people, sleep, getting out: as concretely as you can."
              value={problem.impact}
              onChange={(impact) => change(index, { impact })}
              rows={2}
              max={2000}
              error={problems.get(`/problems/${index}/impact`)}
            />
            <TextField
              label="Since when"
              value={problem.since}
              onChange={(since) => change(index, { since })}
              max={120}
              placeholder="e.g. since the spring, 6 weeks"
              error={problems.get(`/problems/${index}/since`)}
            />
          </Stack>
        </fieldset>
      ))}
      {content.problems.length > 0 && content.problems.length < 20 && (
        <Group>
          <Button
            variant="default"
            leftSection={<Icon name="plus" />}
            onClick={() => addEntry(() => set("problems", [...content.problems, { id: newId(), words: "", since: "", impact: "" }]))}
          >
            Add another problem
          </Button>
        </Group>
      )}
      {text("whyNow", { description: "What made the client come at this time?" })}
      {lines("hopes", "hope", "In the client's own words. Each can become a goal of the plan.", "e.g. Sleep through the night again")}
    </>
  );
}

function FunctioningForm(form: SectionForm<"functioning">) {
  const { text } = fieldsOf("functioning", form);
  return (
    <>
      {text("work", { placeholder: "e.g. Missed 6 days last month; cannot finish a report" })}
      {text("relationships")}
      {text("selfCare", { description: "Sleep, food, hygiene, money, medicines, the home." })}
      {text("leisure")}
    </>
  );
}

function HistoryForm(form: SectionForm<"history">) {
  const { text } = fieldsOf("history", form);
  return (
    <>
      {text("psychological", { description: "Earlier episodes, what set them off, what helped." })}
      {text("social", { description: "Family of origin, schooling, work, relationships, housing." })}
      {text("developmental")}
      {text("trauma", { description: "As much as the client wants to say. It can stay short." })}
      {text("family")}
      {text("legal")}
    </>
  );
}

function MedicalForm(form: SectionForm<"medical">) {
  const { content, problems } = form;
  const { set, text, tick } = fieldsOf("medical", form);
  const change = (index: number, part: Partial<(typeof content.medications)[number]>) =>
    set(
      "medications",
      content.medications.map((entry, i) => (i === index ? { ...entry, ...part } : entry)),
    );
  return (
    <>
      {text("conditions")}
      <Stack gap="sm" role="group" aria-label="Medications">
        <Text fw={600}>Medications</Text>
        {content.medications.map((medication, index) => (
          <div key={medication.id} className={classes.entry} data-entry>
            <Group align="flex-start" wrap="nowrap">
              <SimpleGrid cols={{ base: 1, sm: 2 }} flex={1} spacing="sm">
                <TextField
                  label="Name"
                  value={medication.name}
                  onChange={(name) => change(index, { name })}
                  max={200}
                  error={problems.get(`/medications/${index}/name`)}
                />
                <TextField
                  label="Dose"
                  value={medication.dose}
                  onChange={(dose) => change(index, { dose })}
                  max={120}
                  error={problems.get(`/medications/${index}/dose`)}
                />
                <TextField
                  label="For"
                  value={medication.purpose}
                  onChange={(purpose) => change(index, { purpose })}
                  max={200}
                  error={problems.get(`/medications/${index}/purpose`)}
                />
                <TextField
                  label="Prescribed by"
                  value={medication.prescriber}
                  onChange={(prescriber) => change(index, { prescriber })}
                  max={200}
                  error={problems.get(`/medications/${index}/prescriber`)}
                />
              </SimpleGrid>
              <RemoveEntry
                label={`Remove medication ${index + 1}`}
                onClick={() => set("medications", content.medications.toSpliced(index, 1))}
              />
            </Group>
          </div>
        ))}
        <Group>
          <Button
            variant="default"
            leftSection={<Icon name="plus" />}
            disabled={content.medications.length >= 60}
            onClick={() =>
              addEntry(() => set("medications", [...content.medications, { id: newId(), name: "", dose: "", purpose: "", prescriber: "" }]))
            }
          >
            Add a medication
          </Button>
        </Group>
      </Stack>
      {text("allergies", { rows: 2 })}
      <Stack gap="sm" role="group" aria-label="Care is needed with some methods">
        <Text fw={600}>Some methods need care with</Text>
        {tick("pregnancy")}
        {tick("cardiacOrSeizureCondition")}
        {tick("cognitiveImpairment")}
      </Stack>
    </>
  );
}

function SubstanceUseForm(form: SectionForm<"substanceUse">) {
  const { text, tick } = fieldsOf("substanceUse", form);
  return (
    <>
      {text("description", { description: "Alcohol, tobacco, cannabis, medicines, other drugs. “None” is an answer too." })}
      {tick("activeUse")}
      {tick("comesIntoxicated")}
      {tick("withdrawalRisk", "Heavy daily drinking, benzodiazepines, past seizures or delirium: stopping needs medical advice.")}
    </>
  );
}

const outcomes = [
  { value: "helped", label: "Helped" },
  { value: "helped-partly", label: "Helped in part" },
  { value: "did-not-help", label: "Did not help" },
  { value: "made-worse", label: "Made it worse" },
  { value: "unknown", label: "Not known" },
] as const;

function PriorTreatmentForm(form: SectionForm<"priorTreatment">) {
  const { content, problems } = form;
  const { set } = fieldsOf("priorTreatment", form);
  const change = (index: number, part: Partial<(typeof content.treatments)[number]>) =>
    set(
      "treatments",
      content.treatments.map((entry, i) => (i === index ? { ...entry, ...part } : entry)),
    );
  return (
    <>
      {content.treatments.map((treatment, index) => (
        <fieldset key={treatment.id} className={classes.entry} aria-label={`Treatment ${index + 1}`}>
          <Group justify="space-between" wrap="nowrap">
            <Text fw={600}>Treatment {index + 1}</Text>
            <RemoveEntry
              label={`Remove treatment ${index + 1}`}
              onClick={() => set("treatments", content.treatments.toSpliced(index, 1))}
            />
          </Group>
          <Stack gap="sm">
            <TextField
              label="What it was"
              value={treatment.description}
              onChange={(description) => change(index, { description })}
              rows={2}
              max={2000}
              placeholder="e.g. 10 sessions of counseling at college"
              error={problems.get(`/treatments/${index}/description`)}
            />
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
              <SelectField<ApproachId | "">
                label="Approach"
                value={treatment.approach ?? ""}
                choices={[{ value: "", label: "Not known" }, ...approachIds.map((value) => ({ value, label: approaches[value].name }))]}
                onChange={(value) => change(index, { approach: value === "" ? null : value })}
              />
              <TextField
                label="When"
                value={treatment.when}
                onChange={(when) => change(index, { when })}
                max={120}
                error={problems.get(`/treatments/${index}/when`)}
              />
            </SimpleGrid>
            <ChoiceField
              label="How it went"
              value={treatment.outcome}
              choices={outcomes}
              onChange={(outcome) => change(index, { outcome })}
            />
            <TextField
              label="What helped and what did not"
              value={treatment.whatHelped}
              onChange={(whatHelped) => change(index, { whatHelped })}
              rows={2}
              max={2000}
              error={problems.get(`/treatments/${index}/whatHelped`)}
            />
          </Stack>
        </fieldset>
      ))}
      {content.treatments.length === 0 && <Text c="dimmed">None recorded. If there was none, leave this empty.</Text>}
      <Group>
        <Button
          variant="default"
          leftSection={<Icon name="plus" />}
          disabled={content.treatments.length >= 30}
          onClick={() =>
            addEntry(() =>
              set("treatments", [
                ...content.treatments,
                { id: newId(), approach: null, description: "", when: "", outcome: "unknown", whatHelped: "" },
              ]),
            )
          }
        >
          Add an earlier treatment
        </Button>
      </Group>
    </>
  );
}

function StrengthsForm(form: SectionForm<"strengths">) {
  const { lines } = fieldsOf("strengths", form);
  return (
    <>
      {lines("strengths", "strength", "What the client is good at and proud of.")}
      {lines("coping", "way of coping", "What the client already does that helps.")}
      {lines("supports", "support", "Who and what can be counted on.")}
      {lines("barriers", "barrier", "Time, money, travel, childcare, mistrust.")}
      {lines("needs", "need", "Housing, work, medical care, an interpreter.")}
    </>
  );
}

function PreferencesForm(form: SectionForm<"preferences">) {
  const { content, problems } = form;
  const { set, text } = fieldsOf("preferences", form);
  const wish = (id: ApproachId) =>
    content.wanted.includes(id) ? "wanted" : content.declined.some(({ approach }) => approach === id) ? "declined" : "open";
  function setWish(id: ApproachId, next: "wanted" | "declined" | "open"): void {
    form.change({
      ...content,
      wanted: next === "wanted" ? [...content.wanted.filter((other) => other !== id), id] : content.wanted.filter((other) => other !== id),
      declined:
        next === "declined"
          ? [...content.declined.filter(({ approach }) => approach !== id), { approach: id, reason: "" }]
          : content.declined.filter(({ approach }) => approach !== id),
    });
  }
  return (
    <>
      <Stack gap="xs">
        <Text fw={600} id="approaches">
          Kinds of help
        </Text>
        <Text size="sm" c="dimmed">
          In the words you can use with the client. What is not wanted stays out of the plan unless you put it in.
        </Text>
        <ul className={classes.approaches} aria-labelledby="approaches">
          {approachIds.map((id) => {
            const current = wish(id);
            const index = content.declined.findIndex(({ approach }) => approach === id);
            return (
              <li key={id} className={classes.approach}>
                <div>
                  <Text fw={600}>{approaches[id].name}</Text>
                  <Text size="sm" c="dimmed">
                    {approaches[id].plain}
                  </Text>
                </div>
                <SelectField
                  hiddenLabel={`${approaches[id].name}: wanted or not`}
                  value={current}
                  choices={[
                    { value: "open", label: "Not talked about" },
                    { value: "wanted", label: "Wanted" },
                    { value: "declined", label: "Not wanted" },
                  ]}
                  onChange={(next) => setWish(id, next)}
                />
                {index >= 0 && (
                  <Textarea
                    label={`Why not ${approaches[id].name}`}
                    className={classes.approachReason ?? ""}
                    autosize
                    minRows={1}
                    value={content.declined[index]?.reason ?? ""}
                    error={problems.get(`/declined/${index}/reason`)}
                    onChange={(event) =>
                      set(
                        "declined",
                        content.declined.map((entry, i) => (i === index ? { ...entry, reason: event.currentTarget.value } : entry)),
                      )
                    }
                  />
                )}
              </li>
            );
          })}
        </ul>
      </Stack>
      {text("values")}
      {text("practical", { description: "Times, place, in person or by video, language, homework, who should know." })}
      <ChoiceField
        label="Involving family or others close to the client"
        value={content.involveFamily}
        choices={[
          { value: "yes", label: "Yes" },
          { value: "no", label: "No" },
          { value: "later", label: "Perhaps later" },
          { value: "not-asked", label: "Not asked yet" },
        ]}
        onChange={(value) => set("involveFamily", value)}
      />
    </>
  );
}

function CultureForm(form: SectionForm<"culture">) {
  const { text } = fieldsOf("culture", form);
  return (
    <>
      {text("identity", { description: "How the client describes themselves, in their own words." })}
      {text("faithAndMeaning")}
      {text("language")}
      {text("wishesForTherapy")}
    </>
  );
}

function MentalStatusForm(form: SectionForm<"mentalStatus">) {
  const { text, tick } = fieldsOf("mentalStatus", form);
  const keys = [
    "appearance",
    "behavior",
    "speech",
    "mood",
    "affect",
    "thoughtProcess",
    "thoughtContent",
    "perception",
    "cognition",
    "insight",
    "judgment",
  ] as const;
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>{keys.map((key) => text(key, { rows: 1, max: 500 }))}</SimpleGrid>
      <Stack gap="sm" role="group" aria-label="Present now">
        <Text fw={600}>Present now</Text>
        <Text size="sm" c="dimmed">
          Some methods are held back or changed while one of these is there.
        </Text>
        {tick("currentPsychosis")}
        {tick("currentMania")}
        {tick("markedDissociation")}
      </Stack>
    </>
  );
}

function RiskForm(form: SectionForm<"risk">) {
  const { content, problems } = form;
  const { set, text, tick, lines } = fieldsOf("risk", form);
  const today = useToday();
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Group align="flex-end" gap="sm">
          <DateField
            label="Assessed on"
            value={content.assessedOn ?? ""}
            max={today}
            error={problems.get("/assessedOn")}
            onChange={(value) => set("assessedOn", value === "" ? null : value)}
          />
          {content.assessedOn !== today && (
            <Button variant="default" onClick={() => set("assessedOn", today)}>
              Today
            </Button>
          )}
        </Group>
      </SimpleGrid>
      <ChoiceField
        label="Thoughts of suicide"
        value={content.ideation}
        choices={[
          { value: "not-asked", label: "Not asked" },
          { value: "none", label: "Asked: none" },
          { value: "passive", label: "Wish to be dead (passive)" },
          { value: "active", label: "Thoughts of killing oneself (active)" },
        ]}
        onChange={(value) => set("ideation", value)}
      />
      <ChoiceField
        label="Intent to act on them"
        value={content.intent}
        choices={[
          { value: "not-asked", label: "Not asked" },
          { value: "none", label: "None" },
          { value: "unclear", label: "Unclear" },
          { value: "present", label: "Present" },
        ]}
        onChange={(value) => set("intent", value)}
      />
      <ChoiceField
        label="Plan"
        value={content.plan}
        choices={[
          { value: "not-asked", label: "Not asked" },
          { value: "none", label: "None" },
          { value: "vague", label: "Vague" },
          { value: "specific", label: "Specific" },
        ]}
        onChange={(value) => set("plan", value)}
      />
      {text("means", { rows: 2, max: 2000, description: "What is within reach, and what was agreed about it." })}
      {text("pastAttempts", { rows: 2, max: 4000 })}
      {text("selfHarm", { rows: 2, max: 4000 })}
      <ChoiceField
        label="Harm to others"
        value={content.harmToOthers}
        choices={[
          { value: "not-asked", label: "Not asked" },
          { value: "none", label: "Asked: none" },
          { value: "thoughts", label: "Thoughts" },
          { value: "intent", label: "Intent" },
        ]}
        onChange={(value) => set("harmToOthers", value)}
      />
      {(content.harmToOthers === "thoughts" || content.harmToOthers === "intent" || content.harmToOthersDetail !== "") &&
        text("harmToOthersDetail", { rows: 2, max: 4000 })}
      {tick("ongoingViolence")}
      {lines("protectiveFactors", "protective factor", "Reasons for living, people, plans, faith, fear of pain.")}
      <ChoiceField
        label="Level of risk, in your judgment"
        description="After asking. No score sets it, and not assessed is not the same as low."
        value={content.level}
        choices={[
          { value: "low", label: "Low" },
          { value: "moderate", label: "Moderate" },
          { value: "high", label: "High" },
          { value: "imminent", label: "Imminent" },
        ]}
        onChange={(level) => form.change({ ...content, level, assessedOn: content.assessedOn ?? today })}
      />
      {content.level !== null && (
        <Group>
          <Button variant="subtle" size="sm" onClick={() => set("level", null)}>
            Take the level back: not assessed
          </Button>
        </Group>
      )}
      {text("formulation", { description: "Why this level, what you did about it, when you look again." })}
      <ChoiceField
        label="Safety plan"
        value={content.safetyPlan}
        choices={[
          { value: "none", label: "None" },
          { value: "made", label: "Made with the client" },
          { value: "declined", label: "Offered and declined" },
        ]}
        onChange={(value) => set("safetyPlan", value)}
      />
      {(content.safetyPlan !== "none" || content.safetyPlanNote !== "") &&
        text("safetyPlanNote", {
          rows: 3,
          max: 4000,
          description: "Warning signs, what helps, whom to call, how the surroundings are made safer.",
        })}
    </>
  );
}

function ObservationsForm(form: SectionForm<"observations">) {
  const { text } = fieldsOf("observations", form);
  return (
    <>
      {text("observations", { rows: 5 })}
      {text("collateral", { rows: 4, description: "Who said it, when, and with whose permission." })}
    </>
  );
}

function FormulationForm(form: SectionForm<"formulation">) {
  const { text } = fieldsOf("formulation", form);
  return text("formulation", { rows: 10, description: "What brought the problem about, what keeps it going, what can change it." });
}

export const sectionForms: { readonly [S in IntakeSection]: ComponentType<SectionForm<S>> } = {
  presentingProblems: PresentingProblemsForm,
  functioning: FunctioningForm,
  history: HistoryForm,
  medical: MedicalForm,
  substanceUse: SubstanceUseForm,
  priorTreatment: PriorTreatmentForm,
  strengths: StrengthsForm,
  preferences: PreferencesForm,
  culture: CultureForm,
  mentalStatus: MentalStatusForm,
  risk: RiskForm,
  observations: ObservationsForm,
  formulation: FormulationForm,
};

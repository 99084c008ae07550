import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { measureOfForm, OwnForm } from "@trellis/domain/measures/own/own-form";
import { soundsLikeRisk } from "@trellis/domain/measures/own/own-measure";
import { type ReactNode, useState } from "react";
import { type SavedOwnMeasure, saveOwnMeasure } from "../api/own-measures.ts";
import { ChoiceField, SelectField } from "../form/choice-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { noProblems, type Problems, problemsOf, serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { areaWords } from "../give-measure/area-words.ts";
import { Card } from "../shell/card.tsx";
import { FormFields } from "./form-fields.tsx";
import { GoalFields } from "./goal-fields.tsx";
import { countStarts, formOfDraft, type OwnDraft } from "./own-draft.ts";

interface Props {
  /** The UUID that it is kept under. */
  readonly id: string;
  /** 0 where it is new. */
  readonly version: number;
  readonly start: OwnDraft;
  /** Who a new one may be for: this client, or the practice. `null` where no chart is open. */
  readonly client: { readonly id: string; readonly calledName: string } | null;
  /** Whom a known one is for. */
  readonly forClient?: string | null;
  readonly onSaved: (saved: SavedOwnMeasure, giveNow: boolean) => void;
  /** Further ways out, beside the buttons that save. */
  readonly children?: ReactNode;
}

/** Makes a measure of the practice's own, or changes one. */
export function OwnMeasureForm({ id, version, start, client, forClient, onSaved, children }: Props) {
  const isNew = version === 0;
  const [draft, setDraft] = useState(start);
  const [forAll, setForAll] = useState(client === null);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const dirty = draft !== start;
  const saved = useLeaveWarning(dirty);
  const set = (part: Partial<OwnDraft>) => setDraft((before) => ({ ...before, ...part }));

  async function save(giveNow: boolean): Promise<void> {
    const form = OwnForm.safeParse(formOfDraft(draft));
    setProblems(problemsOf(OwnForm, formOfDraft(draft)));
    setError(undefined);
    setAttempt((n) => n + 1);
    if (!form.success) return;
    setBusy(true);
    try {
      const target = isNew ? (forAll || client === null ? null : client.id) : (forClient ?? null);
      const answer = await saveOwnMeasure(id, version, target, measureOfForm(id, form.data), client?.id ?? null);
      saved();
      onSaved(answer, giveNow);
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught, "/measure"));
      setAttempt((n) => n + 1);
      setBusy(false);
    }
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save(false);
      }}
    >
      <Stack gap="lg">
        <ErrorSummary title="The measure is not saved yet" error={error} problems={problems} attempt={attempt} />
        {isNew && (
          <Card title="What kind">
            <Stack>
              <ChoiceField
                stacked
                label="It is"
                value={draft.kind}
                choices={[
                  { value: "rating", label: "A rating from 0 to 10", description: "One thing, as strong as it is now" },
                  { value: "count", label: "A daily count", description: "How often or how long on one day" },
                  { value: "goals", label: "Goals with five levels", description: "Goal attainment scaling, described before you begin" },
                  { value: "form", label: "A short form", description: "Up to 20 questions with the same answers" },
                ]}
                onChange={(kind) => set({ kind })}
              />
              {draft.kind === "count" && (
                <div>
                  <Text mb={6}>Start from one that is asked for often, or write your own below.</Text>
                  <Group gap="xs">
                    {countStarts.map(({ title, ...fields }) => (
                      <Button key={title} variant="default" onClick={() => set(fields)}>
                        {title}
                      </Button>
                    ))}
                  </Group>
                </div>
              )}
            </Stack>
          </Card>
        )}
        <Card title={draft.kind === "goals" ? "The goals" : draft.kind === "form" ? "The questions" : "The question"}>
          <Stack>
            <TextField
              label="Name"
              description="Short, as it stands on charts and in the plan."
              value={draft.name}
              onChange={(name) => set({ name })}
              max={40}
              error={problems.get("/name")}
              required
            />
            {(draft.kind === "rating" || draft.kind === "count") && <SingleFields draft={draft} set={set} problems={problems} />}
            {draft.kind === "goals" && <GoalFields goals={draft.goals} onChange={(goals) => set({ goals })} problems={problems} />}
            {draft.kind === "form" && <FormFields draft={draft} set={set} problems={problems} />}
            {draft.kind !== "goals" && (
              <ChoiceField
                label="A higher number is"
                value={draft.higherIs}
                choices={[
                  { value: "worse", label: "worse" },
                  { value: "better", label: "better" },
                ]}
                onChange={(higherIs) => set({ higherIs })}
              />
            )}
            {(draft.kind === "rating" || draft.kind === "count") && draft.higherIs === "worse" && (
              <RiskFields draft={draft} set={set} problems={problems} />
            )}
            <SelectField
              label="What it is about"
              value={draft.area}
              choices={(Object.keys(areaWords) as OwnDraft["area"][]).map((value) => ({ value, label: areaWords[value] }))}
              onChange={(area) => set({ area })}
            />
            {isNew && client !== null && (
              <ChoiceField
                label="It is for"
                value={forAll ? "all" : "one"}
                choices={[
                  { value: "one", label: `${client.calledName} alone` },
                  { value: "all", label: "everybody in the practice" },
                ]}
                onChange={(value) => setForAll(value === "all")}
                description={
                  forAll
                    ? "Write nothing in it that tells of one client: colleagues see it."
                    : "As closed as this chart. It cannot be given to others later."
                }
              />
            )}
          </Stack>
        </Card>
        <Group>
          {isNew && client !== null && (
            <Button loading={busy} onClick={() => void save(true)}>
              Make it, and enter the first answer
            </Button>
          )}
          <Button type="submit" variant={isNew && client !== null ? "default" : "filled"} loading={busy}>
            {isNew ? "Make it" : "Save the changes"}
          </Button>
          {children}
        </Group>
      </Stack>
    </form>
  );
}

interface FieldsProps {
  readonly draft: OwnDraft;
  readonly set: (part: Partial<OwnDraft>) => void;
  readonly problems: Problems;
}

function SingleFields({ draft, set, problems }: FieldsProps) {
  return (
    <>
      <TextField
        label="The question"
        description="As the client reads it."
        value={draft.question}
        onChange={(question) => set({ question })}
        max={500}
        rows={2}
        error={problems.get("/question")}
        required
      />
      {draft.kind === "rating" ? (
        <Group grow align="flex-start" preventGrowOverflow={false}>
          <TextField label="0 is" value={draft.low} onChange={(low) => set({ low })} max={80} error={problems.get("/low")} required />
          <TextField label="10 is" value={draft.high} onChange={(high) => set({ high })} max={80} error={problems.get("/high")} required />
        </Group>
      ) : (
        <>
          <Group grow align="flex-start" preventGrowOverflow={false}>
            <TextField
              label="What is counted"
              value={draft.unit}
              onChange={(unit) => set({ unit })}
              max={60}
              placeholder="panic attacks"
              error={problems.get("/unit")}
              required
            />
            <TextField
              label="The most on one day"
              value={draft.max}
              onChange={(max) => set({ max })}
              inputMode="numeric"
              error={problems.get("/max")}
              required
            />
          </Group>
          <Checkbox
            label="Halves count too, such as 6.5"
            checked={draft.halves}
            onChange={(event) => set({ halves: event.currentTarget.checked })}
          />
        </>
      )}
    </>
  );
}

function RiskFields({ draft, set, problems }: FieldsProps) {
  return (
    <Stack gap="xs">
      <Checkbox
        label="It tells of danger: alert me"
        description="For suicide, self-harm or harm to others. The alert comes at once, and stays until you say what was done."
        checked={draft.risky}
        onChange={(event) => set({ risky: event.currentTarget.checked })}
      />
      {!draft.risky && soundsLikeRisk(`${draft.name} ${draft.question}`) && (
        <Text c="clay.8">This sounds as if it were about danger. Mark it if so.</Text>
      )}
      {draft.risky && (
        <TextField
          label="From which answer on"
          value={draft.riskFrom}
          onChange={(riskFrom) => set({ riskFrom })}
          inputMode="numeric"
          error={problems.get("/riskFrom")}
        />
      )}
    </Stack>
  );
}

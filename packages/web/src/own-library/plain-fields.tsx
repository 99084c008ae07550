import { Checkbox, Group, Stack } from "@mantine/core";
import { fewestWeeks } from "@trellis/domain/measures/fewest-weeks";
import { SelectField } from "../form/choice-field.tsx";
import { DateField } from "../form/date-field.tsx";
import { LinesField } from "../form/lines-field.tsx";
import { TextField } from "../form/text-field.tsx";
import type { ItemOf } from "./change-chapter.ts";
import { areaChoices, sharedByChoices, sourceKinds } from "./chapter-words.ts";
import type { ItemForm } from "./item-form.ts";
import { NumberField } from "./number-field.tsx";
import { PickSeveral } from "./pick-several.tsx";
import { PlainWordsField } from "./plain-words-field.tsx";
import { SignalFields } from "./signal-fields.tsx";
import { SupportFields } from "./support-fields.tsx";

interface Worded {
  readonly text: string;
  readonly plain: string;
}

/** A statement in the words of the record and in the client's. */
function Wording({
  label,
  item,
  set,
  problems,
}: { readonly label: string } & Pick<ItemForm<Worded>, "item" | "problems"> & { readonly set: (part: Partial<Worded>) => void }) {
  return (
    <>
      <TextField
        label={label}
        value={item.text}
        onChange={(text) => set({ text })}
        rows={2}
        max={600}
        error={problems.get("/text")}
        required
      />
      <PlainWordsField item={item} set={set} error={problems.get("/plain")} />
    </>
  );
}

function Ask({ item, set, problems }: Pick<ItemForm<{ readonly ask: string }>, "item" | "set" | "problems">) {
  return (
    <TextField
      label="What to ask, so that it becomes this client's own"
      value={item.ask}
      onChange={(ask) => set({ ask })}
      max={200}
      error={problems.get("/ask")}
    />
  );
}

export function DefinitionFields({ item, set, problems, chapter, measures }: ItemForm<ItemOf<"definitions">>) {
  return (
    <Stack>
      <Wording label="What one sees or hears" item={item} set={set} problems={problems} />
      <SelectField label="Where it shows" value={item.area} choices={areaChoices} onChange={(area) => set({ area })} />
      <SignalFields
        label="What points to it"
        signals={item.signals}
        onChange={(signals) => set({ signals })}
        measures={measures}
        given={chapter.measures.map(({ id }) => id)}
        problems={problems}
      />
      <Ask item={item} set={set} problems={problems} />
    </Stack>
  );
}

export function GoalFields({ item, set, problems, chapter }: ItemForm<ItemOf<"goals">>) {
  return (
    <Stack>
      <Wording label="Goal" item={item} set={set} problems={problems} />
      <PickSeveral
        label="Signs that it answers"
        description="It is then proposed for clients who show them. Without any it is proposed for all."
        choices={chapter.definitions}
        chosen={item.definitions}
        onChange={(definitions) => set({ definitions })}
        empty="There are none yet. You can add them under How it shows."
        error={problems.get("/definitions")}
      />
      <SelectField
        label="Who has this goal"
        value={item.sharedBy ?? "client"}
        choices={sharedByChoices}
        onChange={(who) => set({ sharedBy: who === "client" ? undefined : who })}
      />
      <Ask item={item} set={set} problems={problems} />
      <Checkbox
        label="About safety: comes first, and only when the record calls for it"
        description="It comes into a plan with an objective that is marked so too, and that says what calls for it."
        checked={item.safety}
        onChange={(event) => set({ safety: event.currentTarget.checked })}
      />
    </Stack>
  );
}

/** When an outcome or a criterion is said at all. */
function OnlyFor({ item, set }: Pick<ItemForm<{ readonly forCircumstance: boolean; readonly forDanger: boolean }>, "item" | "set">) {
  return (
    <Stack gap="xs">
      <Checkbox
        label="Only where a circumstance (a Z code) is coded and no disorder"
        checked={item.forCircumstance}
        onChange={(event) => set({ forCircumstance: event.currentTarget.checked })}
      />
      <Checkbox
        label="Only where the record tells of danger"
        checked={item.forDanger}
        onChange={(event) => set({ forDanger: event.currentTarget.checked })}
      />
    </Stack>
  );
}

export function OutcomeFields({ item, set, problems, chapter }: ItemForm<ItemOf<"expectedOutcomes">>) {
  return (
    <Stack>
      <Wording label="What can be expected" item={item} set={set} problems={problems} />
      <SupportFields item={item} set={set} sources={chapter.sources} problems={problems} />
      <OnlyFor item={item} set={set} />
    </Stack>
  );
}

export function CriterionFields({ item, set, problems }: ItemForm<ItemOf<"dischargeCriteria">>) {
  return (
    <Stack>
      <Wording label="Therapy can end when" item={item} set={set} problems={problems} />
      <OnlyFor item={item} set={set} />
    </Stack>
  );
}

export function RiskFields({ item, set, problems, chapter }: ItemForm<ItemOf<"risks">>) {
  return (
    <Stack>
      <TextField
        label="What to watch for"
        value={item.sign}
        onChange={(sign) => set({ sign })}
        rows={2}
        max={300}
        error={problems.get("/sign")}
        required
      />
      <TextField
        label="What is done then"
        value={item.act}
        onChange={(act) => set({ act })}
        rows={2}
        max={600}
        error={problems.get("/act")}
      />
      <SupportFields item={item} set={set} sources={chapter.sources} problems={problems} />
    </Stack>
  );
}

export function ContraindicationFields({ item, set, problems, chapter }: ItemForm<ItemOf<"contraindications">>) {
  return (
    <Stack>
      <TextField
        label="What is not done"
        value={item.what}
        onChange={(what) => set({ what })}
        rows={2}
        max={300}
        error={problems.get("/what")}
        required
      />
      <TextField
        label="Why"
        value={item.because}
        onChange={(because) => set({ because })}
        rows={2}
        max={600}
        error={problems.get("/because")}
      />
      <TextField
        label="What is done instead"
        value={item.instead}
        onChange={(instead) => set({ instead })}
        rows={2}
        max={600}
        error={problems.get("/instead")}
      />
      <SupportFields item={item} set={set} sources={chapter.sources} problems={problems} />
    </Stack>
  );
}

export function BarrierFields({ item, set, problems, chapter }: ItemForm<ItemOf<"barriers">>) {
  return (
    <Stack>
      <TextField
        label="What keeps clients from coming, trying or staying"
        value={item.barrier}
        onChange={(barrier) => set({ barrier })}
        rows={2}
        max={300}
        error={problems.get("/barrier")}
        required
      />
      <LinesField
        label="What can be done about it"
        noun="way"
        lines={item.response}
        onChange={(response) => set({ response: [...response] })}
        maxLength={600}
        maxLines={8}
        errorAt={(index) => problems.get(`/response/${index}`)}
        error={problems.get("/response")}
      />
      <SupportFields item={item} set={set} sources={chapter.sources} problems={problems} />
    </Stack>
  );
}

export function MeasureFields({ item, set, problems, measures, chapter }: ItemForm<ItemOf<"measures">>) {
  const others = new Set(chapter.measures.flatMap(({ id }) => (id === item.id ? [] : [id])));
  const choices = measures
    .filter(({ id, interval }) => !others.has(id) && interval !== null)
    .map(({ id, name, title }) => ({ value: id, label: title === name ? name : `${name}: ${title}` }));
  return (
    <Stack>
      <SelectField
        label="Measure"
        value={item.id}
        choices={[
          ...(choices.some(({ value }) => value === item.id) ? [] : [{ value: item.id, label: item.id || "Choose one" }]),
          ...choices,
        ]}
        onChange={(id) => {
          const interval = measures.find((measure) => measure.id === id)?.interval ?? null;
          set({ id, everyWeeks: interval === null ? item.everyWeeks : Math.max(item.everyWeeks, fewestWeeks(interval)) });
        }}
        error={problems.get("/id")}
        required
      />
      <NumberField
        label="Weeks between"
        value={item.everyWeeks}
        onChange={(everyWeeks) => set({ everyWeeks })}
        error={problems.get("/everyWeeks")}
      />
      <Checkbox
        label="At every session instead"
        checked={item.everySession ?? false}
        onChange={(event) => set({ everySession: event.currentTarget.checked ? true : undefined })}
        error={problems.get("/everySession")}
      />
      <TextField
        label="Why this one"
        value={item.because}
        onChange={(because) => set({ because })}
        max={200}
        error={problems.get("/because")}
      />
    </Stack>
  );
}

export function CourseFields({ item, set, problems }: ItemForm<ItemOf<"courses">>) {
  const [fewest, most] = item.sessions;
  return (
    <Stack>
      <SelectField
        label="When the problem is"
        value={item.severity}
        choices={[
          { value: "mild", label: "Mild" },
          { value: "moderate", label: "Moderate" },
          { value: "severe", label: "Severe" },
        ]}
        onChange={(severity) => set({ severity })}
        error={problems.get("/severity")}
      />
      <Group align="flex-start">
        <NumberField
          label="Sessions, at least"
          value={fewest}
          onChange={(next) => set({ sessions: [next, most] })}
          error={problems.get("/sessions/0") ?? problems.get("/sessions")}
        />
        <NumberField
          label="At most"
          value={most}
          onChange={(next) => set({ sessions: [fewest, next] })}
          error={problems.get("/sessions/1")}
        />
        <NumberField
          label="Sessions a week"
          value={item.perWeek}
          onChange={(perWeek) => set({ perWeek })}
          error={problems.get("/perWeek")}
        />
        <NumberField label="Minutes each" value={item.minutes} onChange={(minutes) => set({ minutes })} error={problems.get("/minutes")} />
        <NumberField label="Over weeks" value={item.weeks} onChange={(weeks) => set({ weeks })} error={problems.get("/weeks")} />
      </Group>
      <TextField
        label="Why"
        value={item.because}
        onChange={(because) => set({ because })}
        max={300}
        rows={2}
        error={problems.get("/because")}
      />
    </Stack>
  );
}

export function SourceFields({ item, set, problems }: ItemForm<ItemOf<"sources">>) {
  const { verified } = item;
  const optional = (text: string): string | undefined => (text.trim() === "" ? undefined : text.trim());
  return (
    <Stack>
      <SelectField label="Kind" value={item.kind} choices={sourceKinds} onChange={(kind) => set({ kind })} />
      <TextField
        label="Who wrote it"
        value={item.authors}
        onChange={(authors) => set({ authors })}
        max={300}
        error={problems.get("/authors")}
        required
      />
      <NumberField label="Year" value={item.year} onChange={(year) => set({ year })} error={problems.get("/year")} />
      <TextField label="Title" value={item.title} onChange={(title) => set({ title })} max={400} error={problems.get("/title")} required />
      <TextField
        label="Journal or publisher"
        value={item.source}
        onChange={(source) => set({ source })}
        max={200}
        error={problems.get("/source")}
      />
      <Group align="flex-start" grow preventGrowOverflow={false}>
        <TextField label="DOI" value={item.doi ?? ""} onChange={(doi) => set({ doi: optional(doi) })} error={problems.get("/doi")} />
        <TextField
          label="PubMed number"
          value={item.pmid ?? ""}
          onChange={(pmid) => set({ pmid: optional(pmid) })}
          error={problems.get("/pmid")}
        />
      </Group>
      <TextField
        label="What it found, in your own words"
        value={item.finding}
        onChange={(finding) => set({ finding })}
        rows={2}
        max={500}
        error={problems.get("/finding")}
      />
      <Checkbox
        label="One of us has read it"
        description="Until then it supports nothing, and what names it counts as practice-based."
        checked={verified !== undefined}
        onChange={(event) => set({ verified: event.currentTarget.checked ? { on: "", where: "", read: "full-text" } : undefined })}
      />
      {verified !== undefined && (
        <Group align="flex-start" grow preventGrowOverflow={false}>
          <DateField
            label="When"
            value={verified.on}
            onChange={(on) => set({ verified: { ...verified, on: on ?? "" } })}
            error={problems.get("/verified/on")}
          />
          <TextField
            label="Where: the book, or the address of the page"
            value={verified.where}
            onChange={(where) => set({ verified: { ...verified, where } })}
            error={problems.get("/verified/where")}
          />
          <SelectField
            label="What was read"
            value={verified.read}
            choices={[
              { value: "full-text", label: "All of it" },
              { value: "abstract", label: "The abstract" },
              { value: "official-page", label: "The official page about it" },
            ]}
            onChange={(read) => set({ verified: { ...verified, read } })}
          />
        </Group>
      )}
    </Stack>
  );
}

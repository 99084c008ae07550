import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { OwnChapter } from "@trellis/domain/library/own-chapter";
import { useRef, useState } from "react";
import { CodeSearch } from "../choose-diagnosis/code-search.tsx";
import { SelectField } from "../form/choice-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { LinesField } from "../form/lines-field.tsx";
import { noProblems, type Problems, problemsOf, serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { Card } from "../shell/card.tsx";
import type { SaveChapter } from "./chapter-part.tsx";
import { populationChoices, safetyChoices } from "./chapter-words.ts";
import { NumberField } from "./number-field.tsx";
import { PickSeveral } from "./pick-several.tsx";

const About = OwnChapter.pick({
  title: true,
  population: true,
  ages: true,
  summary: true,
  synonyms: true,
  diagnoses: true,
  relatedCodes: true,
  safetyFor: true,
});

interface Props {
  readonly chapter: OwnChapter;
  readonly save: SaveChapter;
  readonly onDirty: (dirty: boolean) => void;
}

/** What a chapter is called, whom it is for, and the words and codes that lead to it. */
export function AboutChapter({ chapter, save, onDirty }: Props) {
  const { title, population, ages, summary, synonyms, diagnoses, relatedCodes, safetyFor } = chapter;
  const [changed, setChanged] = useState<Partial<OwnChapter>>({});
  /** With what was typed while a save was on its way. */
  const latest = useRef(changed);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<"typing" | "saving" | "saved">("typing");
  const about = { title, population, ages, summary, synonyms, diagnoses, relatedCodes, safetyFor, ...changed };
  const dirty = Object.keys(changed).length > 0;
  useLeaveWarning(dirty);

  function set(part: Partial<OwnChapter>): void {
    latest.current = { ...latest.current, ...part };
    setChanged(latest.current);
    setState("typing");
    onDirty(true);
  }

  async function submit(): Promise<void> {
    const own = problemsOf(About, about);
    setProblems(own);
    setError(undefined);
    setAttempt((n) => n + 1);
    if (own.size > 0) return;
    setState("saving");
    try {
      await save((now) => ({ ...now, ...changed }));
      const since = Object.entries(latest.current).filter(([field, value]) => !Object.is(value, changed[field as keyof OwnChapter]));
      latest.current = Object.fromEntries(since);
      setChanged(latest.current);
      onDirty(since.length > 0);
      setState("saved");
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught, "/chapter"));
      setAttempt((n) => n + 1);
      setState("typing");
    }
  }

  const codes = (field: "diagnoses" | "relatedCodes", label: string, description: string) => (
    <LinesField
      label={label}
      description={description}
      noun="code"
      lines={about[field]}
      onChange={(lines) => set({ [field]: [...lines] })}
      maxLength={8}
      maxLines={100}
      errorAt={(index) => problems.get(`/${field}/${index}`)}
      error={problems.get(`/${field}`)}
    />
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Card title="About">
        <Stack>
          <ErrorSummary title="It is not saved yet" error={error} problems={problems} attempt={attempt} />
          <TextField
            label="Title"
            value={about.title}
            onChange={(next) => set({ title: next })}
            max={80}
            error={problems.get("/title")}
            required
          />
          <SelectField label="For" value={about.population} choices={populationChoices} onChange={(next) => set({ population: next })} />
          <Checkbox
            label="Only for certain ages among them"
            checked={about.ages !== undefined}
            onChange={(event) => set({ ages: event.currentTarget.checked ? { from: 18, to: 120 } : undefined })}
          />
          {about.ages !== undefined && <Ages ages={about.ages} problems={problems} onChange={(next) => set({ ages: next })} />}
          <TextField
            label="What it is about"
            value={about.summary}
            onChange={(next) => set({ summary: next })}
            rows={3}
            max={600}
            error={problems.get("/summary")}
          />
          <LinesField
            label="Words by which one finds it"
            description="Abbreviations and everyday names too."
            noun="word"
            lines={about.synonyms}
            onChange={(lines) => set({ synonyms: [...lines] })}
            maxLength={60}
            maxLines={60}
            errorAt={(index) => problems.get(`/synonyms/${index}`)}
            error={problems.get("/synonyms")}
          />
          <CodeSearch
            onChoose={({ code }) => {
              if (!about.diagnoses.includes(code)) set({ diagnoses: [...about.diagnoses, code] });
            }}
          />
          {codes(
            "diagnoses",
            "Codes that lead to it",
            "A code, or its beginning: F33 stands for every F33.x. From then on drafts for these codes are made from this chapter.",
          )}
          {codes("relatedCodes", "Codes that it is also used with", "It is found by them, and drafts are made from other chapters.")}
          {chapter.goals.some(({ safety }) => safety) && (
            <PickSeveral
              label="Dangers for which its safety goal is for anybody"
              description="It is then taken for clients in this danger whatever they come for, unless their own problem's chapter has an answer."
              choices={safetyChoices}
              chosen={about.safetyFor}
              onChange={(chosen) => set({ safetyFor: safetyChoices.flatMap(({ id }) => (chosen.includes(id) ? [id] : [])) })}
              empty=""
            />
          )}
          <Group>
            <Button type="submit" loading={state === "saving"}>
              Save
            </Button>
            <Text role="status" c="dimmed">
              {state === "saved" && !dirty ? "Saved." : ""}
            </Text>
          </Group>
        </Stack>
      </Card>
    </form>
  );
}

/** From which age a chapter is for somebody, and up to which. */
function Ages({
  ages,
  problems,
  onChange,
}: {
  readonly ages: NonNullable<OwnChapter["ages"]>;
  readonly problems: Problems;
  readonly onChange: (ages: NonNullable<OwnChapter["ages"]>) => void;
}) {
  return (
    <Group align="flex-start">
      <NumberField
        label="Youngest, in years"
        value={ages.from}
        onChange={(from) => onChange({ ...ages, from })}
        error={problems.get("/ages/from") ?? problems.get("/ages")}
      />
      <NumberField label="Oldest" value={ages.to} onChange={(to) => onChange({ ...ages, to })} error={problems.get("/ages/to")} />
    </Group>
  );
}

import { Alert, Button, Checkbox, FileInput, Group, List, Stack, Text, TextInput } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import {
  ImportForm,
  mostCharacters,
  questionnaireMeasure,
  type ReadQuestionnaire,
  readQuestionnaire,
  whyCutoffDoesNotFit,
} from "@trellis/domain/measures/own/from-questionnaire";
import { rangeOf, shortened, soundsLikeRisk } from "@trellis/domain/measures/own/own-measure";
import { useMemo, useState } from "react";
import { saveOwnMeasure } from "../api/own-measures.ts";
import { ChoiceField, SelectField } from "../form/choice-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { newId } from "../form/new-id.ts";
import { noProblems, type Problems, problemsOf, serverProblems } from "../form/problems.ts";
import { readNumber } from "../form/read-number.ts";
import { TextField } from "../form/text-field.tsx";
import { areaWords } from "../give-measure/area-words.ts";
import { RiskQuestions } from "../own-measure/form-fields.tsx";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { openScales, type TypedEnds, type TypedValues, withTypedNumbers } from "./questionnaire-draft.ts";

/** Takes over a questionnaire that is described in FHIR R4, as a measure of the practice. */
export function ImportQuestionnaireScreen() {
  usePageTitle("Import a questionnaire");
  // What a file holds is not put into the field: it may be long, and nobody edits it there.
  const [inFile, setInFile] = useState("");
  const [pasted, setPasted] = useState("");
  const text = pasted.trim() === "" ? inFile : pasted;
  const [fileFault, setFileFault] = useState<string>();
  const reading = useMemo(() => (text.trim() === "" ? null : readQuestionnaire(text)), [text]);

  async function open(file: File | null): Promise<void> {
    setFileFault(undefined);
    if (file === null) return;
    if (file.size > 4 * mostCharacters) setFileFault("This file is far larger than any questionnaire. Choose another one.");
    else {
      try {
        setInFile(await file.text());
        setPasted("");
      } catch {
        setFileFault("This file cannot be read. Choose it again, or paste what is in it.");
      }
    }
  }

  return (
    <div style={{ maxWidth: "50rem" }}>
      <PageHeading lead="A FHIR R4 Questionnaire as JSON, such as one that your university, your association or another system hands out.">
        Import a questionnaire
      </PageHeading>
      <Stack gap="lg">
        <Card title="The file">
          <Stack>
            <FileInput
              label="Choose a file"
              size="md"
              placeholder="A .json file"
              accept=".json,application/json,application/fhir+json"
              clearable={false}
              onChange={(file) => void open(file)}
              error={fileFault}
            />
            <TextField label="Or paste what is in it" value={pasted} onChange={setPasted} rows={4} />
            {reading?.kind === "faults" && (
              <Alert color="clay" role="alert" title="It cannot be taken over like this">
                <List size="sm">
                  {reading.faults.map((fault) => (
                    <List.Item key={fault}>{fault}</List.Item>
                  ))}
                </List>
              </Alert>
            )}
          </Stack>
        </Card>
        {reading?.kind === "read" ? (
          <TakeOver key={text} questionnaire={reading.questionnaire} />
        ) : (
          <Group>
            <Button variant="default" component={Link} to="/settings/measures">
              Back to all measures
            </Button>
          </Group>
        )}
      </Stack>
    </div>
  );
}

interface Typed extends Omit<ImportForm, "agesFrom" | "everyDays" | "cutoff" | "risk"> {
  readonly agesFrom: string;
  readonly everyDays: string;
  readonly hasCutoff: boolean;
  readonly cutoff: { readonly atLeast: string; readonly name: string; readonly source: string };
  readonly risk: readonly number[];
}

function TakeOver({ questionnaire }: { readonly questionnaire: ReadQuestionnaire }) {
  const navigate = useNavigate();
  const [id] = useState(newId);
  const [values, setValues] = useState<TypedValues>(new Map());
  const [ends, setEnds] = useState<TypedEnds>(new Map());
  const [typed, setTyped] = useState<Typed>(() => ({
    name: shortened(questionnaire.title || questionnaire.name, 40),
    title: shortened(questionnaire.title || questionnaire.name, 120),
    measures: "",
    area: "individual",
    instruction: "",
    recall: "",
    agesFrom: "18",
    everyDays: "14",
    method: "sum",
    higherIs: "worse",
    hasCutoff: false,
    cutoff: { atLeast: "", name: "", source: "" },
    risk: questionnaire.questions.flatMap(({ text }, i) => (soundsLikeRisk(text) ? [i + 1] : [])),
    license: shortened(questionnaire.copyright, 500),
    source: "",
  }));
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const saved = useLeaveWarning(true);
  const set = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));
  const numbers = withTypedNumbers(questionnaire.questions, values, ends);
  const scales = openScales(questionnaire.questions);
  const [low, high] = rangeOf(
    {},
    numbers.questions.map(({ text, answer }, i) => ({
      number: i + 1,
      text,
      scored: true,
      optional: false,
      ...(answer.kind === "number" ? { quantity: answer.quantity } : { options: [...answer.options] }),
    })),
    typed.method,
  );

  function formNow(): unknown {
    const { hasCutoff, cutoff, agesFrom, everyDays, ...rest } = typed;
    return {
      ...rest,
      agesFrom: readNumber(agesFrom) ?? undefined,
      everyDays: readNumber(everyDays) ?? undefined,
      cutoff: hasCutoff ? { ...cutoff, atLeast: readNumber(cutoff.atLeast) ?? undefined } : null,
    };
  }

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    const found = new Map([...numbers.problems, ...problemsOf(ImportForm, formNow())]);
    const form = ImportForm.safeParse(formNow()).data;
    const why = form?.cutoff ? whyCutoffDoesNotFit(numbers.questions, form.method, form.cutoff.atLeast) : null;
    if (why !== null) found.set("/cutoff/atLeast", why);
    setProblems(found);
    setError(undefined);
    setAttempt((n) => n + 1);
    if (form === undefined || found.size > 0) return;
    setBusy(true);
    try {
      const measure = questionnaireMeasure(id, numbers.questions, form);
      await saveOwnMeasure(id, 0, null, measure, null);
      saved();
      await navigate({ to: "/settings/measures/$measureId", params: { measureId: measure.id } });
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught, "/measure"));
      setAttempt((n) => n + 1);
      setBusy(false);
    }
  }

  const text = (key: "name" | "title" | "measures" | "instruction" | "recall" | "license" | "source" | "agesFrom" | "everyDays") => ({
    value: typed[key],
    onChange: (value: string) => set({ [key]: value }),
    error: problems.get(`/${key}`),
  });

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="lg">
        <Card
          title={`What was found: ${questionnaire.questions.length} ${questionnaire.questions.length === 1 ? "question" : "questions"}`}
        >
          <Stack>
            {questionnaire.notices.length > 0 && (
              <Alert color="straw" title="Look at this first" role="region" aria-label="Look at this first">
                <List size="sm">
                  {questionnaire.notices.map((notice) => (
                    <List.Item key={notice}>{notice}</List.Item>
                  ))}
                </List>
              </Alert>
            )}
            <List type="ordered" spacing={6}>
              {numbers.questions.map(({ text: question, answer }, i) => (
                <List.Item key={i}>
                  {question}
                  <Text size="sm" c="dimmed">
                    {answer.kind === "options"
                      ? answer.options.map(({ value, label }) => `${value} ${label}`).join(" · ")
                      : `a number from ${answer.quantity.min} to ${answer.quantity.max} ${answer.quantity.unit}`}
                  </Text>
                  {answer.kind === "number" && questionnaire.questions[i]?.answer.kind === "number" && (
                    <Ends
                      at={i}
                      start={answer.quantity}
                      open={answer.open}
                      ends={ends}
                      onChange={setEnds}
                      error={problems.get(`/ends/${i}`)}
                    />
                  )}
                </List.Item>
              ))}
            </List>
            {scales.map(({ key, labels, numbers: asked }, at) => (
              <fieldset key={key} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
                <legend>What the answers of {asked.length === 1 ? `question ${asked[0]}` : `questions ${asked.join(", ")}`} count</legend>
                <Group align="flex-start">
                  {labels.map((label, i) => (
                    <TextInput
                      key={label}
                      label={label}
                      w={130}
                      inputMode="decimal"
                      autoComplete="off"
                      value={values.get(key)?.[i] ?? String(i)}
                      error={problems.get(`/values/${at}/${i}`)}
                      onChange={(event) => {
                        const now = values.get(key) ?? labels.map((_, place) => String(place));
                        setValues(new Map(values).set(key, now.with(i, event.currentTarget.value)));
                      }}
                    />
                  ))}
                </Group>
              </fieldset>
            ))}
            {questionnaire.skipped.length > 0 && (
              <details>
                <summary>Not taken over: {questionnaire.skipped.length}</summary>
                <List size="sm" mt="xs">
                  {questionnaire.skipped.map((entry, i) => (
                    <List.Item key={i}>
                      {entry.text}{" "}
                      <Text span c="dimmed">
                        {entry.why}
                      </Text>
                    </List.Item>
                  ))}
                </List>
              </details>
            )}
          </Stack>
        </Card>
        <Card title="What you say about it">
          <Stack>
            <ErrorSummary title="The questionnaire is not taken over yet" error={error} problems={problems} attempt={attempt} />
            <TextField label="Short name" description="As it stands on charts and in the plan." max={40} required {...text("name")} />
            <TextField label="Title" max={120} required {...text("title")} />
            <TextField label="What it measures" max={160} required {...text("measures")} />
            <SelectField
              label="What it is about"
              value={typed.area}
              choices={(Object.keys(areaWords) as Typed["area"][]).map((value) => ({ value, label: areaWords[value] }))}
              onChange={(area) => set({ area })}
            />
            <TextField
              label="What time the questions are about"
              description="Such as: the last two weeks."
              max={80}
              required
              {...text("recall")}
            />
            <TextField label="Shown above the questions" max={800} rows={2} {...text("instruction")} />
            <Group grow align="flex-start" preventGrowOverflow={false}>
              <TextField label="For people from this age on" inputMode="numeric" {...text("agesFrom")} />
              <TextField label="Given every so many days" inputMode="numeric" {...text("everyDays")} />
            </Group>
            <ChoiceField
              label="The score is"
              description={`The scores go from ${Math.round(low * 100) / 100} to ${Math.round(high * 100) / 100}.`}
              value={typed.method}
              choices={[
                { value: "sum", label: "the sum of the answers" },
                { value: "mean", label: "their mean" },
              ]}
              onChange={(method) => set({ method })}
            />
            <ChoiceField
              label="A higher score is"
              value={typed.higherIs}
              choices={[
                { value: "worse", label: "worse" },
                { value: "better", label: "better" },
              ]}
              onChange={(higherIs) => set({ higherIs })}
            />
            <Checkbox
              label="It has a published cutoff"
              checked={typed.hasCutoff}
              onChange={(event) => set({ hasCutoff: event.currentTarget.checked })}
            />
            {typed.hasCutoff && (
              <>
                <TextField
                  label={typed.higherIs === "worse" ? "A case from this score on" : "In the healthy range from this score on"}
                  inputMode="numeric"
                  value={typed.cutoff.atLeast}
                  onChange={(atLeast) => set({ cutoff: { ...typed.cutoff, atLeast } })}
                  error={problems.get("/cutoff/atLeast")}
                />
                <TextField
                  label="What the cutoff is for"
                  max={120}
                  value={typed.cutoff.name}
                  onChange={(name) => set({ cutoff: { ...typed.cutoff, name } })}
                  error={problems.get("/cutoff/name")}
                />
                <TextField
                  label="Where the cutoff comes from"
                  max={300}
                  value={typed.cutoff.source}
                  onChange={(source) => set({ cutoff: { ...typed.cutoff, source } })}
                  error={problems.get("/cutoff/source")}
                />
              </>
            )}
            <RiskQuestions
              questions={questionnaire.questions.map(({ text: question }) => question)}
              risk={typed.risk}
              onChange={(risk) => set({ risk })}
            />
            <TextField
              label="What allows you to use it"
              description="The licence, or who permitted it and when. Your practice answers for it."
              max={500}
              rows={2}
              required
              {...text("license")}
            />
            <TextField label="Where the file comes from" max={300} required {...text("source")} />
          </Stack>
        </Card>
        <Group>
          <Button type="submit" loading={busy}>
            Take it over
          </Button>
          <Button variant="default" component={Link} to="/settings/measures">
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Between which numbers a question is answered, where the file left that open. */
function Ends({
  at,
  start,
  open,
  ends,
  onChange,
  error,
}: {
  readonly at: number;
  readonly start: { readonly min: number; readonly max: number };
  readonly open: boolean;
  readonly ends: TypedEnds;
  readonly onChange: (ends: TypedEnds) => void;
  readonly error: string | undefined;
}) {
  if (!open) return null;
  const typed = ends.get(at) ?? { min: String(start.min), max: String(start.max) };
  const set = (part: Partial<typeof typed>) => onChange(new Map(ends).set(at, { ...typed, ...part }));
  return (
    <Group align="flex-start" mt={4}>
      <TextInput
        label="Lowest"
        aria-label={`Lowest answer of question ${at + 1}`}
        w={110}
        inputMode="decimal"
        value={typed.min}
        error={error}
        onChange={(event) => set({ min: event.currentTarget.value })}
      />
      <TextInput
        label="Highest"
        aria-label={`Highest answer of question ${at + 1}`}
        w={110}
        inputMode="decimal"
        value={typed.max}
        onChange={(event) => set({ max: event.currentTarget.value })}
      />
    </Group>
  );
}

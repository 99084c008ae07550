import { Alert, Badge, Button, Checkbox, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Diagnosis } from "@trellis/domain/diagnosis/diagnosis";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ApiProblem } from "../api/client.ts";
import { type Chart, type ChartDiagnosis, changeChart, saveDiagnosis } from "../api/clients.ts";
import { type DiagnosisCode, diagnosisCodeQuery } from "../api/reference.ts";
import { useSignedIn } from "../api/session.ts";
import { useChart } from "../client/use-chart.ts";
import { ChoiceField, SelectField } from "../form/choice-field.tsx";
import { DateField } from "../form/date-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { LinesField } from "../form/lines-field.tsx";
import { newId } from "../form/new-id.ts";
import { TextField } from "../form/text-field.tsx";
import { ChooseText } from "../save-state/choose-text.tsx";
import { SaveIndicator } from "../save-state/save-indicator.tsx";
import { type Saved, useVersionedAutosave } from "../save-state/use-versioned-autosave.ts";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { CodeSearch } from "./code-search.tsx";
import { clinicalStatusWords, counts, diagnosisFieldNames, rankOfNew, rankWords, verificationWords } from "./diagnosis-words.ts";

/** The client's diagnoses: found as one types, justified in the clinician's words, ruled out or resolved instead of deleted. */
export function DiagnosesScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/diagnoses" });
  const chart = useChart(clientId);
  usePageTitle(`Diagnoses · ${initials(chart.client.name)}`);
  const [chosen, setChosen] = useState<{ readonly code: DiagnosisCode; readonly fiscalYear: number } | null>(null);
  /** The one just added: what comes next is the reason for it. */
  const [added, setAdded] = useState<string | null>(null);
  const current = chart.diagnoses.filter(counts).toSorted((a, b) => (a.rank === b.rank ? 0 : a.rank === "principal" ? -1 : 1));
  const past = chart.diagnoses.filter((diagnosis) => !counts(diagnosis));
  return (
    <div style={{ maxWidth: "52rem" }}>
      <PageHeading lead="What treatment rests on. Give the reasons in your own words: they go into the plan.">Diagnoses</PageHeading>
      <Stack gap="lg">
        {chosen === null ? (
          <CodeSearch onChoose={(code, fiscalYear) => setChosen({ code, fiscalYear })} />
        ) : (
          <NewDiagnosis
            chart={chart}
            code={chosen.code}
            fiscalYear={chosen.fiscalYear}
            onDone={(id) => {
              setChosen(null);
              setAdded(id);
            }}
          />
        )}
        {current.length === 0 && chosen === null && (
          <EmptyState icon="search" title="No diagnosis yet">
            Begin to type above. A provisional diagnosis is enough to draft a plan; it can be confirmed, changed or ruled out at any time.
          </EmptyState>
        )}
        {current.map((diagnosis) => (
          <DiagnosisCard key={diagnosis.id} chart={chart} diagnosis={diagnosis} fresh={diagnosis.id === added} />
        ))}
        {past.length > 0 && (
          <Card title="Ruled out or resolved">
            <Stack gap="md">
              {past.map((diagnosis) => (
                <DiagnosisCard key={diagnosis.id} chart={chart} diagnosis={diagnosis} nested />
              ))}
            </Stack>
          </Card>
        )}
      </Stack>
    </div>
  );
}

function withDiagnosis(chart: Chart, diagnosis: ChartDiagnosis): Chart {
  const known = chart.diagnoses.some(({ id }) => id === diagnosis.id);
  return {
    ...chart,
    diagnoses: known ? chart.diagnoses.map((other) => (other.id === diagnosis.id ? diagnosis : other)) : [...chart.diagnoses, diagnosis],
  };
}

function NewDiagnosis({
  chart,
  code,
  fiscalYear,
  onDone,
}: {
  readonly chart: Chart;
  readonly code: DiagnosisCode;
  readonly fiscalYear: number;
  /** With the id of what was added, or `null` when nothing was. */
  readonly onDone: (id: string | null) => void;
}) {
  const { member } = useSignedIn();
  const today = useToday();
  const add = useRef<HTMLButtonElement>(null);
  const [id] = useState(newId);
  const [verification, setVerification] = useState<Diagnosis["verification"]>("provisional");
  const [rank, setRank] = useState(() => rankOfNew(chart.diagnoses));
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  useEffect(() => add.current?.focus(), []);
  const twice = chart.diagnoses.find((diagnosis) => diagnosis.code === code.code);

  async function save(): Promise<void> {
    setBusy(true);
    setError(undefined);
    const diagnosis: Diagnosis = {
      id,
      code: code.code,
      description: code.description,
      fiscalYear,
      rank,
      verification,
      clinicalStatus: "active",
      specifiers: [],
      onset: "",
      justification: "",
      diagnosedBy: [member.name, member.credentials].filter((part) => part !== "").join(", "),
      diagnosedOn: today,
    };
    try {
      const { version } = await saveDiagnosis(chart.id, 0, diagnosis);
      changeChart(chart.id, (before) => withDiagnosis(before, { ...diagnosis, version }));
      onDone(id);
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  }

  return (
    <Card title={`${code.code} ${code.description}`}>
      <Stack>
        <Text c="dimmed">ICD-10-CM, fiscal year {fiscalYear}</Text>
        {!code.current && (
          <Alert color="clay" title="This code is retired">
            It is not in the table of the current fiscal year, and payers will refuse it.
          </Alert>
        )}
        {twice !== undefined && (
          <Alert color="straw" title="This code is already in the chart">
            It stands there as {verificationWords[twice.verification].toLowerCase()},{" "}
            {clinicalStatusWords[twice.clinicalStatus].toLowerCase()}. Changing that entry is usually better than a second one.
          </Alert>
        )}
        <ErrorSummary title="The diagnosis was not added" error={error} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <ChoiceField
            label="How sure"
            value={verification}
            choices={(["provisional", "confirmed"] as const).map((value) => ({ value, label: verificationWords[value] }))}
            onChange={setVerification}
          />
          <ChoiceField
            label="Principal or co-occurring"
            value={rank}
            choices={(["principal", "co-occurring"] as const).map((value) => ({ value, label: rankWords[value] }))}
            onChange={setRank}
          />
        </SimpleGrid>
        <Group>
          <Button ref={add} loading={busy} onClick={() => void save()}>
            Add the diagnosis
          </Button>
          <Button variant="default" onClick={() => onDone(null)}>
            Choose another
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

function currentDiagnosis(problem: ApiProblem): Saved<Diagnosis> | null {
  const current = problem.body.current;
  if (typeof current !== "object" || current === null || !("version" in current) || typeof current.version !== "number") return null;
  if ("content" in current) return current as Saved<Diagnosis>;
  const { version, ...content } = (
    "diagnosis" in current ? { ...(current.diagnosis as object), version: current.version } : current
  ) as ChartDiagnosis;
  return { content, version };
}

function DiagnosisCard({
  chart,
  diagnosis,
  nested = false,
  fresh = false,
}: {
  readonly chart: Chart;
  readonly diagnosis: ChartDiagnosis;
  readonly nested?: boolean;
  readonly fresh?: boolean;
}) {
  const today = useToday();
  const stored = useMemo((): Saved<Diagnosis> => {
    const { version, ...content } = diagnosis;
    return { content, version };
  }, [diagnosis]);
  const draft = useVersionedAutosave<Diagnosis>({
    key: `diagnosis/${chart.id}/${diagnosis.id}`,
    href: `/clients/${chart.id}/diagnoses`,
    schema: Diagnosis,
    under: "/diagnosis",
    stored,
    save: (version, content) => saveDiagnosis(chart.id, version, content),
    keep: ({ content, version }) => changeChart(chart.id, (before) => withDiagnosis(before, { ...content, version })),
    current: currentDiagnosis,
  });
  const [open, setOpen] = useState(!nested && diagnosis.justification === "");
  const justification = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => {
    if (fresh) justification.current?.focus();
  }, [fresh]);
  const detail = useQuery({ ...diagnosisCodeQuery(diagnosis.code), enabled: open });
  const { content, problems } = draft;
  const set = <K extends keyof Diagnosis>(key: K, value: Diagnosis[K]) => draft.change({ ...content, [key]: value });
  const offered = detail.data?.specifiers ?? [];
  const own = content.specifiers.filter((specifier) => !offered.includes(specifier));

  return (
    <Card
      order={nested ? 3 : 2}
      title={`${content.code} ${content.description}`}
      actions={
        <Group gap="xs">
          <Badge color={content.rank === "principal" ? "leaf" : "stone"}>{rankWords[content.rank]}</Badge>
          <Badge color={content.verification === "provisional" ? "straw" : "stone"}>{verificationWords[content.verification]}</Badge>
          {content.clinicalStatus !== "active" && <Badge color="stone">{clinicalStatusWords[content.clinicalStatus]}</Badge>}
        </Group>
      }
    >
      <Stack gap="md">
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            ICD-10-CM, fiscal year {content.fiscalYear}
            {detail.data !== undefined && !detail.data.current && <strong> · retired: payers will refuse this code</strong>}
          </Text>
          <Button variant="subtle" size="compact-md" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? "Close" : "Change"}
          </Button>
        </Group>
        {!open && (
          <Text style={{ whiteSpace: "pre-wrap" }}>
            {content.justification === "" ? (
              <Text span c="dimmed">
                No justification yet.
              </Text>
            ) : (
              content.justification
            )}
          </Text>
        )}
        {open && (
          <>
            <TextField
              ref={justification}
              label="Justification"
              description="What in the history, in the room and in the scores supports it. In your own words."
              value={content.justification}
              onChange={(value) => set("justification", value)}
              rows={3}
              max={4000}
              error={problems.get("/justification")}
            />
            {offered.length > 0 && (
              <Checkbox.Group
                label="Specifiers"
                size="md"
                value={content.specifiers}
                onChange={(next) =>
                  set("specifiers", [
                    ...content.specifiers.filter((specifier) => next.includes(specifier)),
                    ...next.filter((specifier) => !content.specifiers.includes(specifier)),
                  ])
                }
              >
                <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs" spacing="xs">
                  {offered.map((specifier) => (
                    <Checkbox key={specifier} value={specifier} label={specifier} />
                  ))}
                </SimpleGrid>
              </Checkbox.Group>
            )}
            <LinesField
              label={offered.length > 0 ? "Other specifiers" : "Specifiers"}
              noun="specifier"
              lines={own}
              maxLength={120}
              maxLines={12}
              error={problems.get("/specifiers")}
              errorAt={(index) => problems.get(`/specifiers/${content.specifiers.indexOf(own[index] ?? "")}`)}
              onChange={(lines) => set("specifiers", [...content.specifiers.filter((specifier) => offered.includes(specifier)), ...lines])}
            />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <SelectField
                label="How sure"
                value={content.verification}
                choices={(["provisional", "confirmed", "refuted"] as const).map((value) => ({ value, label: verificationWords[value] }))}
                onChange={(value) => set("verification", value)}
              />
              <SelectField
                label="Course"
                value={content.clinicalStatus}
                choices={(["active", "remission", "resolved"] as const).map((value) => ({ value, label: clinicalStatusWords[value] }))}
                onChange={(value) => set("clinicalStatus", value)}
              />
              <TextField
                label="Onset"
                placeholder="e.g. spring 2025, age 14"
                value={content.onset}
                onChange={(value) => set("onset", value)}
                max={80}
                error={problems.get("/onset")}
              />
              <DateField
                label="Diagnosed on"
                value={content.diagnosedOn}
                max={today}
                onChange={(value) => set("diagnosedOn", value)}
                error={problems.get("/diagnosedOn")}
              />
              <TextField
                label="Diagnosed by"
                value={content.diagnosedBy}
                onChange={(value) => set("diagnosedBy", value)}
                max={200}
                error={problems.get("/diagnosedBy")}
              />
            </SimpleGrid>
            {content.rank !== "principal" && counts(content) && (
              <Group>
                <Button variant="default" onClick={() => set("rank", "principal")}>
                  Make this the principal diagnosis
                </Button>
              </Group>
            )}
            <Text size="sm" c="dimmed">
              A diagnosis is never deleted: choose “Ruled out” or “Resolved”, and it stays in the history.
            </Text>
          </>
        )}
        {draft.dispute !== null && <ChooseText names={diagnosisFieldNames} dispute={draft.dispute} onSettle={draft.settle} />}
        {(open || draft.state.kind !== "saved") && <SaveIndicator state={draft.state} />}
      </Stack>
    </Card>
  );
}

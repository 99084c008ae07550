import { Alert, Button, Checkbox, Group, List, Progress, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { type ColumnRole, columnNames, guessColumns, looksLikeHeader, nameOfRole, whatColumnsLack } from "@trellis/domain/import/columns";
import { type FaultKind, faultKinds, type ImportReading, type LineFault, mostLines } from "@trellis/domain/import/import-line";
import type { CsvRecord } from "@trellis/domain/import/read-csv";
import { type DateFinding, type DateForm, DateForms, dateFormExamples, dateForms, readDate } from "@trellis/domain/import/read-date";
import { useMemo, useState } from "react";
import { request } from "../api/client.ts";
import { measureNamesQuery } from "../api/outcomes.ts";
import { queryClient } from "../api/query-client.ts";
import { hasRole, useSignedIn } from "../api/session.ts";
import { ChoiceField, SelectField } from "../form/choice-field.tsx";
import { DropFile } from "../form/drop-file.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { Card } from "../shell/card.tsx";
import { Icon } from "../shell/icon.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault } from "../shell/waiting.tsx";
import { WideTable } from "../shell/wide-table.tsx";
import { type Checked, checkFile } from "./check-file.ts";
import classes from "./import.module.css";
import { readFile } from "./read-file.ts";

/** So many faults are shown line by line. */
const shownFaults = 100;
/** So many lines show what the file holds. */
const previewed = 5;

const number = (n: number) => n.toLocaleString("en-US");
const counted = (n: number, one: string, many: string) => `${number(n)} ${n === 1 ? one : many}`;

interface Chosen {
  readonly name: string;
  readonly records: readonly CsvRecord[];
  readonly oldLetters: boolean;
}

/** Scores of a practice's history, from a file of another system. */
export function ImportScreen() {
  usePageTitle("Bring in scores");
  const { member } = useSignedIn();
  const [file, setFile] = useState<Chosen | null>(null);
  const [reading, setReading] = useState<number | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [done, setDone] = useState<{ readonly scores: number; readonly clients: number; readonly passedOver: number } | null>(null);
  useLeaveWarning(file !== null && done === null);
  if (!hasRole(member, "owner", "clinician", "supervisor"))
    return <PageFault error={new Error("Clinical records are closed to the front desk.")} />;

  async function choose(chosen: File): Promise<void> {
    setFault(null);
    setDone(null);
    setFile(null);
    setReading(0);
    try {
      const read = await readFile(chosen, setReading);
      if (read.kind === "fault") setFault(read.message);
      else setFile({ name: chosen.name, records: read.records, oldLetters: read.oldLetters });
    } catch {
      setFault("The file could not be read. It may have been moved or changed meanwhile; choose it again.");
    } finally {
      setReading(null);
    }
  }

  return (
    <div style={{ maxWidth: "60rem" }}>
      <PageHeading lead="Scores from another system or from your own lists, as a CSV file with one score on each line. First you see what is in it; it is stored as a whole or not at all.">
        Bring in scores
      </PageHeading>
      <Stack gap="lg">
        {done !== null ? (
          <Alert
            color="leaf"
            role="status"
            title={`${counted(done.scores, "score is", "scores are")} in the charts of ${counted(done.clients, "client", "clients")}`}
          >
            <Text>
              {done.passedOver > 0 && `${counted(done.passedOver, "line was", "lines were")} passed over. `}
              They stand in each course as brought in from a file, and raise no alerts.
            </Text>
            <Group mt="md">
              <Button component={Link} to="/clients">
                Go to your clients
              </Button>
              <Button variant="default" onClick={() => setDone(null)}>
                Bring in another file
              </Button>
            </Group>
          </Alert>
        ) : (
          <DropFile
            kind="CSV"
            accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
            again="Choose another file"
            name={file?.name ?? null}
            busy={reading !== null}
            fault={fault}
            onChoose={(chosen) => void choose(chosen)}
            hint={
              <Text size="sm" c="dimmed">
                Each line needs the client (record number, or name and date of birth), the measure, the date, and the total or the answers.
                At most {number(mostLines)} lines.
              </Text>
            }
          >
            {reading !== null && <Bar label="Reading the file" share={reading} />}
          </DropFile>
        )}
        {file !== null && done === null && (
          <Understand
            key={`${file.name} ${file.records.length}`}
            file={file}
            onDone={(result) => {
              setDone(result);
              setFile(null);
              void queryClient.invalidateQueries();
            }}
          />
        )}
      </Stack>
    </div>
  );
}

function Bar({ label, share }: { readonly label: string; readonly share: number }) {
  return (
    <div style={{ marginTop: "1rem" }}>
      <Text size="sm" mb={4}>
        {label}: {Math.round(share * 100)} %
      </Text>
      <Progress value={share * 100} aria-label={label} size="lg" color="leaf" />
    </div>
  );
}

/** What the columns hold, how the dates are written, and what comes of it. */
function Understand({
  file,
  onDone,
}: {
  readonly file: Chosen;
  readonly onDone: (result: { readonly scores: number; readonly clients: number; readonly passedOver: number }) => void;
}) {
  const measures = useQuery(measureNamesQuery);
  const first = file.records[0]?.cells ?? [];
  const [hasHeader, setHasHeader] = useState(() => looksLikeHeader(first));
  const width = first.length;
  const header = useMemo(() => first.map((cell, i) => (hasHeader && cell !== "" ? cell : `Column ${i + 1}`)), [first, hasHeader]);
  const [roles, setRoles] = useState<readonly ColumnRole[]>(() => guessColumns(looksLikeHeader(first) ? first : first.map(() => "")));
  const [measure, setMeasure] = useState("");
  const [form, setForm] = useState<DateForm | null>(null);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const records = useMemo(() => (hasHeader ? file.records.slice(1) : file.records), [file, hasHeader]);
  const dateColumns = roles.flatMap((role, i) => (role === "date" || role === "birth-date" ? [i] : [])).join(",");
  const finding = useMemo(() => findForm(records, dateColumns === "" ? [] : dateColumns.split(",").map(Number)), [records, dateColumns]);
  const dateForm = form ?? (finding.kind === "one" ? finding.form : null);
  const lacks = whatColumnsLack(roles, measure !== "");
  const change = (what: () => void) => {
    setChecked(null);
    setLeft(new Set());
    setError(undefined);
    what();
  };

  async function check(without: ReadonlySet<number>): Promise<void> {
    if (dateForm === null) return;
    setProgress(0);
    setError(undefined);
    setChecked(null);
    setLeft(without);
    const how: ImportReading = { header, roles, dateForm, measure: roles.includes("measure") || measure === "" ? null : measure };
    try {
      setChecked(await checkFile(without.size === 0 ? records : records.filter(({ line }) => !without.has(line)), how, setProgress));
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
    } finally {
      setProgress(null);
    }
  }

  const items = Math.max(width, 10);
  const choices = [
    ...(Object.keys(columnNames) as (keyof typeof columnNames)[]).map((value) => ({
      value: value as ColumnRole,
      label: columnNames[value],
    })),
    ...Array.from({ length: items }, (_, i): { value: ColumnRole; label: string } => ({
      value: `item-${i + 1}`,
      label: nameOfRole(`item-${i + 1}`),
    })),
  ];
  return (
    <>
      <Card title="What the columns hold">
        <Stack>
          <Text>
            {counted(records.length, "line", "lines")} in {counted(width, "column", "columns")}. What Trellis knows by its name is filled
            in; correct what is not right.
          </Text>
          {file.oldLetters && (
            <Alert color="straw" title="Check the names">
              The file is not in UTF-8 and was read with the letters of Windows. If names with accents look wrong below, save it as “CSV
              UTF-8”.
            </Alert>
          )}
          <Checkbox
            label="The first line holds the names of the columns"
            checked={hasHeader}
            onChange={(event) => {
              const { checked: on } = event.currentTarget;
              change(() => {
                setHasHeader(on);
                setRoles(guessColumns(on ? first : first.map(() => "")));
              });
            }}
          />
          <ul className={classes.columns}>
            {header.map((head, i) => (
              // Two columns may have one name.
              <li key={`${i} ${head}`}>
                <SelectField
                  label={head}
                  value={roles[i] ?? "none"}
                  choices={choices}
                  onChange={(role) => change(() => setRoles(header.map((_, at) => (at === i ? role : (roles[at] ?? "none")))))}
                />
                <span className={classes.samples}>
                  {records
                    .slice(0, 3)
                    .map(({ cells }) => cells[i] || "–")
                    .join(" · ")}
                </span>
              </li>
            ))}
          </ul>
          {!roles.includes("measure") && (
            <SelectField
              label="The measure of the whole file"
              description="No column names the measure."
              value={measure}
              choices={[
                { value: "", label: "Choose a measure" },
                ...(measures.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={(value) => change(() => setMeasure(value))}
            />
          )}
          <Dates finding={finding} form={dateForm} onChange={(value) => change(() => setForm(value))} />
          {lacks.length > 0 && (
            <Alert color="straw" title="Before the file can be checked" role="status">
              <List size="sm">
                {lacks.map((text) => (
                  <List.Item key={text}>{text}</List.Item>
                ))}
              </List>
            </Alert>
          )}
          {lacks.length === 0 && dateForm !== null && <Preview records={records} header={header} roles={roles} form={dateForm} />}
          <ErrorSummary title="The file was not checked" error={error} attempt={attempt} />
          <Group>
            <Button onClick={() => void check(new Set())} disabled={lacks.length > 0 || dateForm === null} loading={progress !== null}>
              Check the file
            </Button>
          </Group>
          {progress !== null && <Bar label="Checking the file" share={progress} />}
        </Stack>
      </Card>
      {checked !== null && (
        <Result
          checked={checked}
          left={left.size}
          onLeaveOut={(lines) => void check(new Set([...left, ...lines]))}
          onDone={(stored) => onDone({ ...stored, passedOver: records.length - stored.scores })}
        />
      )}
    </>
  );
}

function findForm(records: readonly CsvRecord[], columns: readonly number[]): DateFinding {
  const forms = new DateForms();
  for (const { line, cells } of records) for (const column of columns) forms.see(line, cells[column] ?? "");
  return forms.finding();
}

const formNames: Record<DateForm, string> = {
  "year-first": "Year, month, day",
  "month-first": "Month, day, year",
  "day-first": "Day, month, year",
};

function Dates({
  finding,
  form,
  onChange,
}: {
  readonly finding: DateFinding;
  readonly form: DateForm | null;
  readonly onChange: (form: DateForm) => void;
}) {
  const told =
    finding.kind === "ambiguous"
      ? `“${finding.example.text}” on line ${number(finding.example.line)} could begin with the month or with the day, and so could every date of the file. Say which.`
      : finding.kind === "mixed"
        ? `The file mixes forms: ${finding.examples.map(({ text, line }) => `“${text}” on line ${number(line)}`).join(", ")}. Choose the one that is right; lines in another form are then shown as faults.`
        : finding.kind === "none"
          ? "No date was found yet that can be read. Say which column holds the date."
          : undefined;
  return (
    <ChoiceField
      label="How dates are written"
      description={told}
      value={form}
      choices={dateForms.map((value) => ({ value, label: `${formNames[value]} (${dateFormExamples[value]})` }))}
      onChange={onChange}
    />
  );
}

function Preview({
  records,
  header,
  roles,
  form,
}: {
  readonly records: readonly CsvRecord[];
  readonly header: readonly string[];
  readonly roles: readonly ColumnRole[];
  readonly form: DateForm;
}) {
  const shown = roles.flatMap((role, i) => (role === "none" ? [] : [i]));
  return (
    <div>
      <Text fw={600} mb={4}>
        The first lines as Trellis reads them
      </Text>
      <WideTable
        label="The first lines"
        minWidth={Math.max(420, shown.length * 110)}
        head={["Line", ...shown.map((i) => nameOfRole(roles[i] ?? "none"))]}
      >
        {records.slice(0, previewed).map(({ line, cells }) => (
          <Table.Tr key={line}>
            <Table.Td>{line}</Table.Td>
            {shown.map((i) => {
              const role = roles[i];
              const text = cells[i] ?? "";
              const date = role === "date" || role === "birth-date" ? readDate(text, form) : null;
              return <Table.Td key={`${i} ${header[i]}`}>{date === null ? text || "–" : formatDate(date)}</Table.Td>;
            })}
          </Table.Tr>
        ))}
      </WideTable>
    </div>
  );
}

function Result({
  checked: { id, summary, faults },
  left,
  onLeaveOut,
  onDone,
}: {
  readonly checked: Checked;
  readonly left: number;
  readonly onLeaveOut: (lines: readonly number[]) => void;
  readonly onDone: (stored: { readonly scores: number; readonly clients: number }) => void;
}) {
  const [sameDay, setSameDay] = useState<"keep-both" | "leave-out" | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const coming = summary.lines - summary.faulty - summary.again - summary.stored - (sameDay === "leave-out" ? summary.other : 0);
  const clean = faults.length === 0;
  const decided = summary.other === 0 || sameDay !== null;

  async function store(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      onDone(await request("POST", `/api/score-imports/${id}/store`, { body: { lines: summary.lines, sameDay: sameDay ?? "keep-both" } }));
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
      setBusy(false);
    }
  }

  return (
    <Card title={clean ? "Ready to be stored" : "What has to be put right first"} tone={clean ? "plain" : "attention"}>
      <Stack>
        <div role="status">
          <ul className={classes.counts}>
            {clean ? (
              <li>
                {counted(coming, "score", "scores")} for {counted(summary.clients, "client", "clients")}
              </li>
            ) : (
              <li>{counted(faults.length, "fault", "faults")}. Nothing is stored while there is one.</li>
            )}
            {summary.stored > 0 && (
              <li>
                {counted(summary.stored, "score is in the chart already and is", "scores are in the charts already and are")} passed over
              </li>
            )}
            {summary.again > 0 && (
              <li>
                {counted(summary.again, "line says", "lines say")} the same as a line above and {summary.again === 1 ? "is" : "are"} passed
                over
              </li>
            )}
            {summary.withoutTotal > 0 && (
              <li>
                {counted(summary.withoutTotal, "score has", "scores have")} no total, because too many answers are missing; the answers are
                kept
              </li>
            )}
            {left > 0 && <li>{counted(left, "line is", "lines are")} left out, as you said</li>}
          </ul>
        </div>
        {!clean && <Faults faults={faults} onLeaveOut={onLeaveOut} />}
        {clean && summary.other > 0 && (
          <ChoiceField
            stacked
            label={`For ${counted(summary.other, "score", "scores")} there is another one of the same measure and day`}
            description={`In the chart or further up in the file: line ${summary.otherLines.map(number).join(", ")}${summary.other > summary.otherLines.length ? " and more" : ""}.`}
            value={sameDay}
            choices={[
              { value: "keep-both", label: "Keep both", description: "The client answered twice on that day." },
              { value: "leave-out", label: "Leave these out", description: "What is there already, or comes first in the file, is right." },
            ]}
            onChange={setSameDay}
          />
        )}
        <ErrorSummary title="Nothing was stored" error={error} attempt={attempt} />
        {clean && (
          <Group>
            <Button onClick={() => void store()} loading={busy} disabled={!decided || coming === 0} leftSection={<Icon name="check" />}>
              {coming === 0 ? "There is nothing new to store" : `Store ${counted(coming, "score", "scores")}`}
            </Button>
          </Group>
        )}
        {busy && <Progress value={100} animated aria-label="Storing the scores" size="lg" color="leaf" />}
      </Stack>
    </Card>
  );
}

function Faults({
  faults,
  onLeaveOut,
}: {
  readonly faults: readonly LineFault[];
  readonly onLeaveOut: (lines: readonly number[]) => void;
}) {
  const groups = new Map<FaultKind, number>();
  for (const { kind } of faults) groups.set(kind, (groups.get(kind) ?? 0) + 1);
  const unknown = [...new Set(faults.filter(({ kind }) => kind === "client-unknown").map(({ line }) => line))];
  return (
    <>
      <List size="sm">
        {[...groups].map(([kind, count]) => (
          <List.Item key={kind}>
            {faultKinds[kind]}: {counted(count, "time", "times")}
          </List.Item>
        ))}
      </List>
      <WideTable label="Faults" minWidth={280} head={["Line", "Column", "What is wrong"]}>
        {faults.slice(0, shownFaults).map(({ line, field, message }, i) => (
          <Table.Tr key={`${line} ${i}`}>
            <Table.Td>{number(line)}</Table.Td>
            <Table.Td>{field || "–"}</Table.Td>
            <Table.Td>{message}</Table.Td>
          </Table.Tr>
        ))}
      </WideTable>
      {faults.length > shownFaults && (
        <Text size="sm" c="dimmed">
          The first {shownFaults} of {number(faults.length)} are shown.
        </Text>
      )}
      <Text>Correct the file and choose it again; it stays as it is on your computer.</Text>
      {unknown.length > 0 && (
        <Group>
          <Button variant="default" onClick={() => onLeaveOut(unknown)}>
            Leave out {counted(unknown.length, "line", "lines")} whose client is not in Trellis
          </Button>
        </Group>
      )}
    </>
  );
}

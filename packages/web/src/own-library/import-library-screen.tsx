import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ownLibrarySample } from "@trellis/domain/library/own-library-sample";
import { useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { type CheckedFile, checkOwnFile, type FileFault, type ImportPreview, storeOwnFile, type TakenFile } from "../api/own-chapters.ts";
import { ChoiceField } from "../form/choice-field.tsx";
import { DropFile } from "../form/drop-file.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { sizeInWords } from "./chapter-words.ts";
import classes from "./own-library.module.css";
import { kindNames } from "./own-statements.tsx";

/** As much as the server takes. */
const largestFile = 5 * 1024 * 1024;
/** So many new statements are shown one by one. */
const shownItems = 200;

const counted = (n: number, one: string, many: string) => `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;
const both = (items: number, chapters: number): string =>
  [
    ...(chapters > 0 ? [counted(chapters, "chapter", "chapters")] : []),
    ...(items > 0 ? [counted(items, "statement", "statements")] : []),
  ].join(" and ") || "nothing";

/** Brings a file into the practice's own library: what it would do is shown first, and it is taken as a whole or not at all. */
export function ImportLibraryScreen() {
  usePageTitle("Import into the own library");
  const [file, setFile] = useState<{ readonly name: string; readonly text: string } | null>(null);
  const [checked, setChecked] = useState<CheckedFile | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<TakenFile | null>(null);

  async function choose(chosen: File): Promise<void> {
    setFault(null);
    setChecked(null);
    setDone(null);
    setFile(null);
    setBusy(true);
    try {
      if (chosen.size > largestFile) {
        setFault("At most 5 MB are taken at once. Split the file, chapter by chapter.");
        return;
      }
      const text = new TextDecoder("utf-8", { fatal: true }).decode(await chosen.arrayBuffer());
      setFile({ name: chosen.name, text });
      setChecked(await checkOwnFile(text));
    } catch (caught) {
      setFault(
        caught instanceof TypeError
          ? "This is no text in UTF-8. Save it as text (UTF-8) in your editor, and choose it again."
          : caught instanceof Error
            ? caught.message
            : "The file could not be read. Choose it again.",
      );
    } finally {
      setBusy(false);
    }
  }

  return (
    <div style={{ maxWidth: "60rem" }}>
      <PageHeading lead="Statements and chapters from a file that was exported from Trellis, or written by hand in the same form. First you see what it would do; nothing is stored before you say so.">
        Import into your library
      </PageHeading>
      <Stack gap="lg">
        {done !== null ? (
          <Alert color="leaf" role="status" title={`Added: ${both(done.items.added, done.chapters.added)}`}>
            <Text>Changed: {both(done.items.changed, done.chapters.changed)}. All of it is offered in plans from now on.</Text>
            <Group mt="md">
              <Button component={Link} to="/settings/library">
                Go to your library
              </Button>
            </Group>
          </Alert>
        ) : (
          <DropFile
            kind="YAML"
            accept=".yaml,.yml,.txt"
            again="Choose it again, or another"
            name={file?.name ?? null}
            busy={busy}
            fault={fault}
            onChoose={(chosen) => void choose(chosen)}
          />
        )}
        {file === null && done === null && (
          <details>
            <summary>How such a file is written by hand</summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
            <pre className={classes.sample} tabIndex={0}>
              {ownLibrarySample}
            </pre>
          </details>
        )}
        {checked !== null && checked.faults.length > 0 && (
          <Faults faults={checked.faults} inAll={checked.faultsInAll} text={file?.text ?? ""} />
        )}
        {file !== null && checked?.preview && done === null && (
          <Preview
            key={JSON.stringify(checked.preview)}
            text={file.text}
            preview={checked.preview}
            onChanged={(preview) => setChecked({ ...checked, preview })}
            onDone={setDone}
          />
        )}
      </Stack>
    </div>
  );
}

/** Everything that has to be put right, with its line and column and what stands there. */
function Faults({ faults, inAll, text }: { readonly faults: readonly FileFault[]; readonly inAll: number; readonly text: string }) {
  const lines = text.split(/\r\n|\r|\n/);
  return (
    <Card tone="attention" title={`${counted(inAll, "thing has", "things have")} to be put right`}>
      <Stack>
        <Text role="alert">Nothing was stored. Correct the file in a text editor, and choose it again.</Text>
        <ul className={classes.items}>
          {faults.map(({ line, column, where, message }) => (
            <li key={`${line} ${column} ${where} ${message}`} className={classes.line}>
              <strong>
                Line {line}, column {column}
              </strong>
              : {message}
              <code className={classes.where}>{where === "" ? (lines[line - 1]?.trim().slice(0, 80) ?? "") : where}</code>
            </li>
          ))}
        </ul>
        {inAll > faults.length && <Text c="dimmed">And {(inAll - faults.length).toLocaleString("en-US")} more.</Text>}
      </Stack>
    </Card>
  );
}

type Take = "mine" | "file";

function Preview({
  text,
  preview,
  onChanged,
  onDone,
}: {
  readonly text: string;
  readonly preview: ImportPreview;
  readonly onChanged: (preview: ImportPreview) => void;
  readonly onDone: (taken: TakenFile) => void;
}) {
  const { items, chapters } = preview;
  const [takes, setTakes] = useState<ReadonlyMap<string, Take>>(new Map());
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const stored = useLeaveWarning(takes.size > 0);
  const differing = [...chapters.changed, ...items.changed];
  const open = differing.filter(({ id }) => !takes.has(id)).length;
  const isNothing = items.added.length + chapters.added.length + differing.length === 0;
  const take = (id: string, which: Take) => setTakes(new Map([...takes, [id, which]]));

  async function store(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const decisions = differing.map(({ id, seen }) => ({ id, seen, take: takes.get(id) ?? ("mine" as const) }));
      const taken = await storeOwnFile(text, decisions);
      stored();
      onDone(taken);
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
      setBusy(false);
      if (caught instanceof ApiProblem && caught.status === 409 && caught.body.preview) onChanged(caught.body.preview as ImportPreview);
    }
  }

  if (isNothing)
    return (
      <Alert color="leaf" role="status" title="All of this is in your library already">
        {both(items.unchanged, chapters.unchanged)} in the file, and nothing differs.
      </Alert>
    );
  return (
    <Stack gap="lg">
      <ErrorSummary title="Nothing was stored" error={error} attempt={attempt} />
      {(chapters.added.length > 0 || items.added.length > 0) && (
        <Card title={`New: ${both(items.added.length, chapters.added.length)}`}>
          <ul className={classes.items}>
            {chapters.added.map((chapter) => (
              <li key={chapter.id} className={classes.line}>
                <strong>{chapter.title}</strong>
                <span className={classes.meta}>{sizeInWords(chapter)}</span>
              </li>
            ))}
            {items.added.slice(0, shownItems).map((item) => (
              <li key={item.id} className={classes.line}>
                {item.text}
                <span className={classes.meta}>{kindNames[item.kind]}</span>
              </li>
            ))}
          </ul>
          {items.added.length > shownItems && <Text c="dimmed">And {items.added.length - shownItems} more statements.</Text>}
        </Card>
      )}
      {differing.length > 0 && (
        <Card
          title={`Differs from yours: ${both(items.changed.length, chapters.changed.length)}`}
          actions={
            <Group gap="xs">
              <Button
                size="compact-md"
                variant="default"
                onClick={() => setTakes(new Map(differing.map(({ id }) => [id, "mine" as const])))}
              >
                Keep all of mine
              </Button>
              <Button
                size="compact-md"
                variant="default"
                onClick={() => setTakes(new Map(differing.map(({ id }) => [id, "file" as const])))}
              >
                Take all of the file’s
              </Button>
            </Group>
          }
        >
          <ul className={classes.items}>
            {chapters.changed.map((chapter) => (
              <li key={chapter.id} className={classes.line}>
                <Decide name={chapter.title} value={takes.get(chapter.id) ?? null} onChange={(which) => take(chapter.id, which)} />
                {chapter.difference.map((part) => (
                  <div key={part.part} className={classes.changedPart}>
                    <Text fw={600} size="sm">
                      {part.part}: {differenceInWords(part)}
                    </Text>
                    {part.words.map(({ was, is }) => (
                      <Text key={`${was} ${is}`} size="sm">
                        {was !== is && was !== "" && <del>{was}</del>} {was !== is && is !== "" && <ins>{is}</ins>}
                        {was === is && `${was} (its details)`}
                      </Text>
                    ))}
                  </div>
                ))}
              </li>
            ))}
            {items.changed.map(({ id, mine, file }) => (
              <li key={id} className={classes.line}>
                <Decide name={mine.text} value={takes.get(id) ?? null} onChange={(which) => take(id, which)} />
                <div className={classes.versions}>
                  {(
                    [
                      ["Yours", mine],
                      ["The file’s", file],
                    ] as const
                  ).map(([whose, item]) => (
                    <p key={whose} className={classes.quote}>
                      <strong>{whose}:</strong> {item.text}
                      {item.plain !== "" && <span className={classes.meta}>For the client: {item.plain}</span>}
                    </p>
                  ))}
                </div>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {items.unchanged + chapters.unchanged > 0 && (
        <Text c="dimmed">In your library already, and left as they are: {both(items.unchanged, chapters.unchanged)}.</Text>
      )}
      <Group>
        <Button loading={busy} disabled={open > 0} onClick={() => void store()}>
          Take it over
        </Button>
        {open > 0 && (
          <Text c="dimmed" role="status">
            Choose first which to keep: {open} left.
          </Text>
        )}
      </Group>
    </Stack>
  );
}

function Decide({
  name,
  value,
  onChange,
}: {
  readonly name: string;
  readonly value: Take | null;
  readonly onChange: (take: Take) => void;
}) {
  return (
    <ChoiceField
      label={name}
      value={value}
      choices={[
        { value: "mine", label: "Keep mine" },
        { value: "file", label: "Take the file’s" },
      ]}
      onChange={onChange}
    />
  );
}

function differenceInWords({
  added,
  changed,
  removed,
}: {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}): string {
  return [
    ...(changed > 0 ? [`${changed} changed`] : []),
    ...(added > 0 ? [`${added} new`] : []),
    ...(removed > 0 ? [`${removed} gone`] : []),
  ].join(", ");
}

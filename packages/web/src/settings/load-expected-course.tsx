import { Button, FileButton, Group, Stack, Text } from "@mantine/core";
import type { Measure } from "@trellis/domain/measures/measure";
import type { ExpectedCourse } from "@trellis/domain/measures/measure-setting";
import { type LineFault, readExpectedCourse } from "@trellis/domain/measures/read-expected-course";
import { useMemo, useState } from "react";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { readNumber } from "../form/read-number.ts";
import { TextField } from "../form/text-field.tsx";
import { ExpectedCoursePreview } from "../give-measure/expected-course-preview.tsx";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";

/** So many faults are listed; with the first ones mended the rest is looked at again. */
const shownFaults = 8;
/** A table has at most 2000 lines; a file far beyond that is another file. */
const mostBytes = 500_000;

/** A table from elsewhere, pasted or from a file, shown before it is used. */
export function LoadExpectedCourse({
  measure,
  busy,
  use,
}: {
  readonly measure: Measure;
  readonly busy: boolean;
  readonly use: (table: ExpectedCourse) => Promise<boolean>;
}) {
  const today = useToday();
  const [text, setText] = useState("");
  const [source, setSource] = useState("");
  const [courses, setCourses] = useState("");
  const [asked, setAsked] = useState(false);
  const [fileFault, setFileFault] = useState("");
  useLeaveWarning(text.trim() !== "");
  const read = useMemo(() => (text.trim() === "" ? null : readExpectedCourse(text, measure)), [text, measure]);
  const usable = read !== null && read.faults.length === 0;
  const many = readNumber(courses, true);
  const sourceFault = source.trim().length < 5 ? "Say where the table comes from: a paper, a data set, who worked it out." : undefined;
  const manyFault = many === undefined || (many !== null && many < 1) ? "Enter a whole number, or leave it empty." : undefined;

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setAsked(true);
    if (read === null || !usable || sourceFault !== undefined || manyFault !== undefined) return;
    const saved = await use({ source: source.trim(), from: "loaded", courses: many ?? null, date: today, points: [...read.points] });
    if (!saved) return;
    setText("");
    setSource("");
    setCourses("");
    setAsked(false);
  }

  async function open(file: File | null): Promise<void> {
    if (file === null) return;
    if (file.size > mostBytes) {
      setFileFault(`${file.name} is too large for a table. Choose a text file with five columns.`);
      return;
    }
    setFileFault("");
    setText(await file.text());
  }

  return (
    <Card title="Load a table">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <Text>
            One line for each range of first scores and session: first score from, first score to, session, expected score, bound. The bound
            is the worst score that is still on track. Copied from a spreadsheet it can be pasted as it is.
          </Text>
          <Group>
            <FileButton accept=".csv,.tsv,.txt,text/csv,text/plain" onChange={(file) => void open(file)}>
              {(props) => (
                <Button variant="default" {...props}>
                  Choose a CSV file
                </Button>
              )}
            </FileButton>
          </Group>
          {fileFault !== "" && (
            <Text c="clay.8" role="alert">
              {fileFault}
            </Text>
          )}
          <TextField
            label="The table"
            value={text}
            onChange={setText}
            rows={6}
            placeholder={"start from,start to,session,expected,bound\n10,14,1,12,14\n10,14,2,11,14"}
            required
            error={read === null ? asked && "Paste the table, or choose a file." : !usable && <Faults faults={read.faults} />}
          />
          {usable && (
            <>
              <Text fw={600}>
                {read.points.length} {read.points.length === 1 ? "line" : "lines"} read. This is how it looks:
              </Text>
              <ExpectedCoursePreview measure={measure} points={read.points} />
            </>
          )}
          <TextField
            label="Where it comes from"
            description="Stands beside every warning that the table gives."
            value={source}
            onChange={setSource}
            max={300}
            required
            error={asked && sourceFault}
          />
          <TextField
            label="On how many courses it rests"
            description="If it is known."
            value={courses}
            onChange={setCourses}
            inputMode="numeric"
            error={manyFault}
          />
          <Group>
            <Button type="submit" loading={busy}>
              Use this table
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

function Faults({ faults }: { readonly faults: readonly LineFault[] }) {
  return (
    <>
      {faults.slice(0, shownFaults).map(({ line, message }) => (
        <span key={`${line} ${message}`} style={{ display: "block" }}>
          Line {line}: {message}
        </span>
      ))}
      {faults.length > shownFaults && <span style={{ display: "block" }}>And {faults.length - shownFaults} more.</span>}
    </>
  );
}

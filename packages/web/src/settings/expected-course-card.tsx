import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { expectedCourseSource } from "@trellis/domain/measures/expected-course";
import type { Measure } from "@trellis/domain/measures/measure";
import type { ExpectedCourse, MeasureSetting } from "@trellis/domain/measures/measure-setting";
import { useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { expectedCourseOfferQuery, expectedCourseQuery, type SavedExpectedCourse, saveExpectedCourse } from "../api/expected-course.ts";
import { queryClient } from "../api/query-client.ts";
import { hasRole, useSignedIn } from "../api/session.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { ExpectedCoursePreview } from "../give-measure/expected-course-preview.tsx";
import { Card } from "../shell/card.tsx";
import { LoadExpectedCourse } from "./load-expected-course.tsx";

interface Props {
  readonly measure: Measure;
  readonly setting: Pick<MeasureSetting, "expectedCourse">;
  /** Of the practice's setting of this measure; 0 where nothing is saved yet. */
  readonly version: number;
  /** Told what was saved, so that other parts of the page go on from the new version. */
  readonly onSaved?: (saved: SavedExpectedCourse) => void;
}

/** The table that a practice holds its courses against: loaded, or taken over from its own courses. Never there without somebody having chosen it. */
export function ExpectedCourseCard({ measure, setting, version, onSaved }: Props) {
  const isOwner = hasRole(useSignedIn().member, "owner");
  const [own, setOwn] = useState<SavedExpectedCourse | null>(null);
  // What was saved here is newer than what the page was opened with, until the page has fetched it.
  const now = own !== null && own.version > version ? own : { expectedCourse: setting.expectedCourse, version };
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [note, setNote] = useState("");
  const [replacing, setReplacing] = useState(false);

  async function save(expectedCourse: ExpectedCourse | null): Promise<boolean> {
    setBusy(true);
    setError(undefined);
    setNote("");
    setAttempt((n) => n + 1);
    try {
      const saved = await saveExpectedCourse(measure.id, now.version, expectedCourse);
      setOwn(saved);
      onSaved?.(saved);
      setReplacing(false);
      setNote(
        expectedCourse === null
          ? "The table is removed. Trellis's own rules go on."
          : "In use from now on. A score beyond the bound warns from the next entry on.",
      );
      void queryClient.invalidateQueries({ queryKey: expectedCourseQuery(measure.id).queryKey });
      // Charts carry the setting with them; they are fetched again when they are opened.
      void queryClient.invalidateQueries({ queryKey: ["chart"], refetchType: "none" });
      return true;
    } catch (caught) {
      setError(caught);
      // Somebody else was faster: what they saved is shown, and saving once more goes on from there.
      if (caught instanceof ApiProblem && caught.status === 409 && isSaved(caught.body.current)) setOwn(caught.body.current);
      return false;
    } finally {
      setBusy(false);
    }
  }

  const table = now.expectedCourse;
  return (
    <Stack gap="lg">
      <Card title="Expected course">
        <Stack gap="sm">
          <div>
            <Text>
              A table of what clients have at each session, by where they started. A score that is worse than the table's bound warns,
              beside Trellis's own rules, and the warning names the table.
            </Text>
            <Text role="status" c="leaf.8" fw={600}>
              {note}
            </Text>
          </div>
          <ErrorSummary title="It was not saved" error={error} attempt={attempt} />
          {table === null ? (
            <Text c="dimmed">
              There is none in use for the {measure.name}: courses are held against its threshold of reliable change and its cutoff alone.
              {!isOwner && " The owner of your practice can load one."}
            </Text>
          ) : (
            <>
              <Text fw={600}>{expectedCourseSource(table)}.</Text>
              <ExpectedCoursePreview measure={measure} points={table.points} />
              {isOwner && (
                <Group>
                  {!replacing && (
                    <Button variant="default" onClick={() => setReplacing(true)}>
                      Replace it
                    </Button>
                  )}
                  <Button
                    variant="subtle"
                    color="stone"
                    loading={busy}
                    onClick={() => {
                      if (window.confirm("Stop using this table? Trellis's own rules go on.")) void save(null);
                    }}
                  >
                    Stop using it
                  </Button>
                </Group>
              )}
            </>
          )}
        </Stack>
      </Card>
      {isOwner && (table === null || replacing || error !== undefined) && (
        <>
          <LoadExpectedCourse measure={measure} busy={busy} use={save} />
          <OwnCourses measure={measure} busy={busy} use={save} />
        </>
      )}
    </Stack>
  );
}

function isSaved(current: unknown): current is SavedExpectedCourse {
  return typeof current === "object" && current !== null && "version" in current && "expectedCourse" in current;
}

/** The table that the practice's own courses come to, once there are enough of them. It is shown before anybody uses it. */
function OwnCourses({
  measure,
  busy,
  use,
}: {
  readonly measure: Measure;
  readonly busy: boolean;
  readonly use: (table: ExpectedCourse) => Promise<boolean>;
}) {
  const offer = useQuery(expectedCourseOfferQuery(measure.id));
  return (
    <Card title="From your own courses">
      {offer.error !== null ? (
        <ErrorSummary title="It could not be worked out" error={offer.error} />
      ) : offer.data === undefined ? (
        <Text c="dimmed">Adding up your courses …</Text>
      ) : offer.data.offered === null ? (
        <Text>
          {offer.data.courses >= offer.data.needed
            ? `You have ${offer.data.courses} courses, but too few that started alike. With more of them Trellis offers a table here.`
            : `You have ${offer.data.courses} of the ${offer.data.needed} courses that it takes. Clients with at least three scores on the ${measure.name} count. With enough of them Trellis offers a table here; nothing is used before you say so.`}
        </Text>
      ) : (
        <Stack gap="sm">
          <Text>
            {offer.data.courses} courses of your practice, each with at least three scores. Expected is the median; the bound is the score
            that four of five were at or better than, so that at each session about one in five of them was worse.
          </Text>
          <ExpectedCoursePreview measure={measure} points={offer.data.offered.cells} />
          <Text size="sm" c="dimmed">
            It describes your practice and is no norm. Later sessions rest on those who were still coming. Cells with fewer than 20 courses
            are left out.
          </Text>
          <Group>
            <Button loading={busy} onClick={() => void (offer.data.offered !== null && use(offer.data.offered.expectedCourse))}>
              Use this table
            </Button>
          </Group>
        </Stack>
      )}
    </Card>
  );
}

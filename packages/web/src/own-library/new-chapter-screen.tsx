import { Button, Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { populationNames } from "@trellis/domain/library/contents";
import { useState } from "react";
import { catalogueQuery } from "../api/library.ts";
import { beginChapter } from "../api/own-chapters.ts";
import { SelectField } from "../form/choice-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { newId } from "../form/new-id.ts";
import { serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";

/** Begins a chapter: empty, or with everything that a chapter of the library says. */
export function NewChapterScreen() {
  usePageTitle("New chapter");
  const { from } = useSearch({ from: "/signed-in/shell/settings/library/new" });
  const catalogue = useQuery(catalogueQuery);
  if (catalogue.error !== null) return <PageFault error={catalogue.error} retry={() => void catalogue.refetch()} />;
  if (catalogue.data === undefined) return <Waiting what="the library" />;
  const shipped = catalogue.data.chapters
    .filter(({ source }) => source === "library")
    .toSorted((a, b) => (a.title < b.title ? -1 : 1))
    .map(({ id, title, population }) => ({
      id,
      title,
      label: population === "adult" ? title : `${title} (${populationNames[population]})`,
    }));
  return <NewChapter shipped={shipped} from={shipped.some(({ id }) => id === from) ? (from ?? "") : ""} />;
}

function NewChapter({
  shipped,
  from: first,
}: {
  readonly shipped: readonly { readonly id: string; readonly title: string; readonly label: string }[];
  readonly from: string;
}) {
  const navigate = useNavigate();
  const [key] = useState(newId);
  const [from, setFrom] = useState(first);
  const [title, setTitle] = useState<string | null>(null);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const saved = useLeaveWarning(title !== null && title !== "");
  const problems = serverProblems(error);
  const shownTitle = title ?? shipped.find(({ id }) => id === from)?.title ?? "";

  async function submit(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const { chapter } = await beginChapter(key, shownTitle, from === "" ? null : from);
      saved();
      await navigate({ to: "/settings/library/$chapterId", params: { chapterId: chapter.id } });
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
      setBusy(false);
    }
  }

  return (
    <div style={{ maxWidth: "46rem" }}>
      <PageHeading lead="A problem as your practice treats it. It may be small: one goal, one objective and one intervention make a chapter.">
        New chapter
      </PageHeading>
      <Card>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Stack>
            <ErrorSummary title="The chapter was not begun" error={error} problems={problems} attempt={attempt} />
            <SelectField
              label="Begin with"
              description="A chapter of the library becomes yours, to be changed in every word. The library's own stays as it is."
              value={from}
              choices={[{ value: "", label: "An empty chapter" }, ...shipped.map(({ id, label }) => ({ value: id, label }))]}
              onChange={setFrom}
              error={problems.get("/from")}
            />
            <TextField label="Title" value={shownTitle} onChange={setTitle} max={80} error={problems.get("/title")} required />
            <Group>
              <Button type="submit" loading={busy}>
                {from === "" ? "Begin the chapter" : "Make it ours"}
              </Button>
              <Button variant="default" component={Link} to="/settings/library">
                Cancel
              </Button>
            </Group>
          </Stack>
        </form>
      </Card>
    </div>
  );
}

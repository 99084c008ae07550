import { Alert, Button, List, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { canBeDraftedFrom, type OwnChapter, toChapter } from "@trellis/domain/library/own-chapter";
import { useState } from "react";
import { type KeptChapter, ownChapterQuery, removeChapter, saveChapter } from "../api/own-chapters.ts";
import { practiceMeasuresQuery } from "../api/own-measures.ts";
import { queryClient } from "../api/query-client.ts";
import { measuresQuery } from "../api/reference.ts";
import { SelectField } from "../form/choice-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { measuresOf } from "../give-measure/use-measures.ts";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { AboutChapter } from "./about-chapter.tsx";
import type { PartKey } from "./change-chapter.ts";
import { ChapterPart, type SaveChapter } from "./chapter-part.tsx";
import { faultInWords, partTitles, sizeInWords } from "./chapter-words.ts";
import classes from "./own-library.module.css";

const partKeys = Object.keys(partTitles) as PartKey[];
type Shown = PartKey | "about";

/** A chapter of the practice's own: part by part, item by item. */
export function OwnChapterScreen() {
  const { chapterId } = useParams({ from: "/signed-in/shell/settings/library/$chapterId" });
  const kept = useQuery(ownChapterQuery(chapterId));
  const shipped = useQuery(measuresQuery);
  const added = useQuery(practiceMeasuresQuery);
  usePageTitle(kept.data?.chapter.title ?? "Own library");
  const error = kept.error ?? shipped.error ?? added.error;
  // What is open stays open when it cannot be asked for anew.
  if (error !== null && kept.data === undefined)
    return <PageFault error={error} retry={() => void Promise.all([kept.refetch(), shipped.refetch(), added.refetch()])} />;
  if (kept.data === undefined || shipped.data === undefined || added.data === undefined) return <Waiting what="the chapter" />;
  const inUse = { ...added.data, own: added.data.own.filter(({ retired, forClient }) => !retired && forClient === null) };
  return <EditChapter key={chapterId} kept={kept.data} measures={measuresOf(shipped.data, inUse)} />;
}

function EditChapter({ kept, measures }: { readonly kept: KeptChapter; readonly measures: ReturnType<typeof measuresOf> }) {
  const { chapter, version } = kept;
  const navigate = useNavigate();
  const [shown, setShown] = useState<Shown>(() => (chapter.goals.length === 0 ? "about" : "goals"));
  const [dirty, setDirty] = useState(false);
  const [error, setError] = useState<unknown>();

  const save: SaveChapter = async (change) => {
    // The newest that is known: somebody else's change may have come in meanwhile.
    const now = queryClient.getQueryData(ownChapterQuery(chapter.id).queryKey) ?? kept;
    const next = change(now.chapter);
    if (next !== now.chapter) await saveChapter(now.version, next);
  };

  function show(part: Shown): void {
    if (part === shown) return;
    if (dirty && !window.confirm("What you typed here is not saved yet. Leave it all the same?")) return;
    setDirty(false);
    setShown(part);
  }

  async function remove(): Promise<void> {
    if (!window.confirm(`Remove “${chapter.title}” from your library? Plans that were made from it keep all they have.`)) return;
    try {
      await removeChapter(chapter.id, version);
      await navigate({ to: "/settings/library" });
    } catch (caught) {
      setError(caught);
    }
  }

  const count = (part: Shown) => (part === "about" ? 0 : chapter[part].length);
  const all: readonly { readonly value: Shown; readonly label: string }[] = [
    { value: "about", label: "About and codes" },
    ...partKeys.map((value) => ({ value, label: partTitles[value] })),
  ];
  return (
    <>
      <PageHeading
        lead={<Lead chapter={chapter} />}
        actions={
          <>
            <Button variant="default" component={Link} to="/settings/library">
              Back to the list
            </Button>
            <Button variant="default" component={Link} to={`/library/chapters/${chapter.id}`}>
              Read it
            </Button>
            <Button variant="subtle" color="stone" onClick={() => void remove()}>
              Remove the chapter
            </Button>
          </>
        }
      >
        {chapter.title}
      </PageHeading>
      <ErrorSummary title="It was not removed" error={error} />
      {kept.faults !== undefined && kept.faults.length > 0 && (
        <Alert color="straw" title="Something that this chapter names is not there any more" mb="lg">
          <List size="sm">
            {kept.faults.map((fault) => (
              <List.Item key={fault.pointer}>{faultInWords(fault)}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <div className={classes.editor}>
        <nav aria-label="Parts of the chapter" className={classes.nav}>
          <ul className={classes.parts}>
            {all.map(({ value, label }) => (
              <li key={value}>
                <button type="button" className={classes.part} aria-current={shown === value} onClick={() => show(value)}>
                  {label}
                  {count(value) > 0 && <span className={classes.count}>{count(value)}</span>}
                </button>
              </li>
            ))}
          </ul>
          <div className={classes.partSelect}>
            <SelectField
              label="Part of the chapter"
              value={shown}
              choices={all.map(({ value, label }) => ({ value, label: count(value) === 0 ? label : `${label} (${count(value)})` }))}
              onChange={show}
            />
          </div>
        </nav>
        {shown === "about" ? (
          <AboutChapter chapter={chapter} save={save} onDirty={setDirty} />
        ) : (
          <ChapterPart key={shown} part={shown} chapter={chapter} measures={measures} save={save} onDirty={setDirty} />
        )}
      </div>
    </>
  );
}

function Lead({ chapter }: { readonly chapter: OwnChapter }) {
  const ready = canBeDraftedFrom(toChapter(chapter));
  const { goals, objectives, interventions } = chapter;
  const size = sizeInWords({ goals: goals.length, objectives: objectives.length, interventions: interventions.length });
  return (
    <Stack gap={2}>
      <span>{size}. Everything is saved as soon as you save an item, and never holds anything about one client.</span>
      <Text span>
        {!ready
          ? "Drafts are made from it once it has a goal, an objective for that, and an intervention for that one."
          : chapter.diagnoses.length === 0
            ? "It is found when somebody searches. Give it codes, and drafts for them are made from it."
            : `Drafts for ${chapter.diagnoses.slice(0, 4).join(", ")}${chapter.diagnoses.length > 4 ? " and others" : ""} are made from it.`}
      </Text>
    </Stack>
  );
}

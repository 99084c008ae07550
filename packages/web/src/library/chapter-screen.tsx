import { Button, Menu, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLocation, useParams } from "@tanstack/react-router";
import { populationNames } from "@trellis/domain/library/contents";
import { useEffect, useState } from "react";
import { catalogueQuery, chapterQuery } from "../api/library.ts";
import { measuresQuery } from "../api/reference.ts";
import { OwnChapterLink } from "../own-library/own-chapter-link.tsx";
import { Icon } from "../shell/icon.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { type ChapterOnScreen, ChapterParts, chapterSections } from "./chapter-parts.tsx";
import { CompareApproaches } from "./compare-approaches.tsx";
import classes from "./library.module.css";
import { Star } from "./star.tsx";
import { useFavorites } from "./use-favorites.ts";

/** One chapter, to be read like a page of a good reference book. */
export function ChapterScreen() {
  const { chapterId } = useParams({ from: "/signed-in/shell/library/chapters/$chapterId" });
  const bundle = useQuery(chapterQuery(chapterId));
  const catalogue = useQuery(catalogueQuery);
  const measures = useQuery(measuresQuery);
  usePageTitle(bundle.data?.chapter.title ?? "Library");
  const error = bundle.error ?? catalogue.error ?? measures.error;
  if (error !== null)
    return (
      <PageFault
        error={error}
        retry={() => {
          for (const query of [bundle, catalogue, measures]) if (query.error !== null) void query.refetch();
        }}
      />
    );
  if (bundle.data === undefined || catalogue.data === undefined || measures.data === undefined) return <Waiting what="the chapter" />;
  return (
    <ReadChapter
      // Another chapter begins with nothing chosen.
      key={chapterId}
      shown={{
        bundle: bundle.data,
        sources: new Map(bundle.data.evidence.map((source) => [source.id, source])),
        measureById: new Map(measures.data.map((measure) => [measure.id, measure])),
        chapters: new Map(catalogue.data.chapters.map((chapter) => [chapter.id, chapter])),
      }}
    />
  );
}

type View = "read" | "compare";

function ReadChapter({ shown }: { readonly shown: Omit<ChapterOnScreen, "words" | "favorites"> }) {
  const { chapter } = shown.bundle;
  const favorites = useFavorites();
  const [view, setView] = useState<View>("read");
  const [words, setWords] = useState<ChapterOnScreen["words"]>("record");
  useJumpToHash();
  const all: ChapterOnScreen = { ...shown, words, favorites };
  const print = (reader: "clinician" | "client") =>
    window.open(`/api/library/chapters/${chapter.id}/chapter.pdf${reader === "client" ? "?for=client" : ""}`, "_blank", "noopener");
  return (
    <>
      <PageHeading
        lead={chapter.summary}
        actions={
          <>
            <Star id={chapter.id} of={chapter.title} favorites={favorites} />
            <OwnChapterLink chapter={chapter} />
            <Menu position="bottom-end" withinPortal={false}>
              <Menu.Target>
                <Button variant="default" leftSection={<Icon name="print" size={18} />}>
                  Print
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => print("clinician")}>The whole chapter</Menu.Item>
                <Menu.Item onClick={() => print("client")}>In the client’s words</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        }
      >
        {chapter.title}
      </PageHeading>
      <div className={classes.toolbar}>
        <SegmentedControl
          aria-label="View"
          value={view}
          onChange={(value) => setView(value as View)}
          data={[
            { value: "read", label: "Read" },
            { value: "compare", label: "Compare approaches" },
          ]}
        />
        <SegmentedControl
          aria-label="Wording"
          value={words}
          onChange={(value) => setWords(value as ChapterOnScreen["words"])}
          data={[
            { value: "record", label: "For the record" },
            { value: "client", label: "For the client" },
          ]}
        />
        <span className={classes.facts}>{populationNames[chapter.population]}</span>
      </div>
      {view === "compare" ? (
        <CompareApproaches shown={all} />
      ) : (
        <div className={classes.book}>
          <nav className={classes.toc} aria-label="In this chapter">
            <ul>
              {chapterSections(all).map(({ id, title, count }) => (
                <li key={id}>
                  <a href={`#${id}`}>
                    {title}
                    {count > 0 && <span className={classes.count}> {count}</span>}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <div className={classes.pages}>
            <ChapterParts shown={all} />
          </div>
        </div>
      )}
    </>
  );
}

/** A link may lead to one statement: it is brought into sight and marked, once the chapter stands on the page. */
function useJumpToHash(): void {
  const hash = useLocation({ select: (location) => location.hash });
  useEffect(() => {
    if (hash === "") return;
    const target = document.getElementById(hash);
    target?.scrollIntoView({ block: "center" });
    target?.focus({ preventScroll: true });
  }, [hash]);
}

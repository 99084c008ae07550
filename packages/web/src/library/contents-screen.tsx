import { Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ApproachId, approaches, approachIds } from "@trellis/domain/library/approach";
import type { CatalogueChapter } from "@trellis/domain/library/catalogue";
import type { Population } from "@trellis/domain/library/chapter";
import { populationNames } from "@trellis/domain/library/contents";
import { useDeferredValue, useState } from "react";
import { type Catalogue, catalogueQuery, librarySearchQuery } from "../api/library.ts";
import { measuresQuery } from "../api/reference.ts";
import { SelectField } from "../form/choice-field.tsx";
import { TextField } from "../form/text-field.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { ChapterCard } from "./chapter-card.tsx";
import { FoundStatements } from "./found-statements.tsx";
import classes from "./library.module.css";
import { useFavorites } from "./use-favorites.ts";

/** All problems of the library, to be read through or searched by problem, code, symptom, approach, population and measure. */
export function ContentsScreen() {
  usePageTitle("Library");
  const catalogue = useQuery(catalogueQuery);
  if (catalogue.error !== null) return <PageFault error={catalogue.error} retry={() => void catalogue.refetch()} />;
  if (catalogue.data === undefined) return <Waiting what="the library" />;
  return <ContentsOf catalogue={catalogue.data} />;
}

/** What the list is narrowed to; "" for no limit. */
interface Filters {
  readonly population: Population | "";
  readonly approach: ApproachId | "";
  readonly measure: string;
}

const noFilters: Filters = { population: "", approach: "", measure: "" };

function ContentsOf({ catalogue }: { readonly catalogue: Catalogue }) {
  const [typed, setTyped] = useState("");
  const [filters, setFilters] = useState(noFilters);
  const favorites = useFavorites();
  const q = useDeferredValue(typed.trim());
  const { population, approach, measure } = filters;
  const search = useQuery({
    ...librarySearchQuery({
      q,
      ...(population === "" ? {} : { population }),
      ...(approach === "" ? {} : { approach }),
      limit: 30,
    }),
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });
  const byId = new Map(catalogue.chapters.map((chapter) => [chapter.id, chapter]));
  const fits = (chapter: CatalogueChapter): boolean =>
    (population === "" || chapter.population === population) &&
    (approach === "" || chapter.approaches.some(({ id }) => id === approach)) &&
    (measure === "" || chapter.measures.includes(measure));
  const marked = catalogue.chapters.filter((chapter) => favorites.ids.has(chapter.id) && fits(chapter));
  const found = q === "" ? [] : (search.data?.chapters ?? []).flatMap((id) => byId.get(id) ?? []).filter(fits);
  const card = (chapter: CatalogueChapter) => <ChapterCard key={chapter.id} chapter={chapter} favorites={favorites} />;
  return (
    <>
      <PageHeading lead="What problems look like, what can be aimed for, how it is measured and what helps, with the evidence for it. Search by problem, code, symptom, approach or measure.">
        Problems
      </PageHeading>
      <search className={classes.searchBar}>
        <div className={classes.searchField}>
          <TextField
            label="Search the library"
            type="search"
            value={typed}
            onChange={setTyped}
            placeholder="insomnia, F41.1, cannot get out of bed, EMDR …"
            autoComplete="off"
          />
        </div>
        <Filter filters={filters} onChange={setFilters} catalogue={catalogue} />
      </search>
      {q !== "" ? (
        <Results
          chapters={found.map(card)}
          error={search.error}
          waiting={search.data === undefined}
          empty={found.length === 0 && (search.data?.statements.length ?? 0) === 0 && !search.isFetching}
        >
          <FoundStatements statements={search.data?.statements ?? []} chapters={byId} favorites={favorites} />
        </Results>
      ) : (
        <>
          {marked.length > 0 && (
            <section className={classes.group} aria-labelledby="favorites">
              <h2 id="favorites">Your favorites</h2>
              <ul className={classes.cards}>{marked.map(card)}</ul>
            </section>
          )}
          <Shelves catalogue={catalogue} fits={fits} card={card} />
        </>
      )}
    </>
  );
}

function Shelves({
  catalogue,
  fits,
  card,
}: {
  readonly catalogue: Catalogue;
  readonly fits: (chapter: CatalogueChapter) => boolean;
  readonly card: (chapter: CatalogueChapter) => React.ReactNode;
}) {
  const byId = new Map(catalogue.chapters.map((chapter) => [chapter.id, chapter]));
  const own = catalogue.chapters.filter((chapter) => chapter.source === "practice" && fits(chapter));
  const shelves = catalogue.contents
    .map(({ population, groups }) => ({
      population,
      groups: groups
        .map(({ title, chapters }) => ({ title, chapters: chapters.flatMap((id) => byId.get(id) ?? []).filter(fits) }))
        .filter(({ chapters }) => chapters.length > 0),
    }))
    .filter(({ groups }) => groups.length > 0);
  if (shelves.length === 0 && own.length === 0)
    return <EmptyState title="No chapter fits all of these">Take one of the limits away, or search for a word.</EmptyState>;
  return (
    <>
      {own.length > 0 && (
        <section className={classes.group} aria-labelledby="own-chapters">
          <h2 id="own-chapters">Your practice’s own</h2>
          <ul className={classes.cards}>{own.map(card)}</ul>
        </section>
      )}
      {shelves.map(({ population, groups }) => (
        <section key={population} className={classes.shelf} aria-labelledby={`shelf-${population}`}>
          <h2 id={`shelf-${population}`} className={classes.shelfTitle}>
            {populationNames[population]}
          </h2>
          {groups.map(({ title, chapters }) => (
            <div key={title} className={classes.group}>
              <h3>{title}</h3>
              <ul className={classes.cards}>{chapters.map(card)}</ul>
            </div>
          ))}
        </section>
      ))}
    </>
  );
}

function Results({
  chapters,
  error,
  waiting,
  empty,
  children,
}: {
  readonly chapters: readonly React.ReactNode[];
  readonly error: Error | null;
  readonly waiting: boolean;
  readonly empty: boolean;
  readonly children: React.ReactNode;
}) {
  if (error !== null) return <PageFault error={error} />;
  if (waiting) return <Waiting what="what fits" />;
  if (empty)
    return (
      <EmptyState icon="search" title="Nothing in the library fits">
        Try another word, the code, or fewer limits. What the library does not have, your practice can write itself under “Your own”.
      </EmptyState>
    );
  return (
    <div className={classes.results}>
      {chapters.length > 0 && (
        <section className={classes.group} aria-labelledby="found-chapters">
          <h2 id="found-chapters">Chapters</h2>
          <ul className={classes.cards}>{chapters}</ul>
        </section>
      )}
      {children}
    </div>
  );
}

function Filter({
  filters,
  onChange,
  catalogue,
}: {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
  readonly catalogue: Catalogue;
}) {
  const measures = useQuery(measuresQuery);
  const used = new Set(catalogue.chapters.flatMap((chapter) => chapter.measures));
  const populations = catalogue.contents.map(({ population }) => population);
  const active = Object.values(filters).some((value) => value !== "");
  return (
    <div className={classes.limits}>
      <SelectField
        label="For"
        value={filters.population}
        choices={[{ value: "", label: "Everybody" }, ...populations.map((id) => ({ value: id, label: populationNames[id] }))]}
        onChange={(population) => onChange({ ...filters, population: population as Filters["population"] })}
      />
      <SelectField
        label="Approach"
        value={filters.approach}
        choices={[{ value: "", label: "Any approach" }, ...approachIds.map((id) => ({ value: id, label: approaches[id].name }))]}
        onChange={(approach) => onChange({ ...filters, approach: approach as Filters["approach"] })}
      />
      <SelectField
        label="Measure"
        value={filters.measure}
        choices={[
          { value: "", label: "Any measure" },
          ...(measures.data ?? []).filter(({ id }) => used.has(id)).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(measure) => onChange({ ...filters, measure })}
      />
      {active && (
        <Text size="sm">
          <button type="button" className={classes.plainButton} onClick={() => onChange(noFilters)}>
            Show everything
          </button>
        </Text>
      )}
    </div>
  );
}

/** Where a chapter is read. */
export function ChapterLink({ chapter }: { readonly chapter: Pick<CatalogueChapter, "id" | "title"> }) {
  return (
    <Link to="/library/chapters/$chapterId" params={{ chapterId: chapter.id }}>
      {chapter.title}
    </Link>
  );
}

import { useQuery } from "@tanstack/react-query";
import { formatDate } from "@trellis/domain/calendar/date";
import { addressOf, citation } from "@trellis/domain/library/citation";
import type { Evidence } from "@trellis/domain/library/evidence";
import { evidenceLevels, evidenceLevelWords } from "@trellis/domain/library/evidence-level";
import { plainWords } from "@trellis/domain/library/word-index";
import { useDeferredValue, useMemo, useState } from "react";
import { catalogueQuery, evidenceRegisterQuery } from "../api/library.ts";
import { SelectField } from "../form/choice-field.tsx";
import { TextField } from "../form/text-field.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { ChapterLink } from "./contents-screen.tsx";
import { LevelBadge } from "./level-badge.tsx";
import classes from "./library.module.css";

const kinds: Record<Evidence["kind"], string> = {
  guideline: "Guideline",
  "meta-analysis": "Meta-analysis",
  "systematic-review": "Systematic review",
  "randomized-trial": "Randomized trial",
  "controlled-study": "Controlled study",
  "open-trial": "Open trial",
  cohort: "Cohort",
  "case-study": "Case study",
  "qualitative-study": "Qualitative study",
  "measurement-study": "Study of a measure",
  "narrative-review": "Narrative review",
  manual: "Manual",
};

const read: Record<Evidence["verified"]["read"], string> = {
  "full-text": "its full text",
  abstract: "its abstract",
  "official-page": "its official page",
};

const inSight = 60;

/** Every source that the library cites: what it found, where it was read, and what it is cited for. */
export function EvidenceScreen() {
  usePageTitle("Evidence");
  const register = useQuery(evidenceRegisterQuery);
  const catalogue = useQuery(catalogueQuery);
  const [typed, setTyped] = useState("");
  const [kind, setKind] = useState<Evidence["kind"] | "">("");
  const words = plainWords(useDeferredValue(typed));
  const texts = useMemo(
    () =>
      new Map(
        (register.data?.evidence ?? []).map((source) => [
          source.id,
          plainWords([source.authors, source.year, source.title, source.source, source.finding, source.doi, source.pmid].join(" ")).join(
            " ",
          ),
        ]),
      ),
    [register.data],
  );
  const error = register.error ?? catalogue.error;
  if (error !== null) return <PageFault error={error} retry={() => void Promise.all([register.refetch(), catalogue.refetch()])} />;
  if (register.data === undefined || catalogue.data === undefined) return <Waiting what="the sources" />;
  const chapters = new Map(catalogue.data.chapters.map((chapter) => [chapter.id, chapter]));
  const { evidence, citedBy } = register.data;
  const found = evidence.filter(
    (source) => (kind === "" || source.kind === kind) && words.every((word) => texts.get(source.id)?.includes(word)),
  );
  return (
    <>
      <PageHeading lead="Each source was looked up before it was cited. What no source supports is called practice-based.">
        Evidence
      </PageHeading>
      <details className={classes.group}>
        <summary>What the levels mean</summary>
        <dl className={classes.glance}>
          {evidenceLevels.map((level) => (
            <div key={level} style={{ display: "contents" }}>
              <dt>
                <LevelBadge level={level} />
              </dt>
              <dd>{evidenceLevelWords[level].means}</dd>
            </div>
          ))}
        </dl>
      </details>
      <div className={classes.searchBar}>
        <div className={classes.searchField}>
          <TextField
            label="Search the sources"
            type="search"
            value={typed}
            onChange={setTyped}
            placeholder="author, year, words of the title …"
          />
        </div>
        <SelectField
          label="Kind"
          value={kind}
          choices={[
            { value: "", label: "Every kind" },
            ...(Object.entries(kinds) as [Evidence["kind"], string][]).map(([value, label]) => ({ value, label })),
          ]}
          onChange={(value) => setKind(value as Evidence["kind"] | "")}
        />
        <p className={classes.facts} role="status">
          {found.length} of {evidence.length} sources{found.length > inSight ? `, the first ${inSight} shown` : ""}
        </p>
      </div>
      {found.length === 0 ? (
        <EmptyState icon="search" title="No source fits">
          Try another word or every kind.
        </EmptyState>
      ) : (
        <ul className={classes.items}>
          {found.slice(0, inSight).map((source) => (
            <Source key={source.id} source={source}>
              {(citedBy[source.id] ?? []).flatMap((id, i) => {
                const chapter = chapters.get(id);
                return chapter === undefined ? [] : [i > 0 ? ", " : "", <ChapterLink key={id} chapter={chapter} />];
              })}
            </Source>
          ))}
        </ul>
      )}
    </>
  );
}

function Source({ source, children }: { readonly source: Evidence; readonly children: readonly React.ReactNode[] }) {
  const address = addressOf(source);
  return (
    <li className={classes.item}>
      <p className={classes.text}>{source.finding}</p>
      <p className={classes.facts}>
        {kinds[source.kind]}.{" "}
        {address === null ? (
          citation(source)
        ) : (
          <a href={address} target="_blank" rel="noreferrer">
            {citation(source)}
          </a>
        )}
      </p>
      <p className={classes.facts}>
        Read on {formatDate(source.verified.on)} ({read[source.verified.read]}).{children.length > 0 && <> Cited for {children}.</>}
      </p>
    </li>
  );
}

import { Badge, Checkbox, Modal } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ApproachId, approaches, approachIds } from "@trellis/domain/library/approach";
import { libraryWithChapter } from "@trellis/domain/library/catalogue";
import { populationNames } from "@trellis/domain/library/contents";
import type { StatementKind } from "@trellis/domain/library/library";
import { searchStatements } from "@trellis/domain/library/search-library";
import { strongestKind } from "@trellis/domain/library/strongest-source";
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from "react";
import { catalogueQuery, chapterQuery, type FoundStatement, librarySearchQuery } from "../api/library.ts";
import { type OwnItem, ownItemsQuery } from "../api/practice.ts";
import { queryClient } from "../api/query-client.ts";
import { Icon } from "../shell/icon.tsx";
import classes from "./composer.module.css";
import { useComposer, usePlan } from "./composer-context.ts";
import { keepInPractice } from "./item-parts.tsx";
import { jumpTo } from "./jump.ts";
import { ownStatementIndex } from "./plan-library.ts";
import {
  addTo,
  kindNames,
  type Place,
  placesFor,
  readsAsOwnWords,
  shortApproach,
  statementsInPlan,
  suggestionsFor,
  type Taken,
  warningsFor,
} from "./take-from-library.ts";
import { WaitingHere } from "./waiting-here.tsx";

const noItems: readonly OwnItem[] = [];
const most = 40;

interface Props {
  readonly opened: boolean;
  /** What is added to; `null` looks through everything and finds the place afterwards. */
  readonly place: Place | null;
  /** Places of the plan around where the keyboard was, from the inside out. */
  readonly near: readonly string[];
  readonly onClose: () => void;
}

/** Finds a statement in the whole library from the keyboard, or takes one's own words. */
export function AddStatement({ opened, place, near, onClose }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={place === null ? "Search the library" : `Add: ${kindNames[place.kind].toLowerCase()}`}
      size="46rem"
      yOffset="6vh"
      // Focus goes to what was added, or back to where it was.
      returnFocus
    >
      {opened && <Search place={place} near={near} onClose={onClose} />}
    </Modal>
  );
}

function placeNear(near: readonly string[], kind: StatementKind, plan: ReturnType<typeof placesFor>): Place | null {
  const wanted = near.map((key) => key.split("/"));
  for (const { place } of plan) {
    const id =
      "problemId" in place ? place.problemId : "goalId" in place ? place.goalId : "objectiveIds" in place ? place.objectiveIds[0] : null;
    if (id === null || wanted.some((path) => path[1] === id)) return place;
  }
  return plan.length === 1 || kind === "expected-outcome" ? (plan[0]?.place ?? null) : null;
}

function Search({ place, near, onClose }: Omit<Props, "opened">) {
  const { store, context, announce } = useComposer();
  const own = useQuery(ownItemsQuery).data ?? noItems;
  const [typed, setTyped] = useState("");
  const [chapter, setChapter] = useState("");
  const [approach, setApproach] = useState<ApproachId | "">("");
  const [keep, setKeep] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  /** A statement that could go to several places: where to? */
  const [where, setWhere] = useState<FoundStatement | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const q = useDeferredValue(typed);
  const plan = usePlan((now) => now);

  const catalogue = useQuery(catalogueQuery);
  // Before anything is typed or chosen, what the plan's own chapters tie to the place stands there.
  const suggests = q.trim() === "" && place !== null && chapter === "" && approach === "";
  const search = useQuery({
    ...librarySearchQuery({
      q,
      limit: most,
      ...(place === null ? {} : { kind: place.kind }),
      ...(chapter === "" ? {} : { chapter }),
      ...(approach === "" ? {} : { approach }),
    }),
    enabled: !suggests,
    placeholderData: keepPreviousData,
  });
  const fromLibrary = search.data?.statements;
  const found = useMemo((): readonly FoundStatement[] => {
    if (context === null) return [];
    const kinds = place === null ? {} : { kinds: [place.kind] };
    if (suggests) {
      const suggested = suggestionsFor(store.state().plan, place, context);
      return [...suggested, ...searchStatements(ownStatementIndex(own), "", kinds, most)].slice(0, most);
    }
    // A chapter or an approach is the library's: the practice's own items have neither.
    const ours = chapter === "" && approach === "" ? searchStatements(ownStatementIndex(own), q, kinds, most) : [];
    return [...ours, ...(fromLibrary ?? [])].slice(0, most);
  }, [context, own, q, place, chapter, approach, suggests, fromLibrary, store]);
  const used = useMemo(() => statementsInPlan(plan), [plan]);
  const places = where === null ? [] : placesFor(plan, where);
  const ownOffer = place !== null && typed.trim() !== "" && where === null;
  const count = where === null ? found.length + (ownOffer ? 1 : 0) : places.length;

  // A whole sentence is meant as it is written: Enter takes it, and not the statement that shares the most words with it.
  const first = ownOffer && readsAsOwnWords(q) ? found.length : 0;
  useEffect(() => setAt(first), [first, q, chapter, approach, where]);
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [at, id]);

  async function put(to: Place, taken: Taken): Promise<void> {
    if (context === null) return;
    let whole = context;
    if (taken.source === "library" && taken.chapter !== null && !context.library.chapterById.has(taken.chapter)) {
      try {
        const bundle = await queryClient.fetchQuery(chapterQuery(taken.chapter));
        whole = { ...context, library: libraryWithChapter(context.library, bundle) };
      } catch (error) {
        setFault(error instanceof Error ? error.message : "The chapter could not be fetched.");
        return;
      }
    }
    const edits = addTo(store.state().plan, to, taken, whole);
    const refusal = store.act(`Add ${kindNames[to.kind].toLowerCase()}`, edits);
    if (refusal !== null) {
      setFault(refusal);
      return;
    }
    announce(`${kindNames[to.kind]} added.`);
    onClose();
    const added = edits.find((edit) => edit.type === "insert");
    // After the dialog has given the focus back.
    if (added?.type === "insert") setTimeout(() => jumpTo([...added.list, added.item.id, "text"]), 60);
  }

  function choose(index: number): void {
    if (where !== null) {
      const to = places[index];
      if (to !== undefined) void put(to.place, where);
      return;
    }
    const statement = found[index];
    if (statement === undefined) {
      if (ownOffer && index === found.length) void takeOwn();
      return;
    }
    const to = place ?? placeNear(near, statement.kind, placesFor(plan, statement));
    if (to !== null) void put(to, statement);
    else if (placesFor(plan, statement).length === 0) setFault("The plan has nothing yet that this could belong to.");
    else setWhere(statement);
  }

  async function takeOwn(): Promise<void> {
    const text = typed.trim();
    if (place === null || text === "") return;
    try {
      if (keep) {
        const id = await keepInPractice(place.kind, text, "", plan.subject);
        await put(place, { kind: place.kind, id, source: "practice", chapter: null, text, plain: "" });
      } else await put(place, { source: "own", text });
    } catch (error) {
      setFault(error instanceof Error ? error.message : "It was not kept.");
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (count > 0) setAt((at + (event.key === "ArrowDown" ? 1 : count - 1)) % count);
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(at);
    } else if (event.key === "Backspace" && typed === "" && where !== null) {
      setWhere(null);
    }
  }

  const titles = useMemo(() => new Map((catalogue.data?.chapters ?? []).map((entry) => [entry.id, entry])), [catalogue.data]);
  if (context === null) return <WaitingHere what="the library" />;
  return (
    <div className={classes.search}>
      <div className={classes.searchBox}>
        <Icon name="search" />
        <input
          ref={input}
          data-autofocus
          type="search"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={count > 0 ? `${id}-${at}` : undefined}
          aria-label={where === null ? "Search the library, or write your own" : "Where to?"}
          autoComplete="off"
          placeholder={
            where === null ? (place === null ? "Type what you look for" : "Type what you look for, or your own words") : "Where to?"
          }
          value={typed}
          onChange={(event) => {
            setWhere(null);
            setTyped(event.currentTarget.value);
            setFault(null);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {where === null && (
        <div className={classes.filters}>
          <label>
            <span className={classes.unseen}>Chapter</span>
            <select className={classes.inline} value={chapter} onChange={(event) => setChapter(event.currentTarget.value)}>
              <option value="">Every chapter</option>
              {(catalogue.data?.contents ?? []).map(({ population, groups }) => (
                <optgroup key={population} label={populationNames[population]}>
                  {groups
                    .flatMap((group) => group.chapters)
                    .flatMap((entry) => titles.get(entry) ?? [])
                    .map((entry) => (
                      <option key={entry.id} value={entry.id}>
                        {entry.title}
                      </option>
                    ))}
                </optgroup>
              ))}
            </select>
          </label>
          {(place === null || place.kind === "intervention") && (
            <label>
              <span className={classes.unseen}>Approach</span>
              <select
                className={classes.inline}
                value={approach}
                onChange={(event) => setApproach(approachIds.find((entry) => entry === event.currentTarget.value) ?? "")}
              >
                <option value="">Every approach</option>
                {approachIds.map((entry) => (
                  <option key={entry} value={entry}>
                    {approaches[entry].name}
                  </option>
                ))}
              </select>
            </label>
          )}
          <span className={classes.hint} role="status">
            {search.error !== null && !suggests
              ? "The library could not be searched. What you type can still be taken as your own words."
              : found.length === 0 && typed.trim() !== "" && !search.isFetching
                ? "Nothing found"
                : found.length === most
                  ? `The first ${most}`
                  : `${found.length} found`}
          </span>
        </div>
      )}
      {where !== null && (
        <p className={classes.still}>
          <strong>{where.text}</strong> Where does it belong?
        </p>
      )}
      <div
        id={`${id}-list`}
        role="listbox"
        className={classes.results}
        aria-label={where === null ? "Found in the library" : "Places in the plan"}
      >
        {where === null
          ? found.map((statement, index) => (
              <Result
                key={statement.id}
                id={`${id}-${index}`}
                statement={statement}
                chapter={statement.chapter === null ? "" : (titles.get(statement.chapter)?.title ?? "")}
                selected={index === at}
                showKind={place === null}
                inPlan={used.has(statement.id)}
                onChoose={() => choose(index)}
              />
            ))
          : places.map(({ label }, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the search field
              // biome-ignore lint/a11y/useFocusableInteractive: the search field keeps the focus
              <div
                key={label}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === at}
                className={classes.result}
                onClick={() => choose(index)}
              >
                {label}
              </div>
            ))}
        {ownOffer && (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the search field
          // biome-ignore lint/a11y/useFocusableInteractive: the search field keeps the focus
          <div
            id={`${id}-${found.length}`}
            role="option"
            aria-selected={at === found.length}
            className={classes.ownResult}
            onClick={() => void takeOwn()}
          >
            <span className={classes.resultText}>
              Write your own: <q>{typed.trim()}</q>
            </span>
          </div>
        )}
      </div>
      {place !== null && where === null && (
        <Checkbox
          size="sm"
          label="Keep what I write in the practice's library too"
          description="Only for wording that says nothing about this client"
          checked={keep}
          onChange={(event) => setKeep(event.currentTarget.checked)}
        />
      )}
      {fault !== null && <p className={classes.error}>{fault}</p>}
      <p className={classes.hint}>Arrow keys choose, Enter takes, Escape closes.</p>
    </div>
  );
}

function Result({
  id,
  statement,
  chapter,
  selected,
  showKind,
  inPlan,
  onChoose,
}: {
  readonly id: string;
  readonly statement: FoundStatement;
  readonly chapter: string;
  readonly selected: boolean;
  readonly showKind: boolean;
  readonly inPlan: boolean;
  readonly onChoose: () => void;
}) {
  const { context } = useComposer();
  const entry =
    statement.entry !== undefined && "cautions" in statement.entry ? statement.entry : context?.library.interventionById.get(statement.id);
  const warnings = entry !== undefined && context !== null ? warningsFor(entry, context) : [];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the search field
    // biome-ignore lint/a11y/useFocusableInteractive: the search field keeps the focus
    <div id={id} role="option" aria-selected={selected} className={classes.result} onClick={onChoose}>
      <span className={classes.resultText}>{statement.text.replaceAll(/\{[a-zA-Z0-9]+\}/g, "…")}</span>
      <span className={classes.resultFacts}>
        {inPlan && <Badge color="stone">In the plan</Badge>}
        {showKind && <span>{kindNames[statement.kind]}</span>}
        <span>{statement.source === "practice" ? "Your practice's own" : chapter}</span>
        {entry !== undefined && (
          <>
            <span>{shortApproach(entry.approach)}</span>
            <span>{entry.technique}</span>
            <span>
              {entry.basis === "evidence"
                ? `Evidence: ${statement.strongest ?? strongestKind(entry.evidence, context?.library.evidenceById ?? new Map())}`
                : "Practice-based"}
            </span>
          </>
        )}
      </span>
      {warnings.map((warning) => (
        <span key={warning.text} className={classes.resultWarning} data-kind={warning.kind}>
          <Icon name="alert" size={15} />
          <span>
            {warning.kind === "hold" ? "Held back for this client. " : warning.kind === "adapt" ? "To be adapted. " : ""}
            {warning.text}
          </span>
        </span>
      ))}
    </div>
  );
}

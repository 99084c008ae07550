import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { OwnChapter } from "@trellis/domain/library/own-chapter";
import type { Measure } from "@trellis/domain/measures/measure";
import { useEffect, useMemo, useRef, useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { catalogueQuery } from "../api/library.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { noProblems, type Problems, problemsOf, serverProblems } from "../form/problems.ts";
import { Card } from "../shell/card.tsx";
import { Icon } from "../shell/icon.tsx";
import { type ItemOf, isAsOpened, namedBy, type PartKey, placeOf, withItem, withMoved, withoutItem } from "./change-chapter.ts";
import { type Names, parts } from "./chapter-parts.tsx";
import { faultInWords, partHints, partNouns, partTitles } from "./chapter-words.ts";
import classes from "./own-library.module.css";

/** Saves the chapter after a change; what is thrown says why it was not. */
export type SaveChapter = (change: (chapter: OwnChapter) => OwnChapter) => Promise<void>;

interface Props<K extends PartKey> {
  readonly part: K;
  readonly chapter: OwnChapter;
  readonly measures: readonly Measure[];
  readonly save: SaveChapter;
  /** Told while an item is open, so that nothing else takes its place unasked. */
  readonly onDirty: (dirty: boolean) => void;
}

type Opened<K extends PartKey> = { readonly item: ItemOf<K> | null } | null;

function useNames(measures: readonly Measure[]): Names {
  const { data } = useQuery(catalogueQuery);
  return useMemo(() => ({ measures, titles: new Map(data?.chapters.map(({ id, title }) => [id, title])) }), [measures, data]);
}

/** One part of a chapter: its items in a list, one of them open for changing. */
export function ChapterPart<K extends PartKey>({ part, chapter, measures, save, onDirty }: Props<K>) {
  const { text, meta } = parts[part];
  const names = useNames(measures);
  const items: readonly ItemOf<K>[] = chapter[part];
  const [opened, setOpened] = useState<Opened<K>>(null);
  const [turn, setTurn] = useState(0);
  const [dirty, setDirty] = useState(false);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const buttons = useRef(new Map<number, HTMLButtonElement>());
  const add = useRef<HTMLButtonElement>(null);
  const [focus, setFocus] = useState<{ readonly row: number } | null>(null);
  useEffect(() => {
    if (focus !== null) (buttons.current.get(focus.row) ?? add.current)?.focus();
  }, [focus]);

  function tell(is: boolean): void {
    setDirty(is);
    onDirty(is);
  }
  function open(item: ItemOf<K> | null): void {
    if (dirty && !window.confirm("What you typed here is not saved yet. Close it all the same?")) return;
    tell(false);
    setTurn((n) => n + 1);
    setOpened({ item });
  }
  function close(row: number): void {
    tell(false);
    setOpened(null);
    setFocus({ row });
  }
  async function move(from: number, by: -1 | 1): Promise<void> {
    if (items[from + by] === undefined) return;
    setError(undefined);
    try {
      await save((now) => withMoved(now, part, from, by));
      setFocus({ row: from + by });
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
    }
  }

  const at = opened === null || opened.item === null ? -1 : placeOf(chapter, part, opened.item);
  const rows = items.map((item, i) => (
    <li key={i}>
      <button
        type="button"
        className={classes.row}
        ref={(element) => {
          if (element === null) buttons.current.delete(i);
          else buttons.current.set(i, element);
        }}
        onClick={() => open(item)}
        onKeyDown={(event) => {
          if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
          event.preventDefault();
          void move(i, event.key === "ArrowUp" ? -1 : 1);
        }}
      >
        {text(item, names)}
        {meta !== undefined && meta(item, chapter) !== "" && <span className={classes.meta}>{meta(item, chapter)}</span>}
      </button>
    </li>
  ));
  if (opened !== null) {
    // One element under one key in one list, wherever it stands: what is typed stays when the item is moved, or somebody else changes what is around it.
    const place = at < 0 ? items.length : at;
    rows[place] = (
      <li key="open" className={classes.open}>
        <ItemEditor
          // Another item begins with its own words.
          key={turn}
          part={part}
          chapter={chapter}
          names={names}
          opened={opened.item}
          place={place}
          save={save}
          onDirty={tell}
          onClose={close}
        />
      </li>
    );
  }
  return (
    <Card title={partTitles[part]}>
      <Stack gap="sm">
        <Text c="dimmed">{partHints[part]}</Text>
        <ErrorSummary title="It was not moved" error={error} attempt={attempt} />
        {rows.length > 0 && <ul className={classes.items}>{rows}</ul>}
        <div hidden={opened !== null}>
          <Button
            ref={add}
            variant={items.length === 0 ? "filled" : "default"}
            leftSection={<Icon name="plus" size={18} />}
            onClick={() => open(null)}
          >
            Add {partNouns[part]}
          </Button>
        </div>
        {items.length > 1 && opened === null && (
          <Text size="sm" c="dimmed">
            Choose one to change it. Alt with the arrow keys moves it up or down.
          </Text>
        )}
      </Stack>
    </Card>
  );
}

interface EditorProps<K extends PartKey> extends Omit<Props<K>, "onDirty" | "measures"> {
  readonly names: Names;
  readonly opened: ItemOf<K> | null;
  /** Where it stands in the list, or will. */
  readonly place: number;
  readonly onDirty: (dirty: boolean) => void;
  readonly onClose: (row: number) => void;
}

function ItemEditor<K extends PartKey>({ part, chapter, names, opened, place, save, onDirty, onClose }: EditorProps<K>) {
  const { schema, fresh, finish, Fields, text } = parts[part];
  const [start] = useState<ItemOf<K>>(() => opened ?? fresh(chapter));
  const [item, setItem] = useState<ItemOf<K>>(start);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [overtaken, setOvertaken] = useState<{ readonly theirs: ItemOf<K> | null } | null>(null);
  const leaving = useLeaveWarning(item !== start);
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>("input, textarea, select")?.focus();
  }, []);

  const set = (change: Partial<ItemOf<K>>) => {
    const next = { ...item, ...change };
    setItem(next);
    onDirty(true);
  };

  function fail(caught: unknown): void {
    setError(caught);
    const known = serverProblems(caught, `/chapter/${part}/${place}`);
    const within = [...known].filter(([pointer]) => !pointer.startsWith("/chapter/"));
    const elsewhere = [...known].flatMap(([pointer, message]) =>
      pointer.startsWith("/chapter/") ? [[pointer, faultInWords({ pointer, message })] as const] : [],
    );
    setProblems(new Map([...within, ...elsewhere]));
    setAttempt((n) => n + 1);
    setBusy(false);
  }

  async function submit(): Promise<void> {
    const finished = finish === undefined ? item : finish(item);
    const own = problemsOf(schema, finished);
    setProblems(own);
    setError(undefined);
    setAttempt((n) => n + 1);
    if (own.size > 0) return;
    setBusy(true);
    setOvertaken(null);
    try {
      await save((now) => withItem(now, part, opened, finished));
      leaving();
      onClose(place);
    } catch (caught) {
      const current =
        caught instanceof ApiProblem && caught.status === 409 ? (caught.body.current as { chapter: OwnChapter } | null) : undefined;
      if (current && opened !== null && !isAsOpened(current.chapter, part, opened)) {
        const now = placeOf(current.chapter, part, opened);
        setOvertaken({ theirs: (current.chapter[part][now] as ItemOf<K> | undefined) ?? null });
      }
      fail(caught);
    }
  }

  async function remove(): Promise<void> {
    if (opened === null) return;
    const naming = namedBy(chapter, part, place);
    const question =
      naming > 0 && part !== "measures"
        ? `Take this out? ${naming === 1 ? "One other item names it and will not any more." : `${naming} other items name it and will not any more.`} Plans keep what they have.`
        : "Take this out? Plans keep what they have.";
    if (!window.confirm(question)) return;
    setBusy(true);
    setError(undefined);
    try {
      await save((now) => withoutItem(now, part, placeOf(now, part, opened)));
      leaving();
      onClose(Math.max(0, place - 1));
    } catch (caught) {
      fail(caught);
    }
  }

  async function move(by: -1 | 1): Promise<void> {
    if (busy || chapter[part][place + by] === undefined) return;
    setBusy(true);
    setError(undefined);
    try {
      await save((now) => withMoved(now, part, place, by));
    } catch (caught) {
      fail(caught);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      ref={box}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack>
        <ErrorSummary title="It is not saved yet" error={error} problems={problems} attempt={attempt} />
        {overtaken !== null && (
          <Alert
            color="straw"
            title={overtaken.theirs === null ? "Somebody changed this one or took it out" : "Somebody changed this very one"}
          >
            {overtaken.theirs !== null && <p className={classes.quote}>{text(overtaken.theirs, names)}</p>}
            <Text size="sm" mt="xs">
              {overtaken.theirs === null
                ? "Save again to put it in with your words, beside what is there now"
                : "Save again to put your words in the place of theirs"}
              , or cancel to leave it as it is.
            </Text>
          </Alert>
        )}
        {/* What is typed after it was sent would be gone with the form. */}
        <div inert={busy}>
          <Fields item={item} set={set} problems={problems} chapter={chapter} measures={names.measures} />
        </div>
        <Group>
          <Button type="submit" loading={busy}>
            Save
          </Button>
          <Button
            variant="default"
            onClick={() => {
              leaving();
              onClose(opened === null ? chapter[part].length : place);
            }}
          >
            Cancel
          </Button>
          {opened !== null && place < chapter[part].length && (
            <>
              <MoveButton possible={place > 0} onClick={() => void move(-1)}>
                Move up
              </MoveButton>
              <MoveButton possible={place < chapter[part].length - 1} onClick={() => void move(1)}>
                Move down
              </MoveButton>
              <Button variant="subtle" color="clay" disabled={busy} onClick={() => void remove()}>
                Take out
              </Button>
            </>
          )}
        </Group>
      </Stack>
    </form>
  );
}

/** Keeps the focus where there is nothing left to do, so that the keyboard stays at the item. */
function MoveButton({
  possible,
  onClick,
  children,
}: {
  readonly possible: boolean;
  readonly onClick: () => void;
  readonly children: string;
}) {
  return (
    <Button variant="subtle" color="stone" aria-disabled={!possible} data-disabled={!possible} onClick={onClick}>
      {children}
    </Button>
  );
}

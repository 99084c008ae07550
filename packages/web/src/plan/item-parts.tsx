import { ActionIcon, Button, Text } from "@mantine/core";
import { formatDate } from "@trellis/domain/calendar/date";
import { nameInText } from "@trellis/domain/client/name-in-text";
import type { Edit, Path } from "@trellis/domain/plan/edit-plan";
import type { Because, Plan, Statement } from "@trellis/domain/plan/plan";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { request } from "../api/client.ts";
import { ownItemsQuery } from "../api/practice.ts";
import { queryClient } from "../api/query-client.ts";
import { newId } from "../form/new-id.ts";
import { Icon } from "../shell/icon.tsx";
import classes from "./composer.module.css";
import { useComposer, useField, usePlan } from "./composer-context.ts";
import { Disclosure, EditableText } from "./fields.tsx";
import { ownKind } from "./plan-library.ts";
import { keyOf } from "./shared-plan.ts";
import type { Place } from "./take-from-library.ts";

const becauseWords: Record<Because["kind"], string> = {
  diagnosis: "Diagnosis",
  score: "Score",
  answer: "Answer",
  preference: "Wish",
  history: "History",
  risk: "Risk",
  strength: "Strength",
  evidence: "Evidence",
  practice: "Practice",
  clinician: "You",
};

/** Why something is in the plan. */
export function Reasons({ because }: { readonly because: readonly Because[] }) {
  return (
    <ul className={classes.reasons}>
      {because.map((reason, index) => (
        <li key={index}>
          <span className={classes.chip} data-kind={reason.kind}>
            {becauseWords[reason.kind]}
          </span>{" "}
          {reason.text}
        </li>
      ))}
    </ul>
  );
}

export function WhyHere({ because, of }: { readonly because: readonly Because[]; readonly of: string }) {
  if (because.length === 0) return null;
  return (
    <Disclosure label="Why is this here?" hidden={of}>
      <Reasons because={because} />
    </Disclosure>
  );
}

interface ToolsProps {
  /** "goal 1.1": names the buttons for screen readers. */
  readonly name: string;
  /** The edit that moves it one place up or down; `null` at the end. */
  readonly move?: (by: -1 | 1) => Edit | null;
  readonly remove: () => readonly Edit[];
  readonly removeLabel: string;
}

/** Moves an item and takes it out. Alt with the arrow keys does the same from anywhere inside the item. */
export function useItemTools({ name, move, remove, removeLabel }: ToolsProps) {
  const { store, readOnly, announce } = useComposer();
  function shift(by: -1 | 1): void {
    const edit = move?.(by) ?? null;
    if (edit === null) announce(`${name} is at the ${by === -1 ? "beginning" : "end"} already.`);
    else if (store.act(`Move ${name}`, [edit]) === null) announce(`${name} moved ${by === -1 ? "up" : "down"}.`);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (readOnly || event.defaultPrevented || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown") || move === undefined)
      return;
    event.preventDefault();
    event.stopPropagation();
    shift(event.key === "ArrowUp" ? -1 : 1);
  }
  const buttons = readOnly ? null : (
    <span className={classes.tools}>
      {move !== undefined && (
        <>
          <ActionIcon variant="subtle" color="stone" size={34} aria-label={`Move ${name} up`} onClick={() => shift(-1)}>
            <span className={classes.up}>
              <Icon name="down" size={17} />
            </span>
          </ActionIcon>
          <ActionIcon variant="subtle" color="stone" size={34} aria-label={`Move ${name} down`} onClick={() => shift(1)}>
            <Icon name="down" size={17} />
          </ActionIcon>
        </>
      )}
      <ActionIcon
        variant="subtle"
        color="stone"
        size={34}
        aria-label={`Remove ${name}`}
        onClick={(event) => {
          // What stands around the item takes the focus, or the keyboard would start at the top of the page.
          const around = event.currentTarget.closest("[data-item]")?.parentElement?.closest<HTMLElement>("[data-item], [data-section]");
          const refusal = store.act(removeLabel, remove());
          announce(refusal ?? `${name} is removed. Control Z brings it back.`);
          if (refusal === null && around != null) {
            around.tabIndex = -1;
            around.focus({ preventScroll: true });
          }
        }}
      >
        <Icon name="close" size={17} />
      </ActionIcon>
    </span>
  );
  return { onKeyDown, buttons };
}

/** Asks for what makes a library statement this client's own. */
export function DetailAt({ path, statement, name }: { readonly path: Path; readonly statement: Statement; readonly name: string }) {
  const { readOnly } = useComposer();
  const field = useField([...path, "detail"], `Detail of ${name}`);
  const general = field.findings.length > 0;
  if (readOnly && statement.detail === "") return null;
  // Nothing asks for one: it can be added under "More".
  if (statement.ask === "" && !general) return statement.detail === "" ? null : <p className={classes.still}>{statement.detail}</p>;
  return (
    <div className={classes.detail} data-general={general || undefined}>
      <EditableText
        path={[...path, "detail"]}
        label={`Detail of ${name}: ${statement.ask}`}
        caption={
          <>
            {statement.ask || "This client's own detail"}
            {general && <span className={classes.general}>Still general</span>}
          </>
        }
        placeholder="Whose, where, how often, in whose words"
        look="small"
      />
    </div>
  );
}

/** Everything else about a statement: its words for the client, where it came from, and a way into the practice's own library. */
export function MoreAt({
  path,
  statement,
  kind,
  name,
  children,
}: {
  readonly path: Path;
  readonly statement: Statement;
  readonly kind: Place["kind"];
  readonly name: string;
  readonly children?: ReactNode;
}) {
  const { store, readOnly, context } = useComposer();
  const { origin } = statement;
  const reworded = origin.kind !== "own" && origin.text !== statement.text;
  const chapter = origin.kind === "library" ? context?.library.statementById.get(origin.id)?.chapter : null;
  return (
    <Disclosure label="More" hidden={`about ${name}`}>
      <div className={classes.more}>
        {statement.ask === "" && (
          <EditableText path={[...path, "detail"]} label={`Detail of ${name}`} caption="This client's own detail" of={name} look="small" />
        )}
        <EditableText
          path={[...path, "plain"]}
          label={`${name}, for the client`}
          caption="For the client, in everyday words"
          of={name}
          look="small"
        />
        {statement.because.length > 0 && (
          <div>
            <div className={classes.caption}>Why is this here?</div>
            <Reasons because={statement.because} />
          </div>
        )}
        {children}
        <Text size="sm" c="dimmed" component="div">
          {origin.kind === "library" &&
            `From the library${chapter ? `, chapter “${context?.library.chapterById.get(chapter)?.title ?? chapter}”` : ""}.`}
          {origin.kind === "practice-library" && "From your practice's own library."}
          {origin.kind === "own" && "Written for this plan."}
          {reworded && !readOnly && (
            <>
              {" Reworded here. "}
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => store.act("Put the library's wording back", [{ type: "set", path: [...path, "text"], value: origin.text }])}
              >
                Put the library's wording back
              </Button>
            </>
          )}
        </Text>
        {!readOnly && (origin.kind === "own" || reworded) && <KeepForPractice statement={statement} kind={kind} />}
      </div>
    </Disclosure>
  );
}

/** Puts one's own wording into the practice's library, where every plan finds it. */
function KeepForPractice({ statement, kind }: { readonly statement: Statement; readonly kind: Place["kind"] }) {
  const { announce } = useComposer();
  const subject = usePlan((plan) => plan.subject);
  const [state, setState] = useState<"idle" | "busy" | "kept" | string>("idle");
  async function keep(): Promise<void> {
    setState("busy");
    try {
      await keepInPractice(kind, statement.text, statement.plain, subject);
      setState("kept");
      announce("Kept in your practice's library.");
    } catch (error) {
      setState(error instanceof Error ? error.message : "It was not kept.");
    }
  }
  if (state === "kept")
    return (
      <Text size="sm" c="dimmed">
        Kept in your practice's library.
      </Text>
    );
  return (
    <div>
      <Button
        variant="default"
        size="compact-md"
        loading={state === "busy"}
        disabled={statement.text.trim() === ""}
        onClick={() => void keep()}
      >
        Keep in the practice's library
      </Button>
      <Text size="sm" c="dimmed" mt={4}>
        Only the wording is kept. Leave out what says something about this client.
      </Text>
      {state !== "idle" && state !== "busy" && <p className={classes.error}>{state}</p>}
    </div>
  );
}

/**
 * Every plan of the practice is offered what is kept, so that a wording with the client's name in it would carry the name to other charts.
 *
 * @throws {Error} the wording holds the client's name
 * @throws {ApiProblem} the server refuses the wording
 */
export async function keepInPractice(
  kind: Place["kind"],
  text: string,
  plain: string,
  { name, calledName }: Pick<Plan["subject"], "name" | "calledName">,
): Promise<string> {
  const named = nameInText(`${text} ${plain}`, [name, calledName]);
  if (named !== null)
    throw new Error(`“${named}” is this client’s name, and every plan of the practice finds what is kept. Write “the client” instead.`);
  const id = newId();
  await request("POST", "/api/library/items", { body: { id, kind: ownKind(kind), text: text.trim(), plain: plain.trim() } });
  await queryClient.invalidateQueries({ queryKey: ownItemsQuery.queryKey });
  return id;
}

/** Marks a proposal of the drafting engine until the clinician takes it. */
export function Proposed({ edits, name }: { readonly edits: () => readonly Edit[]; readonly name: string }) {
  const { store, readOnly, announce } = useComposer();
  if (readOnly) return null;
  return (
    <Button
      variant="light"
      size="compact-sm"
      leftSection={<Icon name="check" size={15} />}
      aria-label={`Accept ${name}`}
      onClick={() => {
        store.act(`Accept ${name}`, edits());
        announce(`${name} accepted.`);
      }}
    >
      Accept
    </Button>
  );
}

export const dateWords = (date: string | null) => (date === null ? "no date" : formatDate(date));
export const placeOf = keyOf;

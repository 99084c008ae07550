import { Text, UnstyledButton } from "@mantine/core";
import type { DocumentSuggestion } from "@trellis/domain/client-document/document-suggestions";
import { useRef, useState } from "react";
import { focusNext } from "../form/focus-next.ts";
import { Icon } from "../shell/icon.tsx";
import classes from "./safety.module.css";

/** So many are shown at first. */
const shownAtFirst = 3;

export const suggestionWords = (suggestion: DocumentSuggestion): string =>
  suggestion.of === "lines"
    ? suggestion.line
    : [suggestion.contact.name, suggestion.contact.phone].filter((part) => part !== "").join(", ");

/** What the record offers for a part: taken with one click, and never put in by itself. */
export function FromRecord({
  part,
  suggestions,
  onTake,
}: {
  readonly part: string;
  readonly suggestions: readonly DocumentSuggestion[];
  readonly onTake: (suggestion: DocumentSuggestion) => void;
}) {
  const [all, setAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  if (suggestions.length === 0) return null;
  const shown = all ? suggestions : suggestions.slice(0, shownAtFirst);
  return (
    <section className={classes.offers} aria-label={`${part}: from the record`}>
      <Text size="sm" fw={600}>
        From the record
      </Text>
      <ul ref={list}>
        {shown.map((suggestion, index) => (
          <li key={suggestion.id}>
            <UnstyledButton
              className={classes.offer ?? ""}
              onClick={() => {
                onTake(suggestion);
                // The keyboard goes on with the next one.
                focusNext(() => list.current?.children[Math.min(index, (list.current?.children.length ?? 1) - 1)]);
              }}
            >
              <Icon name="plus" size={18} />
              <span>
                <bdi>{suggestionWords(suggestion)}</bdi>
                <span className={classes.because}>{suggestion.because.text}</span>
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {suggestions.length > shown.length && (
        <UnstyledButton className={classes.more ?? ""} onClick={() => setAll(true)}>
          Show {suggestions.length - shown.length} more
        </UnstyledButton>
      )}
    </section>
  );
}

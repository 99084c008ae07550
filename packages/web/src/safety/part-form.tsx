import { Title } from "@mantine/core";
import { contactsOf, type DocumentPart, linesOf, type WorkingDocument } from "@trellis/domain/client-document/document-parts";
import { type DocumentSuggestion, takeSuggestion } from "@trellis/domain/client-document/document-suggestions";
import { LinesField } from "../form/lines-field.tsx";
import type { Problems } from "../form/problems.ts";
import { ContactsField } from "./contacts-field.tsx";
import { FromRecord, suggestionWords } from "./from-record.tsx";
import classes from "./safety.module.css";

interface Props {
  readonly part: DocumentPart;
  /** 1 to 6 in a safety plan; `null` where the order does not matter. */
  readonly step: number | null;
  readonly content: WorkingDocument;
  readonly change: (content: WorkingDocument) => void;
  readonly problems: Problems;
  readonly suggestions: readonly DocumentSuggestion[];
  readonly announce: (words: string) => void;
}

export const partId = (key: string) => `part-${key}`;

/** One part of a document: why it is there, what was written, and what the record offers. */
export function PartForm({ part, step, content, change, problems, suggestions, announce }: Props) {
  const pointer = `/${part.key}`;
  return (
    <section className={classes.part} aria-labelledby={partId(part.key)}>
      <div className={classes.partHead}>
        {step !== null && (
          <span className={classes.step} aria-hidden="true">
            {step}
          </span>
        )}
        <div>
          <Title order={2} size="h3" id={partId(part.key)} tabIndex={-1}>
            {step !== null && <span className={classes.unseen}>Step {step}: </span>}
            {part.title}
          </Title>
          <p className={classes.why}>{part.why}</p>
        </div>
      </div>
      {part.of === "lines" ? (
        <LinesField
          label={part.ask}
          noun={part.noun}
          lines={linesOf(content, part.key)}
          onChange={(lines) => change({ ...content, [part.key]: [...lines] })}
          maxLength={300}
          maxLines={20}
          errorAt={(index) => problems.get(`${pointer}/${index}`)}
          error={problems.get(pointer)}
        />
      ) : (
        <ContactsField
          label={part.ask}
          description="In the order in which you turn to them."
          noun={part.noun}
          contacts={contactsOf(content, part.key)}
          onChange={(contacts) => change({ ...content, [part.key]: [...contacts] })}
          problems={problems}
          pointer={pointer}
        />
      )}
      <FromRecord
        part={part.title}
        suggestions={suggestions.filter((suggestion) => suggestion.part === part.key)}
        onTake={(suggestion) => {
          change(takeSuggestion(content, suggestion));
          announce(`Taken: ${suggestionWords(suggestion)}`);
        }}
      />
    </section>
  );
}

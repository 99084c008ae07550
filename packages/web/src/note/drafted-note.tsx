import { Button, Stack, Text, VisuallyHidden } from "@mantine/core";
import { draftedSection, inFormat, withOwnWords } from "@trellis/domain/note/draft-sections";
import { NoteFormat, noteSections, type ProgressNote } from "@trellis/domain/note/note";
import type { NoteContext } from "@trellis/domain/note/note-context";
import { formatWords, sectionWords } from "@trellis/domain/note/note-words";
import { SelectField } from "../form/choice-field.tsx";
import { TextField } from "../form/text-field.tsx";
import { Card } from "../shell/card.tsx";
import { rememberFormat } from "./last-format.ts";
import classes from "./note.module.css";

interface Props {
  /** With its text as it is shown. */
  readonly note: ProgressNote;
  readonly context: NoteContext;
  readonly onChange: (note: ProgressNote) => void;
}

/** The note as it will stand in the record: it follows the ticks, and each part can be put into own words. */
export function DraftedNote({ note, context, onChange }: Props) {
  return (
    <Card
      title="The note"
      actions={
        <SelectField
          hiddenLabel="Format of the note"
          value={note.format}
          choices={NoteFormat.options.map((value) => ({ value, label: formatWords[value] }))}
          onChange={(format) => {
            rememberFormat(format);
            onChange(inFormat(note, format, context));
          }}
        />
      }
    >
      <Stack gap="md">
        {noteSections[note.format].map((section) => {
          const own = note.ownWords.includes(section);
          const title = sectionWords[section] ?? section;
          return (
            <div key={section}>
              <TextField
                label={title}
                placeholder="Follows what you tick, and can be written over"
                value={note.sections[section] ?? ""}
                onChange={(text) => onChange(withOwnWords(note, context, section, text))}
                rows={note.format === "free" ? 8 : 2}
                max={12_000}
              />
              {own && (
                <div className={classes.sectionHead}>
                  <Text size="sm" className={classes.soft}>
                    In your own words; ticks no longer change it.
                  </Text>
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    onClick={() => onChange(withOwnWords(note, context, section, draftedSection(note, context, section)))}
                  >
                    Follow the ticks again<VisuallyHidden>: {title}</VisuallyHidden>
                  </Button>
                </div>
              )}
            </div>
          );
        })}
      </Stack>
    </Card>
  );
}

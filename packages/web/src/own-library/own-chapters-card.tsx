import { Button, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { populationNames } from "@trellis/domain/library/contents";
import type { OwnChapterLine } from "../api/own-chapters.ts";
import { Card } from "../shell/card.tsx";
import { Icon } from "../shell/icon.tsx";
import { sizeInWords } from "./chapter-words.ts";
import classes from "./own-library.module.css";

/** The chapters that the practice wrote, each leading to where it is changed. */
export function OwnChaptersCard({ chapters }: { readonly chapters: readonly OwnChapterLine[] }) {
  return (
    <Card
      title="Chapters"
      actions={
        <Button component={Link} to="/settings/library/new" leftSection={<Icon name="plus" size={18} />}>
          New chapter
        </Button>
      }
    >
      {chapters.length === 0 ? (
        <Text c="dimmed">
          None yet. Begin an empty one, or make a chapter of the library your own: drafts for its codes are then made from yours.
        </Text>
      ) : (
        <ul className={classes.items}>
          {chapters.map((chapter) => (
            <li key={chapter.id} className={classes.line}>
              <Stack gap={0}>
                <Link to="/settings/library/$chapterId" params={{ chapterId: chapter.id }} className={classes.title ?? ""}>
                  {chapter.title}
                </Link>
                <span className={classes.meta}>
                  {populationNames[chapter.population]} · {sizeInWords(chapter)}
                  {chapter.diagnoses.length > 0 &&
                    ` · ${chapter.diagnoses.slice(0, 4).join(", ")}${chapter.diagnoses.length > 4 ? " and others" : ""}`}
                </span>
              </Stack>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

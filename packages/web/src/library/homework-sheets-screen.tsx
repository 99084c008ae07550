import { Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { oftenWords } from "@trellis/domain/document/homework-sheet";
import { plainWords } from "@trellis/domain/library/word-index";
import { useDeferredValue, useState } from "react";
import { catalogueQuery, homeworkSheetsQuery } from "../api/library.ts";
import { TextField } from "../form/text-field.tsx";
import { shortApproach } from "../plan/take-from-library.ts";
import { Card } from "../shell/card.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { Icon } from "../shell/icon.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { ChapterLink } from "./contents-screen.tsx";
import classes from "./library.module.css";

/** Every homework sheet, to be looked at and printed. It is given to a client from the client's own page. */
export function HomeworkSheetsScreen() {
  usePageTitle("Homework sheets");
  const sheets = useQuery(homeworkSheetsQuery);
  const catalogue = useQuery(catalogueQuery);
  const [typed, setTyped] = useState("");
  const words = plainWords(useDeferredValue(typed));
  const error = sheets.error ?? catalogue.error;
  if (error !== null) return <PageFault error={error} retry={() => void Promise.all([sheets.refetch(), catalogue.refetch()])} />;
  if (sheets.data === undefined || catalogue.data === undefined) return <Waiting what="the homework" />;
  const chapters = new Map(catalogue.data.chapters.map((chapter) => [chapter.id, chapter]));
  const found = sheets.data.filter(({ title, why, steps, chapters: of }) => {
    const text = plainWords([title, why, ...steps, ...of.map((id) => chapters.get(id)?.title ?? "")].join(" ")).join(" ");
    return words.every((word) => text.includes(word));
  });
  return (
    <>
      <PageHeading lead="Ready to use between sessions: with a purpose, steps in plain words and a sheet that prints or is filled in on the phone. Give it to a client under Homework on the client’s page.">
        Homework
      </PageHeading>
      <div className={classes.searchBar}>
        <div className={classes.searchField}>
          <TextField label="Search the sheets" type="search" value={typed} onChange={setTyped} placeholder="sleep, urge, panic …" />
        </div>
        <p className={classes.facts} role="status">
          {found.length} {found.length === 1 ? "sheet" : "sheets"}
        </p>
      </div>
      {found.length === 0 ? (
        <EmptyState icon="search" title="No sheet says that">
          Try another word.
        </EmptyState>
      ) : (
        <ul className={classes.cards}>
          {found.map((sheet) => (
            <li key={sheet.id}>
              <Card title={sheet.title} order={2}>
                <p className={classes.text}>{sheet.why}</p>
                <p className={classes.facts}>
                  {shortApproach(sheet.approach)} · {oftenWords(sheet)}
                </p>
                <p className={classes.facts}>
                  {sheet.chapters.flatMap((id, i) => {
                    const chapter = chapters.get(id);
                    return chapter === undefined ? [] : [i > 0 ? ", " : "", <ChapterLink key={id} chapter={chapter} />];
                  })}
                </p>
                <details className={classes.more}>
                  <summary>The steps</summary>
                  <ol>
                    {sheet.steps.map((step) => (
                      <li key={step}>{step}</li>
                    ))}
                  </ol>
                </details>
                <Group mt="sm">
                  <Button
                    component="a"
                    href={`/api/library/homework/${sheet.id}/sheet.pdf`}
                    target="_blank"
                    rel="noreferrer"
                    variant="default"
                    size="compact-md"
                    leftSection={<Icon name="print" size={16} />}
                  >
                    Print<span className={classes.unseen}>: {sheet.title}</span>
                  </Button>
                </Group>
              </Card>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

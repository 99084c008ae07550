import { useQuery } from "@tanstack/react-query";
import type { SessionOutline } from "@trellis/domain/outline/outline";
import { catalogueQuery } from "../api/library.ts";
import { outlinesQuery } from "../api/outlines.ts";
import { outlineFacts } from "../outline/outline-words.ts";
import { SessionContent } from "../outline/session-content.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { ChapterLink } from "./contents-screen.tsx";
import classes from "./library.module.css";

/** Structured courses of treatment, session by session, to be looked through. One is followed from a client's page. */
export function CoursesScreen() {
  usePageTitle("Courses of sessions");
  const outlines = useQuery(outlinesQuery);
  const catalogue = useQuery(catalogueQuery);
  const error = outlines.error ?? catalogue.error;
  if (error !== null) return <PageFault error={error} retry={() => void Promise.all([outlines.refetch(), catalogue.refetch()])} />;
  if (outlines.data === undefined || catalogue.data === undefined) return <Waiting what="the courses" />;
  const chapters = new Map(catalogue.data.chapters.map((chapter) => [chapter.id, chapter]));
  const titles = new Map(outlines.data.homework.map(({ id, title }) => [id, title]));
  const sheetsOf = (ids: readonly string[]) => ids.map((id) => ({ id, title: titles.get(id) ?? id, given: false }));
  const facts = (outline: SessionOutline) =>
    `${outlineFacts(outline)} · ${outline.basis === "evidence" ? "evidence-based" : "practice-based"}`;
  return (
    <>
      <PageHeading lead="Treatments that run in steps, each session with an agenda, skills and homework. Follow one from a client’s page: the next session then stands beside the note.">
        Courses of sessions
      </PageHeading>
      <ul className={classes.items}>
        {outlines.data.outlines.map((outline) => (
          <li key={outline.id} id={outline.id} className={classes.item}>
            <h2 className={classes.lead}>{outline.title}</h2>
            <p className={classes.facts}>{facts(outline)}</p>
            <p className={classes.facts}>
              {outline.chapters.flatMap((id, i) => {
                const chapter = chapters.get(id);
                return chapter === undefined ? [] : [i > 0 ? ", " : "", <ChapterLink key={id} chapter={chapter} />];
              })}
            </p>
            <p className={classes.text}>{outline.fit}</p>
            <details className={classes.more}>
              <summary>
                Its {outline.sessions.length} sessions<span className={classes.unseen}>: {outline.title}</span>
              </summary>
              <ol className={classes.items}>
                {outline.sessions.map((session) => (
                  <li key={session.title}>
                    <h3 className={classes.lead}>{session.title}</h3>
                    <p className={classes.text}>{session.aim}</p>
                    <SessionContent session={session} homework={sheetsOf(session.homework)} />
                  </li>
                ))}
              </ol>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}

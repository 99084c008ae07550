import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ageInYears } from "@trellis/domain/calendar/date";
import { casesQuery, catalogueQuery } from "../api/library.ts";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import classes from "./library.module.css";

/** Made-up clients and the plans that a good clinician would write for them. */
export function CasesScreen() {
  usePageTitle("Worked cases");
  const cases = useQuery(casesQuery);
  const catalogue = useQuery(catalogueQuery);
  const error = cases.error ?? catalogue.error;
  if (error !== null) return <PageFault error={error} retry={() => void Promise.all([cases.refetch(), catalogue.refetch()])} />;
  if (cases.data === undefined || catalogue.data === undefined) return <Waiting what="the cases" />;
  const titles = new Map(catalogue.data.chapters.map(({ id, title }) => [id, title]));
  return (
    <>
      <PageHeading lead="Nobody here is real. Each case has an intake, scores over time, and the plan that a good clinician would write for it, with the reasons.">
        Worked cases
      </PageHeading>
      <ul className={classes.cards}>
        {cases.data.map(({ id, chapter, client, story, today }) => (
          <li key={id} className={classes.card}>
            <Link to="/library/cases/$caseId" params={{ caseId: id }} className={classes.cardTitle ?? ""}>
              {client.name.chosen || client.name.given}, {ageInYears(client.birthDate, today)}
            </Link>
            <p className={classes.facts}>{titles.get(chapter) ?? chapter}</p>
            <p className={classes.cardSummary}>{story}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

import { useQueries, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { ageInYears, formatDate } from "@trellis/domain/calendar/date";
import type { Case } from "@trellis/domain/library/case";
import { chapterOfStatement, filesOfBundles } from "@trellis/domain/library/catalogue";
import { assembleLibrary, type Library } from "@trellis/domain/library/library";
import { metricWords, objectivePattern } from "@trellis/domain/library/objective-pattern";
import type { Measure } from "@trellis/domain/measures/measure";
import { progressOf, spanOf } from "@trellis/domain/progress/progress";
import { caseQuery, catalogueQuery, chapterQuery } from "../api/library.ts";
import { measuresQuery } from "../api/reference.ts";
import { shortApproach } from "../plan/take-from-library.ts";
import { CourseFigure } from "../progress/course-figure.tsx";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import classes from "./library.module.css";

/** One worked case: who it is about, the scores, and the plan with its reasons. */
export function CaseScreen() {
  const { caseId } = useParams({ from: "/signed-in/shell/library/cases/$caseId" });
  usePageTitle("Worked case");
  const example = useQuery(caseQuery(caseId));
  const catalogue = useQuery(catalogueQuery);
  const measures = useQuery(measuresQuery);
  const chapterIds = example.data === undefined || catalogue.data === undefined ? [] : chaptersOf(example.data, catalogue.data.chapters);
  const bundles = useQueries({ queries: chapterIds.map((id) => chapterQuery(id)) });
  const queries = [example, catalogue, measures, ...bundles];
  const error = queries.find((query) => query.error !== null)?.error ?? null;
  if (error !== null)
    return (
      <PageFault
        error={error}
        retry={() => {
          for (const query of queries) if (query.error !== null) void query.refetch();
        }}
      />
    );
  const loaded = bundles.flatMap(({ data }) => (data === undefined ? [] : [data]));
  if (example.data === undefined || measures.data === undefined || catalogue.data === undefined || loaded.length < chapterIds.length)
    return <Waiting what="the case" />;
  return <WorkedCase example={example.data} measures={measures.data} library={assembleLibrary(filesOfBundles(loaded, []))} />;
}

/** The chapters that its plan was taken from. */
function chaptersOf({ chapter, workedPlan }: Case, catalogue: Parameters<typeof chapterOfStatement>[1]): string[] {
  const ids = [
    ...workedPlan.definitions.map(({ id }) => id),
    ...workedPlan.goals.map(({ id }) => id),
    ...workedPlan.objectives,
    ...workedPlan.interventions,
    ...workedPlan.heldBack.map(({ id }) => id),
  ];
  return [...new Set([chapter, ...ids.flatMap((id) => chapterOfStatement(id, catalogue)?.id ?? [])])];
}

function WorkedCase({
  example,
  measures,
  library,
}: {
  readonly example: Case;
  readonly measures: readonly Measure[];
  readonly library: Library;
}) {
  const { client, intake, diagnoses, workedPlan, today } = example;
  const byId = new Map(measures.map((measure) => [measure.id, measure]));
  const courses = progressOf(
    measures,
    { administrations: example.administrations, sessions: [], events: [], plans: [], settings: {}, timeZone: "UTC" },
    null,
  );
  const span = spanOf(courses);
  const objectiveWords = (id: string): string => {
    const objective = library.objectiveById.get(id);
    return objective === undefined
      ? id
      : objectivePattern(objective.text, objective, byId)
          // The library's examples are of other people.
          .map(({ text, isExample }) => (isExample ? "…" : text))
          .join("");
  };
  return (
    <>
      <PageHeading lead={`Made up. Told on ${formatDate(today)}.`}>
        {client.name.chosen || client.name.given}, {ageInYears(client.birthDate, today)}
      </PageHeading>
      <div className={classes.items}>
        <Card title="The story">
          <p className={classes.text}>{example.story}</p>
          <p className={classes.facts}>
            {library.chapterById.has(example.chapter) && (
              <>
                From the chapter{" "}
                <Link to="/library/chapters/$chapterId" params={{ chapterId: example.chapter }}>
                  {library.chapterById.get(example.chapter)?.title}
                </Link>
                .{" "}
              </>
            )}
            {diagnoses.map(({ code, description }) => `${code} ${description}`).join("; ")}
          </p>
        </Card>
        <Card title="In the client’s words">
          <ul>
            {intake.presentingProblems.problems.map(({ id, words, impact }) => (
              <li key={id}>
                <p className={classes.text}>“{words}”</p>
                <p className={classes.facts}>{impact}</p>
              </li>
            ))}
          </ul>
        </Card>
        {courses.length > 0 && (
          <Card title="Scores over time">
            {courses.map((course) => (
              <div key={course.measure.id}>
                <h3 className={classes.lead}>{course.measure.name}</h3>
                <CourseFigure progress={course} span={span} />
              </div>
            ))}
          </Card>
        )}
        <Card title="The plan">
          <h3 className={classes.lead}>How it shows</h3>
          <ul>
            {workedPlan.definitions.map(({ id, detail }) => (
              <li key={id}>
                {library.definitionById.get(id)?.text} <span className={classes.quiet}>{detail}</span>
              </li>
            ))}
          </ul>
          <h3 className={classes.lead}>Goals</h3>
          <ul>
            {workedPlan.goals.map(({ id, clientWords }) => (
              <li key={id}>
                {library.goalById.get(id)?.text} <span className={classes.quiet}>“{clientWords}”</span>
              </li>
            ))}
          </ul>
          <h3 className={classes.lead}>Objectives</h3>
          <ul>
            {workedPlan.objectives.map((id) => {
              const metric = library.objectiveById.get(id)?.metric;
              return (
                <li key={id}>
                  {objectiveWords(id)}{" "}
                  {metric !== undefined && (
                    <span className={classes.quiet}>
                      {metricWords(metric, metric.kind === "measure" ? byId.get(metric.measure) : undefined)}
                    </span>
                  )}
                </li>
              );
            })}
          </ul>
          <h3 className={classes.lead}>Interventions</h3>
          <ul>
            {workedPlan.interventions.map((id) => {
              const entry = library.interventionById.get(id);
              return (
                <li key={id}>
                  {entry?.text} {entry !== undefined && <span className={classes.quiet}>{shortApproach(entry.approach)}</span>}
                </li>
              );
            })}
          </ul>
          {workedPlan.heldBack.length > 0 && (
            <>
              <h3 className={classes.lead}>Held back for this client</h3>
              <ul>
                {workedPlan.heldBack.map(({ id, because }) => (
                  <li key={id}>
                    {library.interventionById.get(id)?.technique}: <span className={classes.quiet}>{because}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Card>
        <Card title="Why this plan">
          <p className={classes.text}>{workedPlan.reasoning}</p>
        </Card>
      </div>
    </>
  );
}

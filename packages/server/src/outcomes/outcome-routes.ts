import { approaches } from "@trellis/domain/library/approach";
import { hasTotal, type Measure } from "@trellis/domain/measures/measure";
import { csvOfReport } from "@trellis/domain/outcomes/csv-of-report";
import { inOrderOfNames, type OutcomeGroup, OutcomeQuestion, OutcomeSums, outcomeGroup } from "@trellis/domain/outcomes/outcome-report";
import { Hono } from "hono";
import { z } from "zod";
import { type AuditAction, auditEntry } from "../audit/record.ts";
import { withPractice } from "../database/pool.ts";
import { needClinicalRole, needRole, needSignIn } from "../http/guards.ts";
import { canBeKept, invalid } from "../http/problem.ts";
import { askerOf, type RequestContext, type RequestEnvironment } from "../http/request-context.ts";
import { MeasureRows, practiceMeasuresOf, practiceMeasuresQuery } from "../measures/practice-measures.ts";
import { todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { memoryForReport, outcomesQuery } from "./outcomes.ts";

const Row = OutcomeSums.extend({ whole: z.boolean(), beganBefore: z.number().int() });

/** What belongs to none of the groups, by what is grouped by. */
const none = {
  none: "",
  clinician: "No primary clinician",
  problem: "No problem from the library in a signed plan",
  approach: "No approach in a signed plan",
  month: "",
} as const;

/** What came of the therapies of a practice, for those who answer for them: the owner, and supervisors for those whom they supervise. */
export function outcomeRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  /** The report that the address asks for; written into the trail in the same transaction. */
  async function report(context: RequestContext, action: AuditAction) {
    needRole(context, ["owner", "supervisor"], "Outcomes are for the owner of the practice and for supervisors.");
    const question = questionOf(context);
    const today = todayIn(context.get("signedIn").practice.timeZone, trellis.now());
    return await withPractice(trellis.app, askerOf(context), async (client) => {
      const { rows: measureRows } = await client.query<{ measures: unknown }>(practiceMeasuresQuery);
      const measure = practiceMeasuresOf(trellis.library.measures, MeasureRows.parse(measureRows[0]?.measures)).find(
        ({ id }) => id === question.measure,
      );
      if (measure === undefined || !hasTotal(measure))
        throw invalid([{ pointer: "/measure", message: "This practice has no measure with a total of this name. Choose another." }]);
      const [, { rows }, { rows: members }, { rows: ownTitles }] = await Promise.all([
        client.query(memoryForReport),
        client.query(outcomesQuery(measure, question, today)),
        client.query<{ id: string; name: string }>("SELECT id, name FROM trellis.member"),
        // Chapters that were taken out too: clients were treated by them.
        client.query<{ id: string; name: string }>("SELECT id, content ->> 'title' AS name FROM trellis.library_chapter"),
        client.query(auditEntry(action, null, "", { measure: measure.id, from: question.from, to: question.to, by: question.by })),
      ]);
      const parsed = z.array(Row).parse(rows);
      const names = nameOf(question.by, new Map([...members, ...ownTitles].map(({ id, name }) => [id, name])));
      const all = parsed.find(({ whole }) => whole);
      if (all === undefined) throw new Error("The report always has a line of all clients.");
      const groups = inOrderOfNames(parsed.filter(({ whole }) => !whole).map((sums) => outcomeGroup(names(sums.group), sums)));
      return { measure, question, today, beganBefore: all.beganBefore, all: outcomeGroup("All clients", all), groups };
    });
  }

  /** What a group is called: people, chapters and approaches by their names. */
  function nameOf(by: OutcomeQuestion["by"], ofPractice: ReadonlyMap<string, string>): (group: string | null) => string {
    return (group) => {
      if (group === null) return none[by];
      if (by === "clinician") return ofPractice.get(group) ?? group;
      if (by === "problem") return trellis.library.chapterById.get(group)?.title ?? ofPractice.get(group) ?? group;
      if (by === "approach") return Object.hasOwn(approaches, group) ? approaches[group as keyof typeof approaches].name : group;
      return group;
    };
  }

  routes.get("/measure-names", signedIn, async (context) => {
    needClinicalRole(context);
    const measures = await withPractice(trellis.app, askerOf(context), async (client) => {
      const { rows } = await client.query<{ measures: unknown }>(practiceMeasuresQuery);
      return practiceMeasuresOf(trellis.library.measures, MeasureRows.parse(rows[0]?.measures));
    });
    return context.json({
      measures: measures.map((measure) => ({
        id: measure.id,
        name: measure.name,
        title: measure.title,
        hasTotal: hasTotal(measure),
        items: measure.items.length,
        loinc: [measure.loinc.panel, measure.loinc.total].filter((code) => code !== undefined),
      })),
    });
  });

  routes.get("/outcomes", signedIn, async (context) => {
    const { measure, beganBefore, all, groups, today } = await report(context, "outcomes.read");
    return context.json({ measure: told(measure), today, beganBefore, all, groups });
  });

  routes.get("/outcomes.csv", signedIn, async (context) => {
    const { measure, question, all, groups } = await report(context, "outcomes.export");
    context.header("content-type", "text/csv; charset=utf-8; header=present");
    context.header("content-disposition", `attachment; filename="outcomes-${measure.id}-${question.from}-${question.to}.csv"`);
    return context.body(csvOfReport(groups satisfies readonly OutcomeGroup[], all));
  });
  return routes;
}

function questionOf(context: RequestContext): OutcomeQuestion {
  const parsed = OutcomeQuestion.safeParse(context.req.query());
  if (!parsed.success)
    throw invalid(parsed.error.issues.map(({ path, message }) => ({ pointer: path.map((key) => `/${String(key)}`).join(""), message })));
  if (!canBeKept(parsed.data.measure)) throw invalid([{ pointer: "/measure", message: "Choose a measure." }]);
  return parsed.data;
}

/** What a screen needs of the measure to show the numbers by. */
function told({ id, name, title, scoring, cutoff, reliableChange }: Measure) {
  return {
    id,
    name,
    title,
    range: scoring.range,
    higherIs: scoring.higherIs,
    cutoff: cutoff ?? null,
    reliableChange: reliableChange === undefined ? null : { points: reliableChange.points, source: reliableChange.source },
  };
}

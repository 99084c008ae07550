import { dayOf } from "@trellis/domain/calendar/date";
import { draftSummary, firstDayOf, type SummaryInput } from "@trellis/domain/ending/draft-summary";
import type { EndingSummary, SummaryKind } from "@trellis/domain/ending/summary";
import { Episode } from "@trellis/domain/episode/episode";
import type { Plan } from "@trellis/domain/plan/plan";
import { type MeasureProgress, progressOf } from "@trellis/domain/progress/progress";
import type pg from "pg";
import { chartQuery, clientRecord, libraryOfChart, parseChart } from "../chart/read-chart.ts";
import { notFound } from "../http/problem.ts";
import { author } from "../plan/draft-routes.ts";
import { sealed } from "../plan/read-plan.ts";
import { courseRecord } from "../progress/course-record.ts";
import { type SignedIn, todayIn } from "../sign-in/current-session.ts";
import { parseTreatment, treatmentQuery } from "../treatment/read-treatment.ts";
import type { Trellis } from "../trellis.ts";
import { episodesOf } from "./current-episode.ts";

/** Everything that a summary is drafted and drawn from. */
export interface SummarySource {
  readonly input: Omit<SummaryInput, "kind">;
  readonly courses: readonly MeasureProgress[];
}

/** Reads a chart, its treatment and the signed revisions of the newest episode. Throws 404 where the chart is closed. */
export async function readForSummary(
  client: pg.PoolClient,
  { library, now }: Pick<Trellis, "library" | "now">,
  signedIn: SignedIn,
  clientId: string,
): Promise<SummarySource> {
  const { timeZone } = signedIn.practice;
  const chart = parseChart((await client.query(chartQuery(clientId))).rows);
  const treatment = parseTreatment((await client.query(treatmentQuery(clientId))).rows);
  if (chart === null || treatment === null) throw notFound();
  const today = todayIn(timeZone, now());
  const episodes = await episodesOf(client, clientId);
  const revisions = await revisionsOf(client, clientId, episodes.at(-2)?.endedAt ?? null);
  const record = clientRecord(chart);
  const { measures } = libraryOfChart(chart, library);
  const plan = revisions.at(-1) ?? null;
  const courses = progressOf(measures, courseRecord(chart, timeZone), plan);
  const episode =
    episodes.at(-1)?.content ??
    Episode.parse({ number: 1, openedOn: firstDayOf(chart.sessions, chart.plans, record.administrations, today), endedOn: null });
  return {
    courses,
    input: {
      record,
      measures,
      courses,
      events: chart.events,
      alerts: chart.alerts.map(({ detail }) => detail.words),
      treatment: {
        ...treatment,
        documents: treatment.documents.map(({ kind, revision, content, finishedAt }) => ({
          kind,
          revision,
          content,
          finishedOn: finishedAt === null ? null : dayOf(new Date(finishedAt).toISOString(), timeZone),
        })),
      },
      revisions,
      episode,
      author: author(signedIn),
      today,
    },
  };
}

export function draftFrom({ input }: SummarySource, kind: SummaryKind): EndingSummary {
  return draftSummary({ ...input, kind });
}

/** Signed revisions since a moment, oldest first. Throws when one is not what was signed. */
async function revisionsOf(client: pg.PoolClient, clientId: string, since: Date | null): Promise<Plan[]> {
  const { rows } = await client.query<{ canonical: string; hash: string }>(
    `SELECT r.canonical, r.hash FROM trellis.plan_revision AS r WHERE r.client_id = $1 AND ($2::timestamptz IS NULL OR r.signed_at > $2)
     ORDER BY r.signed_at, r.revision`,
    [clientId, since],
  );
  return rows.map(({ canonical, hash }) => sealed(canonical, hash));
}

import { formatDate, IsoDate } from "@trellis/domain/calendar/date";
import { longText } from "@trellis/domain/client/client";
import { CriterionJudgement, Episode, EpisodeEnd } from "@trellis/domain/episode/episode";
import { PriorTreatment } from "@trellis/domain/intake/intake";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { WhoseClients } from "../chart/whose-clients.ts";
import { writeChart } from "../chart/write-chart.ts";
import { withPractice } from "../database/pool.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { Id, pathId } from "../http/id.ts";
import { body, invalid, Problem } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import { todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { episodeToChange, lockedEpisodes, storeEpisode } from "./current-episode.ts";
import { EndRequest, endEpisode, followUpFaults, openLinks } from "./end-episode.ts";
import { followUpsDue } from "./follow-ups-due.ts";
import { summariesOf, summaryRoutes } from "./summary-routes.ts";

/** What is said of the episode under way: which criteria are met, and when treatment is planned to end. */
const CourseOfEnding = z.strictObject({
  id: Id,
  version: Version,
  openedOn: IsoDate,
  criteria: z.array(CriterionJudgement).max(60),
  plannedEnd: IsoDate.nullable(),
});

/** A new episode of who comes back. `remember` adds the earlier treatment to the intake, where the drafting engine looks for what helped and what did not. */
const Reopen = z.strictObject({
  id: Id,
  openedOn: IsoDate,
  broughtBack: longText(2000),
  remember: PriorTreatment.shape.treatments.unwrap().element.nullable(),
});

/** Episodes of care: how the end comes nearer, the end itself, follow-ups after it, and the beginning of another one. */
export function episodeRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);
  const today = (timeZone: string) => todayIn(timeZone, trellis.now());
  routes.route("/", summaryRoutes(trellis));

  routes.get("/clients/:id/ending", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const answer = await writeChart(trellis, context, id, async (client) => {
      const links = await client.query<{ links: number }>(
        `SELECT (${openLinks.map(([table, where]) => `(SELECT count(*) FROM trellis.${table} WHERE client_id = $1 AND ${where})`).join(" + ")})::int AS links`,
        [id],
      );
      await client.query(auditEntry("treatment.read", id, "ending"));
      return { links: links.rows[0]?.links ?? 0, summaries: await summariesOf(client, id) };
    });
    return context.json(answer);
  });

  routes.put("/clients/:id/episode", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const request = await body(context, CourseOfEnding);
    const { member } = context.get("signedIn");
    const saved = await writeChart(trellis, context, id, async (client) => {
      const current = await episodeToChange(client, id, request.version, request);
      if (current instanceof Problem) return current;
      if (current.content.endedOn !== null)
        throw new Problem(409, "It has ended already", "This episode of care has ended. Reload the page to see how.");
      const said = new Map(current.content.criteria.map((judgement) => [JSON.stringify(judgement), judgement]));
      const content: Episode = {
        ...current.content,
        // Who said it is who is signed in, and stays so.
        criteria: request.criteria.map((judgement) => said.get(JSON.stringify(judgement)) ?? { ...judgement, by: member.name }),
        plannedEnd: request.plannedEnd,
      };
      const version = await storeEpisode(client, askerOf(context), id, { ...current, content }, "as-it-is");
      await client.query(
        auditEntry("episode.open", id, current.id, { number: content.number, version, planned: content.plannedEnd !== null }),
      );
      return { id: current.id, version, content };
    });
    return context.json(saved);
  });

  routes.post("/clients/:id/episode/end", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const request = await body(context, EndRequest);
    const { practice } = context.get("signedIn");
    return context.json(
      await writeChart(trellis, context, id, (client) => endEpisode(client, askerOf(context), id, request, today(practice.timeZone))),
    );
  });

  // Ended by mistake: it goes on as it was. What was taken out of the calendar and withdrawn stays so.
  routes.post("/clients/:id/episode/resume", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const { version } = await body(context, z.strictObject({ version: Version.min(1, "There is no episode yet.") }));
    const saved = await writeChart(trellis, context, id, async (client) => {
      const current = await episodeToChange(client, id, version, { id, openedOn: "0001-01-01" });
      if (current instanceof Problem) return current;
      const content: Episode = { ...current.content, endedOn: null, end: null };
      const next = await storeEpisode(client, askerOf(context), id, { ...current, content }, null);
      await client.query(auditEntry("episode.open", id, current.id, { number: content.number, resumed: true }));
      return { version: next };
    });
    return context.json(saved);
  });

  routes.put("/clients/:id/episode/follow-ups", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const { version, followUps } = await body(
      context,
      z.strictObject({ version: Version.min(1, "There is no episode yet."), followUps: EpisodeEnd.shape.followUps }),
    );
    const saved = await writeChart(trellis, context, id, async (client) => {
      const current = await episodeToChange(client, id, version, { id, openedOn: "0001-01-01" });
      if (current instanceof Problem) return current;
      const { end, endedOn } = current.content;
      if (end === null || endedOn === null) throw new Problem(409, "Treatment has not ended", "Follow-ups are planned when it ends.");
      const faults = followUpFaults(followUps, endedOn, "/followUps");
      if (faults.length > 0) throw invalid(faults);
      const next = await storeEpisode(
        client,
        askerOf(context),
        id,
        { ...current, content: { ...current.content, end: { ...end, followUps } } },
        "as-it-is",
      );
      await client.query(auditEntry("episode.end", id, current.id, { number: current.content.number, followUps: followUps.length }));
      return { version: next };
    });
    return context.json(saved);
  });

  routes.post("/clients/:id/episodes", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const request = await body(context, Reopen);
    const { practice } = context.get("signedIn");
    const saved = await writeChart(trellis, context, id, async (client) => {
      const episodes = await lockedEpisodes(client, id);
      const last = episodes.at(-1);
      // Sent again after an answer that got lost.
      if (last?.id === request.id) return { version: last.version, number: last.content.number };
      if (last === undefined || last.content.endedOn === null)
        throw new Problem(409, "Treatment has not ended", "There is an episode of care under way. A new one begins after it has ended.");
      const faults = [
        ...(request.openedOn < last.content.endedOn
          ? [
              {
                pointer: "/openedOn",
                message: `The earlier episode ended on ${formatDate(last.content.endedOn)}. A new one begins on that day or later.`,
              },
            ]
          : []),
        ...(request.openedOn > today(practice.timeZone)
          ? [{ pointer: "/openedOn", message: "This day lies in the future. Begin the episode when the client is back." }]
          : []),
      ];
      if (faults.length > 0) throw invalid(faults);
      const number = last.content.number + 1;
      const content = Episode.parse({ number, openedOn: request.openedOn, endedOn: null, broughtBack: request.broughtBack.trim() });
      const version = await storeEpisode(client, askerOf(context), id, { id: request.id, version: 0, content }, null);
      if (request.remember !== null) await remember(client, askerOf(context), id, request.remember);
      await client.query(auditEntry("episode.open", id, request.id, { number }));
      return { version, number };
    });
    return context.json(saved, 201);
  });

  routes.get("/follow-ups-due", signedIn, async (context) => {
    needClinicalRole(context);
    const of = WhoseClients.safeParse(context.req.query("of") ?? "mine");
    if (!of.success)
      throw invalid([{ pointer: "/of", message: "Ask for those of your own clients (mine) or of all that you may see (all)." }]);
    const { member, practice } = context.get("signedIn");
    const lines = await withPractice(trellis.app, askerOf(context), async (client) => {
      const found = await followUpsDue(
        client,
        of.data === "all" && member.roles.includes("owner") ? "practice" : of.data,
        today(practice.timeZone),
      );
      await client.query(auditEntry("due.read", null, "", { of: of.data, followUps: found.length }));
      return found;
    });
    return context.json({ today: today(practice.timeZone), lines });
  });
  return routes;
}

/** Adds the earlier treatment here to what the intake knows of earlier treatments. */
async function remember(
  client: pg.PoolClient,
  { practiceId, memberId }: ReturnType<typeof askerOf>,
  clientId: string,
  treatment: z.infer<typeof PriorTreatment>["treatments"][number],
): Promise<void> {
  const { rows } = await client.query<{ content: unknown }>(
    "SELECT content FROM trellis.intake_section WHERE client_id = $1 AND section = 'priorTreatment' FOR UPDATE",
    [clientId],
  );
  const { treatments } = PriorTreatment.parse(rows[0]?.content ?? {});
  if (treatments.some(({ id }) => id === treatment.id)) return;
  const content = PriorTreatment.safeParse({ treatments: [...treatments, treatment] });
  if (!content.success)
    throw invalid([
      { pointer: "/remember", message: "The intake holds as many earlier treatments as fit. Go on without adding this one." },
    ]);
  const saved = await client.query<{ version: number }>(
    `INSERT INTO trellis.intake_section AS s (practice_id, client_id, section, content, saved_by) VALUES ($1, $2, 'priorTreatment', $3, $4)
     ON CONFLICT (practice_id, client_id, section) DO UPDATE SET content = excluded.content, saved_by = excluded.saved_by, saved_at = now(), version = s.version + 1 RETURNING version`,
    [practiceId, clientId, JSON.stringify(content.data), memberId],
  );
  await client.query(auditEntry("intake.save", clientId, "priorTreatment", { version: saved.rows[0]?.version ?? 0 }));
}

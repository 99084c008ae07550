import { type AlertKind, alertsFromScore, type RaisedAlert } from "@trellis/domain/alerts/alert";
import type { Administration } from "@trellis/domain/measures/administration";
import { checkAdministration, whyNotAnAnswer } from "@trellis/domain/measures/check-answers";
import type { DatedScore } from "@trellis/domain/measures/course";
import type { Measure } from "@trellis/domain/measures/measure";
import { Hono } from "hono";
import { z } from "zod";
import { limitRate } from "../http/guards.ts";
import { body, invalid, Problem } from "../http/problem.ts";
import type { RequestContext, RequestEnvironment } from "../http/request-context.ts";
import { scoreColumns } from "../measures/store-administration.ts";
import { todayIn } from "../sign-in/current-session.ts";
import { Token, tokenHash } from "../sign-in/one-time-token.ts";
import type { Trellis } from "../trellis.ts";
import { countFailedLinks } from "./failed-links.ts";
import { asNobody, closedLink, type LinkedMeasure, type OpenLink, openLink, type Shown } from "./open-link.ts";
import { shownLink } from "./shown-questions.ts";

/** Tokens travel in bodies only: addresses stand in logs. */
const Open = z.strictObject({ token: z.string().max(200), browserKey: Token });
const Save = Open.extend({
  measure: z.string().max(80),
  /** Grows with every sending of this measure's answers. */
  seq: z.number().int().min(1).max(2_000_000_000),
  answers: z.array(z.number().nullable()).max(200),
});

const aMinute = 60;

type Linked = LinkedMeasure & { readonly measure: Measure };

/** For the client, who has no account: opening a private link, keeping each answer, and finishing. */
export function answerRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const failed = countFailedLinks();
  routes.use(
    "/answer/*",
    limitRate(aMinute, 60, (context) => context.get("clientAddress")),
  );

  /** Runs `work` on the link that the request shows, in one transaction. */
  async function onLink<T>(context: RequestContext, shown: Shown, work: (link: OpenLink, query: Query) => Promise<T>): Promise<T> {
    const address = context.get("clientAddress");
    await failed.refuse(address);
    try {
      return await asNobody(trellis, async (client) => {
        const link = await openLink(trellis, client, shown);
        return await work(link, async (text, values) => {
          const { rows } = await client.query<{ state: string }>(text, [tokenHash(shown.token), tokenHash(shown.browserKey), ...values]);
          const state = rows[0]?.state ?? "unknown";
          if (state !== "open") throw closedLink(state);
        });
      });
    } catch (error) {
      if (error instanceof Problem && error.more.reason === "unknown") await failed.count(address);
      throw error;
    }
  }

  routes.post("/answer/open", async (context) => {
    const shown = await body(context, Open);
    return context.json(await onLink(context, shown, async (link) => shownLink(link)));
  });

  routes.post("/answer/save", async (context) => {
    const { measure: id, seq, answers, ...shown } = await body(context, Save);
    const saved = await onLink(context, shown, async (link, query) => {
      // Late, from a tab that was left open: the answers are in the chart already.
      if (link.state === "finished-here") return { finished: true, danger: false };
      const linked = answerable(link, id);
      refuseOtherAnswers(linked.measure, answers);
      const alerts = riskAnswers(linked, { answers, date: todayIn(link.timeZone, trellis.now()) });
      await query("SELECT trellis.save_link_answers($1, $2, $3, $4, $5, $6) AS state", [
        id,
        seq,
        JSON.stringify(answers),
        JSON.stringify(alerts),
      ]);
      return { finished: false, danger: alerts.length > 0 };
    });
    return context.json({ seq, ...saved });
  });

  routes.post("/answer/finish", async (context) => {
    const shown = await body(context, Open);
    const finished = await onLink(context, shown, async (link, query) => {
      const help = shownLink({ ...link, state: "finished-here" });
      if (link.state === "finished-here") return help;
      const entries = toStore(link, trellis.now());
      await query("SELECT trellis.finish_answer_link($1, $2, $3, $4) AS state", [
        JSON.stringify(entries.map(({ stored }) => stored)),
        JSON.stringify(entries.flatMap(({ alerts }) => alerts)),
      ]);
      return { ...help, danger: help.danger || entries.some(({ alerts }) => alerts.some(({ kind }) => kind === "risk-answer")) };
    });
    return context.json(finished);
  });
  return routes;
}

/** Calls one of the link's functions with the hashes before these values; throws unless the link is open to this browser. */
type Query = (text: string, values: readonly unknown[]) => Promise<void>;

function answerable({ measures }: OpenLink, id: string): Linked {
  const linked = measures.find((one) => one.id === id);
  if (linked === undefined)
    throw invalid([{ pointer: "/measure", message: "These questions do not belong to this link. Reload the page." }]);
  if (linked.measure === null)
    throw invalid([{ pointer: "/measure", message: "These questions are not asked any more. Reload the page to go on with the others." }]);
  return { ...linked, measure: linked.measure };
}

function refuseOtherAnswers(measure: Measure, answers: readonly (number | null)[]): void {
  if (answers.length !== measure.items.length)
    throw invalid([{ pointer: "/answers", message: "The questions have changed meanwhile. Reload the page and go on." }]);
  const faults = measure.items.flatMap((item, index) => {
    const message = whyNotAnAnswer(measure, item, answers[index] ?? null);
    return message === null ? [] : [{ pointer: `/answers/${index}`, message }];
  });
  if (faults.length > 0) throw invalid(faults);
}

function administrationOf(
  { administration, measure }: Linked,
  { answers, date }: Pick<Administration, "answers" | "date">,
): Administration {
  return {
    id: administration,
    measure: measure.id,
    measureVersion: measure.version,
    date,
    answers,
    answeredBy: "client",
    mode: "link",
    status: "completed",
  };
}

/** Answers that speak of danger are told as soon as they are saved; whether one was left open shows only at the end. */
const atOnce: ReadonlySet<AlertKind> = new Set(["risk-answer"]);

function riskAnswers(linked: Linked, given: Pick<Administration, "answers" | "date">): RaisedAlert[] {
  const administration = administrationOf(linked, given);
  const { score } = scoreColumns(linked.measure, administration);
  return alertsFromScore(linked.measure, administration, score, []).filter(({ kind }) => atOnce.has(kind));
}

/** What goes into the chart: of each measure of which anything was answered, its answers with their score, and what they call for. */
function toStore(link: OpenLink, now: Date) {
  const date = todayIn(link.timeZone, now);
  const answered = link.measures.flatMap((linked) => {
    const answers = link.answers[linked.id]?.answers ?? [];
    const nothing = linked.measure === null || answers.every((answer) => answer === null);
    return nothing || linked.measure === null ? [] : [{ linked: { ...linked, measure: linked.measure }, answers }];
  });
  if (answered.length === 0)
    throw invalid([{ pointer: "", message: "No question is answered yet. Answer at least one, or close the page." }]);
  return answered.map(({ linked, answers }) => {
    const administration = administrationOf(linked, { answers, date });
    const faults = checkAdministration(linked.measure, administration);
    if (faults.length > 0) throw invalid(faults.map(({ pointer, message }) => ({ pointer: `/${linked.id}${pointer}`, message })));
    const { score, total, version } = scoreColumns(linked.measure, administration);
    const earlier: DatedScore[] = link.scores.filter(({ measure }) => measure === linked.id);
    const course = total === null ? earlier : [...earlier, { date, total }];
    const against = { expectedCourse: link.rows.settings[linked.id]?.expectedCourse ?? null, sessions: link.sessions };
    return {
      stored: { content: administration, total, version },
      alerts: alertsFromScore(linked.measure, administration, score, course, against),
    };
  });
}

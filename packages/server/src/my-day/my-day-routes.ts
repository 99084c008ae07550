import { Hono } from "hono";
import { auditEntry } from "../audit/record.ts";
import { withPractice } from "../database/pool.ts";
import { followUpsDue } from "../episode/follow-ups-due.ts";
import { homeworkComeInQuery, parseHomeworkComeIn } from "../homework/homework-come-in.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { dueList } from "../measures/due-list.ts";
import { notesToFinishQuery, parseNotesToFinish } from "../note/notes-to-finish.ts";
import { awaitingCoSignatureQuery, parseAwaitingCoSignature } from "../plan/awaiting-co-signature.ts";
import { parsePlansToSign, plansToSignQuery } from "../plan/plans-to-sign.ts";
import { parseReviewsDue, reviewsDueQuery } from "../review/reviews-due.ts";
import { todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { daySessionsQuery, parseDaySessions } from "./day-sessions.ts";

/** So many of a kind are shown; what is done makes room for the others, and the whole list stands on a page of its own. */
const shownAtMost = 30;

/** What the day holds for whoever asks: sessions with what each needs, and everything that waits for a hand. */
export function myDayRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();

  routes.get("/my-day", needSignIn(trellis), async (context) => {
    needClinicalRole(context);
    const { member, practice } = context.get("signedIn");
    const asker = askerOf(context);
    const today = todayIn(practice.timeZone, trellis.now());
    const day = await withPractice(trellis.app, asker, async (client) => {
      const [sessions, notes, reviews, plans, homework, followUps, coSignature, due] = await Promise.all([
        client.query(daySessionsQuery(today)),
        client.query(notesToFinishQuery(member.id, today)),
        client.query(reviewsDueQuery("mine", today)),
        client.query(plansToSignQuery),
        client.query(homeworkComeInQuery),
        followUpsDue(client, "mine", today),
        member.roles.includes("supervisor") ? client.query(awaitingCoSignatureQuery()) : null,
        dueList(client, asker, trellis.library.measures, { of: "mine", seesAll: false, today, timeZone: practice.timeZone }),
        client.query(auditEntry("my-day.read")),
      ]);
      return {
        sessions: parseDaySessions(sessions.rows).map((session) => ({
          ...session,
          measuresDue: due.lines.flatMap(({ clientId, measure, measureName, canBeAnswered }) =>
            clientId === session.clientId ? [{ id: measure, name: measureName, canBeAnswered }] : [],
          ),
        })),
        notes: shown(parseNotesToFinish(notes.rows)),
        reviews: shown(parseReviewsDue(reviews.rows, today)),
        plans: shown(parsePlansToSign(plans.rows)),
        homework: shown(parseHomeworkComeIn(homework.rows)),
        followUps: shown(followUps),
        coSignature: coSignature === null ? null : shown(parseAwaitingCoSignature(coSignature.rows)),
        measuresDue: due.lines.length,
      };
    });
    return context.json({ today, ...day });
  });
  return routes;
}

/** The first of a list, and how many there are. */
function shown<T>(all: readonly T[]): { readonly lines: readonly T[]; readonly count: number } {
  return { lines: all.slice(0, shownAtMost), count: all.length };
}

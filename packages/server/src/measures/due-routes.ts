import { Hono } from "hono";
import { auditEntry } from "../audit/record.ts";
import { WhoseClients } from "../chart/whose-clients.ts";
import { withPractice } from "../database/pool.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { invalid } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { dueList } from "./due-list.ts";

/** Which measures are due, over all charts that the person asking sees. */
export function dueRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();

  routes.get("/due", needSignIn(trellis), async (context) => {
    needClinicalRole(context);
    const of = WhoseClients.safeParse(context.req.query("of") ?? "mine");
    if (!of.success)
      throw invalid([{ pointer: "/of", message: "Ask for those of your own clients (mine) or of all that you may see (all)." }]);
    const { member, practice } = context.get("signedIn");
    const asker = askerOf(context);
    const today = todayIn(practice.timeZone, trellis.now());
    const { lines, more } = await withPractice(trellis.app, asker, async (client) => {
      const due = await dueList(client, asker, trellis.library.measures, {
        of: of.data,
        seesAll: member.roles.includes("owner"),
        today,
        timeZone: practice.timeZone,
      });
      await client.query(auditEntry("due.read", null, "", { of: of.data, lines: due.lines.length }));
      return due;
    });
    return context.json({ today, lines, more });
  });
  return routes;
}

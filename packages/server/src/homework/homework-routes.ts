import { AssignedHomework } from "@trellis/domain/homework/assigned-homework";
import { whyNotSaved } from "@trellis/domain/homework/check-homework";
import { Hono } from "hono";
import { z } from "zod";
import { saveKept } from "../chart/save-kept.ts";
import { writeChart } from "../chart/write-chart.ts";
import { followHomework } from "../client-link/homework-links.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { body, invalid, Problem } from "../http/problem.ts";
import type { RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import { todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";

const Entry = z.strictObject({ version: Version, content: AssignedHomework });

/** Homework as it was given to a client: given, changed, looked at together, taken back. It is never removed. */
export function homeworkRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.put("/clients/:id/homework/:homeworkId", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const id = pathId(context, "homeworkId");
    const { version, content } = await body(context, Entry);
    const today = todayIn(context.get("signedIn").practice.timeZone, trellis.now());
    const saved = await writeChart(trellis, context, clientId, async (client, birthDate) => {
      const faults = whyNotSaved(content, { today, birthDate });
      if (faults.length > 0) throw invalid(faults.map(({ pointer, message }) => ({ pointer: `/content${pointer}`, message })));
      const result = await saveKept(client, context, {
        table: "homework",
        schema: AssignedHomework,
        clientId,
        id,
        version,
        content,
        action: "homework.save",
        what: "this homework",
      });
      if (!(result instanceof Problem)) await followHomework(client, clientId, id, content);
      return result;
    });
    return context.json(saved);
  });
  return routes;
}

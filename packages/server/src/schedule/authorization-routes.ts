import { PayerAuthorization } from "@trellis/domain/schedule/payer-authorization";
import { Hono } from "hono";
import { z } from "zod";
import { saveKept } from "../chart/save-kept.ts";
import { writeChart } from "../chart/write-chart.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { body, invalid } from "../http/problem.ts";
import type { RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import type { Trellis } from "../trellis.ts";

const AuthorizationEntry = z.strictObject({ version: Version, authorization: PayerAuthorization });

/** What a payer authorized. */
export function authorizationRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.put("/clients/:id/authorizations/:authorizationId", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const id = pathId(context, "authorizationId");
    const { version, authorization } = await body(context, AuthorizationEntry);
    const faults = faultsOfAuthorization(authorization);
    if (faults.length > 0) throw invalid(faults);
    const saved = await writeChart(trellis, context, clientId, (client) =>
      saveKept(client, context, {
        table: "payer_authorization",
        schema: PayerAuthorization,
        clientId,
        id,
        version,
        content: authorization,
        action: "authorization.save",
        what: "this authorization",
      }),
    );
    return context.json(saved);
  });
  return routes;
}

function faultsOfAuthorization({ from, to, endedOn, endedReason }: PayerAuthorization) {
  const faults = [];
  if (to < from) faults.push({ pointer: "/authorization/to", message: "It ends before it begins. Check both days." });
  if (endedOn !== null && endedReason.trim() === "")
    faults.push({ pointer: "/authorization/endedReason", message: "Say why it does not count any more." });
  return faults;
}

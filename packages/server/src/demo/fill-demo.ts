import { randomUUID } from "node:crypto";
import { addWeeks, type IsoDate } from "@trellis/domain/calendar/date";
import { momentOf } from "@trellis/domain/calendar/wall-clock";
import { legalName } from "@trellis/domain/client/client";
import type { Case } from "@trellis/domain/library/case";
import { Plan } from "@trellis/domain/plan/plan";
import type pg from "pg";
import type { Asker } from "../database/pool.ts";
import { Problem } from "../http/problem.ts";
import { draftFor, editDraft } from "../plan/draft-routes.ts";
import { parsePlanRows, planOnHand, planQuery } from "../plan/read-plan.ts";
import { freeze, sign } from "../plan/signing-routes.ts";
import { type SignedIn, todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { addCase } from "./add-case.ts";
import { addCourse, courseWeeks } from "./add-course.ts";
import { addAppointment, addSafetyPlan, addTreatment } from "./add-treatment.ts";
import { finishDraft } from "./finish-draft.ts";

type PointOfCare = "plan signed" | "plan drafted" | "assessed" | "waiting for signatures" | "first meeting";

/** The demo's clients, by the worked case that each of them is, and how far they have come. The practice client is another one. */
const demoClients: readonly (readonly [caseId: string, point: PointOfCare])[] = [
  ["alc-two-beers", "plan signed"],
  ["dep-night-shift", "plan drafted"],
  ["pgd-second-cup", "assessed"],
  ["ptsd-door-chime", "waiting for signatures"],
  ["pan-far-lane", "first meeting"],
];

/** The worked cases of the library as clients at different points of care. Everybody is made up. */
export async function fillDemo(client: pg.PoolClient, trellis: Trellis, signedIn: SignedIn): Promise<void> {
  const today = todayIn(signedIn.practice.timeZone, trellis.now());
  const asker: Asker = { practiceId: signedIn.practice.id, memberId: signedIn.member.id };
  for (const [id, point] of demoClients) {
    const found = trellis.library.caseById.get(id);
    if (found === undefined) throw new Error(`The library has no case ${id}.`);
    if (point === "plan signed") {
      // Drafted some weeks ago, and in treatment since.
      const then = new Date(momentOf(addWeeks(today, -courseWeeks), "12:00", signedIn.practice.timeZone));
      const clientId = await addAt(client, { ...trellis, now: () => then }, signedIn, found, point, addWeeks(today, -courseWeeks));
      const sessions = await addCourse(client, asker, clientId, trellis.library, today);
      const plan = await planInForce(client, clientId);
      await addTreatment(client, signedIn, clientId, trellis.library, { plan, sessions, today });
    } else {
      const clientId = await addAt(client, trellis, signedIn, found, point, today);
      if (point === "waiting for signatures") await addSafetyPlan(client, asker, clientId, today);
      if (point === "first meeting") await addAppointment(client, asker, clientId, { date: today, startTime: "14:00" });
    }
  }
}

async function planInForce(client: pg.PoolClient, clientId: string): Promise<Plan> {
  const { rows } = await client.query<{ canonical: string }>("SELECT canonical FROM trellis.plan_revision WHERE client_id = $1", [
    clientId,
  ]);
  return Plan.parse(JSON.parse(rows[0]?.canonical ?? "null"));
}

async function addAt(
  client: pg.PoolClient,
  trellis: Trellis,
  signedIn: SignedIn,
  found: Case,
  point: PointOfCare,
  today: IsoDate,
): Promise<string> {
  const asker: Asker = { practiceId: signedIn.practice.id, memberId: signedIn.member.id };
  const part = point === "first meeting" ? "first-meeting" : "whole";
  const clientId = await addCase(client, asker, found, trellis.library, { today, isPracticeClient: false, part });
  if (point === "first meeting" || point === "assessed") return clientId;
  const drafted = await draftFor(client, trellis, signedIn, clientId, false);
  if (!drafted) throw new Error("The demo's own client is closed to it.");
  if (point === "plan drafted") return clientId;
  const { planId } = drafted;
  const rows = parsePlanRows((await client.query(planQuery(planId, null))).rows);
  const draft = rows && planOnHand(rows);
  if (!draft) throw new Error("The demo's own draft is not there.");
  const seq = await editDraft(client, asker, planId, {
    base: draft.seq,
    batch: randomUUID(),
    edits: finishDraft(draft.plan, today, trellis.library),
  });
  if (seq instanceof Problem) throw seq;
  const hash = (await freeze(client, trellis, signedIn, planId, seq)) ?? "";
  await sign(client, signedIn, planId, { kind: "typed", role: "client", hash, name: legalName(found.client) }, trellis.now());
  if (point === "plan signed")
    await sign(client, signedIn, planId, { kind: "password", role: "clinician", hash, password: "" }, trellis.now());
  return clientId;
}

import { randomBytes, randomUUID } from "node:crypto";
import { addDays, addWeeks, type IsoDate } from "@trellis/domain/calendar/date";
import { SafetyPlan } from "@trellis/domain/client-document/safety-plan";
import type { Attendance } from "@trellis/domain/course/session";
import { AssignedHomework } from "@trellis/domain/homework/assigned-homework";
import type { Library } from "@trellis/domain/library/library";
import { ProgressNote } from "@trellis/domain/note/note";
import { hold, startCourse } from "@trellis/domain/outline/follow-course";
import type { Plan } from "@trellis/domain/plan/plan";
import { AppointmentDetail } from "@trellis/domain/schedule/appointment";
import type pg from "pg";
import type { Asker } from "../database/pool.ts";
import { Problem } from "../http/problem.ts";
import { signNote } from "../note/sign-note.ts";
import type { SignedIn } from "../sign-in/current-session.ts";

const detail = AppointmentDetail.parse({ minutes: 50 });

/** What the made-up client said, session by session, and how the first two objectives went. */
const said = [
  {
    client: "Came with the list of days and was surprised by it. Wants to know what would happen in the first week.",
    ratings: ["none", "some"],
  },
  {
    client: "Told of a hard week after another estimate went wrong, and of the evening on which the list helped.",
    ratings: ["some", "some"],
  },
  { client: "Told of a week that went better than the one before, and of one evening that did not.", ratings: ["good", "some"] },
] as const;

/** An appointment of a made-up client. A session of the same id says whether it took place. */
export async function addAppointment(
  client: pg.PoolClient,
  { practiceId, memberId }: Asker,
  clientId: string,
  { id = randomUUID(), date, startTime }: { readonly id?: string; readonly date: IsoDate; readonly startTime: string },
): Promise<string> {
  await client.query(
    `INSERT INTO trellis.appointment (practice_id, client_id, id, date, start_time, clinician_id, content, saved_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $6)`,
    [practiceId, clientId, id, date, startTime, memberId, JSON.stringify(detail)],
  );
  return id;
}

/**
 * What a treatment of some weeks leaves behind besides scores: appointments, a signed note, homework that was done and some that has come in, and a course
 * of sessions that the plan follows.
 *
 * @param sessions the sessions that are recorded, oldest first, the last one today's.
 */
export async function addTreatment(
  client: pg.PoolClient,
  signedIn: SignedIn,
  clientId: string,
  library: Library,
  {
    plan,
    sessions,
    today,
  }: {
    readonly plan: Plan;
    readonly sessions: readonly { readonly id: string; readonly date: IsoDate; readonly came: Attendance }[];
    readonly today: IsoDate;
  },
): Promise<void> {
  const asker: Asker = { practiceId: signedIn.practice.id, memberId: signedIn.member.id };
  const startTime = "09:00";
  for (const { id, date } of sessions) await addAppointment(client, asker, clientId, { id, date, startTime });
  for (const week of [1, 2, 3]) await addAppointment(client, asker, clientId, { date: addWeeks(today, week), startTime });
  // Today's is still to be written.
  const held = sessions.slice(0, -1).filter(({ came }) => came !== "missed");
  for (const [index, session] of held.entries())
    await addSignedNote(client, signedIn, clientId, plan, { ...session, ...(said[index] ?? said[0]) });
  const chapters = plan.problems.flatMap(({ chapter }) => chapter ?? []);
  await addHomework(client, asker, clientId, library, { plan, chapters, today });
  const outline = library.outlines.find((one) => one.format === "individual" && one.chapters.some((chapter) => chapters.includes(chapter)));
  const first = sessions[0];
  if (outline === undefined || first === undefined) return;
  const titles = new Map(library.homework.map(({ id, title }) => [id, title]));
  const course = hold(startCourse(outline, { planId: plan.id, on: first.date, titles }), { session: 1, on: first.date });
  await client.query(
    "INSERT INTO trellis.outline_course (practice_id, client_id, id, content, created_by, saved_by) VALUES ($1, $2, $3, $4, $5, $5)",
    [asker.practiceId, clientId, randomUUID(), JSON.stringify(course), asker.memberId],
  );
}

async function addSignedNote(
  client: pg.PoolClient,
  signedIn: SignedIn,
  clientId: string,
  plan: Plan,
  session: { readonly id: string; readonly date: IsoDate } & (typeof said)[number],
): Promise<void> {
  const id = randomUUID();
  const note = ProgressNote.parse({
    format: "dap",
    sessionId: session.id,
    date: session.date,
    start: "09:00",
    end: "09:50",
    plan: { id: plan.id, revision: plan.revision },
    objectives: plan.objectives.slice(0, 2).map(({ id: objectiveId }, index) => ({ objectiveId, rating: session.ratings[index] })),
    interventions: plan.interventions.slice(0, 2).map(({ id: interventionId }) => ({ interventionId })),
    client: session.client,
    risk: { state: "none" },
    nextTime: "Look at the homework first, then go on with the next step.",
  });
  await client.query(
    `INSERT INTO trellis.note (practice_id, client_id, id, kind, session_id, date, author_id, content, saved_by) VALUES ($1, $2, $3, 'progress', $4, $5, $6, $7, $6)`,
    [signedIn.practice.id, clientId, id, session.id, session.date, signedIn.member.id, JSON.stringify(note)],
  );
  const signed = await signNote(client, signedIn, clientId, id, 1);
  if (signed instanceof Problem) throw signed;
}

async function addHomework(
  client: pg.PoolClient,
  { practiceId, memberId }: Asker,
  clientId: string,
  library: Library,
  { plan, chapters, today }: { readonly plan: Plan; readonly chapters: readonly string[]; readonly today: IsoDate },
): Promise<void> {
  const fitting = library.homework.filter((one) => one.chapters.some((chapter) => chapters.includes(chapter))).slice(0, 2);
  for (const [index, one] of fitting.entries()) {
    const id = randomUUID();
    const looked = index === 0;
    const { title, why, steps, fields, ifStuck, timesPerWeek, minutes } = one;
    const homework = AssignedHomework.parse({
      title,
      libraryId: one.id,
      why,
      steps,
      fields,
      ifStuck,
      timesPerWeek,
      minutes,
      objectiveIds: plan.objectives.slice(index, index + 1).map((objective) => objective.id),
      planId: plan.id,
      assignedOn: addWeeks(today, looked ? -3 : -1),
      dueOn: looked ? addWeeks(today, -1) : today,
      ...(looked && { outcome: "done", lookedAtOn: addWeeks(today, -1) }),
    });
    await client.query(
      "INSERT INTO trellis.homework (practice_id, client_id, id, content, created_by, saved_by) VALUES ($1, $2, $3, $4, $5, $5)",
      [practiceId, clientId, id, JSON.stringify(homework), memberId],
    );
    if (looked) continue;
    const entry = Object.fromEntries(
      fields.flatMap((field) =>
        field.kind === "text" || field.kind === "long-text" ? [[field.id, "A short walk, and it went all right."]] : [],
      ),
    );
    const { kind, ...shown } = { kind: "homework", title, why, steps, fields, ifStuck, dueOn: today };
    // Nobody has the token of this link: it shows how homework looks that has come in.
    await client.query(
      `INSERT INTO trellis.client_link (practice_id, client_id, id, kind, subject_id, token_hash, shown, created_by, expires_at, opened_at, browser_hash, answers, seq, saved_at, finished_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + interval '28 days', now(), $6, $9, 1, now(), now())`,
      [
        practiceId,
        clientId,
        randomUUID(),
        kind,
        id,
        randomBytes(32),
        JSON.stringify({ kind, ...shown }),
        memberId,
        JSON.stringify({ entries: [entry] }),
      ],
    );
  }
}

/** A finished safety plan of a made-up client, and sessions today and in a week. */
export async function addSafetyPlan(
  client: pg.PoolClient,
  { practiceId, memberId }: Asker,
  clientId: string,
  today: IsoDate,
): Promise<void> {
  const plan = SafetyPlan.parse({
    warningSigns: ["I stop answering messages.", "I lie awake and go over the same thing."],
    ownCoping: ["Shower, then a walk to the end of the street.", "The playlist from the summer."],
    distractions: [{ name: "The café at the corner", note: "Sit at the window." }],
    helpers: [{ name: "My sister", phone: "555-0134" }],
    professionals: [
      { name: "Linden Street Counseling", phone: "555-0100" },
      { name: "Suicide and Crisis Lifeline", phone: "988" },
    ],
    surroundings: ["My sister keeps the medicine that is left over."],
    reasonsToLive: ["To see my niece start school."],
  });
  await client.query(
    `INSERT INTO trellis.client_document (practice_id, client_id, kind, revision, content, saved_by, finished_at, finished_by) VALUES ($1, $2, 'safety-plan', 1, $3, $4, now(), $4)`,
    [practiceId, clientId, JSON.stringify(plan), memberId],
  );
  await addAppointment(client, { practiceId, memberId }, clientId, { date: today, startTime: "11:00" });
  await addAppointment(client, { practiceId, memberId }, clientId, { date: addDays(today, 7), startTime: "11:00" });
}

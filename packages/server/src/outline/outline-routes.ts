import { checkCourse } from "@trellis/domain/outline/check-course";
import { courseProgress, isRunning } from "@trellis/domain/outline/follow-course";
import { OutlineCourse } from "@trellis/domain/outline/outline-course";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { saveKept } from "../chart/save-kept.ts";
import { lockClient, writeChart } from "../chart/write-chart.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { body, conflict, invalid, notFound } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import { todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";

const CourseEntry = z.strictObject({
  version: Version,
  content: OutlineCourse,
  /** Another course is being followed with the same plan, and both are to go on. */
  alongside: z.boolean().default(false),
});

const CourseRemoval = z.strictObject({ version: Version });

interface CourseRow {
  readonly id: string;
  readonly content: unknown;
  readonly version: number;
}

/** Structured courses of sessions that plans follow: chosen, gone on in, ended and taken back. */
export function outlineRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.put("/clients/:id/outlines/:courseId", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const courseId = pathId(context, "courseId");
    const { version, content, alongside } = await body(context, CourseEntry);
    const saved = await writeChart(trellis, context, clientId, async (client, birthDate) => {
      const today = todayIn(context.get("signedIn").practice.timeZone, trellis.now());
      const faults = checkCourse(content, birthDate, today);
      if (faults.length > 0) throw invalid(faults.map(({ pointer, message }) => ({ pointer: `/content${pointer}`, message })));
      if (content.planId !== null) await refuseOthersPlan(client, clientId, content.planId);
      const courses = await coursesOf(client, clientId);
      const before = courses.find(({ id }) => id === courseId);
      // Compared without what differs in nothing but the order of its parts.
      if (before !== undefined && !sameOutline(before.course, content))
        throw invalid([
          { pointer: "/content/outline", message: "The outline of a course that was begun stays as it is. Choose another course." },
        ]);
      if (!alongside) refuseSecond(courses, courseId, before?.course, content);
      return await saveKept(client, context, {
        table: "outline_course",
        schema: OutlineCourse,
        clientId,
        id: courseId,
        version,
        content,
        action: "outline.save",
        what: "this course",
      });
    });
    return context.json(saved);
  });

  // For one that was chosen by mistake. What was held stays in the record: such a course is ended.
  routes.delete("/clients/:id/outlines/:courseId", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const courseId = pathId(context, "courseId");
    const { version } = await body(context, CourseRemoval);
    await writeChart(trellis, context, clientId, async (client) => {
      const { rows } = await client.query<{ content: unknown; version: number; removed: boolean }>(
        `SELECT content, version, removed_at IS NOT NULL AS removed FROM trellis.outline_course WHERE id = $1 AND client_id = $2 FOR UPDATE`,
        [courseId, clientId],
      );
      const there = rows[0];
      if (there === undefined) throw notFound();
      if (there.removed) return;
      const course = OutlineCourse.parse(there.content);
      if (there.version !== version) {
        await client.query(auditEntry("chart.read", clientId, courseId));
        return conflict("Somebody changed this course meanwhile.", { content: course, version: there.version });
      }
      if (course.steps.length > 0)
        throw invalid([
          { pointer: "", message: "Sessions of this course were recorded. End it instead: what was held stays in the record." },
        ]);
      await client.query(
        `UPDATE trellis.outline_course SET removed_at = now(), saved_by = $3, saved_at = now(), version = version + 1 WHERE id = $1 AND client_id = $2`,
        [courseId, clientId, askerOf(context).memberId],
      );
      await client.query(auditEntry("outline.save", clientId, courseId, { removed: true }));
      return;
    });
    return context.body(null, 204);
  });
  return routes;
}

async function refuseOthersPlan(client: pg.PoolClient, clientId: string, planId: string): Promise<void> {
  const message = "This plan is not one of the client's. Reload the page.";
  if (!z.uuid().safeParse(planId).success) throw invalid([{ pointer: "/content/planId", message }]);
  const { rowCount } = await client.query("SELECT 1 FROM trellis.plan WHERE id = $1 AND client_id = $2", [planId, clientId]);
  if (rowCount === 0) throw invalid([{ pointer: "/content/planId", message }]);
}

interface Followed {
  readonly id: string;
  readonly course: OutlineCourse;
}

/** All courses of a client; nobody else adds one until this transaction ends. */
async function coursesOf(client: pg.PoolClient, clientId: string): Promise<Followed[]> {
  await lockClient(client, clientId);
  const { rows } = await client.query<CourseRow>(
    "SELECT id, content, version FROM trellis.outline_course WHERE client_id = $1 AND removed_at IS NULL ORDER BY created_at",
    [clientId],
  );
  return rows.map(({ id, content }) => ({ id, course: OutlineCourse.parse(content) }));
}

const sameOutline = (one: OutlineCourse, other: OutlineCourse): boolean =>
  JSON.stringify(OutlineCourse.shape.outline.parse(one.outline)) === JSON.stringify(OutlineCourse.shape.outline.parse(other.outline));

/** A plan follows one course at a time unless somebody says otherwise; one that already goes along goes on. */
function refuseSecond(courses: readonly Followed[], courseId: string, before: OutlineCourse | undefined, content: OutlineCourse): void {
  const begins = isRunning(content) && (before === undefined || !isRunning(before) || before.planId !== content.planId);
  if (!begins) return;
  const other = courses.find(({ id, course }) => id !== courseId && course.planId === content.planId && isRunning(course));
  if (other === undefined) return;
  const { next, total } = courseProgress(other.course);
  throw invalid([
    {
      pointer: "/alongside",
      message: `“${other.course.outline.title}” is being followed already (session ${next} of ${total} comes next). End it first, or say that both are to go on.`,
    },
  ]);
}

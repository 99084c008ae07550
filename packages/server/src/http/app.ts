import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { alertRoutes } from "../alerts/alert-routes.ts";
import { answerLinkRoutes } from "../answer-link/answer-link-routes.ts";
import { answerRoutes } from "../answer-link/answer-routes.ts";
import { auditRoutes } from "../audit/audit-routes.ts";
import { chartRoutes } from "../chart/chart-routes.ts";
import { clientRoutes } from "../chart/client-routes.ts";
import { clientDocumentRoutes } from "../client-document/client-document-routes.ts";
import { clientLinkRoutes } from "../client-link/client-link-routes.ts";
import { linkPageRoutes } from "../client-link/link-page-routes.ts";
import { courseRoutes } from "../course/course-routes.ts";
import { episodeRoutes } from "../episode/episode-routes.ts";
import { homeworkRoutes } from "../homework/homework-routes.ts";
import { importRoutes } from "../import/import-routes.ts";
import { favoriteRoutes } from "../library/favorite-routes.ts";
import { libraryRoutes } from "../library/library-routes.ts";
import { administrationRoutes } from "../measures/administration-routes.ts";
import { dueRoutes } from "../measures/due-routes.ts";
import { expectedCourseRoutes } from "../measures/expected-course-routes.ts";
import { measureRoutes } from "../measures/measure-routes.ts";
import { myDayRoutes } from "../my-day/my-day-routes.ts";
import { noteRoutes } from "../note/note-routes.ts";
import { psychotherapyNoteRoutes } from "../note/psychotherapy-note-routes.ts";
import { offTrackRoutes } from "../off-track/off-track-routes.ts";
import { outcomeRoutes } from "../outcomes/outcome-routes.ts";
import { outlineRoutes } from "../outline/outline-routes.ts";
import { importPath, largestFile, largestImport, ownLibraryRoutes } from "../own-library/own-library-routes.ts";
import { documentRoutes } from "../plan/document-routes.ts";
import { draftRoutes } from "../plan/draft-routes.ts";
import { revisionRoutes } from "../plan/revision-routes.ts";
import { signingRoutes } from "../plan/signing-routes.ts";
import { practiceRoutes } from "../practice/practice-routes.ts";
import { progressRoutes } from "../progress/progress-routes.ts";
import { reviewRoutes } from "../review/review-routes.ts";
import { authorizationRoutes } from "../schedule/authorization-routes.ts";
import { calendarFeedRoutes } from "../schedule/calendar-feed-routes.ts";
import { calendarRoutes } from "../schedule/calendar-routes.ts";
import { groupSessionRoutes } from "../schedule/group-session-routes.ts";
import { scheduleRoutes } from "../schedule/schedule-routes.ts";
import { sessionToken, usesHttps } from "../sign-in/current-session.ts";
import { invitationRoutes } from "../sign-in/invitation-routes.ts";
import { recoveryRoutes } from "../sign-in/recovery-routes.ts";
import { sessionRoutes } from "../sign-in/session-routes.ts";
import { treatmentRoutes } from "../treatment/treatment-routes.ts";
import type { Trellis } from "../trellis.ts";
import { serveBuiltClient } from "./built-client.ts";
import { limitRate, refuseOtherNames, refuseOtherSites, seeClientAddress } from "./guards.ts";
import { answerError, notFound, Problem } from "./problem.ts";
import type { RequestEnvironment } from "./request-context.ts";
import { safeHeaders } from "./safe-headers.ts";

const mebibyte = 1024 * 1024;

export interface AppOptions {
  readonly trellis: Trellis;
  /** The folder of the built browser client. */
  readonly client: string;
  /** So many requests one person may make in a minute: more than anybody types or clicks, so that a runaway page is slowed down before it hurts others. */
  readonly requestsAMinute?: number;
  /** True where only this machine reaches the server: then it goes by this machine's names only. */
  readonly atHome?: boolean;
}

/** Everything that answers a browser: the API below /api, and the browser client for every other path. */
export function createApp({ trellis, client, requestsAMinute = 1200, atHome = false }: AppOptions) {
  const app = new Hono<RequestEnvironment>();
  const headers = Object.entries(safeHeaders(trellis));
  // Set before the answer is made: set afterwards, as Hono's own middleware does, every answer would be built twice.
  app.use(async (context, next) => {
    for (const [name, value] of headers) context.header(name, value);
    await next();
  });
  // What is in a chart does not stay in a browser's cache; what is the same for everybody says otherwise itself.
  app.use("/api/*", async (context, next) => {
    context.header("cache-control", "no-store");
    await next();
  });
  if (atHome) app.use("/api/*", refuseOtherNames(trellis));
  app.use("/api/*", seeClientAddress(trellis));
  app.get("/api/health", async (context) => {
    await trellis.app.query("SELECT 1");
    return context.json({ status: "ok" as const });
  });
  app.use("/api/*", refuseOtherSites(trellis));
  app.use(
    "/api/*",
    limitRate(requestsAMinute, 60, (context) => sessionToken(context, usesHttps(trellis.publicAddress)) ?? context.get("clientAddress")),
  );
  const atMost = (maxSize: number, said = maxSize) =>
    bodyLimit({
      maxSize,
      onError: () => {
        throw new Problem(
          413,
          "That is too much at once",
          `At most ${said / mebibyte} MB can be saved at a time. Shorten the text, or split it.`,
        );
      },
    });
  const usually = atMost(mebibyte);
  const forAFile = atMost(largestImport, largestFile);
  app.use("/api/*", (context, next) => (context.req.path === importPath ? forAFile : usually)(context, next));
  app.route("/api", sessionRoutes(trellis));
  app.route("/api", invitationRoutes(trellis));
  app.route("/api", recoveryRoutes(trellis));
  app.route("/api", answerRoutes(trellis));
  app.route("/api", linkPageRoutes(trellis));
  app.route("/api", calendarFeedRoutes(trellis));
  app.route("/api", practiceRoutes(trellis));
  // Each of these asks for a session itself (`needSignIn`, or `readSignedIn` where that and the reading take one trip).
  for (const routes of [
    clientRoutes,
    chartRoutes,
    administrationRoutes,
    measureRoutes,
    courseRoutes,
    treatmentRoutes,
    scheduleRoutes,
    calendarRoutes,
    groupSessionRoutes,
    authorizationRoutes,
    noteRoutes,
    psychotherapyNoteRoutes,
    homeworkRoutes,
    clientLinkRoutes,
    outlineRoutes,
    reviewRoutes,
    revisionRoutes,
    clientDocumentRoutes,
    episodeRoutes,
    offTrackRoutes,
    myDayRoutes,
    alertRoutes,
    dueRoutes,
    expectedCourseRoutes,
    answerLinkRoutes,
    libraryRoutes,
    favoriteRoutes,
    ownLibraryRoutes,
    draftRoutes,
    signingRoutes,
    documentRoutes,
    progressRoutes,
    auditRoutes,
    outcomeRoutes,
    importRoutes,
  ])
    app.route("/api", routes(trellis));
  app.all("/api/*", () => {
    throw notFound();
  });
  app.get("*", serveBuiltClient(client));
  app.onError(answerError);
  return app;
}

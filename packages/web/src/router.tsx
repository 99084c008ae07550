import { Stack, Text, Title } from "@mantine/core";
import { createRootRoute, createRoute, createRouter, Link, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { queryClient } from "./api/query-client.ts";
import { type Session, sessionQuery, useSession } from "./api/session.ts";
import { handedOver } from "./hand-over/handed-over.ts";
import { SignInOverlay } from "./session/sign-in-overlay.tsx";
import { AppShell } from "./shell/app-shell.tsx";
import { PageFault, Waiting } from "./shell/waiting.tsx";
import { rememberWanted } from "./sign-in/wanted-page.ts";

const session = () => queryClient.ensureQueryData(sessionQuery);

/** Where somebody belongs who is not signed in. */
function doorFor(state: Session["state"]): "/set-up-practice" | "/sign-in" | null {
  if (state === "first-run") return "/set-up-practice";
  return state === "signed-in" ? null : "/sign-in";
}

const root = createRootRoute({
  component: Root,
  pendingComponent: () => <Waiting />,
  errorComponent: ({ error, reset }) => <PageFault error={error} retry={reset} />,
  notFoundComponent: NotFound,
  beforeLoad: ({ location }) => {
    // While the screen is in a client's hands, every address leads back to its page (another tab of this browser too).
    const lent = handedOver();
    if (lent !== null && location.pathname !== lent.path && location.pathname !== "/sign-in") throw redirect({ href: lent.path });
  },
});

function Root() {
  const current = useSession();
  return (
    <>
      <Outlet />
      {current?.state === "signed-in" && <SignInOverlay session={current} />}
    </>
  );
}

function NotFound() {
  return (
    <Stack align="flex-start" p="xl">
      <Title order={1}>There is no such page</Title>
      <Text>
        <Link to="/clients">Go to your clients</Link>
      </Text>
    </Stack>
  );
}

const setUpPractice = createRoute({
  getParentRoute: () => root,
  path: "/set-up-practice",
  component: lazyRouteComponent(() => import("./set-up-practice/set-up-practice-screen.tsx"), "SetUpPracticeScreen"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  beforeLoad: async () => {
    const { state } = await session();
    if (state === "signed-in") throw redirect({ to: "/" });
    if (state === "first-run") throw redirect({ to: "/set-up-practice" });
  },
  component: lazyRouteComponent(() => import("./sign-in/sign-in-screen.tsx"), "SignInScreen"),
});

const acceptInvitation = createRoute({
  getParentRoute: () => root,
  path: "/accept-invitation",
  component: lazyRouteComponent(() => import("./accept-invitation/accept-invitation-screen.tsx"), "AcceptInvitationScreen"),
});

const setPassword = createRoute({
  getParentRoute: () => root,
  path: "/set-password",
  component: lazyRouteComponent(() => import("./set-password/set-password-screen.tsx"), "SetPasswordScreen"),
});

/** Screens for somebody signed in that cover everything else. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: async ({ location }) => {
    const door = doorFor((await session()).state);
    if (door === null) return;
    rememberWanted(location.pathname);
    throw redirect({ to: door });
  },
});

const handOver = createRoute({
  getParentRoute: () => signedIn,
  path: "/clients/$clientId/measures/$measureId/hand-over",
  component: lazyRouteComponent(() => import("./hand-over/hand-over-screen.tsx"), "HandOverScreen"),
});

const handPlanOver = createRoute({
  getParentRoute: () => signedIn,
  path: "/clients/$clientId/plan/$planId/hand-over",
  component: lazyRouteComponent(() => import("./plan/sign/client-signs-screen.tsx"), "ClientSignsScreen"),
});

const shell = createRoute({ getParentRoute: () => signedIn, id: "shell", component: AppShell });

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: async () => {
    const { member } = await session();
    // Who treats nobody has no day of sessions.
    throw redirect({ to: member?.roles.some((role) => role === "clinician" || role === "supervisor") === true ? "/my-day" : "/clients" });
  },
});

const clients = createRoute({
  getParentRoute: () => shell,
  path: "/clients",
  component: lazyRouteComponent(() => import("./clients/clients-screen.tsx"), "ClientsScreen"),
});
const alerts = createRoute({
  getParentRoute: () => shell,
  path: "/alerts",
  component: lazyRouteComponent(() => import("./alerts/alerts-screen.tsx"), "AlertsScreen"),
});
const week = createRoute({
  getParentRoute: () => shell,
  path: "/week",
  component: lazyRouteComponent(() => import("./week/week-screen.tsx"), "WeekScreen"),
});
const newClient = createRoute({
  getParentRoute: () => shell,
  path: "/clients/new",
  component: lazyRouteComponent(() => import("./client-record/new-client-screen.tsx"), "NewClientScreen"),
});

const client = createRoute({
  getParentRoute: () => shell,
  path: "/clients/$clientId",
  component: lazyRouteComponent(() => import("./client/client-frame.tsx"), "ClientFrame"),
});
const overview = createRoute({
  getParentRoute: () => client,
  path: "/",
  component: lazyRouteComponent(() => import("./client/client-overview-screen.tsx"), "ClientOverviewScreen"),
});
const editClient = createRoute({
  getParentRoute: () => client,
  path: "/edit",
  component: lazyRouteComponent(() => import("./client-record/edit-client-screen.tsx"), "EditClientScreen"),
});
const intake = createRoute({
  getParentRoute: () => client,
  path: "/intake",
  component: lazyRouteComponent(() => import("./take-intake/intake-start-screen.tsx"), "IntakeStartScreen"),
});
const intakeSection = createRoute({
  getParentRoute: () => client,
  path: "/intake/$section",
  component: lazyRouteComponent(() => import("./take-intake/take-intake-screen.tsx"), "TakeIntakeScreen"),
});
const diagnoses = createRoute({
  getParentRoute: () => client,
  path: "/diagnoses",
  component: lazyRouteComponent(() => import("./choose-diagnosis/diagnoses-screen.tsx"), "DiagnosesScreen"),
});
const measures = createRoute({
  getParentRoute: () => client,
  path: "/measures",
  component: lazyRouteComponent(() => import("./give-measure/measures-screen.tsx"), "MeasuresScreen"),
});
const measureHistory = createRoute({
  getParentRoute: () => client,
  path: "/measures/$measureId",
  component: lazyRouteComponent(() => import("./give-measure/measure-history-screen.tsx"), "MeasureHistoryScreen"),
});
const progress = createRoute({
  getParentRoute: () => client,
  path: "/progress",
  component: lazyRouteComponent(() => import("./progress/progress-screen.tsx"), "ProgressScreen"),
});
const giveMeasure = createRoute({
  getParentRoute: () => client,
  path: "/measures/$measureId/give",
  component: lazyRouteComponent(() => import("./give-measure/give-measure-screen.tsx"), "GiveMeasureScreen"),
});
const correctMeasure = createRoute({
  getParentRoute: () => client,
  path: "/measures/$measureId/correct/$administrationId",
  component: lazyRouteComponent(() => import("./give-measure/give-measure-screen.tsx"), "CorrectMeasureScreen"),
});
const measureResult = createRoute({
  getParentRoute: () => client,
  path: "/measures/$measureId/result",
  component: lazyRouteComponent(() => import("./give-measure/result-screen.tsx"), "ResultScreen"),
});
const newOwnMeasure = createRoute({
  getParentRoute: () => client,
  path: "/measures/own/new",
  component: lazyRouteComponent(() => import("./own-measure/own-measure-screen.tsx"), "NewOwnMeasureScreen"),
});
const ownMeasure = createRoute({
  getParentRoute: () => client,
  path: "/measures/own/$ownId",
  component: lazyRouteComponent(() => import("./own-measure/own-measure-screen.tsx"), "OwnMeasureScreen"),
});
const clientAlerts = createRoute({
  getParentRoute: () => client,
  path: "/alerts",
  component: lazyRouteComponent(() => import("./alerts/client-alerts-screen.tsx"), "ClientAlertsScreen"),
});
const answerLinks = createRoute({
  getParentRoute: () => client,
  path: "/answer-links",
  component: lazyRouteComponent(() => import("./answer-link/answer-links-screen.tsx"), "AnswerLinksScreen"),
});
const accessLog = createRoute({
  getParentRoute: () => client,
  path: "/access-log",
  component: lazyRouteComponent(() => import("./access-log/access-log-screen.tsx"), "AccessLogScreen"),
});
const draftPlan = createRoute({
  getParentRoute: () => client,
  path: "/plan/$planId",
  component: lazyRouteComponent(() => import("./plan/draft-plan-screen.tsx")),
});
const signPlan = createRoute({
  getParentRoute: () => client,
  path: "/plan/$planId/sign",
  component: lazyRouteComponent(() => import("./plan/sign-plan-screen.tsx")),
});

const outcomes = createRoute({
  getParentRoute: () => shell,
  path: "/outcomes",
  component: lazyRouteComponent(() => import("./outcomes/outcomes-screen.tsx"), "OutcomesScreen"),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings/settings-frame.tsx"), "SettingsFrame"),
});
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: async () => {
    const { member } = await session();
    throw redirect({ to: member?.roles.includes("owner") === true ? "/settings/practice" : "/settings/security" });
  },
});
const settingsPractice = createRoute({
  getParentRoute: () => settings,
  path: "/practice",
  component: lazyRouteComponent(() => import("./settings/practice-screen.tsx"), "PracticeScreen"),
});
const settingsPeople = createRoute({
  getParentRoute: () => settings,
  path: "/people",
  component: lazyRouteComponent(() => import("./settings/people-screen.tsx"), "PeopleScreen"),
});
const settingsSecurity = createRoute({
  getParentRoute: () => settings,
  path: "/security",
  component: lazyRouteComponent(() => import("./settings/security-screen.tsx"), "SecurityScreen"),
});
const settingsLibrary = createRoute({
  getParentRoute: () => settings,
  path: "/library",
  component: lazyRouteComponent(() => import("./own-library/own-library-screen.tsx"), "OwnLibraryScreen"),
});
const settingsNewChapter = createRoute({
  getParentRoute: () => settings,
  path: "/library/new",
  // The shipped chapter to begin with, so that its page can lead here.
  validateSearch: ({ from }: Record<string, unknown>): { readonly from?: string } => (typeof from === "string" ? { from } : {}),
  component: lazyRouteComponent(() => import("./own-library/new-chapter-screen.tsx"), "NewChapterScreen"),
});
const settingsImportLibrary = createRoute({
  getParentRoute: () => settings,
  path: "/library/import",
  component: lazyRouteComponent(() => import("./own-library/import-library-screen.tsx"), "ImportLibraryScreen"),
});
const settingsChapter = createRoute({
  getParentRoute: () => settings,
  path: "/library/$chapterId",
  component: lazyRouteComponent(() => import("./own-library/own-chapter-screen.tsx"), "OwnChapterScreen"),
});
const settingsExpectedCourse = createRoute({
  getParentRoute: () => settings,
  path: "/measures/$measureId/expected-course",
  component: lazyRouteComponent(() => import("./settings/expected-course-screen.tsx"), "ExpectedCourseScreen"),
});
const settingsMeasures = createRoute({
  getParentRoute: () => settings,
  path: "/measures",
  component: lazyRouteComponent(() => import("./settings/measures-screen.tsx"), "MeasuresSettingsScreen"),
});
const settingsNewMeasure = createRoute({
  getParentRoute: () => settings,
  path: "/measures/new",
  component: lazyRouteComponent(() => import("./settings/measure-screen.tsx"), "NewPracticeMeasureScreen"),
});
const settingsImportMeasure = createRoute({
  getParentRoute: () => settings,
  path: "/measures/import",
  component: lazyRouteComponent(() => import("./settings/import-questionnaire-screen.tsx"), "ImportQuestionnaireScreen"),
});
const settingsMeasure = createRoute({
  getParentRoute: () => settings,
  path: "/measures/$measureId",
  component: lazyRouteComponent(() => import("./settings/measure-screen.tsx"), "MeasureSettingsScreen"),
});
const settingsImport = createRoute({
  getParentRoute: () => settings,
  path: "/import",
  component: lazyRouteComponent(() => import("./import/import-screen.tsx"), "ImportScreen"),
});
const settingsAudit = createRoute({
  getParentRoute: () => settings,
  path: "/audit",
  component: lazyRouteComponent(() => import("./settings/audit-screen.tsx"), "AuditScreen"),
});

const calendar = createRoute({
  getParentRoute: () => shell,
  path: "/calendar",
  component: lazyRouteComponent(() => import("./schedule/calendar-screen.tsx"), "CalendarScreen"),
});
const sessions = createRoute({
  getParentRoute: () => client,
  path: "/sessions",
  component: lazyRouteComponent(() => import("./schedule/sessions-screen.tsx"), "SessionsScreen"),
});
const settingsCalendar = createRoute({
  getParentRoute: () => settings,
  path: "/calendar",
  component: lazyRouteComponent(() => import("./settings/calendar-feed-screen.tsx"), "CalendarFeedScreen"),
});
const notes = createRoute({
  getParentRoute: () => client,
  path: "/notes",
  component: lazyRouteComponent(() => import("./note/notes-screen.tsx"), "NotesScreen"),
});
const note = createRoute({
  getParentRoute: () => client,
  path: "/notes/$noteId",
  component: lazyRouteComponent(() => import("./note/note-screen.tsx"), "NoteScreen"),
});
const privateNotes = createRoute({
  getParentRoute: () => client,
  path: "/private-notes",
  component: lazyRouteComponent(() => import("./note/psychotherapy-notes-screen.tsx"), "PsychotherapyNotesScreen"),
});
const homework = createRoute({
  getParentRoute: () => client,
  path: "/homework",
  component: lazyRouteComponent(() => import("./homework/homework-screen.tsx"), "HomeworkScreen"),
});
const outline = createRoute({
  getParentRoute: () => client,
  path: "/outline",
  component: lazyRouteComponent(() => import("./outline/outline-screen.tsx"), "OutlineScreen"),
});
const review = createRoute({
  getParentRoute: () => client,
  path: "/review/$reviewId",
  component: lazyRouteComponent(() => import("./review/review-screen.tsx"), "ReviewScreen"),
});
const reviewsDue = createRoute({
  getParentRoute: () => shell,
  path: "/reviews",
  component: lazyRouteComponent(() => import("./review/reviews-due-screen.tsx"), "ReviewsDueScreen"),
});
const planHistory = createRoute({
  getParentRoute: () => client,
  path: "/plan/$planId/history",
  component: lazyRouteComponent(() => import("./plan/history/plan-history-screen.tsx"), "PlanHistoryScreen"),
});
const safety = createRoute({
  getParentRoute: () => client,
  path: "/safety",
  validateSearch: ({ kind }: Record<string, unknown>): { readonly kind?: "relapse-plan" | "risk" } =>
    kind === "relapse-plan" || kind === "risk" ? { kind } : {},
  component: lazyRouteComponent(() => import("./safety/safety-screen.tsx"), "SafetyScreen"),
});
const ending = createRoute({
  getParentRoute: () => client,
  path: "/ending",
  component: lazyRouteComponent(() => import("./ending/ending-screen.tsx"), "EndingScreen"),
});
const offTrack = createRoute({
  getParentRoute: () => client,
  path: "/not-working",
  component: lazyRouteComponent(() => import("./off-track/off-track-screen.tsx"), "OffTrackScreen"),
});
const engagement = createRoute({
  getParentRoute: () => client,
  path: "/engagement",
  component: lazyRouteComponent(() => import("./engagement/engagement-screen.tsx"), "EngagementScreen"),
});
const myDay = createRoute({
  getParentRoute: () => shell,
  path: "/my-day",
  component: lazyRouteComponent(() => import("./my-day/my-day-screen.tsx"), "MyDayScreen"),
});

const library = createRoute({
  getParentRoute: () => shell,
  path: "/library",
  component: lazyRouteComponent(() => import("./library/library-frame.tsx"), "LibraryFrame"),
});
const libraryContents = createRoute({
  getParentRoute: () => library,
  path: "/",
  component: lazyRouteComponent(() => import("./library/contents-screen.tsx"), "ContentsScreen"),
});
const libraryChapter = createRoute({
  getParentRoute: () => library,
  path: "/chapters/$chapterId",
  component: lazyRouteComponent(() => import("./library/chapter-screen.tsx"), "ChapterScreen"),
});
const libraryHomework = createRoute({
  getParentRoute: () => library,
  path: "/homework",
  component: lazyRouteComponent(() => import("./library/homework-sheets-screen.tsx"), "HomeworkSheetsScreen"),
});
const libraryCourses = createRoute({
  getParentRoute: () => library,
  path: "/courses",
  component: lazyRouteComponent(() => import("./library/courses-screen.tsx"), "CoursesScreen"),
});
const libraryCases = createRoute({
  getParentRoute: () => library,
  path: "/cases",
  component: lazyRouteComponent(() => import("./library/cases-screen.tsx"), "CasesScreen"),
});
const libraryCase = createRoute({
  getParentRoute: () => library,
  path: "/cases/$caseId",
  component: lazyRouteComponent(() => import("./library/case-screen.tsx"), "CaseScreen"),
});
const libraryEvidence = createRoute({
  getParentRoute: () => library,
  path: "/evidence",
  component: lazyRouteComponent(() => import("./library/evidence-screen.tsx"), "EvidenceScreen"),
});

const tree = root.addChildren([
  setUpPractice,
  signIn,
  acceptInvitation,
  setPassword,
  signedIn.addChildren([
    handOver,
    handPlanOver,
    shell.addChildren([
      home,
      clients,
      alerts,
      week,
      calendar,
      reviewsDue,
      myDay,
      newClient,
      client.addChildren([
        overview,
        editClient,
        intake,
        intakeSection,
        diagnoses,
        measures,
        measureHistory,
        progress,
        giveMeasure,
        correctMeasure,
        measureResult,
        newOwnMeasure,
        ownMeasure,
        clientAlerts,
        answerLinks,
        accessLog,
        draftPlan,
        sessions,
        notes,
        note,
        privateNotes,
        homework,
        outline,
        review,
        planHistory,
        safety,
        ending,
        offTrack,
        engagement,
        signPlan,
      ]),
      outcomes,
      library.addChildren([libraryContents, libraryChapter, libraryHomework, libraryCourses, libraryCases, libraryCase, libraryEvidence]),
      settings.addChildren([
        settingsHome,
        settingsPractice,
        settingsPeople,
        settingsSecurity,
        settingsCalendar,
        settingsLibrary,
        settingsNewChapter,
        settingsImportLibrary,
        settingsChapter,
        settingsExpectedCourse,
        settingsMeasures,
        settingsNewMeasure,
        settingsImportMeasure,
        settingsMeasure,
        settingsImport,
        settingsAudit,
      ]),
    ]),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  // Fetches a page's code when a link to it is pointed at or focused. Charts themselves are only fetched when opened: each reading is recorded.
  defaultPreload: "intent",
  defaultPendingMs: 200,
  // A page that fails takes nothing else with it: the header and the way to other pages stay.
  defaultErrorComponent: ({ error, reset }) => <PageFault error={error} retry={reset} />,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

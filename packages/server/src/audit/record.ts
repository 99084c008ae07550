import type pg from "pg";

/** What the audit trail tells apart. Reads and changes of a chart name the client; the others are about the practice. */
export const auditActions = {
  "session.begin": "Signed in",
  "session.end": "Signed out",
  "second-factor.on": "Switched the second factor on",
  "second-factor.off": "Switched the second factor off",
  "second-factor.codes": "Made new backup codes",
  "password.change": "Changed the password",
  "password.reset": "Set a new password by a one-time link",
  "practice.set-up": "Set up the practice",
  "practice.change": "Changed the practice's settings",
  "member.change": "Changed a member's roles or details",
  "member.recovery": "Made a one-time link for a new password",
  "invitation.create": "Invited somebody",
  "invitation.withdraw": "Withdrew an invitation",
  "invitation.accept": "Joined the practice",
  "client.create": "Added the client",
  "client.change": "Changed the client's details",
  "client.read": "Saw the client's details",
  "client.search-closed": "Looked for a colleague's client in an emergency",
  "chart.read": "Opened the chart",
  "chart.refused": "Was refused the chart",
  "care-team.add": "Added somebody to the care team",
  "care-team.remove": "Took somebody off the care team",
  "care-team.emergency": "Opened the chart in an emergency",
  "access-log.read": "Looked at the access log",
  "audit.verify": "Checked the audit trail",
  "intake.save": "Saved a part of the intake",
  "diagnosis.save": "Saved a diagnosis",
  "administration.add": "Entered a measure",
  "administration.error": "Marked a measure as entered in error",
  "administration.correct": "Corrected a measure's entry",
  "measure.form": "Printed a questionnaire",
  "own-measure.save": "Saved a measure of the practice's own",
  "own-measure.retire": "Retired a measure of the practice's own",
  "measure-setting.save": "Changed what the practice adds to a measure",
  "appointment.save": "Recorded whether a session took place",
  "appointment.remove": "Removed a session from the record",
  "course-event.save": "Recorded an event",
  "course-event.remove": "Removed an event from the record",
  "alert.read": "Saw the alerts",
  "alert.acknowledge": "Acknowledged an alert",
  "due.read": "Looked at which measures are due",
  "expected-course.offer": "Had an expected course worked out of the practice's scores",
  "answer-link.create": "Made a private link for answering measures",
  "answer-link.withdraw": "Withdrew a private link",
  "answer-link.read": "Looked at the private links",
  "answer-link.open": "The client opened a private link",
  "answer-link.finish": "The client answered by private link",
  "administration.import": "Brought in scores from a file",
  "import.begin": "Began to bring in a file of scores",
  "import.check": "Checked a file of scores",
  "import.store": "Took over a file of scores",
  "outcomes.read": "Looked at the practice's outcomes",
  "outcomes.export": "Exported the practice's outcomes",
  "library.add": "Kept an own statement in the library",
  "library.remove": "Took an own statement out of the library",
  "plan.draft": "Drafted a plan",
  "plan.read": "Opened the plan",
  "plan.edit": "Changed the plan",
  "plan.freeze": "Froze the plan for signing",
  "plan.reopen": "Opened the plan for changes again",
  "plan.sign": "Signed the plan",
  "plan.not-signed": "Recorded that the plan was not signed",
  "plan.complete": "The plan came into force",
  "plan.next-revision": "Started the next revision of the plan",
  "plan.document": "Made a PDF of the plan",
  "progress.document": "Made a PDF of the progress",
} as const;
export type AuditAction = keyof typeof auditActions;

/**
 * Codes, counts and ids only: the trail never repeats what a chart says. With one exception, the reason that somebody gives for opening a
 * colleague's chart in an emergency: it stands there for whoever looks after the client to judge, and has to stay as it was given.
 */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>;

/**
 * The statement that appends one entry to the practice's audit trail. It runs in the transaction of what it records, so that
 * neither is there without the other.
 */
export function auditEntry(action: AuditAction, clientId: string | null = null, object = "", detail: AuditDetail = {}): pg.QueryConfig {
  return { name: "audit", text: "SELECT audit.append($1, $2, $3, $4)", values: [action, clientId, object, detail] };
}

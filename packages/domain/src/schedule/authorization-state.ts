import { addDays, daysBetween, formatDate, type IsoDate } from "../calendar/date.ts";
import { minutesBetween } from "../calendar/wall-clock.ts";
import { type Attendance, type SessionDetail, tookPlace } from "../course/session.ts";
import type { Appointment } from "./appointment.ts";
import type { PayerAuthorization } from "./payer-authorization.ts";

type Unit = PayerAuthorization["unit"];

/** A session as far as units are counted by it. */
export interface CountedSession {
  readonly id: string;
  readonly date: IsoDate;
  readonly attendance: Attendance;
  readonly detail: Pick<SessionDetail, "start" | "end" | "units">;
}

/** Whole units of a quarter of an hour, rounded to the nearest. Practice-based: where a payer counts otherwise, the units of a session are entered. */
const quarterHours = (minutes: number): number => Math.floor((minutes + 7) / 15);

/** Minutes that a session lasted: from start to stop where both are recorded, else as planned; `null` where neither is known. */
export function minutesOfSession({ start, end }: Pick<SessionDetail, "start" | "end">, planned: number | null): number | null {
  return (start !== null && end !== null ? minutesBetween(start, end) : null) ?? planned;
}

/** Units that a session takes of an authorization: those entered, else worked out. One that did not take place takes none; `null` where its length is not known. */
export function unitsOf(session: CountedSession, plannedMinutes: number | null, unit: Unit): number | null {
  if (session.detail.units !== null) return session.detail.units;
  if (!tookPlace(session.attendance)) return 0;
  if (unit === "session") return 1;
  const minutes = minutesOfSession(session.detail, plannedMinutes);
  return minutes === null ? null : quarterHours(minutes);
}

export interface AuthorizationWarning {
  readonly kind: "used-up" | "few-left" | "ends-soon" | "over" | "beyond-units" | "beyond-end" | "no-length";
  readonly words: string;
}

/** How far an authorization has been used. All numbers are units. */
export interface AuthorizationState {
  /** `ahead` before its first day, `over` after its last. */
  readonly phase: "ahead" | "current" | "over" | "ended";
  readonly used: number;
  /** Of appointments that are still to come or that nobody has recorded yet, within its dates. */
  readonly planned: number;
  /** Approved and not used; never below 0. */
  readonly left: number;
  readonly warnings: readonly AuthorizationWarning[];
}

/** From so many days before its end on, and from so few sessions left on, a warning is due, so that there is time to ask the payer for more. Practice-based. */
const soonDays = 21;
const fewSessions = 3;

const counted = (n: number, one: string, more = `${one}s`) => `${n} ${n === 1 ? one : more}`;
const unitWords = (n: number, unit: Unit) =>
  unit === "session" ? counted(n, "session") : counted(n, "unit of 15 minutes", "units of 15 minutes");

/**
 * How far an authorization is used by what took place and by what is planned, and what to see to before it runs out. `today` is a day of the practice.
 * Sessions count by their date; where two authorizations hold on a day, each counts it.
 */
export function authorizationState(
  authorization: PayerAuthorization,
  sessions: readonly CountedSession[],
  appointments: readonly Pick<Appointment, "id" | "date" | "detail">[],
  today: IsoDate,
): AuthorizationState {
  const { from, unit, units } = authorization;
  const to = authorization.endedOn !== null && authorization.endedOn < authorization.to ? authorization.endedOn : authorization.to;
  const holds = (date: IsoDate) => date >= from && date <= to;
  const lengths = new Map(appointments.map(({ id, detail }) => [id, detail.minutes]));
  const recorded = new Set(sessions.map(({ id }) => id));
  const taken = sessions.filter(({ date }) => holds(date)).map((session) => unitsOf(session, lengths.get(session.id) ?? null, unit));
  const used = taken.reduce<number>((sum, of) => sum + (of ?? 0), 0);
  const withoutLength = taken.filter((of) => of === null).length;
  const open = appointments.filter(({ id }) => !recorded.has(id));
  const costOf = ({ detail }: Pick<Appointment, "detail">) => (unit === "session" ? 1 : quarterHours(detail.minutes));
  const within = open.filter(({ date }) => holds(date)).toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const planned = within.reduce((sum, appointment) => sum + costOf(appointment), 0);
  const left = Math.max(0, units - used);
  const ended = authorization.endedOn !== null && authorization.endedOn <= today;
  const phase = ended ? "ended" : today < from ? "ahead" : today > to ? "over" : "current";

  const warnings: AuthorizationWarning[] = [];
  const warn = (kind: AuthorizationWarning["kind"], words: string) => warnings.push({ kind, words });
  if (phase === "over" || phase === "ended") {
    const after = open.filter(({ date }) => date > to && date >= today).length;
    if (phase === "over" && after > 0)
      warn("over", `It ended on ${formatDate(to)}; ${counted(after, "session is", "sessions are")} planned after that.`);
    return { phase, used, planned, left, warnings };
  }
  if (used >= units)
    warn("used-up", used > units ? `${unitWords(used, unit)} used, and ${units} approved.` : `All ${unitWords(units, unit)} are used.`);
  else {
    const each = within[0] === undefined ? (unit === "session" ? 1 : 4) : Math.max(1, costOf(within[0]));
    const enough = Math.floor(left / each);
    if (enough <= fewSessions)
      warn(
        "few-left",
        `${unitWords(left, unit)} left${unit === "session" ? "" : enough === 0 ? ": not enough for a session" : `: enough for ${counted(enough, "session")}`}.`,
      );
  }
  let sum = 0;
  const firstBeyond = within.find((appointment) => {
    sum += costOf(appointment);
    return sum > left;
  });
  if (firstBeyond !== undefined && used < units)
    warn(
      "beyond-units",
      `More sessions are planned than it covers: from ${formatDate(firstBeyond.date)} on they need a new authorization.`,
    );
  if (today >= addDays(to, -soonDays)) {
    const days = daysBetween(today, to);
    warn("ends-soon", days === 0 ? "It ends today." : `It ends on ${formatDate(to)}, in ${counted(days, "day")}.`);
  }
  const after = open.filter(({ date }) => date > to).length;
  if (after > 0)
    warn("beyond-end", `${counted(after, "planned session lies", "planned sessions lie")} after its end on ${formatDate(to)}.`);
  if (withoutLength > 0)
    warn("no-length", `The length of ${counted(withoutLength, "session is", "sessions are")} not recorded, so it is not counted here.`);
  return { phase, used, planned, left, warnings };
}

/** What has to be seen to about a client's authorizations, in words, for the overview and the day's list. One that another follows is not warned of for its end. */
export function authorizationWarnings(
  authorizations: readonly PayerAuthorization[],
  sessions: readonly CountedSession[],
  appointments: readonly Pick<Appointment, "id" | "date" | "detail">[],
  today: IsoDate,
): readonly string[] {
  return authorizations.flatMap((authorization) => {
    const followed = authorizations.some(
      (other) =>
        other !== authorization && other.endedOn === null && other.from <= addDays(authorization.to, 1) && other.to > authorization.to,
    );
    const name = authorization.payer === "" ? "Authorization" : `Authorization by ${authorization.payer}`;
    return authorizationState(authorization, sessions, appointments, today).warnings.flatMap(({ kind, words }) =>
      kind === "no-length" || followed ? [] : [`${name}: ${words[0]?.toLowerCase() === "i" ? `i${words.slice(1)}` : words}`],
    );
  });
}

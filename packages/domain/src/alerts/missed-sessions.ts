import { formatDate } from "../calendar/date.ts";
import { missedRun, type SessionRecord } from "../course/session.ts";
import type { RaisedAlert } from "./alert.ts";

/** From so many sessions missed in a row somebody is told. Trellis's own line: one can be forgotten, three are a message. */
export const missedSessionsToTell = 3;

const keyOf = ({ id }: SessionRecord) => `missed-sessions/${id}`;

/** What the sessions so far call for. */
export interface MissedSessions {
  readonly alert: RaisedAlert;
  /** The alert belongs to the run of missed sessions: where one with any of these keys was raised, this one is not. */
  readonly keysOfRun: readonly string[];
}

/** The alert about the sessions that were missed in a row; `null` while there are fewer than three. */
export function missedSessions(sessions: readonly SessionRecord[]): MissedSessions | null {
  const run = missedRun(sessions);
  const last = run[0];
  const first = run.at(-1);
  if (last === undefined || first === undefined || run.length < missedSessionsToTell) return null;
  return {
    keysOfRun: run.map(keyOf),
    alert: {
      key: keyOf(last),
      kind: "missed-sessions",
      measure: null,
      administrationId: null,
      detail: {
        words: `${run.length} sessions in a row were missed without a word, from ${formatDate(first.date)} to ${formatDate(last.date)}.`,
        rule: "Three or more sessions missed one after the other. One cancelled in time neither counts nor begins anew.",
        source: "A rule of Trellis's own",
        date: last.date,
      },
    },
  };
}

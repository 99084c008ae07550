import { IsoDate } from "@trellis/domain/calendar/date";
import { Attendance } from "@trellis/domain/course/session";
import { canBeAnswered, type Measure } from "@trellis/domain/measures/measure";
import type pg from "pg";
import { z } from "zod";
import { Problem } from "../http/problem.ts";
import { MeasureRows, practiceMeasuresOf } from "../measures/practice-measures.ts";
import { tokenHash } from "../sign-in/one-time-token.ts";
import type { Trellis } from "../trellis.ts";

/** One measure of a link, and the id under which its answers will stand in the chart. */
export const LinkedMeasure = z.object({ id: z.string(), administration: z.uuid() });
export type LinkedMeasure = z.infer<typeof LinkedMeasure>;

/** Answers to one measure so far. The number grows with every sending, so that what arrives late changes nothing. */
const AnswersSoFar = z.object({ seq: z.number().int(), answers: z.array(z.number().nullable()) });

const OpenRow = z.object({
  state: z.enum(["open", "finished-here"]),
  measures: z.array(LinkedMeasure),
  answers: z.record(z.string(), AnswersSoFar),
  country: z.string(),
  crisis: z.string(),
  timeZone: z.string(),
  /** An answer by this link has spoken of danger. */
  danger: z.boolean(),
  rows: MeasureRows,
  scores: z.array(z.object({ measure: z.string(), date: IsoDate, total: z.number() })),
  sessions: z.array(z.object({ date: IsoDate, attendance: Attendance })),
});
const LinkRow = z.union([OpenRow, z.object({ state: z.enum(["unknown", "withdrawn", "finished", "expired", "elsewhere"]) })]);

/** A link in the browser that it belongs to. */
export interface OpenLink extends Omit<z.infer<typeof OpenRow>, "measures"> {
  /** In the order in which they are asked; `measure` is `null` where the practice has it no longer, or not its words. */
  readonly measures: readonly (LinkedMeasure & { readonly measure: Measure | null })[];
}

/** Who shows a link: its token, and the key that the first browser made for itself. */
export interface Shown {
  readonly token: string;
  readonly browserKey: string;
}

/**
 * Runs `work` in one transaction as nobody. Row-level security shows such a transaction nothing; it reaches a chart only through the functions that
 * look the link up themselves.
 */
export async function asNobody<T>({ app }: Pick<Trellis, "app">, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await app.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Looks a link up and binds it to the first browser that shows it. Throws a problem that says why it cannot be used. */
export async function openLink(
  { library }: Pick<Trellis, "library">,
  client: pg.PoolClient,
  { token, browserKey }: Shown,
): Promise<OpenLink> {
  const { rows } = await client.query<{ link: unknown }>({
    name: "open-answer-link",
    text: "SELECT trellis.open_answer_link($1, $2) AS link",
    values: [tokenHash(token), tokenHash(browserKey)],
  });
  const link = LinkRow.parse(rows[0]?.link);
  if (!("measures" in link)) throw closedLink(link.state);
  const known = new Map(practiceMeasuresOf(library.measures, link.rows).map((measure) => [measure.id, measure]));
  const answerable = (id: string): Measure | null => {
    const measure = known.get(id);
    return measure !== undefined && canBeAnswered(measure) ? measure : null;
  };
  return { ...link, measures: link.measures.map((linked) => ({ ...linked, measure: answerable(linked.id) })) };
}

const askForNew = "Ask your therapist for a new link.";

const closed = {
  unknown: [
    404,
    "This link does not work",
    `The link is not complete, or there is no such link. Open it again from the message you got, or ask your therapist.`,
  ],
  withdrawn: [410, "This link was taken back", `Your therapist has taken this link back. ${askForNew}`],
  finished: [410, "These questions have been answered", "The answers are with your therapist. There is nothing more to do here."],
  expired: [410, "This link has run out", `The time for these questions is over. ${askForNew}`],
  elsewhere: [
    409,
    "This link was opened in another browser",
    `It only works where it was opened first. Go on there. If you cannot: ${askForNew}`,
  ],
} as const;

/** Why a link cannot be used, for the page and the person before it. */
export function closedLink(state: string): Problem {
  const reason = Object.hasOwn(closed, state) ? (state as keyof typeof closed) : "unknown";
  const [status, title, detail] = closed[reason];
  return new Problem(status, title, detail, { reason });
}

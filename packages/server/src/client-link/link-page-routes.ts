import { isDeepStrictEqual } from "node:util";
import { LinkShown, linkAnswers } from "@trellis/domain/client-link/client-link";
import { inWords } from "@trellis/domain/input/in-words";
import { crisisWords } from "@trellis/domain/practice/crisis-words";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { countFailedLinks } from "../answer-link/failed-links.ts";
import { asNobody, type Shown } from "../answer-link/open-link.ts";
import { limitRate } from "../http/guards.ts";
import { body, invalid, Problem } from "../http/problem.ts";
import type { RequestContext, RequestEnvironment } from "../http/request-context.ts";
import { Token, tokenHash } from "../sign-in/one-time-token.ts";
import type { Trellis } from "../trellis.ts";

/** Tokens travel in bodies only: addresses stand in logs. */
const Open = z.strictObject({ token: z.string().max(200), browserKey: Token });
const Save = Open.extend({
  /** Grows with every sending. */
  seq: z.number().int().min(1).max(2_000_000_000),
  /** By the kind of the link, which is looked up first. */
  answers: z.unknown(),
  /** The client says: that is all. */
  finish: z.boolean().default(false),
});

const OpenRow = z.object({
  state: z.enum(["open", "finished-here"]),
  shown: LinkShown,
  answers: z.unknown(),
  seq: z.number(),
  country: z.string(),
  crisis: z.string(),
});
const LinkRow = z.union([OpenRow, z.object({ state: z.enum(["unknown", "withdrawn", "expired", "elsewhere"]) })]);
type OpenLink = z.infer<typeof OpenRow>;

const aMinute = 60;

/** For the client, who has no account: opening a private link to homework, a review or a plan, and keeping what is filled in. */
export function linkPageRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const failed = countFailedLinks();
  routes.use(
    "/link/*",
    limitRate(aMinute, 60, (context) => context.get("clientAddress")),
  );

  /** Runs `work` on the link that the request shows, in one transaction. */
  async function onLink<T>(context: RequestContext, shown: Shown, work: (link: OpenLink, client: pg.PoolClient) => Promise<T>): Promise<T> {
    const address = context.get("clientAddress");
    await failed.refuse(address);
    try {
      return await asNobody(trellis, async (client) => work(await openLink(client, shown), client));
    } catch (error) {
      if (error instanceof Problem && error.more.reason === "unknown") await failed.count(address);
      throw error;
    }
  }

  routes.post("/link/open", async (context) => {
    const shown = await body(context, Open);
    return context.json(
      await onLink(context, shown, async (link) => ({
        state: link.state === "open" ? "open" : "finished",
        shown: link.shown,
        answers: link.answers ?? null,
        seq: link.seq,
        crisis: crisisWords(link),
      })),
    );
  });

  routes.post("/link/save", async (context) => {
    const { seq, answers, finish, ...shown } = await body(context, Save);
    const saved = await onLink(context, shown, async (link, client) => {
      // Late, from a tab that was left open: it is over already, and what is new in it has no reader.
      if (link.state === "finished-here") return { finished: true, late: seq > link.seq && !sameAnswers(link, answers) };
      const checked = checkedAnswers(link.shown, answers);
      const { rows } = await client.query<{ state: string }>("SELECT trellis.save_client_link($1, $2, $3, $4, $5) AS state", [
        tokenHash(shown.token),
        tokenHash(shown.browserKey),
        seq,
        JSON.stringify(checked),
        finish,
      ]);
      const state = rows[0]?.state ?? "unknown";
      if (state !== "open") throw closedLink(state);
      return { finished: finish };
    });
    return context.json({ seq, ...saved });
  });
  return routes;
}

/** Whether these are the answers that the link holds. */
function sameAnswers({ shown, answers: kept }: OpenLink, answers: unknown): boolean {
  if (shown.kind === "safety-plan" || shown.kind === "relapse-plan") return true;
  const parsed = linkAnswers[shown.kind].safeParse(answers);
  return parsed.success && isDeepStrictEqual(parsed.data, kept);
}

const askForNew = "Ask your therapist for a new link.";

const closed = {
  unknown: [
    404,
    "This link does not work",
    "The link is not complete, or there is no such link. Open it again from the message you got, or ask your therapist.",
  ],
  withdrawn: [410, "This link was taken back", `Your therapist has taken this link back. ${askForNew}`],
  expired: [410, "This link has run out", `It worked for a while, and that time is over. ${askForNew}`],
  elsewhere: [
    409,
    "This link was opened in another browser",
    `It only works where it was opened first. Go on there. If you cannot: ${askForNew}`,
  ],
} as const;

/** Why a link cannot be used, for the page and the person before it. */
function closedLink(state: string): Problem {
  const reason = Object.hasOwn(closed, state) ? (state as keyof typeof closed) : "unknown";
  const [status, title, detail] = closed[reason];
  return new Problem(status, title, detail, { reason });
}

/** Looks a link up and binds it to the first browser that shows it. Throws a problem that says why it cannot be used. */
async function openLink(client: pg.PoolClient, { token, browserKey }: Shown): Promise<OpenLink> {
  const { rows } = await client.query<{ link: unknown }>({
    name: "open-client-link",
    text: "SELECT trellis.open_client_link($1, $2) AS link",
    values: [tokenHash(token), tokenHash(browserKey)],
  });
  const link = LinkRow.parse(rows[0]?.link);
  if (!("shown" in link)) throw closedLink(link.state);
  return link;
}

/** Answers as this kind of link takes them. Throws a problem where they are none of it. */
function checkedAnswers(shown: LinkShown, answers: unknown): unknown {
  if (shown.kind === "safety-plan" || shown.kind === "relapse-plan")
    throw invalid([{ pointer: "/answers", message: "This page is for reading; there is nothing to send." }]);
  const parsed = linkAnswers[shown.kind].safeParse(answers, { error: inWords });
  if (!parsed.success)
    throw invalid(
      parsed.error.issues
        .slice(0, 50)
        .map(({ path, message }) => ({ pointer: ["/answers", ...path.map((key) => String(key))].join("/"), message })),
    );
  if (shown.kind === "review" && "ratings" in parsed.data) {
    const known = new Set(shown.objectives.map(({ id }) => id));
    const faults = parsed.data.ratings.flatMap(({ objectiveId }, index) =>
      known.has(objectiveId)
        ? []
        : [{ pointer: `/answers/ratings/${index}`, message: "This is not asked here. Reload the page and go on." }],
    );
    if (faults.length > 0) throw invalid(faults);
  }
  return parsed.data;
}

import { Hono } from "hono";
import { z } from "zod";
import { inOneTrip, withPractice } from "../database/pool.ts";
import { needSignIn } from "../http/guards.ts";
import { Problem } from "../http/problem.ts";
import { askerOf, type RequestContext, type RequestEnvironment } from "../http/request-context.ts";
import type { Trellis } from "../trellis.ts";

/** The id of a chapter or statement: of the library (words with hyphens) or of the practice (a UUID). */
const Marked = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(80);

/** More than this nobody finds anything among. */
const mostFavorites = 1000;

function markedId(context: RequestContext): string {
  const id = Marked.safeParse(context.req.param("id"));
  if (!id.success) throw new Problem(422, "This cannot be marked", "There is nothing of this name in the library. Reload the page.");
  return id.data;
}

/** What each member marked in the library to find again. */
export function favoriteRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.get("/library/favorites", signedIn, async (context) => {
    const [favorites] = await inOneTrip(trellis.app, askerOf(context), [
      { name: "library-favorites", text: "SELECT item FROM trellis.library_favorite ORDER BY at, item" },
    ]);
    return context.json({ favorites: favorites.rows.map(({ item }) => item) });
  });

  routes.put("/library/favorites/:id", signedIn, async (context) => {
    const id = markedId(context);
    const { practiceId, memberId } = askerOf(context);
    await withPractice(trellis.app, { practiceId, memberId }, async (client) => {
      const { rows } = await client.query<{ count: number }>("SELECT count(*)::int AS count FROM trellis.library_favorite");
      if ((rows[0]?.count ?? 0) >= mostFavorites)
        throw new Problem(409, "There are very many favorites", `Take the star off some of them: ${mostFavorites} is the most.`);
      await client.query("INSERT INTO trellis.library_favorite (practice_id, member_id, item) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", [
        practiceId,
        memberId,
        id,
      ]);
    });
    return context.body(null, 204);
  });

  routes.delete("/library/favorites/:id", signedIn, async (context) => {
    const id = markedId(context);
    await withPractice(trellis.app, askerOf(context), (client) =>
      client.query("DELETE FROM trellis.library_favorite WHERE item = $1", [id]),
    );
    return context.body(null, 204);
  });
  return routes;
}

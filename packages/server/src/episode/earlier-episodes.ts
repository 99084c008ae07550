import { earlierEpisodeNotes } from "@trellis/domain/episode/earlier-episodes";
import type { Draft } from "@trellis/domain/plan/draft-plan";
import type pg from "pg";
import { Problem } from "../http/problem.ts";
import { episodesOf } from "./current-episode.ts";

/** Nothing is planned for who is not in treatment. */
export const treatmentHasEnded = () =>
  new Problem(409, "Treatment has ended", "Begin a new episode of care first: on the client’s page, under “Ending”.", { state: "ended" });

/** A plan of an episode that has ended is not gone on with, also where the client has come back. */
export const planIsCompleted = () =>
  new Problem(
    409,
    "This plan is completed",
    "It belongs to an earlier episode of care and stays as it was. Draft a new plan for this one.",
    {
      state: "completed",
    },
  );

/** What the drafting engine says beside a plan, with how earlier episodes ended. */
export async function withEarlierEpisodes<T extends Partial<Pick<Draft, "notes">>>(
  client: pg.PoolClient,
  clientId: string,
  notes: T,
): Promise<T> {
  const earlier = earlierEpisodeNotes((await episodesOf(client, clientId)).map(({ content }) => content));
  return earlier.length === 0 ? notes : { ...notes, notes: [...earlier, ...(notes.notes ?? [])] };
}

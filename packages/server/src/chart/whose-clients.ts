import { z } from "zod";

/** `mine`: clients of one's own. `all`: every chart that is open to the person asking, those opened in an emergency left out. */
export const WhoseClients = z.enum(["mine", "all"]);
export type WhoseClients = z.infer<typeof WhoseClients>;

const inCareOf = (who: string): string =>
  `SELECT DISTINCT t.client_id FROM trellis.care_team AS t
   WHERE t.practice_id = (SELECT trellis.current_practice()) AND ${who} AND t.role <> 'emergency' AND (t.until IS NULL OR t.until > now())`;

/**
 * SQL: the ids of the clients whose charts a list looks at; row-level security decides on each once more. Starting from the care team keeps it quick for
 * somebody with few clients in a large practice. `practice` is for an owner who asks for all.
 */
export const clientIdsOf: Readonly<Record<WhoseClients | "practice", string>> = {
  mine: inCareOf("t.member_id = (SELECT trellis.current_member())"),
  all: inCareOf("t.member_id = ANY ((SELECT trellis.seen_members())::uuid[])"),
  practice: "SELECT c.id AS client_id FROM trellis.client AS c WHERE c.practice_id = (SELECT trellis.current_practice())",
};

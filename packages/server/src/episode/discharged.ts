/**
 * SQL: the client's treatment has ended and was not begun again. A scalar, so that the planner asks it of the rows that are left and not of every episode of
 * the practice.
 *
 * @param client SQL that names the client
 */
export const hasEnded = (client: string): string =>
  `coalesce((SELECT e.ended_on IS NOT NULL FROM trellis.episode AS e
    WHERE e.practice_id = (SELECT trellis.current_practice()) AND e.client_id = ${client} ORDER BY e.number DESC LIMIT 1), false)`;

/**
 * SQL: a plan signed at this moment belongs to an episode that has ended (FHIR CarePlan.status completed).
 *
 * @param client SQL that names the client
 * @param signedAt SQL for the moment of the signature
 */
export const isCompleted = (client: string, signedAt: string): string =>
  `coalesce((SELECT max(e.ended_at) FROM trellis.episode AS e
    WHERE e.practice_id = (SELECT trellis.current_practice()) AND e.client_id = ${client}) >= ${signedAt}, false)`;

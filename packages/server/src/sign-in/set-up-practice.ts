import { randomUUID } from "node:crypto";
import type pg from "pg";
import { auditEntry } from "../audit/record.ts";
import { type Asker, withPractice } from "../database/pool.ts";
import { addPracticeClient } from "../demo/practice-client.ts";
import { forbidden } from "../http/problem.ts";
import type { Trellis } from "../trellis.ts";

export interface NewPractice {
  readonly practiceName: string;
  readonly timeZone: string;
  readonly memberId: string;
  readonly name: string;
  readonly email: string;
  readonly credentials: string;
  readonly demo?: boolean;
}

/**
 * Makes a practice with its first member, the owner, and its practice client: all or nothing, because a practice without an owner who can sign in
 * would be closed for good. Throws 403 when there is one already.
 *
 * @param fill what else belongs into it from the start.
 */
export async function setUpPractice(
  { app, library, now }: Trellis,
  practice: NewPractice,
  fill: (client: pg.PoolClient, asker: Asker) => Promise<void> = async () => {},
): Promise<void> {
  const asker = { practiceId: randomUUID(), memberId: practice.memberId };
  await withPractice(app, asker, async (client) => {
    await makePractice(client, asker.practiceId, practice);
    // Entered at the beginning of the transaction it was not there yet.
    await client.query("SELECT trellis.enter($1, $2)", [asker.practiceId, asker.memberId]);
    await client.query(auditEntry("practice.set-up"));
    await addPracticeClient(client, asker, library, now());
    await fill(client, asker);
  });
}

async function makePractice(client: pg.PoolClient, id: string, practice: NewPractice): Promise<void> {
  try {
    await client.query("SELECT trellis.set_up_practice($1, $2, $3, $4, $5, $6, $7, $8)", [
      id,
      practice.practiceName,
      practice.timeZone,
      practice.demo === true,
      practice.memberId,
      practice.name,
      practice.email,
      practice.credentials,
    ]);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "TR003")
      throw forbidden("A practice has been set up here already. Sign in, or ask its owner for an invitation.");
    throw error;
  }
}

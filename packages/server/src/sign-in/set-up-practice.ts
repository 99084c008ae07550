import { randomUUID } from "node:crypto";
import { auditEntry } from "../audit/record.ts";
import { withPractice } from "../database/pool.ts";
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

/** Makes a practice with its first member, the owner, and its practice client. Throws 403 when there is one already. Returns its id. */
export async function setUpPractice({ app, library, now }: Trellis, practice: NewPractice): Promise<string> {
  const id = randomUUID();
  try {
    await app.query("SELECT trellis.set_up_practice($1, $2, $3, $4, $5, $6, $7, $8)", [
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
  await withPractice(app, { practiceId: id, memberId: practice.memberId }, async (client) => {
    await client.query(auditEntry("practice.set-up"));
    await addPracticeClient(client, { practiceId: id, memberId: practice.memberId }, library, now());
  });
  return id;
}

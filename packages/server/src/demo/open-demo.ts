import { demoPassword } from "@trellis/domain/demo/demo-practice";
import type pg from "pg";
import { z } from "zod";
import { Problem } from "../http/problem.ts";
import { practiceColumns, withFullProfile } from "../practice/practice-columns.ts";
import { createAccount } from "../sign-in/account.ts";
import { SignedIn } from "../sign-in/current-session.ts";
import { setUpPractice } from "../sign-in/set-up-practice.ts";
import type { Trellis } from "../trellis.ts";
import { fillDemo } from "./fill-demo.ts";

const demoEmail = "morgan@demo.trellis.example";

/** Makes the demo practice when there is none yet, and signs in to it. Returns the cookies of the session. */
export async function openDemo(trellis: Trellis, headers: Headers): Promise<readonly string[]> {
  const { rows } = await trellis.app.query<{ email: string | null }>("SELECT trellis.demo_owner() AS email");
  const email = rows[0]?.email;
  if (email) return signInTo(trellis, email, headers);
  const person = { name: "Morgan Demo", email: demoEmail, credentials: "PhD, Licensed Psychologist" };
  return createAccount(trellis, { ...person, password: demoPassword, headers }, (memberId) =>
    setUpPractice(
      trellis,
      {
        practiceName: "Demo practice (everybody here is made up)",
        timeZone: "America/New_York",
        memberId,
        ...person,
        demo: true,
      },
      async (client) => fillDemo(client, trellis, await sessionOf(client, memberId, person)),
    ),
  );
}

/** The demo's owner as routes see somebody signed in. */
async function sessionOf(
  client: pg.PoolClient,
  memberId: string,
  person: { readonly name: string; readonly email: string; readonly credentials: string },
): Promise<SignedIn> {
  const { rows } = await client.query(`SELECT ${practiceColumns} FROM trellis.practice`);
  return SignedIn.parse({
    member: { ...person, id: memberId, npi: "", roles: ["owner", "clinician"], supervisorId: null, secondFactor: false },
    practice: withFullProfile(rows[0]),
  });
}

async function signInTo({ authentication }: Trellis, email: string, headers: Headers): Promise<readonly string[]> {
  const response = await authentication.api.signInEmail({ body: { email, password: demoPassword }, headers, asResponse: true });
  const signedIn = z.object({ token: z.string() }).safeParse(await response.json().catch(() => null));
  if (!signedIn.success) throw new Problem(403, "The demo has another password now", "Sign in to it with that one.");
  return response.headers.getSetCookie();
}

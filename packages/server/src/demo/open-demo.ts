import { demoPassword } from "@trellis/domain/demo/demo-practice";
import { z } from "zod";
import { withPractice } from "../database/pool.ts";
import { Problem } from "../http/problem.ts";
import { createAccount } from "../sign-in/account.ts";
import { setUpPractice } from "../sign-in/set-up-practice.ts";
import type { Trellis } from "../trellis.ts";
import { fillDemo } from "./fill-demo.ts";

const demoEmail = "morgan@demo.trellis.example";

/** Makes the demo practice when there is none yet, and signs in to it. Returns the cookies of the session. */
export async function openDemo(trellis: Trellis, headers: Headers): Promise<readonly string[]> {
  const { rows } = await trellis.app.query<{ email: string | null }>("SELECT trellis.demo_owner() AS email");
  const email = rows[0]?.email;
  if (email) return signInTo(trellis, email, headers);
  const person = { name: "Dr. Morgan Demo", email: demoEmail, credentials: "PhD, Licensed Psychologist" };
  const { cookies } = await createAccount(trellis, { ...person, password: demoPassword, headers }, async (memberId) => {
    const practiceId = await setUpPractice(trellis, {
      practiceName: "Demo practice (everybody here is made up)",
      timeZone: "America/New_York",
      memberId,
      ...person,
      demo: true,
    });
    await withPractice(trellis.app, { practiceId, memberId }, (client) => fillDemo(client, trellis, { practiceId, memberId }));
  });
  return cookies;
}

async function signInTo({ authentication }: Trellis, email: string, headers: Headers): Promise<readonly string[]> {
  const response = await authentication.api.signInEmail({ body: { email, password: demoPassword }, headers, asResponse: true });
  const signedIn = z.object({ token: z.string() }).safeParse(await response.json().catch(() => null));
  if (!signedIn.success) throw new Problem(403, "The demo has another password now", "Sign in to it with that one.");
  return response.headers.getSetCookie();
}

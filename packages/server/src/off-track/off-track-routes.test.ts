import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withPractice } from "../database/pool.ts";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";

let practice: TestPractice;
let maya: Person;
let robin: string;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  robin = await addClient(maya);
});
afterAll(() => practice.close());

const decision = {
  on: "2026-03-02",
  planId: null,
  about: "PHQ-9: 18 at the start, 17 now.",
  objectiveIds: [],
  options: [
    { id: "talk-about-us", title: "Talk about how the two of you work together", state: "chosen", note: "next session" },
    { id: "medication-consult", title: "Ask for a medication consult", state: "considered", note: "" },
  ],
  note: "",
};

test("what was considered and chosen stands in the record with who and when, and sent twice it stands there once", async () => {
  const id = randomUUID();
  await maya.json("PUT", `/clients/${robin}/care-decisions/${id}`, { decision });
  await maya.json("PUT", `/clients/${robin}/care-decisions/${id}`, { decision });
  const { decisions } = await maya.json<{ decisions: unknown[] }>("GET", `/clients/${robin}/treatment`);
  expect(decisions).toMatchObject([{ id, content: decision, by: "Maya Okafor" }]);
});

test("a decision is never changed: another one under its id is refused, by the database too", async () => {
  const id = randomUUID();
  await maya.json("PUT", `/clients/${robin}/care-decisions/${id}`, { decision });
  const { errors } = await maya.refused("PUT", `/clients/${robin}/care-decisions/${id}`, {
    decision: { ...decision, about: "Something else" },
  });
  expect(errors[0]?.message).toBe("A decision stays as it was recorded. Record a new one.");
  const { practice: of, member } = await maya.json<{ practice: { id: string }; member: { id: string } }>("GET", "/session");
  const change = withPractice(practice.trellis.app, { practiceId: of.id, memberId: member.id }, (client) =>
    client.query("UPDATE trellis.care_decision SET content = '{}' WHERE id = $1", [id]),
  );
  await expect(change).rejects.toThrow(/permission denied|never changed/);
});

test("nothing chosen, an option twice, a day to come: said at its field", async () => {
  const refused = async (change: object) =>
    (await maya.refused("PUT", `/clients/${robin}/care-decisions/${randomUUID()}`, { decision: { ...decision, ...change } })).errors;
  expect(await refused({ options: [] })).toMatchObject([{ pointer: "/decision/options" }]);
  expect(await refused({ options: [decision.options[0], decision.options[0]] })).toMatchObject([{ pointer: "/decision/options/1" }]);
  expect(await refused({ on: "2199-01-01" })).toMatchObject([{ pointer: "/decision/on" }]);
});

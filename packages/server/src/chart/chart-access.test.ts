import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";

let practice: TestPractice;
let maya: Person;
let ben: Person;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
});
afterAll(() => practice.close());

describe("a closed chart", () => {
  test("many who are refused at once are all told so, and none waits for another", async () => {
    const id = await addClient(maya);
    const statuses = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const answer = await ben.ask("PUT", `/clients/${id}/intake/formulation`, { version: 0, content: {} });
        return answer.status;
      }),
    );
    expect(new Set(statuses)).toEqual(new Set([403]));
  });
});

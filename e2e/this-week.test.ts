import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, type Visit, visit } from "./browser.ts";
import { editPlan, planOf } from "./plan-signing-client.ts";
import { addClient, send, setUpPractice } from "./practice.ts";
import { startTrellis, type Trellis } from "./trellis.ts";

let trellis: Trellis;
let browser: Browser;
let maya: Visit;

beforeAll(async () => {
  [trellis, browser] = await Promise.all([startTrellis(), openChromium()]);
  maya = await visit(browser, trellis.address);
  await setUpPractice(maya.page, trellis.address);
});
afterAll(async () => {
  await closeWindows(browser);
  await trellis?.stop();
});

const daysAgo = (days: number) =>
  new Date(Date.now() - days * 24 * 60 * 60 * 1000).toLocaleDateString("en-CA", { timeZone: "America/New_York" });

const give = (page: Page, clientId: string, date: string, answers: readonly number[]) =>
  send(page.request, "POST", `${trellis.address}/api/clients/${clientId}/administrations`, {
    administration: { id: randomUUID(), measure: "phq9", measureVersion: "1.0", date, answers, answeredBy: "client", status: "completed" },
  });

const statement = (text: string) => ({ id: randomUUID(), text, origin: { kind: "own" }, because: [] });

test("what a plan asks for is on the page for the week until it is given, and the plan shows that its target was met twice", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Robin", family: "Example" });
  await give(page, clientId, daysAgo(40), [2, 2, 2, 2, 2, 2, 2, 2, 0]);
  const { planId } = (await send(page.request, "POST", `${trellis.address}/api/clients/${clientId}/plans`, { blank: true })) as {
    readonly planId: string;
  };
  const problemId = randomUUID();
  const goal = { ...statement("Bring back daily activity and interest."), problemIds: [problemId] };
  const metric = { kind: "measure", measure: "phq9", measureName: "PHQ-9", direction: "decrease", baseline: 16, target: 9, max: 27 };
  const objective = {
    ...statement("Depressive symptoms fall out of the clinical range."),
    goalId: goal.id,
    metric: { ...metric, baselineDate: daysAgo(40) },
    targetDate: daysAgo(-60),
  };
  const insert = (list: string, item: unknown) => ({ type: "insert", list: [list], item, before: null });
  await editPlan(page, trellis.address, planId, [
    insert("problems", { id: problemId, title: "Depression" }),
    insert("goals", goal),
    insert("objectives", objective),
    insert("measureSchedule", { id: randomUUID(), measure: "phq9", measureName: "PHQ-9", when: "weeks", everyWeeks: 2 }),
  ]);

  await page.goto("/clients");
  await page.getByRole("link", { name: "This week" }).click();
  await page.getByRole("heading", { name: "This week", level: 1 }).waitFor();
  await page.getByText("Last score 16 of 27").waitFor();
  await inspectScreen(page, "this-week");
  await page.getByRole("link", { name: /^Enter answers.*PHQ-9 of Robin Example/ }).click();
  await page.getByRole("heading", { level: 1, name: /PHQ-9/ }).waitFor();

  await give(page, clientId, daysAgo(1), [1, 1, 1, 1, 1, 1, 1, 1, 0]);
  await give(page, clientId, daysAgo(0), [1, 1, 1, 1, 1, 1, 1, 0, 0]);
  await page.goto("/week");
  await page.getByText("Nothing is due this week").waitFor();

  await page.goto(`/clients/${clientId}/plan/${planId}`);
  await page.getByText("Target met twice in a row").waitFor();
  await inspectScreen(page, "objective-progress");
  await page.getByRole("button", { name: /^Mark as achieved/ }).click();
  await page.getByText("In the plan: Achieved").waitFor();
  await page.getByLabel("When the PHQ-9 is given").selectOption("every-session");
  await expect
    .poll(async () => {
      const { plan } = await planOf(page, trellis.address, planId);
      return JSON.stringify([plan.objectives, (plan as { measureSchedule?: unknown }).measureSchedule]);
    })
    .toMatch(/"achievementStatus":"achieved".*"when":"every-session"/);
  expect(faults).toEqual([]);
});

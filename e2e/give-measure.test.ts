import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anotherTab, closeWindows, focusedWords, inspectScreen, openChromium, type Visit, visit } from "./browser.ts";
import { addClient, chartOf, password, setUpPractice } from "./practice.ts";
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

test("the clinician enters a measure with one key for each answer, and sees score and course", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Alex", family: "Sample" });
  await page.goto(`/clients/${clientId}/measures`);
  await page.getByRole("heading", { name: "GAD-7" }).waitFor();
  await inspectScreen(page, "measures");
  await page.goto(`/clients/${clientId}/measures/gad7/give`);
  await page.getByRole("radio").first().waitFor();
  await page.keyboard.type("2223222");
  await page.getByText("15 of 21, severe").waitFor();
  await inspectScreen(page, "measure-entered");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "GAD-7: saved" }).waitFor();
  await inspectScreen(page, "measure-result");

  // A second time, with two mistakes that are taken back, one Backspace each.
  await page.goto(`/clients/${clientId}/measures/gad7/give`);
  await page.getByRole("radio").first().waitFor();
  await page.getByText("GAD-7 was given today already: 15 of 21.").waitFor();
  await page.keyboard.type("33");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("1111111");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "GAD-7: saved" }).waitFor();
  expect((await chartOf(page, trellis.address, clientId)).administrations.map(({ answers }) => answers)).toEqual([
    [2, 2, 2, 3, 2, 2, 2],
    [1, 1, 1, 1, 1, 1, 1],
  ]);

  await page.getByRole("link", { name: "See the course" }).click();
  await page.getByRole("img", { name: /^GAD-7 from/ }).waitFor();
  await page.getByText("Below the cutoff. The last score is outside the clinical range.").waitFor();
  const change = page.getByRole("region", { name: "Change since the start" });
  await change.getByText("Recovered", { exact: true }).waitFor();
  await change.getByRole("button", { name: "How was this reached: Reliable change" }).click();
  await change.getByText("8 points better, and the threshold is 4 points: 8 ≥ 4").waitFor();
  await inspectScreen(page, "measure-history");
  await page.getByRole("link", { name: "Correct" }).first().click();
  await page.getByRole("radio", { name: "0 Not at all" }).first().check();
  await page.getByLabel("Why it is corrected").fill("Read from the wrong line.");
  await page.getByRole("button", { name: "Save the correction" }).click();
  await page.getByText("6 of 21, mild").first().waitFor();
  await page.getByRole("button", { name: "Answers", exact: true }).first().click();
  await page.getByText("by Maya Okafor: Read from the wrong line.").waitFor();
  await inspectScreen(page, "measure-corrected");
  await page.getByRole("button", { name: "Entered in error" }).first().click();
  await page.getByLabel("What went wrong").fill("Belongs to another client.");
  await page.locator("button[type=submit]:enabled", { hasText: "Mark as entered in error" }).waitFor();
  await inspectScreen(page, "measure-entered-in-error");
  await page.getByRole("button", { name: "Mark as entered in error" }).click();
  await page.getByRole("cell", { name: "Entered in error", exact: true }).waitFor();
  expect((await chartOf(page, trellis.address, clientId)).administrations.map(({ status }) => status).sort()).toEqual([
    "completed",
    "entered-in-error",
  ]);
  expect(faults).toEqual([]);
});

test("the owner loads an expected course: what is wrong is told by line, and it is shown before it is used", async () => {
  const { page, faults } = maya;
  await page.goto("/settings/measures/gad7/expected-course");
  const pasted = page.getByLabel("The table", { exact: false });
  await pasted.fill("start from,start to,session,expected,bound\n8,21,1,14,21\n8,21,2,13,12");
  await page.getByText("Line 3: The bound 12 is better than the expected score 13.").waitFor();
  await pasted.fill("start from,start to,session,expected,bound\n8,21,1,14,21\n8,21,2,13,17");
  await page.getByRole("img", { name: /^First score 8 to 21/ }).waitFor();
  await page.getByLabel("Where it comes from").fill("Made up for this journey");
  await inspectScreen(page, "expected-course");
  await page.getByRole("button", { name: "Use this table" }).click();
  await page.getByText("In use from now on.").waitFor();
  await page.getByText("Your practice's own table: Made up for this journey").waitFor();
  await page.reload();
  await page.getByText("Your practice's own table: Made up for this journey").waitFor();
  expect(faults).toEqual([]);
});

test("the client answers on the screen handed over, cannot get out, and a sign of suicide risk leads to the risk section", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Robin", family: "Example" });
  await page.goto(`/clients/${clientId}/measures`);
  await page.getByRole("region", { name: "PHQ-9" }).getByRole("link", { name: "Hand the screen over" }).click();
  await expect.poll(() => focusedWords(page)).toBe("Hand the screen to your client");
  await page.getByRole("button", { name: "Hand it over now" }).click();
  await page.getByRole("heading", { name: "A few questions for you" }).waitFor();
  await inspectScreen(page, "handed-over-welcome");

  // Neither another address nor another tab leads out, and no name is to be seen.
  const tab = await anotherTab(maya);
  await tab.goto(`/clients/${clientId}`);
  await tab.getByRole("heading", { name: "A few questions for you" }).waitFor();
  await tab.close();
  await page.goto("/clients");
  await page.getByRole("heading", { name: "A few questions for you" }).waitFor();
  expect(await page.locator("body").textContent()).not.toMatch(/Robin|Example|Maya|Okafor/);
  expect(await page.title()).toBe("Questions · Trellis");

  await page.getByRole("button", { name: "Begin" }).click();
  await inspectScreen(page, "handed-over-question");
  for (let item = 1; item <= 8; item++) await page.getByRole("button", { name: item === 2 ? "Skip this question" : "Not at all" }).click();
  await page.getByRole("button", { name: "Several days" }).click();
  await page.getByRole("button", { name: "Somewhat difficult" }).click();
  await page.getByRole("heading", { name: "Some questions are still open" }).waitFor();
  await inspectScreen(page, "handed-over-open-questions");
  await page.getByRole("button", { name: "Question 2" }).click();
  await page.getByRole("button", { name: "Not at all" }).click();
  for (let item = 3; item <= 10; item++) await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "I am done" }).click();
  await page.getByText("Your answers are with your therapist").waitFor();
  await inspectScreen(page, "handed-over-thanks");
  // Loading it again does not ask again.
  await page.reload();
  await page.getByText("Your answers are with your therapist").waitFor();
  expect((await chartOf(page, trellis.address, clientId)).administrations).toHaveLength(1);

  await page.getByRole("button", { name: "For the therapist: take the screen back" }).click();
  // The field has the focus: what is typed goes into it at once.
  await expect.poll(() => page.getByLabel("Your password").evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type("a guess by the client");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("The password is not right").waitFor();
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Take the screen back" }).click();

  await page.getByRole("alert").getByText("Ask about safety now").waitFor();
  await page.getByText("1 of 27, minimal").waitFor();
  await inspectScreen(page, "measure-result-with-risk");
  await page.getByRole("link", { name: "Record a risk assessment" }).click();
  await page.getByRole("heading", { name: "Risk", level: 1 }).waitFor();
  await page.goto(`/clients/${clientId}`);
  await page.getByRole("region", { name: "Safety" }).getByText("Ask about safety before anything else").waitFor();
  await inspectScreen(page, "client-overview-with-risk");
  await page.getByRole("region", { name: "Safety" }).getByRole("link", { name: "Record a risk assessment" }).click();
  await page.getByRole("radio", { name: "Wish to be dead (passive)" }).check();
  await page.getByRole("radio", { name: "Moderate" }).check();
  await page.locator('[data-save-state="saved"]').first().waitFor();
  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByRole("heading", { name: "Robin: overview" }).waitFor();
  expect(await page.getByRole("region", { name: "Safety" }).count()).toBe(0);
  expect(faults).toEqual([]);
});

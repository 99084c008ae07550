import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, type Visit, visit } from "./browser.ts";
import { addClient, chartOf, setUpPractice } from "./practice.ts";
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

test("the clinician makes a rating for one client, enters the first answer with one key, and finds it among the client's measures", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Robin", family: "Example" });
  await page.goto(`/clients/${clientId}/measures`);
  await page.getByRole("link", { name: "Make a measure" }).click();
  // What is missing is said at its field, and what was typed stays.
  await page.getByRole("textbox", { name: "Name" }).fill("Dread before work");
  await page.getByRole("button", { name: "Make it", exact: true }).click();
  await page.getByRole("alert").getByText("Write the question.").waitFor();
  await page.getByRole("textbox", { name: "The question" }).fill("How strong is the dread on your way to work?");
  await inspectScreen(page, "make-a-measure");
  await page.getByRole("button", { name: "Make it, and enter the first answer" }).click();

  await page.getByRole("heading", { name: "Dread before work", level: 1 }).waitFor();
  await expect
    .poll(() =>
      page
        .getByRole("radio")
        .first()
        .evaluate((radio) => radio === document.activeElement),
    )
    .toBe(true);
  // 10 has a key of its own.
  await page.keyboard.press("x");
  await page.getByText("10 of 10").waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Dread before work: saved" }).waitFor();

  await page.getByRole("link", { name: "Measures" }).click();
  await page
    .getByRole("region", { name: "In use with this client" })
    .getByRole("region", { name: "Dread before work" })
    .getByText("10 of 10")
    .waitFor();
  expect((await chartOf(page, trellis.address, clientId)).administrations).toMatchObject([{ answers: [10], mode: "read-aloud" }]);
  expect(faults).toEqual([]);
});

test("a score that was worked out elsewhere is entered as such, and says that the answer about risk is not known", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Sam", family: "Example" });
  await page.goto(`/clients/${clientId}/measures/phq9/give`);
  await page.getByText("I only have the score").click();
  await page.getByLabel("Total of PHQ-9").fill("40");
  await page.getByRole("button", { name: "Save the score" }).click();
  await page.getByRole("alert").getByText("The total of PHQ-9 is a number from 0 to 27; 40 is not.").waitFor();
  await page.getByLabel("Total of PHQ-9").fill("14");
  await inspectScreen(page, "score-alone");
  await page.getByRole("button", { name: "Save the score" }).click();
  await page.getByRole("heading", { name: "PHQ-9: saved" }).waitFor();
  await page.getByRole("alert").getByText("The score does not tell how item 9, about risk, was answered.").waitFor();
  await page.getByText("Entered as a score").waitFor();
  expect(faults).toEqual([]);
});

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anotherTab, closeWindows, inspectScreen, openChromium, type Visit, visit } from "./browser.ts";
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

const sections = [
  "presentingProblems",
  "functioning",
  "history",
  "medical",
  "substanceUse",
  "priorTreatment",
  "strengths",
  "preferences",
  "culture",
  "mentalStatus",
  "risk",
  "observations",
  "formulation",
];

test("every section is filled in in any order, saved as it is typed, and looks right", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Robin", family: "Example" });
  for (const section of sections) {
    await page.goto(`/clients/${clientId}/intake/${section}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await inspectScreen(page, `intake-${section}`);
  }

  await page.goto(`/clients/${clientId}/intake`);
  await page.getByLabel("In the client's own words").fill("I can't get out of bed 🌧 אני עייף");
  await page.getByLabel("What it keeps the client from doing").fill("Missed three interviews.");
  await page.getByLabel("What would be different if therapy helped?: add a hope").click();
  await page.keyboard.type("Wake up and want something");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Be there for my daughter");
  await page.getByRole("link", { name: "Next: Daily life" }).click();
  await page.getByLabel("Work or school").fill("On leave since March.");
  await page.getByRole("link", { name: /^Risk/ }).first().click();
  await page.getByRole("radio", { name: "Asked: none" }).first().check();
  await page.getByRole("radio", { name: "Low" }).check();
  await page.locator('[data-save-state="saved"]').first().waitFor();

  await expect
    .poll(async () => {
      const { intake } = await chartOf(page, trellis.address, clientId);
      return {
        problems: intake.presentingProblems?.content.problems,
        hopes: intake.presentingProblems?.content.hopes,
        work: intake.functioning?.content.work,
        level: intake.risk?.content.level,
      };
    })
    .toEqual({
      problems: [expect.objectContaining({ words: "I can't get out of bed 🌧 אני עייף", impact: "Missed three interviews." })],
      hopes: ["Wake up and want something", "Be there for my daughter"],
      work: "On leave since March.",
      level: "low",
    });
  // Choosing a level dates the assessment, because a level without a day means nothing.
  expect(await page.getByLabel("Assessed on").inputValue()).not.toBe("");
  expect(faults).toEqual([]);
});

test("no letter that is typed while a save is on its way gets lost, however long it takes", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Sasha", family: "Slowline" });
  await page.route("**/intake/presentingProblems", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  const words = "She says that mornings are the worst, and that nobody at work has noticed anything so far.";
  await page.goto(`/clients/${clientId}/intake/presentingProblems`);
  const field = page.getByLabel("What it keeps the client from doing");
  // With pauses, so that several saves begin in the middle of it.
  for (const part of words.match(/.{1,12}/g) ?? []) {
    await field.pressSequentially(part, { delay: 15 });
    await page.waitForTimeout(450);
  }
  expect(await field.inputValue()).toBe(words);
  await page.locator('[data-save-state="saved"]').first().waitFor();
  await page.unroute("**/intake/presentingProblems");
  const { intake } = await chartOf(page, trellis.address, clientId);
  expect(intake.presentingProblems?.content.problems).toEqual([expect.objectContaining({ impact: words })]);
  expect(faults).toEqual([]);
});

test("a pasted text that is too long stays on the page, says so, and does not hold back the rest", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Alex", family: "Sample" });
  await page.goto(`/clients/${clientId}/intake/functioning`);
  await page.getByLabel("Work or school").fill("x".repeat(100_000));
  await page.getByLabel("Leisure and community").fill("Gardening.");
  await page.getByText("Shorten it by 80,000").first().waitFor();
  await page.locator('[data-save-state="refused"]').first().waitFor();
  await inspectScreen(page, "intake-too-long");
  expect((await chartOf(page, trellis.address, clientId)).intake.functioning?.content).toMatchObject({ work: "", leisure: "Gardening." });
  await page
    .getByRole("link", { name: /^Formulation/ })
    .first()
    .click();
  await page.getByRole("link", { name: "Not saved" }).click();
  expect((await page.getByLabel("Work or school").inputValue()).length).toBe(100_000);
  await page.getByLabel("Work or school").fill("Part-time.");
  await page.locator('[data-save-state="saved"]').first().waitFor();
  await expect.poll(async () => (await chartOf(page, trellis.address, clientId)).intake.functioning?.content.work).toBe("Part-time.");
  expect(faults).toEqual([]);
});

test("what only the server can refuse is said at its field, and does not hold back the rest", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Alex", family: "Early" });
  await page.goto(`/clients/${clientId}/intake/risk`);
  const day = page.getByLabel("Assessed on");
  await day.fill("1950-01-01");
  await page.getByLabel(/^Means/).fill("None at home.");
  await page.locator('[data-save-state="refused"]').first().waitFor();
  const risk = async () => (await chartOf(page, trellis.address, clientId)).intake.risk?.content;
  await expect.poll(risk).toMatchObject({ assessedOn: null, means: "None at home." });
  expect(await day.getAttribute("aria-invalid")).toBe("true");
  await page.getByText("the client was not born yet").first().waitFor();
  await day.fill("2026-01-05");
  await page.locator('[data-save-state="saved"]').first().waitFor();
  expect(await risk()).toMatchObject({ assessedOn: "2026-01-05", means: "None at home." });
  expect(faults).toEqual([]);
});

test("the connection is lost in the middle of typing: the page says so, keeps every word, and saves them when it is back", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Kim", family: "Madeup" });
  await page.goto(`/clients/${clientId}/intake/history`);
  await page.getByLabel("Psychological").fill("First episode at 19.");
  await page.locator('[data-save-state="saved"]').first().waitFor();
  await maya.context.setOffline(true);
  await page.getByLabel("Psychological").fill("First episode at 19. Second at 31, after a move.");
  await page.getByText("Not saved: no connection").first().waitFor();
  await inspectScreen(page, "intake-offline");
  // Going on to another section loses nothing either.
  await page
    .getByRole("link", { name: /^Observations/ })
    .first()
    .click();
  await page.getByLabel("What you noticed").fill("Tearful, warm.");
  await maya.context.setOffline(false);
  await expect
    .poll(
      async () => {
        const { intake } = await chartOf(page, trellis.address, clientId);
        return [intake.history?.content.psychological, intake.observations?.content.observations];
      },
      { timeout: 40_000 },
    )
    .toEqual(["First episode at 19. Second at 31, after a move.", "Tearful, warm."]);
  expect(faults).toEqual([]);
});

test("the server is killed while somebody types, and comes back: what was typed is there", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Noa", family: "Invented" });
  await page.goto(`/clients/${clientId}/intake/culture`);
  await page.getByLabel("Identity and background").fill("Saved before the crash.");
  await page.locator('[data-save-state="saved"]').first().waitFor();
  await trellis.kill();
  await page.getByLabel("Identity and background").fill("Saved before the crash. Typed during it.");
  await page.getByText("Not saved: no connection").first().waitFor();
  await trellis.startAgain();
  await expect
    .poll(async () => (await chartOf(page, trellis.address, clientId)).intake.culture?.content.identity, { timeout: 60_000 })
    .toBe("Saved before the crash. Typed during it.");
  await page.locator('[data-save-state="saved"]').first().waitFor();
  expect(faults).toEqual([]);
});

test("two tabs: changes to different fields are joined, and of one field both texts are shown to choose from", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Sam", family: "Fictional" });
  const other = await anotherTab(maya);
  await page.goto(`/clients/${clientId}/intake/functioning`);
  await other.goto(`/clients/${clientId}/intake/functioning`);
  await other.getByLabel("Work or school").waitFor();
  await page.getByLabel("Work or school").fill("Written in the first tab.");
  await page.locator('[data-save-state="saved"]').first().waitFor();
  await other.getByLabel("Leisure and community").fill("Written in the second tab.");
  await other.getByText("Changes from elsewhere were taken in").waitFor();
  await expect
    .poll(async () => (await chartOf(page, trellis.address, clientId)).intake.functioning?.content)
    .toMatchObject({ work: "Written in the first tab.", leisure: "Written in the second tab." });

  await page.getByRole("textbox", { name: "Relationships and family" }).fill("First tab: a sister nearby.");
  await page.getByText("Changes from elsewhere were taken in").waitFor();
  await page.locator('[data-save-state="saved"]').first().waitFor();
  await other.getByRole("textbox", { name: "Relationships and family" }).fill("Second tab: lives alone.");
  await other.getByRole("heading", { name: "This was changed in two places" }).waitFor();
  // Nothing is overwritten until somebody chooses, and typing goes on meanwhile.
  expect((await chartOf(page, trellis.address, clientId)).intake.functioning?.content.relationships).toBe("First tab: a sister nearby.");
  expect(await other.getByRole("textbox", { name: "Relationships and family" }).evaluate((field) => field === document.activeElement)).toBe(
    true,
  );
  await inspectScreen(other, "intake-two-tabs");
  await other.getByRole("radio", { name: "Keep both, one after the other" }).check();
  await other.getByRole("button", { name: "Save what I chose" }).click();
  await expect
    .poll(async () => (await chartOf(page, trellis.address, clientId)).intake.functioning?.content.relationships)
    .toBe("First tab: a sister nearby.\n\nSecond tab: lives alone.");
  await other.close();
  expect(faults).toEqual([]);
});

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

test("diagnoses are found from the keyboard, justified, made principal, ruled out and never deleted", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Robin", family: "Example" });
  await page.goto(`/clients/${clientId}/diagnoses`);
  await page.getByText("No diagnosis yet").waitFor();
  await inspectScreen(page, "diagnoses-empty");

  const search = page.getByLabel("Find a diagnosis");
  await search.click();
  await page.keyboard.type("gad");
  await page.getByRole("option").first().filter({ hasText: "F41.1" }).waitFor();
  await inspectScreen(page, "diagnosis-search");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /^F41\.1/ }).waitFor();
  await page
    .getByText(/fiscal year 20\d\d/)
    .first()
    .waitFor();
  await inspectScreen(page, "diagnosis-chosen");
  await page.keyboard.press("Enter");
  const justification = page.getByLabel("Justification");
  await justification.fill("Worry on most days since the autumn, restless, poor sleep; GAD-7 of 15.");
  await page.locator('[data-save-state="saved"]').first().waitFor();
  await inspectScreen(page, "diagnosis-open");

  await search.fill("major depresion recurrent");
  await page.getByRole("option").first().filter({ hasText: /F33/ }).waitFor();
  await search.fill("F33");
  const heading = page.getByRole("option", { name: /^F33 / });
  await heading.getByText("Not billable").waitFor();
  await heading.click();
  await page.getByRole("option", { name: /F33\.1/ }).click();
  await page.getByRole("radio", { name: "Confirmed" }).check();
  await page.getByRole("button", { name: "Add the diagnosis" }).click();
  await page.getByRole("heading", { name: /^F33\.1/ }).waitFor();
  // The reason for it is what comes next.
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest("section")?.querySelector("h2")?.textContent))
    .toMatch(/^F33\.1/);

  await expect
    .poll(async () =>
      (await chartOf(page, trellis.address, clientId)).diagnoses.map(({ code, rank, verification, justification }) => [
        code,
        rank,
        verification,
        justification !== "",
      ]),
    )
    .toEqual(
      expect.arrayContaining([
        ["F41.1", "principal", "provisional", true],
        ["F33.1", "co-occurring", "confirmed", false],
      ]),
    );

  const depression = page.getByRole("region", { name: /^F33\.1/ });
  await depression.getByRole("button", { name: "Make this the principal diagnosis" }).click();
  await expect
    .poll(async () => (await chartOf(page, trellis.address, clientId)).diagnoses.map(({ code, rank }) => `${code} ${rank}`).sort())
    .toEqual(["F33.1 principal", "F41.1 co-occurring"]);

  const anxiety = page.getByRole("region", { name: /^F41\.1/ });
  if ((await anxiety.getByLabel("How sure").count()) === 0) await anxiety.getByRole("button", { name: "Change" }).click();
  await anxiety.getByLabel("How sure").selectOption({ label: "Ruled out" });
  await page.getByRole("heading", { name: "Ruled out or resolved" }).waitFor();
  await expect
    .poll(async () => (await chartOf(page, trellis.address, clientId)).diagnoses.find(({ code }) => code === "F41.1")?.verification)
    .toBe("refuted");
  await inspectScreen(page, "diagnoses-with-one-ruled-out");
  expect(faults).toEqual([]);
});

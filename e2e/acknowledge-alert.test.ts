import { addDays } from "@trellis/domain/calendar/date";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, type Visit, visit } from "./browser.ts";
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

test("an answer about danger and sessions missed in a row are told, acted on, and kept with what was done", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Robin", family: "Example" });
  await page.goto(`/clients/${clientId}/measures/phq9/give`);
  await page.getByRole("radio").first().waitFor();
  await page.keyboard.type("1111111110");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "PHQ-9: saved" }).waitFor();
  await page.getByRole("link", { name: /^Alerts ?: 1 open, 1 about safety/ }).click();
  await page.getByRole("list", { name: "Open alerts" }).getByText("PHQ-9, item 9").waitFor();
  await inspectScreen(page, "alerts");

  // Risk is assessed first: the words for what was done begin with it.
  await page.getByRole("link", { name: /^Record a risk assessment/ }).click();
  await page.getByRole("radio", { name: "Low", exact: true }).check();
  await page.locator('[data-save-state="saved"]').first().waitFor();
  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByRole("button", { name: /^Acknowledge: Ask about safety/ }).click();
  const dialog = page.getByRole("dialog");
  await expect.poll(() => dialog.getByLabel("What was done").inputValue()).toMatch(/^Risk assessed on /);
  await dialog.getByLabel("What was done").fill("");
  await dialog.getByRole("button", { name: "Acknowledge" }).click();
  await dialog.getByRole("alert").getByText("Say in a sentence what was done").waitFor();
  await dialog.getByLabel(/^Make the safety plan/).check();
  await dialog.getByLabel("What was done").fill("Risk assessed, no plan and no intent. Safety plan made.");
  await inspectScreen(page, "acknowledge-alert");
  await dialog.getByRole("button", { name: "Acknowledge" }).click();
  await dialog.waitFor({ state: "detached" });

  // Two sessions missed before; today is the third.
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" }).format(new Date());
  for (const weeks of [1, 2])
    await send(page.request, "PUT", `${trellis.address}/api/clients/${clientId}/sessions/${crypto.randomUUID()}`, {
      version: 0,
      date: addDays(today, -7 * weeks),
      attendance: "missed",
    });
  await page.getByRole("button", { name: "Did not come" }).click();
  await page.getByRole("region", { name: "Alerts" }).getByText("3 sessions in a row were missed").waitFor();
  await page.getByRole("button", { name: "Add an event" }).click();
  await dialog.getByLabel("What happened").fill("Moved to a new home");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText("Moved to a new home").waitFor();
  await inspectScreen(page, "client-overview-with-alerts");

  await page.getByRole("link", { name: "All alerts so far" }).click();
  await page.getByRole("region", { name: "Acknowledged" }).getByText("Safety plan made.").waitFor();
  await page.getByRole("region", { name: "Open" }).getByText("3 sessions in a row were missed").waitFor();
  expect(faults).toEqual([]);
});

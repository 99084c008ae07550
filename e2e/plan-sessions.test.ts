import { randomUUID } from "node:crypto";
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

test("a series is planned from the calendar, a session recorded in one click, and the rest ends with a reason", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Robin", family: "Example" });
  const today = new Date().toLocaleDateString("en-CA", { timeZone: "America/New_York" });

  await page.goto("/clients");
  await page.getByRole("link", { name: "Calendar" }).click();
  await page.getByRole("button", { name: "Plan a session", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: /^Client/ }).fill("Robin");
  await page.getByRole("option", { name: /Robin Example/ }).click();
  await dialog.getByLabel(/^Day/).fill(today);
  await dialog.getByLabel("Begins").fill("15:00");
  await dialog.getByLabel("How often").selectOption({ label: "Every week" });
  await dialog.getByLabel("How many sessions").fill("4");
  await page.getByRole("button", { name: "Plan 4 sessions" }).click();
  await page.getByText("4 sessions are planned.").waitFor();

  await page.getByRole("button", { name: /Robin Example.*3:00 PM/ }).click();
  await dialog.getByLabel("Ended").fill("15:53");
  await page.getByRole("button", { name: "Came", exact: true }).click();
  await page.getByRole("button", { name: "Take it back" }).waitFor();
  expect(await page.getByRole("link", { name: "Write the note" }).getAttribute("href")).toMatch(
    new RegExp(`^/clients/${clientId}/notes/new\\?session=[0-9a-f-]{36}$`),
  );
  await page.keyboard.press("Escape");
  await inspectScreen(page, "calendar");

  await send(page.request, "PUT", `${trellis.address}/api/clients/${clientId}/authorizations/${randomUUID()}`, {
    version: 0,
    authorization: { payer: "Blue River Health", number: "A-1", from: today, to: `${Number(today.slice(0, 4)) + 1}-12-31`, units: 3 },
  });
  await page.goto(`/clients/${clientId}/sessions`);
  await page.getByText("3:00 PM to 3:53 PM").waitFor();
  await page.getByText("1 used, 3 planned, 2 left of 3 sessions").waitFor();
  await inspectScreen(page, "client-sessions");
  await page.getByRole("button", { name: /^Change or end the rest/ }).click();
  await page.getByText("It ends", { exact: true }).click();
  await dialog.getByLabel("Why").fill("The client moves away.");
  await page.getByRole("button", { name: "End the series" }).click();
  await page.getByText("The series ends; 3 planned sessions are out of the calendar.").waitFor();
  await page.getByText(/^Ended .*: The client moves away\.$/).waitFor();
  expect(faults).toEqual([]);
});

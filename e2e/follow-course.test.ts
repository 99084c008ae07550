import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, visit } from "./browser.ts";
import { addClient, send, setUpPractice } from "./practice.ts";
import { startTrellis, type Trellis } from "./trellis.ts";

let trellis: Trellis;
let browser: Browser;

beforeAll(async () => {
  [trellis, browser] = await Promise.all([startTrellis(), openChromium()]);
});
afterAll(async () => {
  await closeWindows(browser);
  await trellis?.stop();
});

test("a clinician chooses a course of sessions, holds one, takes it up again, leaves one out, takes that back and ends it", async () => {
  const { page, faults } = await visit(browser, trellis.address);
  await setUpPractice(page, trellis.address);
  const clientId = await addClient(page, trellis.address, { given: "Robin", family: "Example" });
  const id = crypto.randomUUID();
  await send(page.request, "PUT", `${trellis.address}/api/clients/${clientId}/diagnoses/${id}`, {
    version: 0,
    diagnosis: {
      id,
      code: "F33.1",
      description: "Major depressive disorder, recurrent, moderate",
      fiscalYear: 2026,
      rank: "principal",
      verification: "confirmed",
      diagnosedOn: "2026-01-05",
    },
  });
  await send(page.request, "POST", `${trellis.address}/api/clients/${clientId}/plans`, {});
  await page.goto(`/clients/${clientId}`);
  await page.getByRole("link", { name: "Course of sessions" }).click();
  await page.getByText("The plan treats", { exact: false }).first().waitFor();
  await inspectScreen(page, "choose-course");
  await page.getByRole("button", { name: /^Follow this course.*behavioral activation/ }).click();

  await page.getByText("Session 1 of 10 comes next.").waitFor();
  await page.getByRole("button", { name: /^Held today.*Why mood/ }).click();
  await page.getByRole("button", { name: /^Again next time.*Reading/ }).click();
  await page.getByText(/Comes next, once more/).waitFor();
  await page.getByRole("button", { name: /^Skip.*Reading/ }).click();
  await page.getByLabel("Why is it left out?").fill("Done with an earlier therapist");
  await page.getByRole("button", { name: "Leave it out" }).click();
  await page.getByText("Session 3 of 10 comes next. 1 held, 1 left out.").waitFor();
  await inspectScreen(page, "follow-course");

  await page.getByRole("button", { name: "Undo: session 2 left out" }).click();
  await page.getByText("Session 2 of 10 comes next. 1 held.").waitFor();
  await page.reload();
  await page.getByText("Session 2 of 10 comes next. 1 held.").waitFor();
  await page.getByRole("button", { name: "End it here" }).click();
  await page.getByLabel("Why does it end here?").fill("Another approach is wanted");
  await page.getByRole("button", { name: "End the course" }).click();
  await page.getByRole("heading", { name: "Choose a course" }).waitFor();
  await page.getByRole("button", { name: "Show 1 course that ended" }).click();
  await page.getByText(/Ended .*: Another approach is wanted\./).waitFor();
  expect(faults).toEqual([]);
});

import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, visit } from "./browser.ts";
import { openDemo } from "./practice.ts";
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

test("a clinician sees how the demo's client is doing, shows it to the client, and takes it along as an image and a PDF", async () => {
  const { page, faults } = await visit(browser, trellis.address);
  await openDemo(page, trellis.address);
  await page
    .getByRole("list", { name: "Clients" })
    .getByRole("link", { name: /Anders/ })
    .click();
  await page.getByRole("link", { name: "See the progress" }).click();
  await page.getByText("Your depression score went from 15 to 5: clearly better, by more than chance.").waitFor();
  await page.getByRole("img", { name: /^PHQ-9 from .* given 5 times: 15, 11, 14, 7, 5\./ }).waitFor();
  await page.getByRole("img", { name: /^GAD-7 from/ }).waitFor();

  await page.getByRole("button", { name: "Table of PHQ-9" }).click();
  await page.getByRole("cell", { name: "10 better" }).waitFor();
  await page.getByRole("cell", { name: "Session missed" }).waitFor();
  await page.getByRole("button", { name: "Answers over time of PHQ-9" }).click();
  await page.getByRole("rowheader", { name: /^3\. Trouble falling or staying asleep/ }).waitFor();
  await inspectScreen(page, "progress");

  const [image] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as image", exact: true }).click(),
  ]);
  expect(image.suggestedFilename()).toMatch(/^progress-all-\d{4}-\d\d-\d\d\.png$/);
  const bytes = readFileSync(await image.path());
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  // Two pictures below each other, at twice their size.
  expect([bytes.readUInt32BE(16) > 1600, bytes.readUInt32BE(20) > 1600]).toEqual([true, true]);
  const address = (await page.getByRole("link", { name: "PDF" }).getAttribute("href")) ?? "";
  expect((await page.request.get(address)).headers()["content-type"]).toBe("application/pdf");

  await page.getByRole("button", { name: "Show to the client" }).click();
  const shown = page.getByRole("dialog", { name: "How it is going" });
  await shown.getByText("You have reached your goal of 7 or less.").waitFor();
  expect(await shown.textContent()).not.toMatch(/cutoff|clinical|Anders|Morgan/);
  await inspectScreen(page, "progress-shown-to-the-client");
  await page.keyboard.press("Escape");
  await shown.waitFor({ state: "hidden" });
  expect(faults).toEqual([]);
});

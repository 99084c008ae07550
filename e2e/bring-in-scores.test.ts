import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, type Visit, visit } from "./browser.ts";
import { chartOf, send, setUpPractice } from "./practice.ts";
import { startTrellis, type Trellis } from "./trellis.ts";

let trellis: Trellis;
let browser: Browser;
let maya: Visit;
const clients: string[] = [];

beforeAll(async () => {
  [trellis, browser] = await Promise.all([startTrellis(), openChromium()]);
  maya = await visit(browser, trellis.address);
  await setUpPractice(maya.page, trellis.address);
  for (let i = 1; i <= 5; i++) {
    const client = { name: { given: `Robin ${i}`, family: "Example" }, birthDate: "1988-04-12", recordNumber: `R-${i}` };
    const { id } = (await send(maya.page.request, "POST", `${trellis.address}/api/clients`, { client })) as { readonly id: string };
    clients.push(id);
  }
});
afterAll(async () => {
  await closeWindows(browser);
  await trellis?.stop();
});

/** Five clients, who go from 16 to 7 in two months; dates with the month first, which only the last one shows. */
const file = (last: string) =>
  `\uFEFFMRN;Instrument;Completed;Score\r\n${[1, 2, 3, 4, 5].map((i) => `R-${i};PHQ-9;2/3/2026;16\r\nR-${i};PHQ-9;4/5/2026;${i === 5 ? last : 7}\r\n`).join("")}`;

test("scores of another system are looked at, put right, and stored as a whole; then the practice sees what came of its therapies", async () => {
  const { page, faults } = maya;
  const choose = (text: string) =>
    page.locator("input[type=file]").setInputFiles({ name: "scores.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.goto("/settings/import");
  await page.getByRole("button", { name: "Choose a file" }).waitFor();
  await choose(file("77"));
  await page.getByText("“2/3/2026” on line 2 could begin with the month or with the day").waitFor();
  expect(await page.getByRole("button", { name: "Check the file" }).isDisabled()).toBe(true);
  await page.getByRole("radio", { name: /^Month, day, year/ }).check();
  await page.getByRole("button", { name: "Check the file" }).click();
  await page.getByText("The total of PHQ-9 is a number from 0 to 27; 77 is not.").waitFor();
  await inspectScreen(page, "import-with-a-fault");
  expect((await chartOf(page, trellis.address, clients[0] ?? "")).administrations).toEqual([]);

  await choose(file("7"));
  await page.getByRole("radio", { name: /^Month, day, year/ }).check();
  await page.getByRole("button", { name: "Check the file" }).click();
  await page.getByRole("button", { name: "Store 10 scores" }).click();
  await page.getByText("10 scores are in the charts of 5 clients").waitFor();
  expect((await chartOf(page, trellis.address, clients[0] ?? "")).administrations).toHaveLength(2);

  await page.getByRole("link", { name: "Outcomes" }).click();
  await page.getByLabel("First score from").fill("2026-01-01");
  await page.getByLabel("Grouped by").selectOption("Primary clinician");
  await page.getByRole("button", { name: "Show the outcomes" }).click();
  const row = page.getByRole("row", { name: /^Maya Okafor/ });
  await row.waitFor();
  expect(await row.getByRole("cell").allTextContents()).toEqual([
    "5",
    "5",
    "16.0",
    "5 of 5 (100 %)",
    "5 of 5 (100 %)",
    "0 of 5 (0 %)",
    "0 of 5 (0 %)",
    "9.0 (9.0 to 9.0)",
    "–",
  ]);
  await inspectScreen(page, "outcomes");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download as CSV" }).click()]);
  expect(download.suggestedFilename()).toMatch(/^outcomes-phq9-2026-01-01-/);
  expect(faults).toEqual([]);
});

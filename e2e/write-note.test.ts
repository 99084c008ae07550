import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoPassword } from "../packages/domain/src/demo/demo-practice.ts";
import { anotherTab, closeWindows, inspectScreen, openChromium, visit } from "./browser.ts";
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

test("a note is ticked from the plan, in two windows at once, put into own words, signed, and added to", async () => {
  const maya = await visit(browser, trellis.address);
  const { page, faults } = maya;
  await openDemo(page, trellis.address);
  await page
    .getByRole("list", { name: "Clients" })
    .getByRole("link", { name: /Anders/ })
    .click();
  await page.getByRole("link", { name: "Notes", exact: true }).click();
  await page.getByRole("button", { name: "Write a note" }).click();
  await page.getByRole("radio", { name: "Good progress" }).first().click();
  await page.getByRole("group", { name: "Interventions of the plan" }).getByRole("checkbox").first().click();
  await page.getByText(/^Saved at/).waitFor();
  const saved = page.url();

  // A second window does not know of what is typed in the first one meanwhile, and overwrites none of it.
  const second = await anotherTab(maya);
  await second.goto(saved);
  await second.getByLabel("What the client said and did").waitFor();
  await page.getByLabel("Next time").fill("Plan the holiday week");
  await page.waitForTimeout(50);
  await page.getByText("Next time: Plan the holiday week.").waitFor();
  await expect
    .poll(async () => JSON.stringify(await (await page.request.get(saved.replace("/clients/", "/api/clients/"))).json()))
    .toContain("holiday");
  await second.getByLabel("What the client said and did").fill("Went swimming twice.");
  await second.getByText("Changes from another window were taken in.").waitFor();
  expect(await second.getByLabel("Next time").inputValue()).toBe("Plan the holiday week");
  await expect
    .poll(async () => JSON.stringify(await (await page.request.get(saved.replace("/clients/", "/api/clients/"))).json()))
    .toContain("swimming");
  await second.close();
  await page.reload();

  // Risk was not asked about yet: that alone keeps the note from being signed.
  await page.getByText("Nothing is said about risk.").waitFor();
  await inspectScreen(page, "write-note");
  const group = page.getByRole("group", { name: /Harm to self/ });
  await group.getByRole("radio").first().focus();
  await page.keyboard.press("1");
  // What the client was given to do is looked at together.
  await page.getByRole("radio", { name: "Done", exact: true }).first().click();
  await page.getByText("Nothing that a reviewer would miss.").waitFor();
  const assessment = page.getByLabel("Assessment", { exact: true });
  await assessment.fill("Doing better than he thinks.");
  await page.getByText("In your own words; ticks no longer change it.").waitFor();
  await page.getByRole("radio", { name: "Worse" }).nth(1).click();
  expect(await assessment.inputValue()).toBe("Doing better than he thinks.");
  await page.keyboard.press("Control+Enter");
  await page.keyboard.type(demoPassword);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Signature" }).waitFor();

  await page.getByRole("button", { name: "Add an addendum" }).click();
  await page.getByRole("textbox", { name: "Addendum" }).fill("Called in the evening and was well.");
  await page.getByRole("button", { name: "Add the addendum" }).click();
  // The words stand in the field too: that it is gone says that they are saved.
  await page.getByRole("button", { name: "Add the addendum" }).waitFor({ state: "detached" });
  await page.getByText("Called in the evening and was well.").waitFor();
  await page.getByRole("link", { name: "Notes", exact: true }).click();
  await page.getByText("1 addendum").waitFor();
  await page.getByRole("list", { name: "How the objectives went" }).getByText("worse").waitFor();
  await inspectScreen(page, "notes");
  expect(faults).toEqual([]);
});

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, type Visit, visit } from "./browser.ts";
import { setUpPractice } from "./practice.ts";
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

test("a practice writes a chapter of its own, and brings changes to it in by a file that says first what is wrong with it", async () => {
  const { page, faults } = maya;
  await page.goto("/settings/library");
  await page.getByRole("link", { name: "New chapter" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("Burnout in our clinic");
  await page.getByRole("button", { name: "Begin the chapter" }).click();
  const parts = page.getByRole("navigation", { name: "Parts of the chapter" });
  await parts.getByRole("button", { name: "Goals" }).click();
  await page.getByRole("button", { name: "Add a goal" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").getByText("Write the statement.").waitFor();
  await page.getByRole("textbox", { name: "Goal" }).fill("Evenings belong to the client again.");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: /^Evenings belong/ }).waitFor();
  await parts.getByRole("button", { name: "Objectives" }).click();
  await page.getByRole("button", { name: "Add an objective" }).click();
  const objective = page.getByRole("textbox", { name: "Objective" });
  await objective.fill("Keep evenings free of work, up from ");
  for (const blank of ["{baseline}", "{target}", "{date}"]) await page.getByRole("button", { name: blank }).click();
  expect(await objective.inputValue()).toBe("Keep evenings free of work, up from {baseline} {target} {date}");
  await page.getByRole("textbox", { name: "What is counted" }).fill("evenings a week");
  await inspectScreen(page, "own-chapter");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: /^Keep evenings/ }).waitFor();
  await parts.getByRole("button", { name: "Beside another problem" }).click();
  await page.getByRole("button", { name: "Add another problem" }).click();
  await page.getByRole("combobox", { name: "The other problem" }).selectOption("adult-insomnia");
  await page.getByRole("radio", { name: "after it" }).check();
  await page.getByRole("textbox", { name: "How the two change" }).fill("Nights first: who sleeps four hours finds no evening.");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: /^After: Insomnia/ }).waitFor();
  await parts.getByRole("button", { name: "About and codes" }).click();
  await page.getByRole("checkbox", { name: "Only for certain ages" }).check();
  await page.getByRole("textbox", { name: "Oldest" }).fill("5");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").getByText("The younger age comes first.").waitFor();
  await page.getByRole("textbox", { name: "Oldest" }).fill("64");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();

  const exported = await (await page.request.get(`${trellis.address}/api/library/own.yaml`)).text();
  await page.getByRole("link", { name: "Back to the list" }).click();
  await page.getByRole("link", { name: "Import" }).click();
  const bring = (text: string) =>
    page.getByLabel("YAML file").setInputFiles({ name: "own.yaml", mimeType: "application/yaml", buffer: Buffer.from(text) });
  const changed = exported.replace("Evenings belong to the client again.", "Evenings are the client's.");
  await bring(changed.replace("kind: count", "kind: counted"));
  await page.getByText(/^Line \d+, column \d+/).waitFor();
  await bring(changed);
  await page.getByRole("radio", { name: "Take the file’s" }).check();
  await inspectScreen(page, "import-own-library");
  await page.getByRole("button", { name: "Take it over" }).click();
  await page.getByText("Changed: 1 chapter.").waitFor();
  expect(await (await page.request.get(`${trellis.address}/api/library/own.yaml`)).text()).toBe(changed);
  expect(faults).toEqual([]);
});

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anotherTab, closeWindows, inspectScreen, openChromium, type Visit, visit } from "./browser.ts";
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

test("a safety plan is written together, finished once every number can be called, and changed in a version of its own", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Robin", family: "Example" });
  await send(page.request, "PUT", `${trellis.address}/api/clients/${clientId}/intake/risk`, {
    version: 0,
    content: { assessedOn: "2026-03-02", level: "moderate", ideation: "passive", protectiveFactors: ["My daughter"] },
  });
  await page.goto(`/clients/${clientId}/safety`);
  await page.getByText("Nothing stands here yet").waitFor();
  await page.getByLabel(/: add a warning sign$/).fill("I stop answering the phone");
  await page.getByRole("button", { name: /^988 Suicide & Crisis Lifeline/ }).click();
  await page.getByRole("button", { name: /^My daughter/ }).click();
  await page.getByRole("button", { name: "Add a person", exact: true }).click();
  await page.keyboard.type("Ana");
  const ana = page.getByRole("group", { name: "Ana" });
  await ana.getByLabel("Phone").fill("ask Ben");
  await page.getByRole("button", { name: "Finish this version" }).click();
  await page.getByRole("alert").getByText("A phone cannot call this").waitFor();
  await inspectScreen(page, "safety-plan");

  // Another tab is open on the same version while it is finished here; its words are not lost.
  const other = await anotherTab(maya);
  await other.goto(`/clients/${clientId}/safety`);
  await other.getByRole("group", { name: "Ana" }).waitFor();
  await ana.getByLabel("Phone").fill("(555) 555-0142");
  await page.getByRole("button", { name: "Finish this version" }).click();
  await page.getByRole("link", { name: "(555) 555-0142" }).waitFor();
  await other.getByLabel(/: add a thing to do$/).fill("Walk the dog");
  await other.getByRole("button", { name: "Take my words into the next version" }).click();
  await other.getByText("What changed since version 1").click();
  await other.getByText("New: Walk the dog").waitFor();
  expect(await ana.count()).toBe(0);
  expect(await other.getByRole("group", { name: "Ana" }).getByLabel("Phone").inputValue()).toBe("(555) 555-0142");
  await other.close();

  await page.getByRole("link", { name: "History of risk" }).click();
  const history = page.getByRole("region", { name: "One by one, newest first" });
  await history.getByText("The first version of the safety plan was finished.").waitFor();
  await history.getByText("Risk judged moderate.").waitFor();
  await inspectScreen(page, "risk-history");
  expect(faults).toEqual([]);
});

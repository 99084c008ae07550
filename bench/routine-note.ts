/**
 * How much a routine progress note asks of a clinician, in a real browser: clicks, keystrokes, and seconds. Promise: at most 25 interactions from the list
 * of notes to the signed note. An interaction is a click, a key that does something, or a field that is written into. Run: node bench/run.ts note
 */
import { randomUUID } from "node:crypto";
import type { Locator, Page } from "playwright-core";
import { launchChromium, visit } from "../e2e/browser.ts";
import { startTrellis } from "../e2e/trellis.ts";
import { demoPassword } from "../packages/domain/src/demo/demo-practice.ts";
import { buildClient } from "../packages/server/src/build-client.ts";

const most = 25;
/** Seconds of the keystroke-level model (Card, Moran, Newell: The Psychology of Human-Computer Interaction. 1983): a key, pointing and clicking, deciding. */
const model = { key: 0.28, click: 1.2, decision: 1.35 } as const;

const counted = { clicks: 0, keys: 0, fields: 0, commands: 0 };
async function click(target: Locator): Promise<void> {
  await target.click();
  counted.clicks += 1;
}
async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  counted.keys += text.length;
  counted.fields += 1;
}
async function press(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  counted.keys += key.split("+").length;
  counted.commands += 1;
}

/** Something to look at together, where the practice gives homework; the note is routine without as well. */
async function giveHomework(page: Page, address: string, clientId: string): Promise<boolean> {
  const content = { title: "Activity record", steps: ["Write down each evening what you did and how it felt."], assignedOn: "2026-01-05" };
  const response = await page.request.put(`${address}/api/clients/${clientId}/homework/${randomUUID()}`, {
    data: { version: 0, content },
    headers: { "x-trellis": "1", origin: address },
  });
  return response.ok();
}

await buildClient(() => {});
const trellis = await startTrellis();
const browser = await launchChromium();
try {
  const { page, faults } = await visit(browser, trellis.address);
  await page.goto("/set-up-practice");
  await page.getByRole("button", { name: /demo practice/ }).click();
  // Filling the demo takes as long as it takes, and is not what is measured.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Clients" }).click({ timeout: 60_000 });
  await page
    .getByRole("list", { name: "Clients" })
    .getByRole("link", { name: /Anders/ })
    .click();
  const notes = page.getByRole("link", { name: "Notes", exact: true });
  await notes.waitFor();
  const homework = await giveHomework(page, trellis.address, page.url().split("/clients/")[1]?.split("/")[0] ?? "");
  await page.reload();
  await notes.click();
  await page.getByRole("heading", { name: "Notes", level: 1 }).waitFor();

  const begun = performance.now();
  await click(page.getByRole("button", { name: "Write a note" }));
  const objective = (index: number) =>
    page
      .getByRole("group")
      .filter({ has: page.getByRole("radio", { name: "Good progress" }) })
      .nth(index);
  await click(objective(0).getByRole("radio", { name: "Good progress" }));
  await click(objective(1).getByRole("radio", { name: "Some progress" }));
  const interventions = page.getByRole("group", { name: "Interventions of the plan" }).getByRole("checkbox");
  await click(interventions.nth(0));
  await click(interventions.nth(1));
  if (homework) await click(page.getByRole("radio", { name: "Done", exact: true }).first());
  await click(page.getByRole("radio", { name: "Asked: no concern" }));
  await click(page.getByLabel("What the client said and did"));
  await type(page, "Went swimming twice and called it coming up for air; slept through on three nights.");
  await press(page, "Tab");
  await type(page, "Plan the holiday week");
  await press(page, "Control+Enter");
  await type(page, demoPassword);
  await press(page, "Enter");
  await page.getByRole("heading", { name: "Signature" }).waitFor();
  const machine = (performance.now() - begun) / 1000;

  const interactions = counted.clicks + counted.fields + counted.commands;
  const person = counted.keys * model.key + counted.clicks * model.click + interactions * model.decision;
  console.log(
    `a routine note, signed: ${interactions} interactions (at most ${most}): ${counted.clicks} clicks, ${counted.fields} fields, ${counted.commands} keys that act`,
  );
  console.log(`  ${counted.keys} keystrokes in all; homework to look at: ${homework ? "yes" : "no"}`);
  console.log(`  ${machine.toFixed(1)} s of the machine; about ${Math.round(person)} s of a person by the keystroke-level model`);
  if (interactions > most || faults.length > 0) {
    console.log(faults.join("\n"));
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  await trellis.stop();
}

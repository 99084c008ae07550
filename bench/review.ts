/**
 * What a review with the client costs a clinician: a scripted review of a plan of three goals in a real browser, from the list of reviews to the signed next
 * revision. Counted as interactions: every click or chosen option, and every field typed into (its keystrokes are told apart). Goal: at most 40.
 * With SHOTS set to a folder, leaves pictures there. Run: node bench/review.ts
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { launchChromium, visit } from "../e2e/browser.ts";
import { planOf } from "../e2e/plan-signing-client.ts";
import { password, setUpPractice } from "../e2e/practice.ts";
import { startInProcess, treatedClient } from "./treated-client.ts";

const limit = 40;
let clicks = 0;
let fields = 0;
let keystrokes = 0;

async function click(target: Locator): Promise<void> {
  await target.click();
  clicks += 1;
}
async function choose(target: Locator, option: string): Promise<void> {
  await target.selectOption(option);
  // Opens the list, and takes one.
  clicks += 2;
}
async function type(target: Locator, text: string): Promise<void> {
  await target.click();
  await target.pressSequentially(text);
  fields += 1;
  keystrokes += text.length;
}
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

const running = await startInProcess();
const browser = await launchChromium();
try {
  const { page } = await visit(browser, running.address);
  await setUpPractice(page, running.address);
  const { planId } = await treatedClient(page, running);
  await page.goto("/reviews");
  await page.getByRole("link", { name: /^Review it/ }).waitFor();
  await picture(page, "reviews-due");

  const begun = performance.now();
  await click(page.getByRole("link", { name: /^Review it/ }));
  await page.getByRole("heading", { name: "Review with Robin", level: 1 }).waitFor();
  await picture(page, "review-open");
  // Two are as proposed, one is decided otherwise; the client says what helps, and rates each.
  const objectives = page.getByRole("group", { name: /What becomes of it/ });
  const count = await objectives.count();
  await click(page.getByRole("button", { name: /^Accept all/ }));
  const other = objectives.nth(count - 1);
  await click(other.getByRole("radio", { name: /^Discontinue/ }));
  await type(page.getByRole("textbox", { name: /^Why not as proposed/ }), "It is no trouble any more.");
  for (let at = 0; at < count; at += 1) await choose(page.getByRole("combobox", { name: /^Robin: progress/ }).nth(at), "6");
  await type(page.getByRole("textbox", { name: "What helps" }), "Planning the week on Sunday.");
  await type(page.getByRole("textbox", { name: "What matters now" }), "Going back to work.");
  await choose(page.getByRole("combobox", { name: "Satisfaction with the treatment" }), "8");
  for (const addition of await page
    .getByRole("group")
    .filter({ has: page.getByRole("radio", { name: "Not now" }) })
    .all())
    await click(addition.getByRole("radio", { name: "Not now" }));
  await picture(page, "review-decided");
  await click(page.getByRole("button", { name: "Make the next revision" }));

  // To the signature: through the draft where the review leaves something to be done there.
  await page.waitForURL(/\/plan\//);
  if (!page.url().endsWith("/sign")) {
    await picture(page, "review-draft");
    await click(page.getByRole("button", { name: /Go to agreement and signature|To the signature/ }));
  }
  await page.getByRole("heading", { name: "Agreement and signature", level: 1 }).waitFor();
  await picture(page, "review-sign");
  await click(page.getByRole("radio", { name: "Agrees with the plan" }));
  await click(page.getByRole("radio", { name: "Given, or will be with the signature" }));
  await click(page.getByRole("button", { name: "Freeze the plan for signing" }));
  await click(page.getByRole("button", { name: "Sign here, side by side" }));
  await click(page.getByRole("radio", { name: "Type my name" }));
  await type(page.getByRole("textbox", { name: "Type your full name to sign" }), "Robin Example");
  await click(page.getByRole("button", { name: "Sign the plan" }));
  await page.getByRole("heading", { name: "Your signature" }).waitFor();
  await type(page.getByLabel("Your password"), password);
  await click(page.getByRole("button", { name: "Sign the plan" }));
  await page.getByRole("heading", { name: "Done. This plan is in force." }).waitFor();
  const seconds = (performance.now() - begun) / 1000;
  await picture(page, "review-signed");

  const { plan, state } = await planOf(page, running.address, planId);
  if (plan.revision !== 2 || state !== "signed") throw new Error(`Revision ${plan.revision} is ${state}.`);
  const interactions = clicks + fields;
  console.log(
    `a review of ${count} objectives under three goals, from the list to the signed revision: ${interactions} interactions (at most ${limit}): ${clicks} clicks and ${fields} fields typed into with ${keystrokes} keystrokes; ${seconds.toFixed(1)} s by script`,
  );
  if (interactions > limit) process.exitCode = 1;
} finally {
  await browser.close();
  await running.stop();
}

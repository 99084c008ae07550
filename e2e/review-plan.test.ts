import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, type Visit, visit } from "./browser.ts";
import { completeDraft, draftedClient, planOf } from "./plan-signing-client.ts";
import { password, send, setUpPractice } from "./practice.ts";
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

test("a plan in force is reviewed with the client, objective by objective, and the outcome is its next revision", async () => {
  const { page, faults } = maya;
  const { clientId, planId } = await draftedClient(page, trellis.address, { given: "Robin", family: "Example" });
  await completeDraft(page, trellis.address, planId);
  const plans = `${trellis.address}/api/plans/${planId}`;
  const { seq } = await planOf(page, trellis.address, planId);
  const { hash } = (await send(page.request, "POST", `${plans}/signing`, { seq })) as { hash: string };
  await send(page.request, "POST", `${plans}/signatures`, { kind: "typed", role: "client", hash, name: "Robin Example" });
  await send(page.request, "POST", `${plans}/signatures`, { kind: "password", role: "clinician", hash, password });

  await page.goto(`/clients/${clientId}/plan/${planId}`);
  await page.getByRole("link", { name: "Review with the client" }).click();
  await page.getByRole("heading", { name: "Review with Robin", level: 1 }).waitFor();
  // What is still to be decided is named before anything is made of it.
  await page.getByRole("button", { name: "Make the next revision" }).click();
  await page.getByRole("alert").getByText("Not everything is decided yet").waitFor();
  await page.getByRole("button", { name: "Accept all proposals" }).click();
  const last = page.getByRole("group", { name: /^What becomes of it/ }).last();
  await last.getByRole("radio", { name: "Discontinue" }).check();
  await page.getByRole("textbox", { name: "Why not as proposed" }).fill("One step at a time.");
  await page.getByRole("textbox", { name: "What helps" }).fill("Planning the week on Sunday 🌱");
  await page
    .getByRole("combobox", { name: /^You: progress/ })
    .first()
    .selectOption("4");
  await page.locator('[data-save-state="saved"]').first().waitFor();
  await inspectScreen(page, "review-plan");

  // What was typed is there again, and only the reason makes the other decision whole.
  await page.reload();
  await expect.poll(() => page.getByRole("textbox", { name: "What helps" }).inputValue()).toBe("Planning the week on Sunday 🌱");
  await page.getByRole("button", { name: "Make the next revision" }).click();
  await page.getByRole("heading", { name: "Agreement and signature", level: 1 }).waitFor();
  const { plan } = (await planOf(page, trellis.address, planId)) as unknown as {
    plan: {
      revision: number;
      objectives: { id: string; lifecycleStatus: string }[];
      changeReasons: { id: string; reason: string }[];
      reviews: object[];
      participation: { client: string };
    };
  };
  const ended = plan.objectives.filter(({ lifecycleStatus }) => lifecycleStatus === "cancelled");
  expect([plan.revision, ended.length, plan.reviews.length]).toEqual([2, 1, 1]);
  expect(plan.changeReasons).toContainEqual({ id: ended[0]?.id, reason: "One step at a time." });
  expect(plan.participation.client).toContain("What helps: Planning the week on Sunday 🌱");

  // While the draft waits, nobody begins a second review of the same plan.
  await page.goto(`/clients/${clientId}/review/new`);
  await page.getByText("The next revision is being written already").waitFor();
  expect(faults).toEqual([]);
});

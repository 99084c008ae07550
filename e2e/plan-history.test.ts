import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, type Visit, visit } from "./browser.ts";
import { completeDraft, draftedClient, editPlan, planOf } from "./plan-signing-client.ts";
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

test("what changed since the last plan is seen in the record's words and the client's, in the history and before signing", async () => {
  const { page, faults } = maya;
  const { address } = trellis;
  const { clientId, planId } = await draftedClient(page, address, { given: "Robin", family: "Example" });
  await completeDraft(page, address, planId);
  await editPlan(page, address, planId, [{ type: "set", path: ["participation", "client"], value: "Chose the goals and the order." }]);
  const { seq } = await planOf(page, address, planId);
  const plans = `${address}/api/plans/${planId}`;
  const { hash } = (await send(page.request, "POST", `${plans}/signing`, { seq })) as { hash: string };
  await send(page.request, "POST", `${plans}/signatures`, { kind: "typed", role: "client", hash, name: "Robin Example" });
  await send(page.request, "POST", `${plans}/signatures`, { kind: "password", role: "clinician", hash, password });
  await send(page.request, "POST", `${plans}/next-revision`, { reason: "We looked at the plan together." });
  const [goal] = (await planOf(page, address, planId)).plan.goals;
  await editPlan(page, address, planId, [
    { type: "set", path: ["sessionPlan", "frequency"], value: { times: 2, per: "month" } },
    { type: "set", path: ["goals", goal?.id, "lifecycleStatus"], value: "on-hold" },
    { type: "set", path: ["changeReasons"], value: [{ id: goal?.id, reason: "The move comes first." }] },
  ]);

  await page.goto(`/clients/${clientId}/plan/${planId}`);
  await page.getByRole("link", { name: "History", exact: true }).click();
  await page.getByRole("heading", { name: "History of the plan", level: 1 }).waitFor();
  await page.getByText("twice a month").waitFor();
  // Struck and underlined for who sees, said for who listens.
  expect(await page.locator("del").filter({ hasText: "once a week" }).innerText()).toMatch(/taken out:/);
  await page.getByRole("radio", { name: "the client" }).check();
  await page.getByText("We put this goal on hold for now, because the move comes first.").waitFor();
  await inspectScreen(page, "plan-history");
  const pdf = await page.request.get(`${address}${await page.getByRole("link", { name: "PDF for the client" }).getAttribute("href")}`);
  expect(pdf.headers()["content-type"]).toBe("application/pdf");

  await page.goto(`/clients/${clientId}/plan/${planId}/sign`);
  await page.getByText("What changed since the last signed revision").click();
  await page.getByText("The move comes first.").waitFor();
  expect(faults).toEqual([]);
});

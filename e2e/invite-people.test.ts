import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, type Visit, visit } from "./browser.ts";
import { addClient, password, setUpPractice } from "./practice.ts";
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

test("the owner hands over a one-time link, and the invited clinician joins with it, once", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Robin", family: "Example" });
  await page.goto("/settings/people");
  await page.getByRole("heading", { name: "People", level: 1 }).waitFor();
  await inspectScreen(page, "people");
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByLabel("Name").fill("Theo Lindqvist");
  await inspectScreen(page, "invite");
  await page.getByRole("button", { name: "Make a one-time link" }).click();
  const link = await page.getByLabel("One-time link").inputValue();
  await inspectScreen(page, "invitation-link");
  // The token stands behind the #, which browsers never send to a server.
  expect(new URL(link).hash.length).toBeGreaterThan(20);
  expect(new URL(link).search).toBe("");
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("heading", { name: "Invited, not here yet" }).waitFor();

  const theo = await visit(browser, trellis.address);
  await theo.page.goto(link);
  await theo.page.getByRole("heading", { name: "Join Linden Street Counseling" }).waitFor();
  expect(new URL(theo.page.url()).hash).toBe("");
  await inspectScreen(theo.page, "accept-invitation");
  await theo.page.getByLabel("Credentials").fill("PhD");
  await theo.page.getByLabel("Email").fill("theo@example.org");
  await theo.page.getByLabel("Password", { exact: false }).first().fill(password);
  await theo.page.getByRole("button", { name: "Join the practice" }).click();
  await theo.page.getByRole("heading", { name: "Clients", level: 1 }).waitFor();

  // A clinician sees the clients in their own care; another's chart stays closed.
  expect(await theo.page.getByRole("link", { name: /Robin Example/ }).count()).toBe(0);
  await theo.page.goto(`/clients/${clientId}`);
  await theo.page
    .getByText(/not open to you/)
    .first()
    .waitFor();
  await theo.context.close();

  const again = await visit(browser, trellis.address);
  await again.page.goto(link);
  await again.page.getByRole("heading", { name: "This invitation does not work" }).waitFor();
  await inspectScreen(again.page, "invitation-used");
  await again.context.close();
  expect([...faults, ...theo.faults, ...again.faults]).toEqual([]);
});

test("the owner sets up the practice, keeps statements of the practice's own and checks the audit trail", async () => {
  const { page, faults } = maya;
  await page.goto("/settings/practice");
  await page.getByLabel("Address", { exact: true }).fill("12 Linden Street\nPortland");
  await inspectScreen(page, "practice-settings");
  await page.getByRole("button", { name: "Save the settings" }).click();
  await page.getByRole("status").getByText("Saved.").waitFor();
  await page.reload();
  expect(await page.getByLabel("Address", { exact: true }).inputValue()).toBe("12 Linden Street\nPortland");

  await page.getByRole("link", { name: "Own library" }).click();
  await page.getByText("No statement of your own yet").waitFor();
  await page.getByRole("textbox", { name: "Statement" }).fill("Walk with the client to the park and plan one visit a week there.");
  await page.getByRole("button", { name: "Add to the library" }).click();
  await page.getByRole("heading", { name: "Intervention" }).waitFor();
  await inspectScreen(page, "own-library");

  await page.getByRole("link", { name: "Audit trail" }).click();
  await page.getByRole("button", { name: "Check the whole trail" }).click();
  await page.getByText("The trail is whole").waitFor();
  await inspectScreen(page, "audit-trail");
  expect(faults).toEqual([]);
});

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, type Visit, visit } from "./browser.ts";
import { addClient, password, send, setUpPractice } from "./practice.ts";
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

test("a client is found and opened from the keyboard, and opening the chart takes at most three requests", async () => {
  const { page, faults } = maya;
  for (const [given, family] of [
    ["Robin", "Example"],
    ["Alex", "Sample"],
    ["Zoë", "Placeholder"],
  ] as const)
    await addClient(page, trellis.address, { given, family });
  await page.goto("/clients");
  await page.getByRole("link", { name: /Alex Sample/ }).waitFor();
  await inspectScreen(page, "clients");
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("/");
  await page.keyboard.type("placeh");
  await page.getByRole("list", { name: "Clients" }).getByRole("link").filter({ hasText: "Zoë" }).waitFor();
  await expect.poll(() => page.getByRole("list", { name: "Clients" }).getByRole("link").count()).toBe(1);
  await page.keyboard.press("ArrowDown");
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/")) asked.push(new URL(request.url()).pathname);
  });
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Zoë: overview" }).waitFor();
  await page.getByText("Give a first measure").waitFor();
  expect(asked.length).toBeLessThanOrEqual(3);
  // Nothing that could tell who it is stands in the address or in the title.
  expect(page.url()).not.toMatch(/zo|placeholder/i);
  expect(await page.title()).toBe("Z. P. · Trellis");

  await page.goto("/clients");
  await page.getByLabel(/^Find a client/).fill("nobody of this name");
  await page.getByText("Nobody is found").waitFor();
  await inspectScreen(page, "clients-none-found");
  expect(faults).toEqual([]);
});

test("details are changed in two places without one overwriting the other silently", async () => {
  const { page, faults } = maya;
  const clientId = await addClient(page, trellis.address, { given: "Jordan", family: "Madeup" });
  const other = await maya.context.newPage();
  await page.goto(`/clients/${clientId}/edit`);
  await other.goto(`/clients/${clientId}/edit`);
  await other.getByLabel("Pronouns").fill("they/them");
  await other.getByRole("button", { name: "Save the details" }).click();
  await other.getByRole("heading", { name: "Jordan: overview" }).waitFor();
  await other.close();
  await page.getByLabel("Record number").fill("2207");
  await inspectScreen(page, "edit-client");
  await page.getByRole("button", { name: "Save the details" }).click();
  await page.getByRole("alert").getByText("Somebody else changed these details").waitFor();
  expect(await page.getByLabel("Pronouns").inputValue()).toBe("they/them");
  expect(await page.getByLabel("Record number").inputValue()).toBe("2207");
  await page.getByRole("button", { name: "Save the details" }).click();
  await page.getByRole("heading", { name: "Jordan: overview" }).waitFor();
  await page.getByText("they/them").waitFor();
  await page.getByText("record 2207").waitFor();

  await page.getByRole("link", { name: "Access log" }).click();
  await page.getByRole("heading", { name: "Access log" }).waitFor();
  await page.getByRole("cell", { name: "Maya Okafor" }).first().waitFor();
  await inspectScreen(page, "access-log");
  expect(faults).toEqual([]);
});

test("in an emergency a clinician finds a colleague's client, says why, and the owner sees it in the access log", async () => {
  const clientId = await addClient(maya.page, trellis.address, { given: "Quinn", family: "Example" });
  const { link } = (await send(maya.page.request, "POST", `${trellis.address}/api/invitations`, {
    name: "Ben Ortiz",
    roles: ["clinician"],
  })) as { readonly link: string };
  const { page, faults } = await visit(browser, trellis.address);
  await send(page.request, "POST", `${trellis.address}/api/invitations/accept`, {
    token: new URL(link).hash.slice(1),
    name: "Ben Ortiz",
    email: "ben@example.org",
    password,
  });
  await page.goto("/clients");
  await page.getByRole("heading", { name: "Clients", level: 1 }).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("quinn");
  await page.getByRole("button", { name: "In an emergency: find a colleague’s client" }).click();
  await page.getByLabel("First name").fill("Quinn");
  await page.getByLabel("Last name").fill("Exam");
  await page.getByRole("dialog").getByLabel("Date of birth").fill("1988-04-12");
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.getByRole("alert").getByText("Nobody in this practice has this name").waitFor();
  await inspectScreen(page, "find-closed");
  await page.getByLabel("Last name").fill("Example");
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.getByRole("heading", { name: "This chart is not open to you" }).waitFor();
  await inspectScreen(page, "chart-closed");
  expect(new URL(page.url()).pathname).toBe(`/clients/${clientId}`);
  await page.getByLabel("Why you need it now").fill("Called from the emergency room; his clinician is away.");
  await page.getByRole("button", { name: "Open the chart for 24 hours" }).click();
  await page.getByRole("heading", { name: "Quinn: overview" }).waitFor();
  const log = await maya.page.request.get(`${trellis.address}/api/clients/${clientId}/access-log`);
  expect(((await log.json()) as { entries: { words: string }[] }).entries.map(({ words }) => words)).toEqual(
    expect.arrayContaining(["Was refused the chart", "Opened the chart in an emergency", "Opened the chart"]),
  );
  expect(faults).toEqual([]);
});

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, phone, type Visit, visit } from "./browser.ts";
import { addClient, setUpPractice } from "./practice.ts";
import { startTrellis, type Trellis } from "./trellis.ts";

let trellis: Trellis;
let browser: Browser;
let office: Visit;
let client: Visit;
let clientId: string;

beforeAll(async () => {
  [trellis, browser] = await Promise.all([startTrellis(), openChromium()]);
  office = await visit(browser, trellis.address);
  client = await visit(browser, trellis.address);
  await setUpPractice(office.page, trellis.address);
  clientId = await addClient(office.page, trellis.address, { given: "Robin", family: "Example" });
});
afterAll(async () => {
  await closeWindows(browser);
  await trellis?.stop();
});

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

test("homework goes to the phone, is filled in there without a connection, and is looked at together", async () => {
  const { page } = office;
  await page.goto(`/clients/${clientId}/homework`);
  await page.getByRole("button", { name: "In own words" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("A walk with Robin’s dog");
  await page.getByRole("textbox", { name: "What to do" }).fill("Walk around the pond.\nNotice three sounds.");
  await page.getByRole("button", { name: "Give this homework" }).click();
  await page.getByRole("button", { name: "Send to the phone" }).click();
  await page.getByRole("button", { name: "Make the link" }).click();
  const address = await page.getByLabel("The link. It is shown this once").inputValue();
  await page.keyboard.press("Escape");

  const { page: hand, context } = client;
  await hand.setViewportSize(phone);
  await hand.goto(address);
  await hand.getByRole("button", { name: "Open" }).click();
  await hand.getByText("Kept on this phone").waitFor();
  expect(await hand.evaluate(() => document.body.textContent)).not.toMatch(/Robin|Example|Linden|Maya/);
  await hand.getByLabel("How did it go?").fill("Lighter afterwards");
  await hand.getByText("Saved", { exact: true }).waitFor();

  // The page is opened where there is no connection, and goes on.
  await context.setOffline(true);
  await hand.reload();
  await expect.poll(() => hand.getByLabel("How did it go?").inputValue()).toBe("Lighter afterwards");
  await hand.getByRole("button", { name: "Add another day" }).click();
  await hand.getByLabel("How did it go?").fill("It rained");
  await hand.getByText("Not sent yet, trying again").waitFor();
  await context.setOffline(false);
  await hand.getByText("Saved", { exact: true }).waitFor();
  await inspectScreen(hand, "homework-on-the-phone");
  await hand.setViewportSize(phone);
  await hand.getByRole("button", { name: "That is all for this time" }).click();
  await expect.poll(() => heading(hand).textContent()).toBe("Thank you");

  await page.reload();
  await page.getByText("Sent by the client").waitFor();
  await page.getByRole("cell", { name: "It rained" }).waitFor();
  await page.getByRole("button", { name: "Done in part" }).click();
  await page.getByText("No time").click();
  await inspectScreen(page, "homework");
  await page.getByRole("button", { name: "Save: done in part" }).click();
  await page.getByText("0 of 1 done, 1 in part").waitFor();
  await page.getByText(/^Done in part, .*No time\.$/).waitFor();
  expect([...office.faults, ...client.faults]).toEqual([]);
});

test("a safety plan that was opened once opens without a connection, calls with one tap, and is forgotten when the client wants it", async () => {
  const night = await visit(browser, trellis.address);
  const { page, context } = night;
  await page.setViewportSize(phone);
  // As the server hands it out.
  const plan = { ownCoping: ["Cold water"], helpers: [{ name: "Ana", phone: "(555) 010-0199", note: "" }] };
  const lists = ["warningSigns", "distractions", "professionals", "surroundings", "reasonsToLive"].map((part) => [part, []]);
  await page.route("**/api/link/open", (route) =>
    route.fulfill({
      json: {
        state: "open",
        shown: { kind: "safety-plan", version: 2, madeOn: "2026-11-20", plan: { ...Object.fromEntries(lists), ...plan, note: "" } },
        answers: null,
        seq: 0,
        crisis: "Call or text 988 at any hour.",
      },
    }),
  );
  const address = `/link#${"a".repeat(43)}`;
  await page.goto(address);
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByText("Kept on this phone").waitFor();
  await page.unroute("**/api/link/open");
  await context.setOffline(true);
  await page.goto("about:blank");
  await page.goto(address);
  await page.getByText("There is no connection right now").waitFor();
  expect(await page.getByRole("link", { name: "Call Ana" }).getAttribute("href")).toBe("tel:5550100199");
  expect(await page.getByRole("link", { name: "988" }).getAttribute("href")).toBe("tel:988");
  await page.getByRole("button", { name: "Forget it on this phone" }).click();
  await page.getByText("is not kept on this phone").waitFor();
  await expect
    .poll(() => page.evaluate(async () => [(await caches.keys()).length, /Ana|Cold/.test(JSON.stringify(localStorage))]))
    .toEqual([0, false]);
  expect(night.faults).toEqual([]);
});

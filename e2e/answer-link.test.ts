import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeWindows, focusedWords, inspectScreen, openChromium, phone, type Visit, visit } from "./browser.ts";
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

async function choose(page: Page, words: string): Promise<void> {
  const question = await heading(page).textContent();
  await page.getByRole("button", { name: words, exact: true }).click();
  await expect.poll(() => heading(page).textContent()).not.toBe(question);
}

describe("a private link", () => {
  test("is made for a client, and answered on the client's own phone, with an interruption and a lost connection", async () => {
    const { page } = office;
    await page.goto(`/clients/${clientId}/measures`);
    await page.getByRole("link", { name: "Send a link" }).click();
    await page.getByRole("checkbox", { name: "PHQ-9" }).check();
    await page.getByRole("button", { name: "Make the link" }).click();
    await expect.poll(() => page.getByRole("heading", { name: "The link is made" }).count()).toBe(1);
    await inspectScreen(page, "answer-link-made");
    const address = await page.getByLabel("The link. It is shown this once").inputValue();
    expect(new URL(address).hash.length).toBe(44);

    const { page: hand, context } = client;
    await hand.setViewportSize(phone);
    await hand.goto(address);
    await hand.getByRole("button", { name: "Begin" }).click();
    await expect.poll(() => heading(hand).textContent()).toBe("Little interest or pleasure in doing things");
    await expect.poll(() => focusedWords(hand)).toBe("Little interest or pleasure in doing things");
    await inspectScreen(hand, "answer-question");
    await hand.setViewportSize(phone);
    expect(await hand.evaluate(() => document.body.textContent)).not.toMatch(/Robin|Example|Linden|Maya/);
    for (let i = 0; i < 3; i += 1) await choose(hand, "Several days");
    await expect.poll(() => hand.getByText("Saved").count()).toBe(1);

    // The tab is closed in the middle, and the connection is gone for a while afterwards.
    await hand.reload();
    await expect.poll(() => heading(hand).textContent()).toBe("Feeling tired or having little energy");
    await context.setOffline(true);
    for (let i = 0; i < 5; i += 1) await choose(hand, "Several days");
    await expect.poll(() => hand.getByText("Not sent yet, trying again").count()).toBe(1);
    await context.setOffline(false);
    await expect.poll(() => hand.getByText("Saved").count()).toBe(1);

    // An answer that speaks of danger stays on the screen, with the way to help.
    await hand.getByRole("button", { name: "Several days", exact: true }).click();
    await expect.poll(() => hand.getByRole("link", { name: "988" }).getAttribute("href")).toBe("tel:988");
    await inspectScreen(hand, "answer-danger");
    await hand.setViewportSize(phone);
    await hand.getByRole("button", { name: "Next" }).click();
    await hand.getByRole("button", { name: "Skip this question" }).click();
    await expect.poll(() => heading(hand).textContent()).toBe("That was the last question");
    await hand.getByRole("button", { name: "I am done" }).click();
    await expect.poll(() => heading(hand).textContent()).toBe("Thank you");
    expect(await hand.getByRole("link", { name: "911" }).count()).toBe(1);
    await inspectScreen(hand, "answer-thanks");

    const chart = (await (await page.request.get(`${trellis.address}/api/clients/${clientId}/chart`)).json()) as {
      readonly administrations: readonly { readonly mode: string; readonly answers: readonly (number | null)[] }[];
      readonly alerts: readonly { readonly kind: string }[];
    };
    expect(chart.administrations.map(({ mode, answers }) => [mode, answers])).toEqual([["link", [1, 1, 1, 1, 1, 1, 1, 1, 1, null]]]);
    expect(chart.alerts.map(({ kind }) => kind)).toEqual(["risk-answer"]);
    await page.getByRole("button", { name: "Look again" }).click();
    await expect.poll(() => page.getByText(/^Answered /).count()).toBe(1);

    // In another browser the link says that it has been used.
    const other = await visit(browser, trellis.address);
    await other.page.goto(address);
    await other.page.getByRole("button", { name: "Begin" }).click();
    await expect.poll(() => heading(other.page).textContent()).toBe("These questions have been answered");
    expect([...office.faults, ...client.faults, ...other.faults]).toEqual([]);
  });
});

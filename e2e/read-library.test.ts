import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, type Visit, visit } from "./browser.ts";
import { setUpPractice } from "./practice.ts";
import { startTrellis, type Trellis } from "./trellis.ts";

let trellis: Trellis;
let browser: Browser;
let office: Visit;

beforeAll(async () => {
  [trellis, browser] = await Promise.all([startTrellis(), openChromium()]);
  office = await visit(browser, trellis.address);
  await setUpPractice(office.page, trellis.address);
});
afterAll(async () => {
  await closeWindows(browser);
  await trellis?.stop();
});

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

test("a problem is found by a misspelled word and by its code, and its chapter is read, compared and marked", async () => {
  const { page } = office;
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto("/library");
  await page.getByRole("heading", { name: "Adults", exact: true }).waitFor();
  // A person at the shelf sees what is there, and the browser has none of it yet.
  expect(fetched.filter((path) => path.startsWith("/api/library/chapters/"))).toEqual([]);
  await page.getByLabel("Search the library").fill("insomna");
  await expect.poll(() => page.getByRole("listitem").getByRole("link").first().textContent()).toBe("Insomnia");
  await page.getByLabel("Search the library").fill("Z60.2");
  await page.getByRole("link", { name: "Loneliness", exact: true }).first().waitFor();
  await inspectScreen(page, "library-search");
  await page.getByRole("button", { name: "Favorite: Loneliness", exact: true }).click();

  await page.getByRole("link", { name: "Loneliness", exact: true }).first().click();
  await expect.poll(() => heading(page).textContent()).toBe("Loneliness");
  expect(fetched.filter((path) => path.startsWith("/api/library/chapters/"))).toEqual(["/api/library/chapters/adult-loneliness"]);
  // The evidence is one click away.
  const first = page.locator("#interventions details").filter({ hasText: "Source" }).first();
  await first.locator("summary").click();
  await expect.poll(() => first.getByRole("link", { name: /Read / }).count()).toBeGreaterThan(0);
  await inspectScreen(page, "library-chapter");

  await page.getByText("Compare approaches").click();
  await page.getByText("For the client", { exact: true }).click();
  await expect.poll(() => page.getByRole("columnheader").count()).toBe(2);
  await page.getByRole("group", { name: "Approaches to compare" }).getByRole("button", { pressed: false }).first().click();
  await expect.poll(() => page.getByRole("columnheader").count()).toBe(3);
  await inspectScreen(page, "library-compare");

  await page.getByRole("navigation", { name: "Library" }).getByRole("link", { name: "Problems" }).click();
  const favorites = page.getByRole("region", { name: "Your favorites" });
  await expect.poll(() => favorites.getByRole("link").allTextContents()).toEqual(["Loneliness"]);
  expect(office.faults).toEqual([]);
});

test("homework, courses, worked cases and sources are looked through", async () => {
  const { page } = office;
  await page.goto("/library/homework");
  await page.getByLabel("Search the sheets").fill("worry");
  const sheet = page.getByRole("link", { name: /^Print/ }).first();
  const paper = await page.request.get((await sheet.getAttribute("href")) ?? "");
  expect(paper.headers()["content-type"]).toBe("application/pdf");
  const parts = page.getByRole("navigation", { name: "Library" });
  await parts.getByRole("link", { name: "Courses of sessions" }).click();
  await page
    .getByText(/^Its \d+ sessions/)
    .first()
    .click();
  await page.getByRole("list", { name: "Agenda" }).first().waitFor();
  await parts.getByRole("link", { name: "Worked cases" }).click();
  await page.getByRole("link", { name: /^Zeke/ }).click();
  await page.getByRole("heading", { name: "Why this plan" }).waitFor();
  await parts.getByRole("link", { name: "Evidence" }).click();
  await page.getByLabel("Search the sources").fill("NG222");
  await page.getByText("Cited for").first().waitFor();
  await inspectScreen(page, "library-evidence");
  expect(office.faults).toEqual([]);
});

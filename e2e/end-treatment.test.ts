import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, visit } from "./browser.ts";
import { openDemo } from "./practice.ts";
import { startTrellis, type Trellis } from "./trellis.ts";

let trellis: Trellis;
let browser: Browser;

beforeAll(async () => {
  [trellis, browser] = await Promise.all([startTrellis(), openChromium()]);
});
afterAll(async () => {
  await closeWindows(browser);
  await trellis?.stop();
});

test("a treatment ends: criteria judged, a taper proposed, ended with its follow-ups, the summary signed; and the client comes back", async () => {
  const { page, faults } = await visit(browser, trellis.address);
  await openDemo(page, trellis.address);
  await page
    .getByRole("list", { name: "Clients" })
    .getByRole("link", { name: /Anders/ })
    .click();
  await page
    .getByRole("region", { name: "Treatment" })
    .getByRole("link", { name: /^Ending/ })
    .click();
  for (let met = 1; met <= 4; met += 1) {
    await page.getByRole("button", { name: /^Met/ }).first().click();
    await page.getByText(`${met} of 4 met`).waitFor();
  }
  await page.getByRole("button", { name: /^Plan the end for/ }).click();
  await page.getByRole("button", { name: /^Plan the end for/ }).waitFor({ state: "hidden" });
  await inspectScreen(page, "ending");

  await page.getByRole("button", { name: "End treatment…" }).click();
  const dialog = page.getByRole("dialog", { name: "End treatment" });
  await dialog.getByRole("button", { name: "End treatment" }).click();
  await dialog.getByText("Choose why treatment ends.").first().waitFor();
  await dialog.getByLabel("Why").selectOption("goals-met");
  await dialog.getByRole("radio", { name: "Improved" }).click();
  await dialog.getByRole("button", { name: "End treatment" }).click();
  await page.getByText("Treatment has ended.").waitFor();
  await page.getByText("Planned", { exact: true }).nth(2).waitFor();

  await page.getByRole("button", { name: "Draft a discharge summary" }).click();
  await page.getByLabel("Recommendations").fill("None: a way back is open at any time.");
  await inspectScreen(page, "discharge-summary");
  await page.getByLabel("Your password").fill((await page.getByText("In the demo the password is").locator("strong").textContent()) ?? "");
  await page.getByRole("button", { name: "Sign the summary" }).click();
  const document = page.getByRole("link", { name: /^PDF.*Discharge summary/ });
  await document.waitFor();
  const answer = await page.request.get((await document.getAttribute("href")) ?? "");
  expect(answer.headers()["content-type"]).toBe("application/pdf");

  await page.getByRole("button", { name: "The client comes back…" }).click();
  await page.getByLabel("What brings the client back").fill("The nights are bad again.");
  await page.getByRole("button", { name: "Begin the episode" }).click();
  await page.getByText("Episode 2 has begun.").waitFor();
  await page.getByText("What brings the client back: The nights are bad again.").waitFor();
  expect(faults).toEqual([]);
});

import { createHmac } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, visit } from "./browser.ts";
import { addClient, chartOf, password, setUpPractice } from "./practice.ts";
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

/** The code that an authenticator app shows (RFC 6238: SHA-1, 30 seconds, 6 digits). */
function codeNow(secret: string, now = Date.now()): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll("=", "")].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0x0f;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("an unused screen signs off, hides the chart, keeps what was typed and goes on after the password", async () => {
  const { page, faults } = await visit(browser, trellis.address);
  await setUpPractice(page, trellis.address);
  const clientId = await addClient(page, trellis.address, { given: "Robin", family: "Example" });
  await page.clock.install();
  await page.goto(`/clients/${clientId}/intake/formulation`);
  const text = page.getByLabel("Summary formulation");
  await text.fill("Loss of work took away the days' frame.");
  await page.clock.runFor(1000);
  await page.locator('[data-save-state="saved"]').first().waitFor();

  await page.clock.runFor("14:00");
  await page.getByRole("dialog", { name: "Are you still there?" }).waitFor();
  await inspectScreen(page, "idle-warning");
  await page.clock.runFor("02:00");
  await page.getByRole("heading", { name: "Signed off to keep this screen private" }).waitFor();
  await page.clock.resume();
  await inspectScreen(page, "signed-off");
  expect(
    (await page.getByText("Robin").isVisible()) &&
      (await page
        .getByText("Robin")
        .first()
        .evaluate(
          (element) => document.elementFromPoint(element.getBoundingClientRect().x + 2, element.getBoundingClientRect().y + 2) === element,
        )),
  ).toBe(false);
  // The session is over on the server too, not only behind a curtain.
  expect((await page.request.get(`${trellis.address}/api/clients/${clientId}/chart`)).status()).toBe(401);

  await page.getByLabel("Password of Maya Okafor").fill("wrong words entirely");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("alert").getByText("The password is not right").waitFor();
  await page.getByLabel("Password of Maya Okafor").fill(password);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("heading", { name: "Signed off to keep this screen private" }).waitFor({ state: "hidden" });
  expect(await text.inputValue()).toBe("Loss of work took away the days' frame.");
  // The focus is back in the field that it was in.
  await page.keyboard.press("End");
  await page.keyboard.type(" Strengths: humor.");
  await page.locator('[data-save-state="saved"]').first().waitFor();
  await expect
    .poll(async () => (await chartOf(page, trellis.address, clientId)).intake.formulation?.content.formulation)
    .toBe("Loss of work took away the days' frame. Strengths: humor.");
  expect(faults).toEqual([]);
});

test("a session that ends while somebody types: the words wait behind the sign-in and are saved after it", async () => {
  const { page, faults } = await visit(browser, trellis.address);
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill("maya@example.org");
  await page.getByLabel("Password").first().fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Clients" }).click();
  await page.getByRole("link", { name: /Robin Example/ }).click();
  await page.getByRole("link", { name: "Intake" }).first().click();
  await page.getByRole("link", { name: /^Observations/ }).click();
  await page.context().clearCookies();
  await page.getByLabel("What you noticed").fill("Arrived early, spoke softly.");
  await page.getByRole("heading", { name: "Please sign in again" }).waitFor();
  await page.getByLabel("Password of Maya Okafor").fill(password);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.locator('[data-save-state="saved"]').first().waitFor();
  const clientId = /clients\/([^/]+)/.exec(page.url())?.[1] ?? "";
  await expect
    .poll(async () => (await chartOf(page, trellis.address, clientId)).intake.observations?.content.observations)
    .toBe("Arrived early, spoke softly.");
  expect(faults).toEqual([]);
});

test("a second factor is set up with an authenticator app, and a backup code lets in once", async () => {
  const { page, faults } = await visit(browser, trellis.address);
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill("maya@example.org");
  await page.getByLabel("Password").first().fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "My day" }).waitFor();
  await page.goto("/settings/security");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await inspectScreen(page, "security");
  await page.getByRole("button", { name: "Set up a second factor" }).click();
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("img", { name: /QR code/ }).waitFor();
  await inspectScreen(page, "second-factor-set-up");
  const secret = await page.getByLabel("Key", { exact: true }).inputValue();
  await page.getByLabel("Code", { exact: false }).last().fill("000000");
  await page.getByRole("button", { name: "Turn it on" }).click();
  await page.getByRole("alert").getByText("The code is not right").waitFor();
  await page.getByLabel("Code", { exact: false }).last().fill(codeNow(secret));
  await page.getByRole("button", { name: "Turn it on" }).click();
  await page.getByText("Write down your backup codes").waitFor();
  await inspectScreen(page, "backup-codes");
  const [backupCode = ""] = (await page.getByLabel("All codes").inputValue()).split(" ");
  expect(backupCode).not.toBe("");

  for (const [kind, works] of [
    ["app", true],
    ["backup", true],
    ["backup", false],
  ] as const) {
    await page.context().clearCookies();
    await page.goto("/sign-in");
    await page.getByLabel("Email").fill("maya@example.org");
    await page.getByLabel("Password").first().fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "One more step" }).waitFor();
    if (kind === "app") {
      await inspectScreen(page, "second-factor");
      await page.getByLabel("Code").fill(codeNow(secret));
    } else {
      await page.getByRole("button", { name: "Use a backup code instead" }).click();
      await page.getByLabel("Backup code").fill(backupCode);
    }
    await page.getByRole("button", { name: "Go on" }).click();
    if (works) await page.getByRole("link", { name: "My day" }).waitFor();
    else await page.getByRole("alert").waitFor();
  }
  expect(faults).toEqual([]);
});

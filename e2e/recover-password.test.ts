import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, visit } from "./browser.ts";
import { password, send, setUpPractice } from "./practice.ts";
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

test("somebody who is locked out gets a one-time link from the owner, sets a new password and signs in", async () => {
  const maya = await visit(browser, trellis.address);
  await setUpPractice(maya.page, trellis.address);
  const { link: invitation } = (await send(maya.page.request, "POST", `${trellis.address}/api/invitations`, {
    name: "Ben Ortiz",
    roles: ["clinician"],
  })) as { readonly link: string };
  const ben = await visit(browser, trellis.address);
  await send(ben.page.request, "POST", `${trellis.address}/api/invitations/accept`, {
    token: new URL(invitation).hash.slice(1),
    name: "Ben Ortiz",
    email: "ben@example.org",
    password,
  });
  await ben.context.clearCookies();
  await ben.page.goto("/sign-in");
  await ben.page.getByText("Forgotten your password?").click();
  await ben.page.getByText("The owner of your practice can give you a link").waitFor();
  await inspectScreen(ben.page, "sign-in-forgotten");

  await maya.page.goto("/settings/people");
  await maya.page.getByRole("button", { name: "New password for Ben Ortiz" }).click();
  await maya.page.getByLabel("Your own password").fill("not the password");
  await maya.page.getByRole("button", { name: "Make a one-time link" }).click();
  await maya.page.getByRole("alert").getByText("This is not your password").waitFor();
  await inspectScreen(maya.page, "recovery-wrong-password");
  await maya.page.getByLabel("Your own password").fill(password);
  await maya.page.getByRole("button", { name: "Make a one-time link" }).click();
  const link = await maya.page.getByLabel("One-time link").inputValue();
  await inspectScreen(maya.page, "recovery-link");

  await ben.page.goto(link);
  await ben.page.getByRole("heading", { name: "Set a new password" }).waitFor();
  expect(ben.page.url()).not.toContain("#");
  await ben.page.getByRole("button", { name: "Set the password" }).click();
  await ben.page.getByText("Use at least 12 characters").waitFor();
  await inspectScreen(ben.page, "set-password");
  await ben.page.getByLabel("New password").fill("five rather quiet words here");
  await ben.page.getByRole("button", { name: "Set the password" }).click();
  await ben.page.getByRole("heading", { name: "Your new password is set" }).waitFor();
  await inspectScreen(ben.page, "set-password-done");
  await ben.page.getByRole("link", { name: "Sign in" }).click();
  await ben.page.getByLabel("Email").fill("ben@example.org");
  await ben.page.getByLabel("Password", { exact: false }).first().fill("five rather quiet words here");
  await ben.page.getByRole("button", { name: "Sign in" }).click();
  await ben.page.getByRole("link", { name: "My day" }).waitFor();

  const again = await visit(browser, trellis.address);
  await again.page.goto(link);
  await again.page.getByRole("heading", { name: "This link does not work" }).waitFor();
  expect([...maya.faults, ...ben.faults, ...again.faults]).toEqual([]);
});

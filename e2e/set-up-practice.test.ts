import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, visit } from "./browser.ts";
import { password } from "./practice.ts";
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

test("the first person sets up the practice, adds a client and signs out and in again", async () => {
  const { page, faults } = await visit(browser, trellis.address);
  const scripts: Promise<number>[] = [];
  page.on("response", (response) => {
    if (response.url().endsWith(".js"))
      scripts.push(
        response
          .request()
          .sizes()
          .then(({ responseBodySize }) => responseBodySize),
      );
  });
  await page.goto("/");
  await page.getByRole("heading", { name: "Welcome to Trellis" }).waitFor();
  // What a browser has to fetch before the first screen, compressed as it travels.
  const firstLoad = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
  expect(firstLoad).toBeGreaterThan(20_000);
  expect(firstLoad).toBeLessThan(250_000);
  await inspectScreen(page, "set-up-practice");

  await page.getByRole("button", { name: "Set up the practice" }).click();
  await page.getByRole("alert").getByText("Give the practice a name").waitFor();
  await inspectScreen(page, "set-up-practice-with-faults");

  await page.getByLabel("Name of the practice").fill("Linden Street Counseling");
  await page.getByLabel("Your name").fill("Maya Okafor");
  await page.getByLabel("Credentials").fill("LCSW");
  await page.getByLabel("Email").fill("maya@example.org");
  await page.getByLabel("Password", { exact: false }).first().fill("short");
  await page.getByRole("button", { name: "Set up the practice" }).click();
  await page.getByText("Use at least 12 characters").first().waitFor();
  expect(await page.getByLabel("Your name").inputValue()).toBe("Maya Okafor");
  await page.getByLabel("Password", { exact: false }).first().fill(password);
  await page.getByRole("button", { name: "Set up the practice" }).click();

  await page.getByRole("heading", { name: "Clients", level: 1 }).waitFor();
  await page.getByText("is in your care yet").waitFor();
  await inspectScreen(page, "clients-empty");

  await page.getByRole("button", { name: "Add a client" }).click();
  await page.getByRole("heading", { name: "Add a client" }).waitFor();
  await page.getByLabel("First name").fill("Robin");
  await page.getByLabel("Last name").fill("Example");
  await page.getByLabel("Date of birth").fill("2190-01-01");
  // How much is too much is said while it is typed, and goes with it.
  await page.getByRole("button", { name: "Add a phone or email" }).click();
  await page.getByLabel("Contact 1: number or address").fill("5".repeat(203));
  await page.getByText("203 characters; at most 200 can be saved. Shorten it by 3.").waitFor();
  await page.getByLabel("Contact 1: number or address").fill("555 0100");
  await page.getByRole("button", { name: "Add the client" }).click();
  await page.getByRole("alert").getByText("in the future").waitFor();
  await inspectScreen(page, "new-client-with-faults");
  await page.getByLabel("Date of birth").fill("1988-04-12");
  await page.getByRole("button", { name: "Add the client" }).click();
  await page.getByRole("heading", { name: "Robin: overview" }).waitFor();
  expect(await page.title()).toBe("R. E. · Trellis");
  await inspectScreen(page, "client-overview-new");

  await page.getByRole("button", { name: "You: Maya Okafor" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await inspectScreen(page, "sign-in");
  await page.getByLabel("Email").fill("maya@example.org");
  await page.getByLabel("Password").first().fill("not the password at all");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").getByText("The email or the password is not right").waitFor();
  await page.getByLabel("Password").first().fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Clients" }).click();
  await page.getByRole("link", { name: /Robin Example/ }).waitFor();
  expect(faults).toEqual([]);
});

test("somebody who only looks round gets the demo practice, marked as such", async () => {
  const { page, faults, context } = await visit(browser, trellis.address);
  await page.goto("/sign-in");
  await page.goto("/set-up-practice");
  await page.getByRole("button", { name: /demo practice/ }).click();
  // Filling it takes the server long where the machine is busy.
  await page.getByRole("complementary", { name: "Demo practice" }).waitFor({ timeout: 60_000 });
  await page.getByRole("heading", { level: 2, name: "Sessions" }).waitFor();
  await inspectScreen(page, "day-of-the-demo");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Clients" }).click();
  await page.getByRole("list", { name: "Clients" }).getByRole("link").first().click();
  await page.getByRole("heading", { level: 1, name: /overview/ }).waitFor();
  await inspectScreen(page, "client-overview-of-the-demo");
  await context.close();
  expect(faults).toEqual([]);
});

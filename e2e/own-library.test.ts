import { randomUUID } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, inspectScreen, openChromium, type Visit, visit } from "./browser.ts";
import { send, setUpPractice } from "./practice.ts";
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

test("a practice writes a chapter of its own, and brings changes to it in by a file that says first what is wrong with it", async () => {
  const { page, faults } = maya;
  await page.goto("/settings/library");
  await page.getByRole("link", { name: "New chapter" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("Burnout in our clinic");
  await page.getByRole("button", { name: "Begin the chapter" }).click();
  const parts = page.getByRole("navigation", { name: "Parts of the chapter" });
  await parts.getByRole("button", { name: "Goals" }).click();
  await page.getByRole("button", { name: "Add a goal" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").getByText("Write the statement.").waitFor();
  await page.getByRole("textbox", { name: "Goal" }).fill("Evenings belong to the client again.");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: /^Evenings belong/ }).waitFor();
  await parts.getByRole("button", { name: "Objectives" }).click();
  await page.getByRole("button", { name: "Add an objective" }).click();
  const objective = page.getByRole("textbox", { name: "Objective" });
  await objective.fill("Keep evenings free of work, up from ");
  for (const blank of ["{baseline}", "{target}", "{date}"]) await page.getByRole("button", { name: blank }).click();
  expect(await objective.inputValue()).toBe("Keep evenings free of work, up from {baseline} {target} {date}");
  await page.getByRole("textbox", { name: "What is counted" }).fill("evenings a week");
  await inspectScreen(page, "own-chapter");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: /^Keep evenings/ }).waitFor();
  await parts.getByRole("button", { name: "Measures" }).click();
  await page.getByRole("button", { name: "Add a measure" }).click();
  await page.getByRole("combobox", { name: "Measure" }).selectOption("audit");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: /^AUDIT.*Every 12 weeks/ }).waitFor();
  await parts.getByRole("button", { name: "Beside another problem" }).click();
  await page.getByRole("button", { name: "Add another problem" }).click();
  await page.getByRole("combobox", { name: "The other problem" }).selectOption("adult-insomnia");
  await page.getByRole("radio", { name: "after it" }).check();
  await page.getByRole("textbox", { name: "How the two change" }).fill("Nights first: who sleeps four hours finds no evening.");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: /^After: Insomnia/ }).waitFor();
  await parts.getByRole("button", { name: "About and codes" }).click();
  await page.getByRole("checkbox", { name: "Only for certain ages" }).check();
  await page.getByRole("textbox", { name: "Oldest" }).fill("5");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").getByText("The younger age comes first.").waitFor();
  await page.getByRole("textbox", { name: "Oldest" }).fill("64");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();

  const exported = await (await page.request.get(`${trellis.address}/api/library/own.yaml`)).text();
  await page.getByRole("link", { name: "Back to the list" }).click();
  await page.getByRole("link", { name: "Import" }).click();
  const bring = (text: string) =>
    page.getByLabel("YAML file").setInputFiles({ name: "own.yaml", mimeType: "application/yaml", buffer: Buffer.from(text) });
  const changed = exported.replace("Evenings belong to the client again.", "Evenings are the client's.");
  await bring(changed.replace("kind: count", "kind: counted"));
  await page.getByText(/^Line \d+, column \d+/).waitFor();
  await bring(changed);
  await page.getByRole("radio", { name: "Take the file’s" }).check();
  await inspectScreen(page, "import-own-library");
  await page.getByRole("button", { name: "Take it over" }).click();
  await page.getByText("Changed: 1 chapter.").waitFor();
  expect(await (await page.request.get(`${trellis.address}/api/library/own.yaml`)).text()).toBe(changed);
  expect(faults).toEqual([]);
});

test("what is typed into an item stays when it is moved, and when somebody else changes what is around it or the item itself", async () => {
  const { page } = maya;
  const own = `${trellis.address}/api/library/own/chapters`;
  interface Kept {
    readonly version: number;
    readonly chapter: { readonly id: string; readonly goals: readonly object[]; readonly risks: readonly { readonly sign: string }[] };
  }
  const begun = (await send(page.request, "POST", own, { key: randomUUID(), title: "Rest", from: null })) as Kept;
  const kept = async () => (await (await page.request.get(`${own}/${begun.chapter.id}`)).json()) as Kept;
  /** As somebody else does in another window. */
  const change = async (how: (chapter: Kept["chapter"]) => object) => {
    const { version, chapter } = await kept();
    await send(page.request, "PUT", `${own}/${chapter.id}`, { version, chapter: { ...chapter, ...how(chapter) } });
  };
  await change(() => ({
    goals: ["Sleeps.", "Rests.", "Plays."].map((text) => ({ text })),
    risks: ["Falls asleep at the wheel.", "Drinks.", "Falls ill."].map((sign) => ({ sign })),
  }));
  await page.goto(`/settings/library/${begun.chapter.id}`);
  await page.getByRole("button", { name: /^Sleeps/ }).click();
  const goal = page.getByRole("textbox", { name: "Goal", exact: true });
  await goal.fill("Sleeps eight hours.");
  const moveDown = page.getByRole("button", { name: "Move down" });
  await moveDown.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("listitem").filter({ hasText: "Rests." }).first().waitFor();
  await expect.poll(async () => (await kept()).version).toBe(3);
  expect(await goal.inputValue()).toBe("Sleeps eight hours.");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await kept()).version).toBe(4);
  await expect.poll(() => moveDown.getAttribute("aria-disabled")).toBe("true");
  expect(await moveDown.evaluate((button) => button === document.activeElement)).toBe(true);

  await change(({ goals }) => ({ goals: goals.slice(1) }));
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("alert").getByText("changed this chapter meanwhile").waitFor();
  expect(await goal.inputValue()).toBe("Sleeps eight hours.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: /^Sleeps eight hours/ }).waitFor();

  await page.getByRole("navigation", { name: "Parts of the chapter" }).getByRole("button", { name: "Risks" }).click();
  await page.getByRole("button", { name: /^Falls asleep/ }).click();
  const sign = page.getByRole("textbox", { name: "What to watch for" });
  await sign.fill("Falls asleep at work.");
  await change(({ risks }) => ({ risks: risks.map((risk, i) => (i === 0 ? { ...risk, sign: "Falls asleep at lunch." } : risk)) }));
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Somebody changed this one or took it out").waitFor();
  expect(await sign.inputValue()).toBe("Falls asleep at work.");
  expect(await page.getByRole("button", { name: "Take out" }).count()).toBe(0);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: /^Falls asleep at work/ }).waitFor();
  expect((await kept()).chapter.risks.map((risk) => risk.sign)).toEqual([
    "Falls asleep at lunch.",
    "Drinks.",
    "Falls ill.",
    "Falls asleep at work.",
  ]);

  await page.getByRole("navigation", { name: "Parts of the chapter" }).getByRole("button", { name: "About and codes" }).click();
  const about = page.getByRole("textbox", { name: "What it is about" });
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  await page.route("**/api/library/own/chapters/*", async (route) => {
    await held;
    await route.continue();
  });
  await about.fill("Nights.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await about.fill("Nights and days.");
  const answered = page.waitForResponse((response) => response.request().method() === "PUT");
  goOn();
  await answered;
  await page.unroute("**/api/library/own/chapters/*");
  await page.getByRole("button", { name: "Save", exact: true }).and(page.locator(":not([data-loading])")).click();
  await page.getByText("Saved.").waitFor();
  expect(await about.inputValue()).toBe("Nights and days.");
  expect(maya.faults).toEqual([]);
});

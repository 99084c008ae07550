import { mkdirSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import sparticuz from "@sparticuz/chromium";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { unpackChromium } from "./chromium.ts";

/**
 * Flags that make Chromium smaller in a cloud function and different from what people use: everything in one process, and protections of the
 * web platform off. A journey wants the real thing.
 */
const unwanted = new Set([
  "--single-process",
  "--no-zygote",
  "--disable-web-security",
  "--allow-running-insecure-content",
  "--disable-site-isolation-trials",
]);

let running: Browser | undefined;

/**
 * The Chromium that comes inside an npm package: one for all journeys of a worker, because its windows share nothing and starting it takes seconds.
 * It ends with the worker. A journey that is over closes its windows with `closeWindows`.
 */
export async function openChromium(): Promise<Browser> {
  if (running?.isConnected() !== true) running = await launchChromium();
  return running;
}

/** A Chromium of one's own. */
export async function launchChromium(): Promise<Browser> {
  const args = sparticuz.args.filter((flag) => !unwanted.has(flag));
  return chromium.launch({
    executablePath: await unpackChromium(),
    args: [...args, "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
    headless: true,
  });
}

/** Closes the windows that a journey has opened; the browser stays for the next one. */
export async function closeWindows(browser: Browser | undefined): Promise<void> {
  await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
}

export const desktop = { width: 1280, height: 860 } as const;
export const phone = { width: 375, height: 760 } as const;

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page reported as an error of its own; a journey ends with none. */
  readonly faults: string[];
}

/** A browser window with cookies of its own, as one person at one computer has it. */
export async function visit(browser: Browser, address: string): Promise<Visit> {
  // Without motion a screen is inspected as it stays, not half-way through fading in.
  const context = await browser.newContext({
    reducedMotion: "reduce",
    viewport: desktop,
    locale: "en-US",
    timezoneId: "America/New_York",
    baseURL: address,
  });
  context.setDefaultTimeout(15_000);
  // A window that fills the screen cannot be made narrower, which `inspectScreen` does; screens work without, as in browsers that refuse it.
  await context.addInitScript(() => Object.defineProperty(Element.prototype, "requestFullscreen", { value: undefined }));
  const page = await context.newPage();
  const faults: string[] = [];
  watch(page, faults);
  return { context, page, faults };
}

/** A further tab of the same window. */
export async function anotherTab(visit: Visit): Promise<Page> {
  const page = await visit.context.newPage();
  watch(page, visit.faults);
  return page;
}

function watch(page: Page, faults: string[]): void {
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    // A refused or lost request is part of some journeys, and Chromium reports each; everything else is a fault.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) faults.push(message.text());
  });
}

/**
 * Looks at the screen as it stands, at desktop and at phone width: nothing that axe finds against WCAG 2.2 AA or its own good practice, nothing that
 * is wider than the screen, one main heading. With SHOTS set to a folder, leaves pictures there.
 */
export async function inspectScreen(page: Page, name: string): Promise<void> {
  try {
    for (const [width, size] of [
      ["desktop", desktop],
      ["phone", phone],
    ] as const) {
      await page.setViewportSize(size);
      await inspectAt(page, name, width);
    }
  } finally {
    await page.setViewportSize(desktop);
  }
}

async function inspectAt(page: Page, name: string, width: string): Promise<void> {
  // What was just changed is on the screen, not only in the document.
  await page.evaluate(() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))));
  const folder = process.env.SHOTS;
  if (folder) {
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
  }
  // What looks at the page is sent into each document once, not twice for each width: it is longer than the app itself.
  const present = await page.evaluate(() => "axe" in window);
  // Gathering what is in order as well takes half as long again, on long pages seconds.
  const { violations, incomplete } = await new AxeBuilder({ page, ...(present && { axeSource: "undefined" }) })
    // Colors are the same at every width, and looking at each letter's background is a third of the work.
    .options({ resultTypes: ["violations", "incomplete"], rules: { "color-contrast": { enabled: width === "desktop" } } })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    // In one go within the page. The other way carries everything that was looked at through a second page, which takes three times as long, and is for
    // pages that hold frames of other sites: ours hold none.
    .setLegacyMode(true)
    .analyze();
  const told = violations.flatMap(({ id, nodes }) =>
    nodes
      // A button half under a bar that stays at the edge of the screen is whole again after scrolling a little.
      .filter((node) => !(id === "target-size" && node.failureSummary?.includes("partially obscured")))
      .map((node) => `${id}: ${node.target.join(" ")} (${node.failureSummary})`),
  );
  // Text in the very color of its background is reported as undecided, because it may be hidden on purpose. Here it never is.
  const invisible = incomplete.flatMap(({ id, nodes }) =>
    nodes
      .filter((node) => id === "color-contrast" && node.any.some((check) => check.data?.messageKey === "equalRatio"))
      .map((node) => `invisible text: ${node.target.join(" ")}`),
  );
  expect([...told, ...invisible], `${name} at ${width} width`).toEqual([]);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    `${name} is wider than a ${width}`,
  ).toBeLessThanOrEqual(0);
  expect(await page.locator("h1:visible").count(), `main headings of ${name}`).toBe(1);
}

/** What the focus is on, in words: where a screen reader goes on reading. */
export function focusedWords(page: Page): Promise<string> {
  return page.evaluate(() => (document.activeElement === document.body ? "" : (document.activeElement?.textContent ?? "")));
}

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, desktop, inspectScreen, openChromium, phone, type Visit, visit } from "./browser.ts";
import { completeDraft, type DraftedClient, draftedClient, planOf } from "./plan-signing-client.ts";
import { password, send, setUpPractice } from "./practice.ts";
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

const saved = (page: Visit["page"]) => page.locator('main [data-save-state="saved"]').first().waitFor();
const plan = async (planId: string) => (await planOf(maya.page, trellis.address, planId)).plan as unknown as StoredPlan;

/** What these journeys look at in a stored plan. */
interface StoredPlan {
  readonly goals: readonly { readonly id: string; readonly text: string; readonly clientWords: string; readonly lifecycleStatus: string }[];
  readonly objectives: readonly {
    readonly id: string;
    readonly targetDate: string | null;
    readonly metric: { readonly target: number | null } | null;
  }[];
  readonly interventions: readonly {
    readonly id: string;
    readonly text: string;
    readonly technique: string;
    readonly detail: string;
    readonly origin: { readonly kind: string };
  }[];
  readonly strengths: readonly string[];
  readonly reviewDue: string | null;
  readonly participation: { readonly client: string };
}

async function open(visitor: Visit, { clientId, planId }: DraftedClient): Promise<void> {
  await visitor.page.goto(`/clients/${clientId}/plan/${planId}`);
  await visitor.page.getByRole("heading", { level: 1, name: /Treatment plan for/ }).waitFor();
  // Findings are there once the library is.
  await visitor.page.getByRole("complementary", { name: "Findings" }).getByRole("heading", { level: 3 }).first().waitFor();
}

test("from the client's page to the first field of the plan in two clicks; every word is edited where it stands, and stays", async () => {
  const { page, faults } = maya;
  const drafted = await draftedClient(page, trellis.address, { given: "Robin", family: "Example" });
  await page.goto(`/clients/${drafted.clientId}`);
  await page.getByRole("link", { name: "Open the plan" }).click();
  await page.getByRole("textbox", { name: "Wording of goal 1.1" }).click();
  await page.keyboard.press("End");
  await page.keyboard.type(" At home first.");
  await page
    .getByLabel(/^Target of objective 1\.1\./)
    .first()
    .fill("8");
  await page.getByRole("textbox", { name: "Review due" }).fill("2027-01-04");
  await page.getByLabel(/How Robin took part in making/).fill("Chose the order of the goals.");
  await saved(page);
  await inspectScreen(page, "plan-composer");

  await expect
    .poll(async () => {
      const { goals, objectives, reviewDue, participation } = await plan(drafted.planId);
      return { goal: goals[0]?.text, target: objectives.some(({ metric }) => metric?.target === 8), reviewDue, took: participation.client };
    })
    .toEqual({
      goal: expect.stringMatching(/ At home first\.$/),
      target: true,
      reviewDue: "2027-01-04",
      took: "Chose the order of the goals.",
    });
  await page.reload();
  await expect.poll(() => page.getByRole("textbox", { name: "Wording of goal 1.1" }).inputValue()).toMatch(/ At home first\.$/);
  expect(faults).toEqual([]);
});

test("proposals count once they are accepted; undo and redo take back and do again, from the keyboard", async () => {
  const { page, faults } = maya;
  const drafted = await draftedClient(page, trellis.address, { given: "Alex", family: "Sample" });
  await open(maya, drafted);
  await page.getByRole("button", { name: "Accept all" }).click();
  await page.getByText("Every goal and objective is accepted.").waitFor();
  await expect
    .poll(async () => (await plan(drafted.planId)).goals.every(({ lifecycleStatus }) => lifecycleStatus === "accepted"))
    .toBe(true);

  const before = await plan(drafted.planId);
  const wording = page.getByRole("textbox", { name: /^Wording of intervention/ }).first();
  const first = await wording.inputValue();
  await wording.focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect
    .poll(async () => (await plan(drafted.planId)).interventions.map(({ id }) => id))
    .not.toEqual(before.interventions.map(({ id }) => id));
  await page.keyboard.press("Control+z");
  await expect
    .poll(async () => (await plan(drafted.planId)).interventions.map(({ id }) => id))
    .toEqual(before.interventions.map(({ id }) => id));
  await page.keyboard.press("Control+Shift+z");
  await expect
    .poll(async () => (await plan(drafted.planId)).interventions.map(({ id }) => id))
    .not.toEqual(before.interventions.map(({ id }) => id));
  await page.keyboard.press("Control+z");

  await page
    .getByRole("button", { name: /^Remove intervention/ })
    .first()
    .click();
  await expect.poll(async () => (await plan(drafted.planId)).interventions.length).toBe(before.interventions.length - 1);
  // The keyboard goes on where the item stood, not at the top of the page.
  expect(await page.evaluate(() => document.activeElement?.getAttribute("data-item")?.startsWith("objectives/"))).toBe(true);
  await page.keyboard.press("Control+z");
  await expect.poll(async () => (await plan(drafted.planId)).interventions).toEqual(before.interventions);
  expect(await wording.inputValue()).toBe(first);
  expect(faults).toEqual([]);
});

test("findings appear as one types, lead to their item and are mended with one click; minimum plan and reviewer's view", async () => {
  const { page, faults } = maya;
  const drafted = await draftedClient(page, trellis.address, { given: "Kim", family: "Madeup" });
  await open(maya, drafted);
  const findings = page.getByRole("complementary", { name: "Findings" });
  await page.getByRole("textbox", { name: "Review due" }).fill("");
  await findings.getByText("No review date is set.").waitFor();
  expect(await findings.getByText(/Convention, not a law/).count()).toBeGreaterThan(0);
  await findings.getByText("No review date is set.").click();
  await expect
    .poll(() => page.getByRole("textbox", { name: "Review due" }).evaluate((field) => field === document.activeElement))
    .toBe(true);
  await findings.getByRole("button", { name: /^Set / }).click();
  await findings.getByText("No review date is set.").waitFor({ state: "detached" });
  // The button went with its finding; the keyboard is not lost with it.
  await expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(false);
  await expect.poll(async () => (await plan(drafted.planId)).reviewDue).not.toBe(null);

  await page.getByRole("tab", { name: "Minimum plan" }).click();
  await page.getByText(/\d+ of \d+ done/).waitFor();
  await inspectScreen(page, "plan-minimum");
  await page.getByRole("tab", { name: "Reviewer's view" }).click();
  await page.getByRole("heading", { name: "Reviewer's view" }).waitFor();
  await inspectScreen(page, "plan-reviewer");
  await page
    .getByRole("button", { name: /^Go to the next/ })
    .first()
    .click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.matches("textarea") ?? false)).toBe(true);

  await page.setViewportSize(phone);
  await page.getByRole("button", { name: /^Findings/ }).click();
  await page.getByRole("dialog", { name: "Findings" }).waitFor();
  await inspectScreen(page, "plan-findings-drawer");
  await page.setViewportSize(phone);
  await page.keyboard.press("Escape");
  await page.setViewportSize(desktop);
  expect(faults).toEqual([]);
});

test("the whole library from the keyboard: found, taken with its numbers, swapped; own words kept for the practice", async () => {
  const { page, faults } = maya;
  const drafted = await draftedClient(page, trellis.address, { given: "Noa", family: "Invented" });
  await open(maya, drafted);
  const before = await plan(drafted.planId);

  await page.getByRole("textbox", { name: "Wording of goal 1.1" }).focus();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /Search the library/ }).waitFor();
  await page.keyboard.type("sleep");
  await page.getByRole("listbox").getByRole("option").first().waitFor();
  await inspectScreen(page, "plan-search");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: /^Add an intervention for objective 1\.1\.1/ }).click();
  await page.getByRole("listbox").getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  const chosen = await page.locator('[role="option"][aria-selected="true"]').innerText();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await expect.poll(async () => (await plan(drafted.planId)).interventions.length).toBe(before.interventions.length + 1);
  const added = (await plan(drafted.planId)).interventions.at(-1);
  expect(chosen).toContain(added?.text);
  // The keyboard goes on in what was added.
  await expect
    .poll(() => page.evaluate(() => (document.activeElement instanceof HTMLTextAreaElement ? document.activeElement.value : "")))
    .toBe(added?.text);

  await page.getByRole("button", { name: /^Add an intervention for objective 1\.1\.1/ }).click();
  // A client's name stays out of what other charts are offered.
  await page.getByRole("combobox", { name: /Search the library/ }).fill("Walks with noa along the river while talking.");
  await page.getByLabel("Keep what I write in the practice's library too").check();
  await page.getByText("Write your own:").click();
  await page.getByText("“noa” is this client’s name").waitFor();
  await page.getByRole("combobox", { name: /Search the library/ }).fill("Walks with the client along the river while talking.");
  await page.getByText("Write your own:").click();
  await expect.poll(async () => (await plan(drafted.planId)).interventions.at(-1)?.origin.kind).toBe("practice-library");
  await page.getByRole("button", { name: /^Add an intervention for objective 1\.1\.2/ }).click();
  await page.getByRole("combobox", { name: /Search the library/ }).fill("river");
  await page
    .getByRole("option", { name: /along the river/ })
    .first()
    .waitFor();
  await page.getByText("Your practice's own").first().waitFor();
  await page.keyboard.press("Escape");

  // A whole sentence is taken as it is typed, and its finding leads to the field that is missing, wherever it is folded away.
  await page.getByRole("button", { name: /^Add an intervention for objective 1\.1\.2/ }).click();
  await page.getByRole("combobox", { name: /Search the library/ }).fill("Plans the hours after supper, one by one.");
  await page.locator('[role="option"][aria-selected="true"]').getByText("Write your own:").waitFor();
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await plan(drafted.planId)).interventions.at(-1)?.text).toBe("Plans the hours after supper, one by one.");
  await page
    .getByRole("complementary", { name: "Findings" })
    .getByText(/still needs a technique/)
    .last()
    .click();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-place")))
    .toMatch(/^interventions\/.*\/technique$/);

  const swapped = (await plan(drafted.planId)).interventions[0];
  await page.getByRole("button", { name: /^Swap/ }).first().click();
  await page
    .getByRole("button", { name: /^Take this/ })
    .first()
    .click();
  await expect.poll(async () => (await plan(drafted.planId)).interventions.some(({ id }) => id === swapped?.id)).toBe(false);
  expect(faults).toEqual([]);
});

/** A colleague who shares the client's care, signed in at a computer of their own. */
async function colleague(clientId: string): Promise<Visit> {
  const { page } = maya;
  const { link } = (await send(page.request, "POST", `${trellis.address}/api/invitations`, {
    name: "Theo Lindqvist",
    roles: ["clinician"],
  })) as {
    link: string;
  };
  const theo = await visit(browser, trellis.address);
  await send(theo.page.request, "POST", `${trellis.address}/api/invitations/accept`, {
    token: new URL(link).hash.slice(1),
    name: "Theo Lindqvist",
    email: "theo@example.org",
    password,
    credentials: "PhD",
  });
  const { members } = (await (await page.request.get(`${trellis.address}/api/members`)).json()) as {
    members: { id: string; name: string }[];
  };
  const memberId = members.find(({ name }) => name === "Theo Lindqvist")?.id;
  await send(page.request, "POST", `${trellis.address}/api/clients/${clientId}/care-team`, { memberId, role: "member" });
  return theo;
}

test("two people on one draft see each other's work, and never overwrite each other unseen", async () => {
  const { page, faults } = maya;
  const drafted = await draftedClient(page, trellis.address, { given: "Sam", family: "Fictional" });
  const theo = await colleague(drafted.clientId);
  await open(maya, drafted);
  await open(theo, drafted);

  await page.getByRole("textbox", { name: "Wording of goal 1.1" }).fill("Maya's wording of the goal.");
  await theo.page.getByRole("textbox", { name: /own words ?, goal 1\.1$/ }).fill("I want my mornings back.");
  await expect.poll(() => theo.page.getByRole("textbox", { name: "Wording of goal 1.1" }).inputValue()).toBe("Maya's wording of the goal.");
  await expect.poll(() => page.getByRole("textbox", { name: /own words ?, goal 1\.1$/ }).inputValue()).toBe("I want my mornings back.");

  // Both write in the same field; Theo's connection is away while he does, and Maya's words are there first.
  await theo.context.setOffline(true);
  await theo.page.getByRole("textbox", { name: /own words ?, goal 1\.1$/ }).fill("Theo heard: mornings without dread.");
  await theo.page.locator('[data-save-state="offline"]').first().waitFor();
  await page.getByRole("textbox", { name: /own words ?, goal 1\.1$/ }).fill("Maya heard: mornings with coffee.");
  await saved(page);
  await theo.context.setOffline(false);
  await theo.page.getByText("while you were writing").waitFor();
  expect(await theo.page.getByRole("textbox", { name: /own words ?, goal 1\.1$/ }).inputValue()).toBe(
    "Theo heard: mornings without dread.",
  );
  expect((await plan(drafted.planId)).goals[0]?.clientWords).toBe("Maya heard: mornings with coffee.");
  await inspectScreen(theo.page, "plan-two-people");
  await theo.page.getByRole("button", { name: "Keep both" }).first().click();
  await expect
    .poll(async () => (await plan(drafted.planId)).goals[0]?.clientWords)
    .toBe("Maya heard: mornings with coffee.\n\nTheo heard: mornings without dread.");
  await saved(theo.page);
  await expect.poll(() => page.getByRole("textbox", { name: /own words ?, goal 1\.1$/ }).inputValue()).toContain("Theo heard");
  await theo.context.close();
  expect([...faults, ...theo.faults]).toEqual([]);
});

test("the server is killed in the middle of writing: the page says so, keeps every word, and saves them when it is back", async () => {
  const { page, faults } = maya;
  const drafted = await draftedClient(page, trellis.address, { given: "Jordan", family: "Placeholder" });
  await open(maya, drafted);
  await page.getByRole("textbox", { name: "Wording of goal 1.1" }).fill("Before the server went away.");
  await saved(page);
  await trellis.kill();
  await page.getByRole("textbox", { name: "Wording of goal 1.1" }).fill("Typed while it was away.");
  await page.getByRole("textbox", { name: /own words ?, goal 1\.1$/ }).fill("And these words too.");
  await page.locator('main [data-save-state="offline"]').first().waitFor();
  await trellis.startAgain();
  await saved(page);
  await expect
    .poll(async () => {
      const [goal] = (await plan(drafted.planId)).goals;
      return [goal?.text, goal?.clientWords];
    })
    .toEqual(["Typed while it was away.", "And these words too."]);

  // What is too long stays in its field, says so, and holds back nothing else.
  await page.getByRole("textbox", { name: "Wording of goal 1.1" }).fill("x".repeat(100_000));
  await page.getByText("Shorten it by 99,000").waitFor();
  await page.getByRole("textbox", { name: /own words ?, goal 1\.1$/ }).fill("Saved all the same.");
  await expect.poll(async () => (await plan(drafted.planId)).goals[0]?.clientWords).toBe("Saved all the same.");
  expect((await plan(drafted.planId)).goals[0]?.text).toBe("Typed while it was away.");
  await page.keyboard.press("Control+z");
  expect((await page.getByRole("textbox", { name: "Wording of goal 1.1" }).inputValue()).length).toBe(100_000);
  await page.getByRole("textbox", { name: "Wording of goal 1.1" }).fill("Short again.");
  await saved(page);
  expect(faults).toEqual([]);
});

test("what is typed while somebody begins to sign is kept and shown; a signed plan is read, and changed in its next revision", async () => {
  const { page, faults } = maya;
  const { address } = trellis;
  const drafted = await draftedClient(page, address, { given: "Lee", family: "Pretend" });
  await completeDraft(page, address, drafted.planId);
  await open(maya, drafted);
  await page.getByRole("textbox", { name: /How Lee took part in making/ }).fill("Chose the order of the goals.");
  await saved(page);
  // Words that are typed in the moment in which somebody freezes the plan, before this page knows of it.
  await maya.context.setOffline(true);
  await page.getByRole("textbox", { name: "Wording of goal 1.1" }).fill("A word too late.");
  await page.locator('main [data-save-state="offline"]').first().waitFor();
  const { seq } = await planOf(page, address, drafted.planId);
  await send(page.request, "POST", `${address}/api/plans/${drafted.planId}/signing`, { seq });
  await maya.context.setOffline(false);
  await page.getByText("Some of what you typed came too late").waitFor();
  await page.getByText("A word too late.").waitFor();
  await page.getByRole("link", { name: /Go on with the signatures/ }).waitFor();
  expect(await page.getByRole("textbox", { name: "Wording of goal 1.1" }).count()).toBe(0);
  await inspectScreen(page, "plan-being-signed");

  // Opened again, the words go in by themselves.
  await page.getByRole("link", { name: /Go on with the signatures/ }).click();
  const reopened = await page.request.fetch(`${address}/api/plans/${drafted.planId}/signing`, {
    method: "DELETE",
    data: { reason: "A word was missing." },
    headers: { "x-trellis": "1", origin: address },
  });
  expect(reopened.ok()).toBe(true);
  await page.getByRole("navigation", { name: "Chart" }).getByRole("link", { name: "Plan", exact: true }).click();
  await expect.poll(async () => (await plan(drafted.planId)).goals[0]?.text).toBe("A word too late.");
  await saved(page);

  const again = await planOf(page, address, drafted.planId);
  await send(page.request, "POST", `${address}/api/plans/${drafted.planId}/signing`, { seq: again.seq });
  const { hash } = await planOf(page, address, drafted.planId);
  const sign = (signature: object) =>
    send(page.request, "POST", `${address}/api/plans/${drafted.planId}/signatures`, { hash, ...signature });
  await sign({ kind: "typed", role: "client", name: "Lee Pretend" });
  await sign({ kind: "password", role: "clinician", password });
  await page.goto(`/clients/${drafted.clientId}/plan/${drafted.planId}`);
  await page.getByText(/^Signed · /).waitFor();
  await inspectScreen(page, "plan-signed");
  await page.getByRole("button", { name: "Change the plan" }).click();
  await page.getByLabel("Why is the plan changed?").fill("A new diagnosis.");
  await page.getByRole("button", { name: "Start revision" }).click();
  await page.getByText(/^Draft · revision 2/).waitFor();
  await page.getByRole("textbox", { name: "Wording of goal 1.1" }).fill("As it stands in the second revision.");
  await saved(page);
  await page.getByRole("link", { name: /^Revision 1, signed/ }).click();
  await page.getByText("An earlier revision").waitFor();
  expect(await page.getByText("As it stands in the second revision.").count()).toBe(0);
  await page.getByRole("link", { name: "Go to the current one" }).click();
  await expect
    .poll(() => page.getByRole("textbox", { name: "Wording of goal 1.1" }).inputValue())
    .toBe("As it stands in the second revision.");
  expect(faults).toEqual([]);
});

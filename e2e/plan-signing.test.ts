import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anotherTab, closeWindows, focusedWords, inspectScreen, openChromium, phone, type Visit, visit } from "./browser.ts";
import { completeDraft, draftedClient, editPlan, planOf } from "./plan-signing-client.ts";
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

/** Signs with the mouse: up and down across the box. */
async function draw(page: Page): Promise<void> {
  const box = page.getByRole("img", { name: "Box to sign in, empty" });
  await box.scrollIntoViewIfNeeded();
  const rect = await box.boundingBox();
  if (rect === null) throw new Error("There is no box to sign in.");
  const at = (x: number, y: number) => [rect.x + rect.width * x, rect.y + rect.height * y] as const;
  await page.mouse.move(...at(0.1, 0.7));
  await page.mouse.down();
  for (let step = 1; step <= 40; step++) await page.mouse.move(...at(0.1 + step * 0.018, 0.55 + 0.3 * Math.sin(step / 2.2)));
  await page.mouse.up();
  await page.mouse.move(...at(0.3, 0.25));
  await page.mouse.down();
  await page.mouse.move(...at(0.6, 0.2), { steps: 5 });
  await page.mouse.up();
}

async function freeze(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Ready to sign", exact: true }).waitFor();
  await page.getByRole("button", { name: "Freeze the plan for signing" }).click();
}

async function signAsClinician(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Your signature" }).waitFor();
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Sign the plan" }).click();
}

test("from what was agreed to a plan in force: the client signs by hand on the screen handed over, the clinician with the password", async () => {
  const { page, faults } = maya;
  const { clientId, planId } = await draftedClient(page, trellis.address, { given: "Robin", family: "Example" });
  await page.goto(`/clients/${clientId}/plan/${planId}/sign`);
  await page.getByRole("heading", { name: "Agreement and signature", level: 1 }).waitFor();
  await page.getByRole("heading", { name: "Not ready to sign yet" }).waitFor();
  expect(await page.getByRole("button", { name: "Freeze the plan for signing" }).isDisabled()).toBe(true);
  await page
    .getByText(/^Objective \d\.\d\.\d: /)
    .first()
    .waitFor();
  await inspectScreen(page, "sign-not-ready");

  // What is missing leads to its place in the plan.
  await page.getByRole("link", { name: "Go to it in the plan" }).first().click();
  await page.getByRole("heading", { name: "Treatment plan for Robin", level: 1 }).waitFor();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest("[data-place]")?.getAttribute("data-place") ?? ""))
    .toMatch(/^objectives\//);
  await page.goBack();

  // What the composer changes meanwhile comes in by itself, and nothing is overwritten.
  await page.getByLabel("How the client took part").fill("Read every goal aloud, put sleep first.");
  await completeDraft(page, trellis.address, planId);
  await page.getByRole("heading", { name: "Ready to sign", exact: true }).waitFor();
  const { plan } = await planOf(page, trellis.address, planId);
  // The agreement calls the goals by the numbers that the composer and the findings call them by.
  await page.getByLabel("How the client puts goal 1.1").waitFor();
  for (const goal of plan.goals)
    if (goal.clientWords === "")
      await page.locator(`[data-place="goals/${goal.id}/clientWords"] textarea`).fill("Get up and want something 🌱");
  await page.getByRole("radio", { name: "Agrees in part" }).check();
  await page.getByRole("textbox", { name: "What the client does not agree with" }).fill("No group.");
  await page.getByRole("button", { name: "Add something that was declined" }).click();
  await page.keyboard.type("Group therapy");
  await page.getByLabel("The client’s reason (1)").fill("Too many people for now");
  await page.getByRole("radio", { name: "Given, or will be with the signature" }).check();
  await page.locator('[data-save-state="saved"]').first().waitFor();
  await expect
    .poll(async () => {
      const { plan: kept } = await planOf(page, trellis.address, planId);
      return [kept.participation.client, kept.agreement, kept.declined.map(({ what, reason }) => [what, reason]), kept.copyGiven.state];
    })
    .toEqual([
      "Read every goal aloud, put sleep first.",
      { state: "agreed-in-part", detail: "No group." },
      [["Group therapy", "Too many people for now"]],
      "given",
    ]);
  await inspectScreen(page, "sign-agreement");
  await freeze(page);
  await expect.poll(() => focusedWords(page)).toBe("The client reads and signs");
  await inspectScreen(page, "sign-client-turn");

  await page.getByRole("link", { name: "Hand the screen over" }).click();
  await expect.poll(() => focusedWords(page)).toBe("Hand the screen to your client");
  await page.getByRole("button", { name: "Hand it over now" }).click();
  await page.getByRole("heading", { name: "Your plan, Robin" }).waitFor();
  expect(await page.title()).toBe("Your plan · Trellis");
  const tab = await anotherTab(maya);
  await tab.goto("/clients");
  await tab.getByRole("heading", { name: "Your plan, Robin" }).waitFor();
  await tab.close();
  await page.getByText("In your words: “Get up and want something 🌱”").first().waitFor();
  await inspectScreen(page, "sign-handed-over");

  await page.getByRole("button", { name: "Sign the plan" }).click();
  await page.getByText("Draw your signature in the box").waitFor();
  await draw(page);
  await page.getByRole("button", { name: "Clear" }).click();
  await page.setViewportSize(phone);
  await draw(page);
  await inspectScreen(page, "sign-drawn");
  await page.getByText("I agree with it except for what is written down as not agreed.").waitFor();
  await page.getByRole("button", { name: "Sign the plan" }).click();
  await expect.poll(() => focusedWords(page)).toBe("Thank you");
  await inspectScreen(page, "sign-thanks");
  await page.getByRole("button", { name: "For the therapist: take the screen back" }).click();
  await page.getByLabel("Your password").fill("a guess by the client");
  await page.getByRole("button", { name: "Take the screen back" }).click();
  await page.getByRole("alert").getByText("The password is not right").waitFor();
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Take the screen back" }).click();

  await page.getByRole("heading", { name: "Your signature" }).waitFor();
  await page.getByRole("img", { name: "Signature of Robin Example" }).waitFor();
  await page.getByRole("button", { name: "Sign the plan" }).click();
  await page.getByText("Enter your password to sign.").waitFor();
  await page.getByLabel("Your password").fill("not the password");
  await page.getByRole("button", { name: "Sign the plan" }).click();
  await page.getByText("This is not your password").waitFor();
  await inspectScreen(page, "sign-clinician-turn");
  await signAsClinician(page);

  await page.getByRole("heading", { name: "Done. This plan is in force." }).waitFor();
  await page.getByText("Maya Okafor, LCSW").waitFor();
  await inspectScreen(page, "sign-done");
  const signed = await planOf(page, trellis.address, planId);
  expect([signed.state, signed.signatures.map(({ role, method }) => [role, method])]).toEqual([
    "signed",
    [
      ["client", "drawn"],
      ["clinician", "password"],
    ],
  ]);
  await page.getByText("The whole fingerprint (SHA-256)").click();
  await page.getByText(signed.hash ?? "no hash").waitFor();
  for (const [name, file] of [
    ["Plan for the record (PDF)", "treatment-plan-record-revision-1.pdf"],
    ["Plan for the client in plain language (PDF)", "treatment-plan-client-revision-1.pdf"],
  ] as const) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
    expect(download.suggestedFilename()).toBe(file);
    expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe("%PDF-");
  }

  // A signed plan is changed by its next revision only.
  await page.getByRole("button", { name: "Start the next revision" }).click();
  await inspectScreen(page, "sign-next-revision");
  await page.getByRole("button", { name: "Start it" }).click();
  await page.getByText("Say why the plan changes.").waitFor();
  await page.getByLabel("Why does the plan change?").fill("A panic attack in the subway");
  await page.getByRole("button", { name: "Start it" }).click();
  await page.waitForURL(`**/clients/${clientId}/plan/${planId}`);
  await expect.poll(async () => (await planOf(page, trellis.address, planId)).plan.revision).toBe(2);
  expect(faults).toEqual([]);
});

test("a client who does not sign is a state with a reason, and may sign after all by typing", async () => {
  const { page, faults } = maya;
  const { clientId, planId } = await draftedClient(page, trellis.address, { given: "Alex", family: "Sample" });
  await completeDraft(page, trellis.address, planId);
  await page.goto(`/clients/${clientId}/plan/${planId}/sign`);
  await page.getByText("Whether the client agrees is not written down").waitFor();
  await freeze(page);
  await page.getByRole("button", { name: "The client does not sign" }).click();
  await page.getByRole("button", { name: "Record that there is no signature" }).click();
  await page.getByText("Choose the reason.").waitFor();
  await page.getByRole("radio", { name: "Another reason" }).check();
  await page.getByRole("button", { name: "Record that there is no signature" }).click();
  await page.getByText("Say why there is no signature.").waitFor();
  await inspectScreen(page, "sign-not-signed");
  await page.getByRole("radio", { name: "The client was not present and took part in another way" }).check();
  await page.getByLabel("What happened, in a sentence or two").fill("By phone; wants to read it first.");
  await page.getByRole("button", { name: "Record that there is no signature" }).click();
  await page.getByText("Client: no signature").waitFor();
  await page.getByText("The client was not present and took part in another way: By phone; wants to read it first.").waitFor();

  await page.getByRole("button", { name: "The client signs after all" }).click();
  await page.getByRole("radio", { name: "Type my name" }).check();
  await page.getByRole("textbox", { name: "Type your full name to sign" }).fill("Alex Sample");
  await inspectScreen(page, "sign-typed");
  await page.getByRole("button", { name: "Sign the plan" }).click();
  await page.getByText("Signed by typing the name").waitFor();
  await signAsClinician(page);
  await page.getByRole("heading", { name: "Done. This plan is in force." }).waitFor();
  const { signatures } = await planOf(page, trellis.address, planId);
  expect(signatures.filter(({ voided }) => voided === null).map(({ role, outcome, method }) => [role, outcome, method])).toEqual([
    ["client", "signed", "typed"],
    ["clinician", "signed", "password"],
  ]);
  expect(faults).toEqual([]);
});

test("the client says on the screen handed over that he does not want to sign, and the plan is opened again for it", async () => {
  const { page, faults } = maya;
  const { clientId, planId } = await draftedClient(page, trellis.address, { given: "Kim", family: "Madeup" });
  await completeDraft(page, trellis.address, planId);
  await page.goto(`/clients/${clientId}/plan/${planId}/sign`);
  await freeze(page);
  await page.getByRole("link", { name: "Hand the screen over" }).click();
  await page.getByRole("button", { name: "Hand it over now" }).click();
  await page.getByRole("button", { name: "I do not want to sign" }).click();
  await expect.poll(() => focusedWords(page)).toBe("You do not have to sign");
  await page.getByRole("radio", { name: "I do not agree with the plan" }).check();
  await page.getByLabel("What do you want your therapist to know?").fill("I want to work on sleep first.");
  await inspectScreen(page, "sign-declining");
  await page.getByRole("button", { name: "Tell my therapist" }).click();
  await page.getByText("Your therapist sees what you wrote").waitFor();
  await page.getByRole("button", { name: "For the therapist: take the screen back" }).click();
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Take the screen back" }).click();
  await page.getByText("The client does not agree with the plan: I want to work on sleep first.").waitFor();

  await page.getByRole("button", { name: "Open the plan for changes" }).click();
  await page.getByText("What was signed or recorded so far counts no longer").waitFor();
  await page.getByLabel("What has to change?").fill("Sleep comes first");
  await inspectScreen(page, "sign-reopen");
  await page.getByRole("button", { name: "Open it again" }).click();
  await page.getByText("This plan was opened again").waitFor();
  await page.getByText("Reason: Sleep comes first").waitFor();
  await inspectScreen(page, "sign-reopened");
  const { state, signatures } = await planOf(page, trellis.address, planId);
  expect([state, signatures.map(({ role, voided }) => [role, voided?.reason])]).toEqual(["draft", [["client", "Sleep comes first"]]]);

  // Of a client who does not agree the form asks for no statement that says so.
  await page.getByRole("radio", { name: "Does not agree" }).check();
  await page.locator('[data-save-state="saved"]').first().waitFor();
  await freeze(page);
  await page.getByText("there is nothing to sign that says “I agree”").waitFor();
  expect(await page.getByRole("link", { name: "Hand the screen over" }).count()).toBe(0);
  expect(faults).toEqual([]);
});

test("two people write the agreement at once: nothing is overwritten, and each sees the other's words", async () => {
  const { page, faults } = maya;
  const { clientId, planId } = await draftedClient(page, trellis.address, { given: "Noa", family: "Invented" });
  await page.goto(`/clients/${clientId}/plan/${planId}/sign`);
  await page.getByLabel("Family and others who took part").waitFor();
  await maya.context.setOffline(true);
  await page.getByLabel("How the client took part").fill("Chose both goals.");
  await page.getByLabel("Family and others who took part").fill("Her sister came along.");
  await page.locator('[data-save-state="offline"]').first().waitFor();
  await editPlan(page, trellis.address, planId, [{ type: "set", path: ["participation", "client"], value: "Read the plan at home." }]);
  await maya.context.setOffline(false);
  await page.getByRole("group", { name: "Changed by two people" }).getByText("Read the plan at home.").waitFor();
  expect(await page.getByLabel("How the client took part").inputValue()).toBe("Chose both goals.");
  await inspectScreen(page, "sign-two-people");
  await page.getByRole("button", { name: "Keep both" }).click();
  await page.locator('[data-save-state="saved"]').first().waitFor();
  await expect
    .poll(async () => (await planOf(page, trellis.address, planId)).plan.participation.client)
    .toBe("Read the plan at home.\n\nChose both goals.");
  expect(faults).toEqual([]);
});

test("a guardian signs in the client's place, and a supervisor co-signs on his own sign-in", async () => {
  const { page, faults } = maya;
  const practice = (await (await page.request.get(`${trellis.address}/api/practice`)).json()) as { readonly version: number };
  await send(page.request, "PATCH", `${trellis.address}/api/practice`, { version: practice.version, coSignature: "always" });
  const { clientId, planId } = await draftedClient(page, trellis.address, { given: "Sam", family: "Fictional" }, "Ada Fictional");
  await completeDraft(page, trellis.address, planId);
  await page.goto(`/clients/${clientId}/plan/${planId}/sign`);
  await freeze(page);
  await page.getByRole("heading", { name: "The parent or guardian reads and signs" }).waitFor();
  await page.getByRole("button", { name: "Sign here, side by side" }).click();
  await expect.poll(() => focusedWords(page)).toBe("The parent or guardian reads and signs");
  await page.getByText("I am the parent or guardian of Sam Fictional.").waitFor();
  // From the keyboard alone: the radio, the name, the button.
  await page.getByRole("radio", { name: "Draw my signature" }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Ada Fictional");
  await page.keyboard.press("Enter");
  await page.getByText("Parent or guardian", { exact: true }).waitFor();
  await signAsClinician(page);
  await page.getByRole("heading", { name: "Waiting for co-signature" }).waitFor();
  await page.getByText("The clinician’s supervisor finds this page").waitFor();
  await inspectScreen(page, "sign-waiting-for-co-signature");

  const { link } = (await send(page.request, "POST", `${trellis.address}/api/invitations`, {
    name: "Theo Lindqvist",
    roles: ["supervisor"],
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
  // A supervisor sees the charts of those whom he supervises.
  const { members } = (await (await page.request.get(`${trellis.address}/api/members`)).json()) as {
    readonly members: readonly { readonly id: string; readonly name: string; readonly version: number }[];
  };
  const [author, supervisor] = ["Maya Okafor", "Theo Lindqvist"].map((name) => members.find((member) => member.name === name));
  await send(page.request, "PATCH", `${trellis.address}/api/members/${author?.id}`, {
    version: author?.version,
    supervisorId: supervisor?.id,
  });
  await theo.page.goto(`/clients/${clientId}/plan/${planId}/sign`);
  await theo.page.getByRole("heading", { name: "Waiting for co-signature" }).waitFor();
  await theo.page.getByText("I have reviewed this plan with the assessment it rests on").waitFor();
  await inspectScreen(theo.page, "sign-supervisor-turn");
  await theo.page.getByLabel("Your password").fill(password);
  await theo.page.getByRole("button", { name: "Co-sign the plan" }).click();
  await theo.page.getByRole("heading", { name: "Done. This plan is in force." }).waitFor();
  const { state, signatures } = await planOf(page, trellis.address, planId);
  expect([state, signatures.map(({ role, name }) => [role, name])]).toEqual([
    "signed",
    [
      ["guardian", "Ada Fictional"],
      ["clinician", "Maya Okafor"],
      ["supervisor", "Theo Lindqvist"],
    ],
  ]);
  expect([...faults, ...theo.faults]).toEqual([]);
});

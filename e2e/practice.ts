import type { APIRequestContext, Page } from "playwright-core";

export const password = "four quiet words here";

const headers = { "x-trellis": "1" };

/** Sends what a screen would send, signed in as the page's own person. For what a journey needs and is not about. */
export async function send(request: APIRequestContext, method: "POST" | "PUT" | "PATCH", address: string, data: unknown): Promise<unknown> {
  // The demo practice is filled in one request, which takes long where the machine is busy.
  const response = await request.fetch(address, {
    method,
    data: data as object,
    headers: { ...headers, origin: originOf(address) },
    timeout: 60_000,
  });
  if (!response.ok()) throw new Error(`${method} ${address}: ${response.status()} ${await response.text()}`);
  return response.status() === 204 ? undefined : response.json();
}

function originOf(address: string): string {
  return new URL(address).origin;
}

/** A practice with its owner signed in on this page. */
export async function setUpPractice(page: Page, address: string): Promise<void> {
  await send(page.request, "POST", `${address}/api/practice/setup`, {
    practiceName: "Linden Street Counseling",
    name: "Maya Okafor",
    credentials: "LCSW",
    email: "maya@example.org",
    password,
    timeZone: "America/New_York",
  });
}

/** The demo practice with its owner signed in on this page, which shows the clients. */
export async function openDemo(page: Page, address: string): Promise<void> {
  await send(page.request, "POST", `${address}/api/practice/demo`, {});
  await page.goto("/clients");
}

export interface ClientName {
  readonly given: string;
  readonly family: string;
}

/** A client with a name and a birth date, and nothing else. Gives its id. */
export async function addClient(page: Page, address: string, name: ClientName, birthDate = "1988-04-12"): Promise<string> {
  const answer = (await send(page.request, "POST", `${address}/api/clients`, { client: { name, birthDate } })) as { readonly id: string };
  return answer.id;
}

export interface ChartAnswer {
  readonly intake: Readonly<Record<string, { readonly content: Readonly<Record<string, unknown>>; readonly version: number } | undefined>>;
  readonly diagnoses: readonly {
    readonly code: string;
    readonly rank: string;
    readonly justification: string;
    readonly verification: string;
  }[];
  readonly administrations: readonly { readonly measure: string; readonly answers: readonly (number | null)[]; readonly status: string }[];
}

/** What the server holds of a client, read past the browser's own memory. */
export async function chartOf(page: Page, address: string, clientId: string): Promise<ChartAnswer> {
  const response = await page.request.get(`${address}/api/clients/${clientId}/chart`);
  if (!response.ok()) throw new Error(`the chart: ${response.status()} ${await response.text()}`);
  return (await response.json()) as ChartAnswer;
}

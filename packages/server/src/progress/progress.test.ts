import { afterAll, beforeAll, expect, test } from "vitest";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";

let practice: TestPractice;
let morgan: Person;
let inTreatment: string;

interface Chart {
  readonly administrations: readonly { readonly measure: string; readonly date: string }[];
  readonly sessions: readonly { readonly attendance: string }[];
  readonly events: readonly { readonly label: string }[];
  readonly plans: readonly { readonly signedAt: string | null; readonly establishedOn: string; readonly reviewDue: string }[];
}
const chartOf = (id: string) => morgan.json<Chart>("GET", `/clients/${id}/chart`);

beforeAll(async () => {
  practice = await createTestPractice();
  morgan = practice.visitor();
  await morgan.json("POST", "/practice/demo", {});
  const { clients } = await morgan.json<{ clients: { id: string; planStatus: string | null }[] }>("POST", "/clients/search", {});
  inTreatment = clients.find(({ planStatus }) => planStatus === "active")?.id ?? "";
});
afterAll(() => practice.close());

test("the demo has a client in treatment, with weekly scores, sessions, an event, and a plan whose review has come", async () => {
  const chart = await chartOf(inTreatment);
  const weekly = chart.administrations.filter(({ measure }) => measure === "phq9");
  expect(weekly.length).toBeGreaterThanOrEqual(5);
  expect(chart.sessions.map(({ attendance }) => attendance)).toContain("missed");
  expect(chart.events).toHaveLength(1);
  const [plan] = chart.plans;
  expect(plan?.signedAt).not.toBeNull();
  expect(plan?.reviewDue).toBe(weekly.at(-1)?.date);
});

test("progress comes as an accessible PDF whose name says nothing of the client, and stands in the access log", async () => {
  const response = await morgan.ask("GET", `/clients/${inTreatment}/progress.pdf`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/pdf");
  expect(response.headers.get("content-disposition")).toBe('inline; filename="progress.pdf"');
  const pdf = Buffer.from(await response.arrayBuffer()).toString("latin1");
  expect(pdf.slice(0, 5)).toBe("%PDF-");
  expect(pdf).toContain("pdfuaid");
  const { entries } = await morgan.json<{ entries: { words: string }[] }>("GET", `/clients/${inTreatment}/access-log`);
  expect(entries.map(({ words }) => words)).toContain("Made a PDF of the progress");
});

test("a client without scores has a PDF too, which says what is missing", async () => {
  const response = await morgan.ask("GET", `/clients/${await addClient(morgan)}/progress.pdf`);
  expect(response.status).toBe(200);
});

test("nobody else gets it", async () => {
  const ben = await practice.joined(morgan, "Ben Clinician", ["clinician"]);
  const front = await practice.joined(morgan, "Faye Desk", ["front-desk"]);
  const path = `/clients/${inTreatment}/progress.pdf`;
  expect((await ben.refused("GET", path)).status).toBe(403);
  expect((await front.refused("GET", path)).status).toBe(403);
  expect((await practice.visitor().refused("GET", path)).status).toBe(401);
  expect((await morgan.refused("GET", "/clients/00000000-0000-4000-8000-000000000000/progress.pdf")).status).toBe(404);
});

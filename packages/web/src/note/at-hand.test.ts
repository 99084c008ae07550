import { SessionDetail } from "@trellis/domain/course/session";
import { Appointment } from "@trellis/domain/schedule/appointment";
import { describe, expect, it } from "vitest";
import type { Treatment } from "../api/treatment.ts";
import { onlySessionOf, planInForce, sessionAtHand } from "./at-hand.ts";

const nothing: Treatment = {
  appointments: [],
  sessions: [],
  series: [],
  authorizations: [],
  notes: [],
  homework: [],
  outlines: [],
  reviews: [],
  decisions: [],
  documents: [],
  episodes: [],
};
const planned = (id: string, date: string, startTime = "10:00") => ({
  ...Appointment.parse({ id, date, startTime, clinicianId: "m", detail: { minutes: 50, format: "couple", modality: "video" } }),
  version: 1,
  clinicianName: "",
});
const recorded = (id: string, date: string, attendance: "attended" | "missed", detail: object = {}) => ({
  id,
  date,
  attendance,
  version: 1,
  detail: SessionDetail.parse(detail),
});

describe("the session that a note is about", () => {
  it("is what was planned, with what was recorded of it before that", () => {
    const treatment = { ...nothing, appointments: [planned("s", "2026-11-20")] };
    expect(sessionAtHand(treatment, "s")).toEqual({
      id: "s",
      date: "2026-11-20",
      start: "10:00",
      end: "10:50",
      format: "couple",
      modality: "video",
    });
    const held = { ...treatment, sessions: [recorded("s", "2026-11-20", "attended", { start: "10:05", end: "11:00" })] };
    expect(sessionAtHand(held, "s")).toMatchObject({ start: "10:05", end: "11:00", format: "couple" });
    expect(sessionAtHand(treatment, "other")).toBeNull();
  });

  it("has no end where it would be past midnight", () => {
    expect(sessionAtHand({ ...nothing, appointments: [planned("s", "2026-11-20", "23:30")] }, "s")?.end).toBeNull();
  });

  it("is today's, where there is exactly one that took place or may have, and nobody has written on it", () => {
    const two = { ...nothing, appointments: [planned("a", "2026-11-20"), planned("b", "2026-11-20", "14:00")] };
    expect(onlySessionOf(two, "2026-11-20")).toBeNull();
    expect(onlySessionOf({ ...two, sessions: [recorded("a", "2026-11-20", "missed")] }, "2026-11-20")).toBe("b");
    expect(onlySessionOf(two, "2026-11-21")).toBeNull();
  });
});

it("goes by the plan in force, and by the draft only while there is none", () => {
  const plan = { id: "p", establishedOn: "2026-01-01", reviewDue: null, signedAt: null };
  const active = { ...plan, revision: 1, status: "active" as const };
  const draft = { ...plan, revision: 2, status: "draft" as const };
  expect(planInForce([draft, active])).toBe(active);
  expect(planInForce([draft])).toBe(draft);
  expect(planInForce([])).toBeNull();
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { type CalendarEvent, foldLine, icalendar } from "./icalendar.ts";

const event: CalendarEvent = {
  uid: "a@trellis",
  summary: "R. E.",
  start: "2026-11-26T20:00:00Z",
  end: "2026-11-26T20:50:00Z",
  stamp: "2026-11-20T09:30:15.250Z",
  sequence: 2,
  cancelled: false,
};

test("an event in the words of RFC 5545", () => {
  expect(icalendar("Trellis", [event])).toBe(
    [
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//Trellis//Calendar//EN",
      "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH",
      "NAME:Trellis",
      "X-WR-CALNAME:Trellis",
      "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
      "X-PUBLISHED-TTL:PT1H",
      "BEGIN:VEVENT",
      "UID:a@trellis",
      "DTSTAMP:20261120T093015Z",
      "LAST-MODIFIED:20261120T093015Z",
      "SEQUENCE:2",
      "DTSTART:20261126T200000Z",
      "DTEND:20261126T205000Z",
      "SUMMARY:R. E.",
      "STATUS:CONFIRMED",
      "CLASS:PRIVATE",
      "TRANSP:OPAQUE",
      "END:VEVENT",
      "END:VCALENDAR",
      "",
    ].join("\r\n"),
  );
});

test("one that was cancelled says so and takes up no time", () => {
  expect(icalendar("Trellis", [{ ...event, cancelled: true }])).toMatch(/STATUS:CANCELLED\r\n.*TRANSP:TRANSPARENT/s);
});

test("what divides values in the format is escaped", () => {
  expect(icalendar("Trellis", [{ ...event, summary: "a,b;c\\d\ne" }])).toContain("SUMMARY:a\\,b\\;c\\\\d\\ne\r\n");
});

test("no line is longer than 75 octets, no character is cut in two, and unfolding gives back what was folded", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 300 }).filter((text) => !/[\r\n]/.test(text)),
      (text) => {
        const folded = foldLine(text);
        const bytes = new TextEncoder();
        for (const line of folded.split("\r\n")) expect(bytes.encode(line).length).toBeLessThanOrEqual(75);
        expect(folded.replaceAll("\r\n ", "")).toBe(text);
      },
    ),
  );
});

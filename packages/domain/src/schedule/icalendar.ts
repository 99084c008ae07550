import type { IsoInstant } from "../calendar/date.ts";

/** One event of a calendar that other programs read. */
export interface CalendarEvent {
  /** Stays the same for as long as it is the same event. */
  readonly uid: string;
  readonly summary: string;
  readonly start: IsoInstant;
  readonly end: IsoInstant;
  /** When it was last changed. */
  readonly stamp: IsoInstant;
  /** One more with every change. */
  readonly sequence: number;
  readonly cancelled: boolean;
}

/** A moment as `20261126T200000Z`. In UTC a time needs no description of a time zone to be right on both sides of a change of the clocks. */
const utc = (moment: IsoInstant) => new Date(moment).toISOString().replaceAll(/[-:]|\.\d+/g, "");

/** TEXT of RFC 5545, section 3.3.11: what divides values is escaped, and other control characters have no place in it. */
const text = (value: string) =>
  value
    .replaceAll(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll(/\r\n|\r|\n/g, "\\n")
    .replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F]/g, "");

const longest = 75;
const encoder = new TextEncoder();

/** Folds a content line so that none is longer than 75 octets, without cutting a character in two (RFC 5545, section 3.1). */
export function foldLine(line: string): string {
  if (line.length <= longest && /^[ -~]*$/.test(line)) return line;
  let folded = "";
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > longest) {
      folded += "\r\n ";
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

/** A calendar as an iCalendar file (RFC 5545; name and refreshing as RFC 7986 has them, and as programs had them before). */
export function icalendar(name: string, events: readonly CalendarEvent[]): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Trellis//Calendar//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `NAME:${text(name)}`,
    `X-WR-CALNAME:${text(name)}`,
    "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    "X-PUBLISHED-TTL:PT1H",
    ...events.flatMap(({ uid, summary, start, end, stamp, sequence, cancelled }) => [
      "BEGIN:VEVENT",
      `UID:${text(uid)}`,
      `DTSTAMP:${utc(stamp)}`,
      `LAST-MODIFIED:${utc(stamp)}`,
      `SEQUENCE:${sequence}`,
      `DTSTART:${utc(start)}`,
      `DTEND:${utc(end)}`,
      `SUMMARY:${text(summary)}`,
      `STATUS:${cancelled ? "CANCELLED" : "CONFIRMED"}`,
      "CLASS:PRIVATE",
      `TRANSP:${cancelled ? "TRANSPARENT" : "OPAQUE"}`,
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
  ];
  return `${lines.map(foldLine).join("\r\n")}\r\n`;
}

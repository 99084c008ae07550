import { z } from "zod";

/** A time of the day as a clock on the wall of the practice shows it, `hh:mm`. Without a zone: three in the afternoon stays that when the clocks change. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Give a time as hours and minutes, for example 14:30.");
export type TimeOfDay = z.infer<typeof TimeOfDay>;

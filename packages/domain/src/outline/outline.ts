import { z } from "zod";
import { ApproachId } from "../library/approach.ts";
import { Slug } from "../library/chapter.ts";
import { ClientState } from "../library/client-state.ts";

const sentence = (max: number) => z.string().trim().min(5).max(max);

/** One session of a structured course. */
export const OutlineSession = z.strictObject({
  title: z.string().trim().min(3).max(80),
  /** What the session is for, one sentence. */
  aim: sentence(300),
  agenda: z
    .array(z.strictObject({ what: sentence(300), minutes: z.number().int().min(1).max(60) }))
    .min(2)
    .max(10),
  skills: z.array(sentence(200)).max(8).default([]),
  /** Ids of the library's homework that fits. */
  homework: z.array(Slug).max(6).default([]),
  /** When it does not fit or the client is not ready: what to do instead. */
  ifNotReady: sentence(300),
  /** May be left out for a client who does not need it. */
  optional: z.boolean().default(false),
});
export type OutlineSession = z.infer<typeof OutlineSession>;

/** A structured course of sessions of the library: a frame to go by, never a rail. */
export const SessionOutline = z.strictObject({
  id: Slug,
  title: z.string().trim().min(3).max(100),
  chapters: z.array(Slug).min(1),
  approach: ApproachId,
  format: z.enum(["individual", "couple", "family", "group"]).default("individual"),
  /** Whom it suits and whom it does not, two or three sentences. */
  fit: z.string().trim().min(40).max(800),
  /** States of the client in which it waits (`hold`) or is changed (`adapt`), and why. */
  cautions: z
    .array(z.strictObject({ when: ClientState, action: z.enum(["hold", "adapt"]), because: z.string().trim().min(20).max(300) }))
    .max(10)
    .default([]),
  minutes: z.number().int().min(20).max(180),
  sessions: z.array(OutlineSession).min(3).max(30),
  evidence: z.array(Slug).default([]),
  basis: z.enum(["evidence", "practice-based"]),
});
export type SessionOutline = z.infer<typeof SessionOutline>;

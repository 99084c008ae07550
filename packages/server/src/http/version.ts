import { z } from "zod";

/** The saved state that a change goes out from, 0 where nothing is saved yet: whoever changed it meanwhile is not overwritten. PostgreSQL's integers end where this does. */
export const Version = z.number().int().min(0).max(2_147_483_647);

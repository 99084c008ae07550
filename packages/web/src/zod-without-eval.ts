import { config } from "zod";

/** Zod would otherwise try whether it may compile its checks with `eval`, which the page's content security policy refuses and reports. */
config({ jitless: true });

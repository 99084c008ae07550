/**
 * The demo practice is open to whoever looks round, so its password is no secret: it is shown where the demo asks for it.
 * Everybody in the demo is made up.
 */
export const demoPassword = "just looking round";

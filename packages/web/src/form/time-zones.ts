/** The time zone that this computer is set to, as an IANA name. */
export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Every time zone that the browser knows, with its words as people read them. */
export function timeZones(including: string): { readonly value: string; readonly label: string }[] {
  const names = new Set([including, "UTC", ...Intl.supportedValuesOf("timeZone")]);
  return [...names].sort().map((value) => ({ value, label: value.replaceAll("_", " ") }));
}

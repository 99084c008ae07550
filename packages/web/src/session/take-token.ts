/** The token of a one-time link: read from the part of the address that browsers never send, and taken out of sight. */
export function takeToken(): string {
  const token = window.location.hash.slice(1);
  if (token !== "") window.history.replaceState(null, "", window.location.pathname);
  return token;
}

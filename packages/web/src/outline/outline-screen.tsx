export function OutlineScreen() {
  return null;
}

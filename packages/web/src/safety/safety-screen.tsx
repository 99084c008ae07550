export function SafetyScreen() {
  return null;
}

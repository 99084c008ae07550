export function EndingScreen() {
  return null;
}

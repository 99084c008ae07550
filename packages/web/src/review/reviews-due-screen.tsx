export function ReviewsDueScreen() {
  return null;
}

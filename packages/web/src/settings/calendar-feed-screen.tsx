export function CalendarFeedScreen() {
  return null;
}

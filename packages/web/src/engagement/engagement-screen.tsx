export function EngagementScreen() {
  return null;
}

export function PlanHistoryScreen() {
  return null;
}

export function OffTrackScreen() {
  return null;
}

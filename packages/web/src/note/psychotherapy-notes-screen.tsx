export function PsychotherapyNotesScreen() {
  return null;
}

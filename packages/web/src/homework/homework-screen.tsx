export function HomeworkScreen() {
  return null;
}

import type { Edit } from "@trellis/domain/plan/edit-plan";

/**
 * Leads to what a path of the plan is about: the field itself, or the nearest thing around it that is on the page. Focuses it, so that the
 * keyboard goes on there and a screen reader says where that is.
 */
export function jumpTo(path: readonly string[]): boolean {
  const folded = document.querySelector<HTMLElement>(`[data-holds~="${CSS.escape(path.join("/"))}"][aria-expanded="false"]`);
  if (folded !== null) {
    folded.click();
    requestAnimationFrame(() => jumpTo(path));
    return true;
  }
  for (let length = path.length; length > 0; length--) {
    const key = path.slice(0, length).join("/");
    const places = [...document.querySelectorAll<HTMLElement>(`[data-place="${CSS.escape(key)}"]`)];
    // A field and the notes above it may both stand for a place; the field is where one goes on.
    const place = places.find((element) => element.matches("input, textarea, select")) ?? places[0];
    if (place === undefined) continue;
    const field = place.matches("input, textarea, select, button")
      ? place
      : place.querySelector<HTMLElement>("textarea, input, select, button");
    const target = length === path.length ? (field ?? place) : place;
    if (!target.matches("input, textarea, select, button, [tabindex]")) target.tabIndex = -1;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
    return true;
  }
  return false;
}

/** After an act that takes away the button it was asked for with: the keyboard goes on in what the act put there. */
export function goOnIn(edits: readonly Edit[]): void {
  const edit = edits.find(({ type }) => type === "insert") ?? edits[0];
  if (edit === undefined || edit.type === "remove" || edit.type === "move") return;
  const path = edit.type === "insert" ? [...edit.list, edit.item.id, "text"] : edit.path;
  setTimeout(() => jumpTo(path), 30);
}

/** The place on the page that holds the focus, as keys of items from the inside out. */
export function focusedPlaces(): readonly string[] {
  const places: string[] = [];
  let element: Element | null | undefined = document.activeElement;
  while (element != null) {
    const place = element.getAttribute("data-item");
    if (place !== null) places.push(place);
    element = element.parentElement;
  }
  return places;
}

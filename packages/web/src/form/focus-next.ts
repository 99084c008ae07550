/**
 * Lets the keyboard go on where a click has made something appear or disappear, once it is drawn: in the first field there, or on its button.
 * Without it the focus would stay behind, or be lost with what was clicked and start again at the top of the page.
 */
export function focusNext(find: () => Element | null | undefined): void {
  requestAnimationFrame(() => {
    const place = find();
    const next = place?.querySelector<HTMLElement>("input, textarea, select") ?? place?.querySelector("button");
    next?.focus();
  });
}

/** The last of the entries of a list, which is the one just added. */
export function lastEntry(within: Element | null): Element | undefined {
  return within === null ? undefined : [...within.querySelectorAll("fieldset, [data-entry]")].at(-1);
}

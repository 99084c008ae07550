import { Icon } from "../shell/icon.tsx";
import classes from "./library.module.css";
import type { Favorites } from "./use-favorites.ts";

/** Marks something of the library as a favorite, or takes the mark away. */
export function Star({ id, of, favorites }: { readonly id: string; readonly of: string; readonly favorites: Favorites }) {
  const marked = favorites.ids.has(id);
  return (
    <button
      type="button"
      className={classes.star}
      aria-pressed={marked}
      aria-label={`Favorite: ${of}`}
      title={marked ? "Take the star off" : "Mark as a favorite"}
      onClick={() => favorites.toggle(id)}
    >
      <Icon name="star" size={18} />
    </button>
  );
}

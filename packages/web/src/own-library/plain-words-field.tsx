import { TextField } from "../form/text-field.tsx";

/** A statement in the words that a client reads. */
export function PlainWordsField({
  item,
  set,
  error,
}: {
  readonly item: { readonly plain: string };
  readonly set: (change: { readonly plain: string }) => void;
  readonly error?: string | undefined;
}) {
  return (
    <TextField
      label="For the client, in everyday words"
      value={item.plain}
      onChange={(plain) => set({ plain })}
      rows={2}
      max={600}
      error={error}
    />
  );
}

/** @jsxImportSource preact */
import { phonePieces } from "./phone-numbers.ts";

/** Each number in a text calls when it is tapped. */
export function Calls({ text }: { readonly text: string }) {
  return (
    <>
      {phonePieces(text).map((piece, index) =>
        piece.tel === null ? (
          piece.text
        ) : (
          <a key={String(index)} href={`tel:${piece.tel}`}>
            {piece.text}
          </a>
        ),
      )}
    </>
  );
}

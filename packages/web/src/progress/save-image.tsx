import type { Picture } from "@trellis/domain/progress/picture";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { PictureView } from "./picture-view.tsx";

/** Twice the picture's own size, so that it stays sharp in print. */
const scale = 2;
/** Fonts of the machine: an image has no access to those of the page. */
const fonts = "system-ui, 'Segoe UI', Roboto, 'Open Sans', Helvetica, Arial, sans-serif";

/** A picture as a PNG, made in this browser alone. */
export async function imageOf(picture: Picture): Promise<Blob> {
  const host = document.createElement("div");
  const root = createRoot(host);
  flushSync(() => root.render(<PictureView picture={picture} fontFamily={fonts} />));
  const svg = host.querySelector("svg");
  const source = svg === null ? "" : new XMLSerializer().serializeToString(svg);
  root.unmount();
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.width * scale;
  canvas.height = picture.height * scale;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob === null) throw new Error("This browser could not make the image. The PDF has the same picture.");
  return blob;
}

/** Saves a picture as a file. A file's name is seen by whoever looks at the screen: it names no client. */
export async function saveImage(picture: Picture, fileName: string): Promise<void> {
  const address = URL.createObjectURL(await imageOf(picture));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

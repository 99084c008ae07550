import { mostLines } from "@trellis/domain/import/import-line";
import { CsvReader, type CsvRecord } from "@trellis/domain/import/read-csv";

/** A file as it was read, or why it was not. */
export type FileRead =
  | { readonly kind: "read"; readonly records: readonly CsvRecord[]; readonly oldLetters: boolean }
  | { readonly kind: "fault"; readonly message: string };

/**
 * Reads a CSV file piece by piece, so that a large one does not stand in memory twice. UTF-8 and UTF-16; what is neither is read with the letters of
 * Windows (windows-1252), and that is said.
 *
 * @param onProgress from 0 to 1.
 */
export async function readFile(file: Blob, onProgress: (share: number) => void): Promise<FileRead> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  // A workbook is a zip file, or for the old kind a compound document.
  if ((start[0] === 0x50 && start[1] === 0x4b) || (start[0] === 0xd0 && start[1] === 0xcf))
    return { kind: "fault", message: "This is a workbook, not a CSV file. Open it, choose “Save as”, and there “CSV UTF-8”." };
  const utf16 = start[0] === 0xff && start[1] === 0xfe ? "utf-16le" : start[0] === 0xfe && start[1] === 0xff ? "utf-16be" : null;
  const first = await readAs(file, utf16 ?? "utf-8", onProgress);
  if (first !== "other-letters") return first;
  const second = await readAs(file, "windows-1252", onProgress);
  if (second === "other-letters") throw new Error("Every file can be read as windows-1252.");
  return second.kind === "read" ? { ...second, oldLetters: true } : second;
}

async function readAs(file: Blob, encoding: string, onProgress: (share: number) => void): Promise<FileRead | "other-letters"> {
  const decoder = new TextDecoder(encoding, { fatal: encoding === "utf-8" });
  const reader = new CsvReader();
  const records: CsvRecord[] = [];
  const pieces = file.stream().getReader();
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await pieces.read();
      let text: string;
      try {
        text = done ? decoder.decode() : decoder.decode(value, { stream: true });
      } catch {
        return "other-letters";
      }
      if (text.includes("\0")) return { kind: "fault", message: "This is no text file. Save it as CSV, and choose it again." };
      for (const record of reader.read(text)) records.push(record);
      if (done) for (const record of reader.end()) records.push(record);
      if (reader.openQuoteOn !== null)
        return {
          kind: "fault",
          message: `On line ${reader.openQuoteOn.toLocaleString("en-US")} a quotation mark opens and never closes. Correct that line, and choose the file again.`,
        };
      if (records.length > mostLines + 1)
        return {
          kind: "fault",
          message: `The file has more than ${mostLines.toLocaleString("en-US")} lines. Split it, and bring in the parts one after the other.`,
        };
      if (done) break;
      bytes += value.byteLength;
      onProgress(bytes / Math.max(1, file.size));
      // Between the pieces the page gets to draw.
      await new Promise((resolve) => setTimeout(resolve));
    }
  } finally {
    await pieces.cancel().catch(() => {});
  }
  if (records.length === 0) return { kind: "fault", message: "There is nothing in this file." };
  return { kind: "read", records, oldLetters: false };
}

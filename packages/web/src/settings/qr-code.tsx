import encodeQR from "qr";
import { useMemo } from "react";

/** A QR code, drawn on this machine: what it holds goes nowhere. */
export function QrCode({ text, label, size = 208 }: { readonly text: string; readonly label: string; readonly size?: number }) {
  const modules = useMemo(() => encodeQR(text, "raw", { border: 2 }), [text]);
  const count = modules.length;
  const path = modules.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return (
    <svg
      width={size}
      height={size}
      viewBox={`0 0 ${count} ${count}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      style={{ background: "#fff" }}
    >
      <path d={path} fill="#000" />
    </svg>
  );
}

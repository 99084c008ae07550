/** The mark: a shoot on a trellis. */
export function BrandMark({ size = 32 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false" style={{ flex: "none" }}>
      <rect width="32" height="32" rx="8" fill="#1f5f54" />
      <path d="M9 6v20M16 6v20M23 6v20M6 12h20M6 20h20" stroke="#cfe5de" strokeWidth="1.6" strokeLinecap="round" opacity=".55" />
      <path d="M8 26c6-2 4-8 8-10s3-7 8-9" stroke="#fff" strokeWidth="2.4" fill="none" strokeLinecap="round" />
      <path d="M16 16c-3.4.3-5-1.6-5-4.400 3.200-.2 5 1.400 5 4.400Z" fill="#fff" />
      <path d="M20 11c3 1.200 5.200.3 6-2.600-3-1-5.200 0-6 2.600Z" fill="#fff" />
    </svg>
  );
}

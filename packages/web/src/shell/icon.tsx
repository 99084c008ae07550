const paths = {
  close: "M6 6l12 12M18 6L6 18",
  search: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13ZM15.500 15.500 20 20",
  plus: "M12 5v14M5 12h14",
  check: "M5 12.500l4.500 4.500L19 7.500",
  right: "M9 6l6 6-6 6",
  left: "M15 6l-6 6 6 6",
  down: "M6 9l6 6 6-6",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM5 20c.800-3.600 3.500-5.500 7-5.500s6.200 1.900 7 5.500",
  alert: "M12 4 2.800 19.500h18.400L12 4ZM12 10v4.500M12 17.200v.100",
  leaf: "M5 20c0-9 5-14 15-15 .500 9-4 14-11 14-1.500 0-2.500-.500-2.500-.500M5 20c1-4 4-7.500 8-9.500",
  copy: "M9 9h10v11H9zM5 15V4h10",
  print: "M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  hand: "M4 6h16v11H4zM9 20h6M12 17v3",
  pencil: "M4 20l1-4L16.500 4.500l3 3L8 19l-4 1Z",
  undo: "M9 5 4.500 9.500 9 14M5 9.500h9.500a5 5 0 0 1 0 10H11",
  redo: "M15 5l4.500 4.500L15 14M19 9.500H9.500a5 5 0 0 0 0 10H13",
  star: "M12 4l2.500 5.200 5.700.800-4.100 4 1 5.700L12 17l-5.100 2.700 1-5.700-4.100-4 5.700-.800L12 4Z",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 8v4.500l3 2",
} as const;

export type IconName = keyof typeof paths;

/** A small line drawing beside words; it says nothing by itself and screen readers pass over it. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: "none" }}
    >
      <path d={paths[name]} />
    </svg>
  );
}

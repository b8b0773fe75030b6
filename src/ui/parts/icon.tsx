const PATHS = {
  add: "M8 3v10M3 8h10",
  back: "M10 3.5 5.5 8l4.5 4.5",
  check: "M3 8.5 6.5 12 13 4.5",
  close: "M4 4l8 8M12 4l-8 8",
  document: "M4 2h5l3 3v9H4zM9 2v3h3",
  drop: "M8 2v8M4.5 6.5 8 10l3.5-3.5M3 13h10",
  failed: "M8 2a6 6 0 1 0 .01 0M8 5v4M8 11v.4",
  "fit-page": "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3",
  "fit-width": "M2 3v10M14 3v10M4.5 8h7M6.5 6l-2 2 2 2M9.5 6l2 2-2 2",
  menu: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  more: "M6 4l4 4-4 4",
  next: "M3.5 6 8 10.5 12.5 6",
  panel: "M2.5 3h11v10h-11zM6.5 3v10",
  previous: "M3.5 10 8 5.5l4.5 4.5",
  remove: "M3 8h10",
  rotate: "M12.6 5.6A5.3 5.3 0 1 0 13.3 8M13 2.6v3.2H9.8",
  search: "M7 2.5a4.5 4.5 0 1 0 .01 0M10.5 10.5 14 14",
  stop: "M4.5 4.5h7v7h-7z",
  trash: "M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5 5 13h6l.5-8.5",
  warning: "M8 2.5 14.5 13.5h-13zM8 6.5v3.5M8 11.8v.2",
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing of 16 px, hidden from assistive technology: the word beside it, or the button's label, says it. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "menu" ? 2.4 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

const paths = {
  protocols: "M5 4h10l4 4v12H5zM15 4v4h4M8 12h8M8 16h5",
  sessions: "M6 4v16M18 4v16M6 9h12m-3-3 3 3-3 3M18 16H6",
  admission: "M12 3l7 3v5c0 4.500-3 8-7 10-4-2-7-5.500-7-10V6zM9 12l2 2 4-4",
  authorities: "M9 14a5 5 0 1 1 4.6-3H21v4h-3v3h-3v-3h-2.4A5 5 0 0 1 9 14zM8 9h.01",
  ceremonies:
    "M12 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM5 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM19 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM10.5 9.2 6.5 14.6M13.5 9.2l4 5.4M8 17h8",
  reconfiguration: "M4 4h7v6H4zM13 14h7v6h-7zM11 7h5a1 1 0 0 1 1 1v6M13 17H8a1 1 0 0 1-1-1v-6",
  compositions: "M4 6h7v4H4zM13 14h7v4h-7zM11 8h4v6M4 15h5M4 18h5",
  migrations: "M5 5h4v4H5zM15 15h4v4h-4zM9 7h6a2 2 0 0 1 2 2v6M14.500 12.500 17 15l2.500-2.500",
  journal: "M6 4h12v16H6zM9 8h6M9 12h6M9 16h3",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zm5-2 4 4",
  plus: "M12 5v14M5 12h14",
  check: "m5 12.5 4.5 4.5L19 7.5",
  cross: "M6 6l12 12M18 6 6 18",
  warn: "M12 4 3 19h18zM12 10v4m0 3v.01",
  wait: "M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
  play: "M8 5l11 7-11 7z",
  pause: "M8 5v14M16 5v14",
  back: "M15 5 7 12l8 7z",
  forward: "M9 5l8 7-8 7z",
  start: "M7 5v14M18 5 9 12l9 7z",
  end: "M17 5v14M6 5l9 7-9 7z",
  step: "M6 5l8 7-8 7zM18 5v14",
  fork: "M7 4v16M7 12c6 0 10-2 10-8M14 7l3-3 3 3",
  copy: "M9 9h11v11H9zM5 15V4h11",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  edit: "M4 20l1-4L16 5l3 3L8 19z",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2m0 16v2M2 12h2m16 0h2M5 5l1.5 1.5m11 11L19 19M19 5l-1.5 1.5m-11 11L5 19",
  moon: "M20 14a8 8 0 0 1-10-10 8 8 0 1 0 10 10z",
  system: "M4 5h16v11H4zM9 20h6M12 16v4",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  menu: "M5 7h14M5 12h14M5 17h14",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
} as const;

export type IconName = keyof typeof paths;

/** A stroke icon; decoration only, the name stands beside it or in the button's label. */
export const Icon = ({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) => (
  <svg
    aria-hidden="true"
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth={1.7}
    strokeLinecap="round"
    strokeLinejoin="round"
  >
    <path d={paths[name]} />
  </svg>
);

const format = new Intl.DateTimeFormat(undefined, {
  day: "2-digit",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** A moment as people read it; ms since 1970. */
export const when = (ms: number): string => format.format(ms);

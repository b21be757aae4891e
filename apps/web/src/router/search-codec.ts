/**
 * Query strings as people expect them: plain text values, nothing quoted,
 * empty ones left out. Each route validates what it reads.
 *
 * @example stringifySearch({ at: "12", tab: undefined }) // "?at=12"
 */
export const parseSearch = (text: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(text));

export const stringifySearch = (search: Record<string, unknown>): string => {
  const kept = Object.entries(search).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  const text = new URLSearchParams(kept.map(([key, value]) => [key, String(value)])).toString();
  return text === "" ? "" : `?${text}`;
};

import { TomlPlaces } from "@parley/runtime/simulation";

/** A name none of the scenarios has. */
export const freeName = (wanted: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(wanted)) return wanted;
  for (let count = 2; ; count += 1) if (!taken.has(`${wanted}-${count}`)) return `${wanted}-${count}`;
};

/** The same scenario under another name. */
export const renamed = (text: string, name: string): string => {
  const place = new TomlPlaces(text).all.find(({ path }) => path === "name")?.value;
  return place === undefined ? text : `${text.slice(0, place.start)}"${name}"${text.slice(place.end)}`;
};

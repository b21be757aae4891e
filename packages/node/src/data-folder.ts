import { resolve } from "node:path";

/**
 * The absolute path of the data folder: `PARLEY_DATA` if set and not blank,
 * else `data` in the project folder. Creates nothing.
 *
 * @param project the project folder; the current one unless given
 * @example dataFolder("/srv/parley", {}) // "/srv/parley/data"
 */
export const dataFolder = (
  project: string = process.cwd(),
  environment: { readonly [name: string]: string | undefined } = process.env,
): string => {
  const chosen = environment.PARLEY_DATA?.trim();
  return resolve(project, chosen === undefined || chosen === "" ? "data" : chosen);
};

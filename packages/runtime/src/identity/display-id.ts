import { uuidBytes } from "./id-bytes.ts";

/**
 * The form an id has in tokens and resources: a bare UUID gets the prefix of
 * its type, every other id of Parley is shown as it is.
 *
 * @example displayId("context", "ctx:s-1") // "ctx:s-1"
 */
export const displayId = (kind: "authority" | "context", id: string): string =>
  uuidBytes(id) === undefined ? id : `${kind}-${id.toLowerCase()}`;

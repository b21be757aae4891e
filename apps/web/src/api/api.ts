import { createClient } from "@parley/wire/client";

export { ApiError } from "@parley/wire/client";

/** The server this page came from. */
export const api = createClient({
  fetch: (url, init) => fetch(url, init),
  newKey: () => crypto.randomUUID(),
  base: "",
});

import { pathToFileURL } from "node:url";

const page = new URL("../../../../docs/codes.md", import.meta.url);

/** Where a finding is explained: its section of `docs/codes.md`. */
export const docsLink = (code: string): string => `docs/codes.md#${code.toLowerCase()}`;

/** The same as an absolute address. */
export const docsUri = (code: string): string => `${pathToFileURL(page.pathname).href}#${code.toLowerCase()}`;

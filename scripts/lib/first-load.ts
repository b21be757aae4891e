import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "./run.ts";

/** What the first page may weigh, gzipped (design §8). */
export const FIRST_LOAD_LIMIT = 250 * 1024;

/** Gzipped bytes of every script that the page loads before anything is shown. */
export const firstLoadBytes = (): number => {
  const dist = join(root, "apps/web/dist");
  const page = readFileSync(join(dist, "index.html"), "utf8");
  const files = new Set([...page.matchAll(/assets\/[^"]+\.js/g)].map(([file]) => file));
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0);
};

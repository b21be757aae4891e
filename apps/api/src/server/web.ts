import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { OpenAPIHono } from "@hono/zod-openapi";

/**
 * Serves the built studio. Files with a hash in their name are kept for a
 * year; every other path that wants HTML gets the page, which routes by itself.
 */
export const serveWeb = (app: OpenAPIHono, folder: string): void => {
  const page = join(folder, "index.html");
  if (!existsSync(page)) return;
  app.use("/assets/*", async (c, next) => {
    await next();
    if (c.res.ok) c.header("cache-control", "public, max-age=31536000, immutable");
  });
  app.use("*", serveStatic({ root: folder, index: "" }));
  app.get("*", (c) => c.html(readFileSync(page, "utf8"), 200, { "cache-control": "no-cache" }));
};

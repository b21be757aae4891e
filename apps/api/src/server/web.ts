import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Context, Hono } from "hono";

/**
 * Serves the built studio. Files with a hash in their name are kept for a
 * year; every other path that wants HTML gets the page, which routes by itself.
 */
export const serveWeb = (app: Hono, folder: string): void => {
  const page = join(folder, "index.html");
  if (!existsSync(page)) return;
  const sendPage = (c: Context): Response | Promise<Response> =>
    c.html(readFileSync(page, "utf8"), 200, { "cache-control": "no-cache" });
  // Before the files: the folder itself is no file to send.
  app.get("/", sendPage);
  app.use("/assets/*", async (c, next) => {
    await next();
    if (c.res.ok) c.header("cache-control", "public, max-age=31536000, immutable");
  });
  app.use("*", serveStatic({ root: folder, index: "" }));
  app.get("*", (c, next) => {
    const wantsPage =
      !c.req.path.startsWith("/assets/") && /text\/html|\*\/\*/.test(c.req.header("accept") ?? "*/*");
    return wantsPage ? sendPage(c) : next();
  });
};

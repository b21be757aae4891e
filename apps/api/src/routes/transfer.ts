import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Host } from "@parley/runtime/host";
import { operator } from "@parley/runtime/host";
import { hostProblem } from "../http/problem.ts";

/** A session as a file, out and in. The file is verified by a full replay before anything is kept. */
export const transferRoutes = (app: OpenAPIHono, host: Host): void => {
  app.get("/api/sessions/:id/export", async (c) => {
    const id = c.req.param("id");
    const result = await host.exportSession(id);
    if (!result.ok) return hostProblem(c, result.error);
    return c.body(Uint8Array.from(result.value), 200, {
      "content-type": "application/vnd.parley.session",
      "content-disposition": `attachment; filename="${encodeURIComponent(id)}.parley-session"`,
      "cache-control": "no-store",
    });
  });
  app.post("/api/sessions/import", async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const key = c.req.header("idempotency-key");
    const result = await host.importSession(key === undefined ? operator : { ...operator, key }, bytes);
    return result.ok ? c.json(result.value, 201) : hostProblem(c, result.error);
  });
};

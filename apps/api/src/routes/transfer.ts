import type { Host } from "@parley/runtime/host";
import { sessionViewSchema } from "@parley/wire/http";
import type { Api } from "../http/api.ts";
import { callerOf } from "../http/caller-of.ts";
import { answerResult } from "../http/endpoint.ts";
import { hostProblem } from "../http/problem.ts";

const SESSION_TYPE = "application/vnd.parley.session";

/** Pieces as a body: the next is made when the last was taken. */
const streamOf = (pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> =>
  ReadableStream.from(pieces) as ReadableStream<Uint8Array<ArrayBuffer>>;

/** A session as a file, out and in. The file is verified by a full replay before anything is kept. */
export const transferRoutes = ({ app, routes }: Api, host: Host): void => {
  routes.push(
    {
      method: "get",
      path: "/api/sessions/{id}/export",
      operation: "exportSession",
      summary: "The session as a file that proves itself",
      status: 200,
      gives: SESSION_TYPE,
    },
    {
      method: "post",
      path: "/api/sessions/import",
      operation: "importSession",
      summary: "Take in a session file after replaying all of it",
      answer: sessionViewSchema,
      status: 201,
      takes: SESSION_TYPE,
      keyed: true,
    },
  );
  app.get("/api/sessions/:id/export", async (c) => {
    const id = c.req.param("id");
    const result = await host.exportPieces(id);
    if (!result.ok) return hostProblem(c, result.error);
    return c.body(streamOf(result.value), 200, {
      "content-type": SESSION_TYPE,
      "content-disposition": `attachment; filename="${encodeURIComponent(id)}.parley-session"`,
      "cache-control": "no-store",
    });
  });
  app.post("/api/sessions/import", async (c) => {
    const caller = callerOf(c);
    if (caller instanceof Response) return caller;
    return answerResult(c, await host.importSession(caller, c.req.raw.body ?? new Uint8Array()), 201);
  });
};

import type { Context } from "hono";
import type { DocumentedRoute } from "./api.ts";
import { httpProblem } from "./problem.ts";

/** The methods a path has, for `Allow`. */
const methodsAt = (routes: readonly DocumentedRoute[], path: string): readonly string[] => {
  const found = routes
    .filter((route) => new RegExp(`^${route.path.replace(/\{\w+\}/g, "[^/]+")}$`).test(path))
    .map(({ method }) => method.toUpperCase());
  return found.includes("GET") ? ["HEAD", ...found] : found;
};

/** Answers what no route took: 404, 405 where the path is known, and `OPTIONS`. */
export const answerUnrouted = (c: Context, routes: readonly DocumentedRoute[]): Response => {
  const { method, path } = c.req;
  const methods = methodsAt(routes, path);
  if (methods.length === 0) return httpProblem(c, "no-route", `${method} ${path}`);
  c.header("allow", [...methods, "OPTIONS"].join(", "));
  return method === "OPTIONS"
    ? c.body(null, 204)
    : httpProblem(c, "no-method", `${method} ${path}`, { methods });
};

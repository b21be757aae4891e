import type { Hono } from "hono";
import type { z } from "zod";

export type Method = "get" | "post" | "put" | "patch" | "delete";

/** One route as the documentation tells it. */
export interface DocumentedRoute {
  readonly method: Method;
  /** With `{id}` for parameters. */
  readonly path: string;
  /** Unique; names the schemas of a body or answer that has no name of its own. */
  readonly operation: string;
  readonly summary: string;
  readonly query?: z.ZodType | undefined;
  readonly body?: z.ZodType | undefined;
  readonly answer?: z.ZodType | undefined;
  readonly status: number;
  /** Content types where they are not JSON. */
  readonly takes?: string;
  readonly gives?: string;
  /** Whether it takes `Idempotency-Key`. */
  readonly keyed?: boolean;
}

/** The application with what is known of its routes. */
export interface Api {
  readonly app: Hono;
  readonly routes: DocumentedRoute[];
}

/** `/api/sessions/{id}` as Hono writes it. */
export const honoPath = (path: string): string => path.replace(/\{(\w+)\}/g, ":$1");

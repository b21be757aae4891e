import * as wire from "@parley/wire/http";
import { z } from "zod";
import type { DocumentedRoute } from "./api.ts";

type Json = Readonly<Record<string, unknown>>;

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Every schema of the interface by its name: `sessionViewSchema` is `SessionView`; nameless ones take their operation's. */
const namedSchemas = (routes: readonly DocumentedRoute[]): ReadonlyMap<z.ZodType, string> => {
  const names = new Map<z.ZodType, string>();
  for (const [name, schema] of Object.entries(wire))
    if (schema instanceof z.ZodType) names.set(schema, pascal(name.replace(/Schema$/, "")));
  for (const { operation, body, answer } of routes) {
    if (body && !names.has(body)) names.set(body, `${pascal(operation)}Request`);
    if (answer && !names.has(answer)) names.set(answer, `${pascal(operation)}Answer`);
  }
  return names;
};

const ref = (name: string): string => `#/components/schemas/${name}`;

/** The components: JSON Schema 2020-12, which OpenAPI 3.1 takes as it is. */
const componentsOf = (names: ReadonlyMap<z.ZodType, string>): Json => {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of names) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: ref, io: "input" });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $id: _, $schema: __, ...schema }]) => [name, schema]),
  );
};

const parameters = ({ path, query, keyed }: DocumentedRoute): readonly Json[] => {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const shape = query ? (z.toJSONSchema(query, { io: "input" }) as { properties?: Json }).properties : {};
  const inQuery = Object.entries(shape ?? {}).map(([name, schema]) => ({ name, in: "query", schema }));
  const key = { name: "Idempotency-Key", in: "header", schema: { type: "string", maxLength: 200 } };
  return [...inPath, ...inQuery, ...(keyed ? [key] : [])];
};

const binary = { type: "string", contentMediaType: "application/octet-stream" };

const content = (
  names: ReadonlyMap<z.ZodType, string>,
  schema: z.ZodType | undefined,
  type: string | undefined,
): Json | undefined => {
  if (type !== undefined)
    return { [type]: { schema: type.startsWith("text/") ? { type: "string" } : binary } };
  const name = schema && names.get(schema);
  return name === undefined ? undefined : { "application/json": { schema: { $ref: ref(name) } } };
};

const operationOf = (route: DocumentedRoute, names: ReadonlyMap<z.ZodType, string>): Json => {
  const takes = content(names, route.body, route.takes);
  const gives = content(names, route.answer, route.gives);
  const refusal = { "application/problem+json": { schema: { $ref: ref("Problem") } } };
  return {
    operationId: route.operation,
    summary: route.summary,
    parameters: parameters(route),
    ...(takes ? { requestBody: { content: takes } } : {}),
    responses: {
      [route.status]: { description: "Done", ...(gives ? { content: gives } : {}) },
      default: { description: "Refused: nothing was changed", content: refusal },
    },
  };
};

/** The interface as OpenAPI 3.1. */
export const openapi = (routes: readonly DocumentedRoute[], version: string): Json => {
  const names = namedSchemas(routes);
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = paths[route.path] ?? {};
    path[route.method] = operationOf(route, names);
    paths[route.path] = path;
  }
  return {
    openapi: "3.1.0",
    info: { title: "Parley", version, license: { name: "MIT", identifier: "MIT" } },
    servers: [{ url: "/" }],
    paths,
    components: { schemas: componentsOf(names) },
  };
};

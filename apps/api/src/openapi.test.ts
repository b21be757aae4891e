import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { testStudio } from "./testing/test-studio.ts";

const documented = async () => (await (await testStudio()).get("/api/openapi.json")).body;

/** `METHOD path` of every route in the hand-written list. */
const listedRoutes = (): readonly string[] => {
  const file = new URL("../../../packages/wire/src/http/ROUTES.md", import.meta.url);
  const codes = [...readFileSync(file, "utf8").matchAll(/^\|(.+?)\|/gm)].flatMap(([, cell]) =>
    [...(cell ?? "").matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? ""),
  );
  const routes = codes.filter((code) => code.includes("/"));
  return routes.map((code) => {
    const [, method = "GET", path = ""] = /^(?:([A-Z]+) )?([^?]+)/.exec(code) ?? [];
    return `${method} ${path.replace(/:(\w+)/g, "{$1}")}`;
  });
};

const refsOf = (value: unknown): readonly string[] => {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "$ref" && typeof inner === "string" ? [inner] : refsOf(inner),
  );
};

describe("the documentation", () => {
  // biome-ignore lint/suspicious/noExplicitAny: the document is looked into freely
  let document: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const read = async (): Promise<any> => (document ??= await documented());

  // biome-ignore lint/suspicious/noExplicitAny: as above
  const operations = (doc: any): { name: string; path: string; operation: any }[] =>
    Object.entries(doc.paths).flatMap(([path, methods]) =>
      Object.entries(methods as object).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        path,
        operation,
      })),
    );

  test("holds every route of the list and no other", async () => {
    const doc = await read();
    expect(
      operations(doc)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...listedRoutes()].sort());
    expect(listedRoutes().length).toBeGreaterThan(25);
  });

  test("is OpenAPI 3.1: unique operations, every path parameter declared, every answer described", async () => {
    const doc = await read();
    expect(doc.openapi).toBe("3.1.0");
    const all = operations(doc);
    expect(new Set(all.map(({ operation }) => operation.operationId)).size).toBe(all.length);
    for (const { path, operation } of all) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = operation.parameters.filter((one: { in: string }) => one.in === "path");
      expect(declared.map((one: { name: string }) => one.name)).toEqual(names);
      expect(declared.every((one: { required: boolean }) => one.required)).toBe(true);
      expect(Object.keys(operation.responses)).toHaveLength(2);
      for (const response of Object.values(operation.responses))
        expect(response).toMatchObject({ description: expect.any(String) });
    }
  });

  test("every command takes an idempotency key and every JSON body has a schema", async () => {
    for (const { name, operation } of operations(await read())) {
      const keyed = operation.parameters.some((one: { name: string }) => one.name === "Idempotency-Key");
      expect([name, keyed]).toEqual([name, !name.startsWith("GET")]);
      for (const [type, { schema }] of Object.entries<{ schema: object }>(
        operation.requestBody?.content ?? {},
      ))
        if (type === "application/json") expect(schema).toHaveProperty("$ref");
    }
  });

  test("every reference leads to a schema, and values refer to themselves by name", async () => {
    const doc = await read();
    const refs = refsOf(doc);
    for (const ref of refs)
      expect(doc.components.schemas).toHaveProperty([ref.replace("#/components/schemas/", "")]);
    expect(refsOf(doc.components.schemas.Value)).toEqual([
      "#/components/schemas/Value",
      "#/components/schemas/Value",
    ]);
    expect(JSON.stringify(doc)).not.toMatch(/"\$(id|schema)":/);
  });
});

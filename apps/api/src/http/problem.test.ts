import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hostErrorText } from "@parley/runtime/host";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../../../..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

test("every code that can refuse a request has its section in the docs", () => {
  const docs = read("docs/errors.md");
  const sources = read("packages/runtime/src/host/host-error.ts") + read("apps/api/src/http/problem.ts");
  const codes = [...new Set([...sources.matchAll(/PAR7\d{3}/g)].map(([code]) => code))];
  expect(codes.length).toBeGreaterThan(40);
  expect(codes.filter((code) => !docs.includes(`## ${code}\n`))).toEqual([]);
});

test("the docs say of each refusal what the server says", () => {
  const docs = read("docs/errors.md");
  const missing = Object.values(hostErrorText).filter(
    ({ title, hint }) => !docs.includes(`**${title}**`) || !docs.includes(hint),
  );
  expect(missing).toEqual([]);
});

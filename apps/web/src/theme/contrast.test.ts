import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");

const tokens = (theme: string): Record<string, string> => {
  const block = new RegExp(`\\[data-theme="${theme}"\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? "";
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((match) => [match[1], match[2]]),
  );
};

const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (a: string, b: string): number => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

const texts = [
  "ink",
  "ink-2",
  "ink-3",
  "accent",
  "ok",
  "warn",
  "bad",
  ...[1, 2, 3, 4, 5, 6].map((n) => `role-${n}`),
];
const pairs = [
  ...texts.flatMap((text) => ["bg", "surface", "sunken"].map((under) => [text, under] as const)),
  ...["ok", "warn", "bad", "accent"].map((text) => [text, `${text}-soft`] as const),
  ["ink", "accent-soft"] as const,
  ["accent-ink", "accent"] as const,
];

describe.each(["light", "dark"])("the %s theme", (theme) => {
  const colours = tokens(theme);
  it.each(pairs)("shows %s on %s at 4.5 : 1 or better", (text, under) => {
    expect(contrast(colours[text] ?? "#000000", colours[under] ?? "#000000")).toBeGreaterThanOrEqual(4.5);
  });
});

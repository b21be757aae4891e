import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./run.ts";

const inputs = [
  "apps/web",
  "packages/core",
  "packages/wire",
  "packages/runtime",
  "protocols/src",
  "pnpm-lock.yaml",
];
const stampFile = join(root, "apps/web/dist/.parley-stamp");

const files = (path: string): string[] => {
  if (path.endsWith(".yaml")) return [path];
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => !["node_modules", "dist"].includes(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? files(join(path, entry.name)) : [join(path, entry.name)]))
    .sort();
};

const stamp = (): string => {
  const hash = createHash("sha256");
  for (const file of inputs.flatMap(files)) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest("hex");
};

/** Builds the studio unless nothing it is made of has changed; the exit status. */
export const buildWeb = (): number => {
  const now = stamp();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === now) return 0;
  process.stderr.write("Building the studio …\n");
  const vite = join(root, "apps/web/node_modules/vite/bin/vite.js");
  const status = run("node", [vite, "build", join(root, "apps/web"), "--logLevel", "warn"]);
  if (status === 0) writeFileSync(stampFile, now);
  return status;
};

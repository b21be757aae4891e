import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.ts";

/** Every tsconfig of the workspace; the pure packages have two, the second with their tests. */
export const projects = (): readonly string[] => {
  const groups = ["apps", "packages"].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(group, name)),
  );
  return [...groups, "db", "protocols", "conformance", "bench", "e2e", "scripts"]
    .flatMap((folder) => [join(folder, "tsconfig.json"), join(folder, "tsconfig.test.json")])
    .filter((file) => existsSync(join(root, file)));
};

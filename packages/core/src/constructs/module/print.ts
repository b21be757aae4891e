import type { ModuleDecl } from "./node.ts";

export const printModule = (node: ModuleDecl): string =>
  `module ${node.name.text} exposing (${node.exposing})`;

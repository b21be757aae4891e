/** How texts hang together by their modules; runs in the worker only. */
import type { ServiceDocument, Workspace } from "@parley/core/service";
import type { ModuleLinks } from "./analysis.ts";

const importsOf = ({ parsed }: ServiceDocument): readonly string[] =>
  parsed.file.imports.map(({ module }) => module.text);

/** What a text imports and what imports it. */
export const moduleLinks = (workspace: Workspace, uri: string): ModuleLinks => {
  const own = workspace.documents.get(uri);
  if (own === undefined) return { imports: [], reached: [], usedBy: [] };
  const imports = [...new Set(importsOf(own))].map((module) => {
    const target = workspace.modules.get(module);
    return target === undefined || target === own ? { module } : { module, uri: target.uri };
  });
  const reached = new Set([own]);
  for (const document of reached) {
    for (const module of importsOf(document)) {
      const target = workspace.modules.get(module);
      if (target !== undefined) reached.add(target);
    }
  }
  reached.delete(own);
  const module = own.parsed.file.module?.name.text;
  const users = [...workspace.documents.values()].filter(
    (other) => other !== own && module !== undefined && importsOf(other).includes(module),
  );
  return {
    imports,
    reached: [...reached].map((document) => document.uri),
    usedBy: users.map((document) => document.uri),
  };
};

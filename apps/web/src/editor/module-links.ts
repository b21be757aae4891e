/** How texts hang together by their modules; runs in the worker only. */
import type { ServiceDocument, Workspace } from "@parley/core/service";
import type { ModuleLinks } from "./analysis.ts";

const importsOf = ({ parsed }: ServiceDocument): readonly string[] =>
  parsed.file.imports.map(({ module }) => module.text);

/** Any text of the studio, also one whose name is taken by an older one. */
interface Named {
  readonly uri: string;
  readonly module: string | undefined;
}

/** What a text imports and what imports it. `all` are the other texts. */
export const moduleLinks = (workspace: Workspace, uri: string, all: readonly Named[]): ModuleLinks => {
  const own = workspace.documents.get(uri);
  if (own === undefined) return { imports: [], reached: [], usedBy: [], namesakes: [] };
  const others = all.filter((one) => one.uri !== uri);
  const imports = [...new Set(importsOf(own))].map((module) => {
    const target = workspace.modules.get(module);
    return target === undefined || target === own
      ? { module, namesakes: 0 }
      : { module, uri: target.uri, namesakes: others.filter((one) => one.module === module).length - 1 };
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
    namesakes: others.flatMap((one) => (module !== undefined && one.module === module ? [one.uri] : [])),
  };
};

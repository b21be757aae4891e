import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serveLanguage } from "./server.ts";

const project = join(import.meta.dirname, "../../../..");

/**
 * Serves the language service to an editor over standard input and output
 * (Language Server Protocol) until the editor says `exit` or goes away.
 */
export const lsp = async (args: readonly string[]): Promise<number> => {
  parseArgs({ args: [...args], options: { stdio: { type: "boolean" } } });
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  serveLanguage(connection, `${pathToFileURL(join(project, "docs")).href}/`, "0.1.0");
  return new Promise<number>(() => undefined);
};

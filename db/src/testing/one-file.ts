import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

/** It looks for its binary beside itself. */
const NATIVE = "better-sqlite3";

/**
 * A script and all it imports as one file in `folder`, for programs that are
 * started hundreds of times: nine tenths of such a life went into finding and
 * reading modules. What is found by `import.meta.url` stays that of the source.
 *
 * @example const script = await oneFile(new URL("./testing/crash-load.ts", import.meta.url), folder);
 */
export const oneFile = async (script: URL, folder: string): Promise<URL> => {
  const bundle = await rolldown({
    input: script.pathname,
    platform: "node",
    plugins: [
      {
        name: "as-if-in-place",
        resolveId: (id, importer) =>
          id === NATIVE && importer !== undefined
            ? { id: createRequire(importer).resolve(id), external: true }
            : null,
        transform: (code, id) => ({
          code: code.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href)),
        }),
      },
    ],
  });
  const file = join(folder, `${basename(script.pathname, ".ts")}.mjs`);
  await bundle.write({ file, format: "esm", codeSplitting: false });
  await bundle.close();
  return pathToFileURL(file);
};

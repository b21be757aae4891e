import { readFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { pathToFileURL } from "node:url";

/** What we use of the Biscuit library. */
export type BiscuitModule = typeof import("@biscuit-auth/biscuit-wasm");

/** The library, and the clock its evaluations see. */
export interface LoadedBiscuit {
  readonly library: BiscuitModule;
  /**
   * Runs something whose evaluations may take `ms`. The library gives up its
   * rules after one millisecond whatever it is told, so it is shown a clock on
   * which `ms` are one.
   */
  within<T>(ms: number, run: () => T): T;
}

type Exports = Readonly<Record<string, unknown>>;
type Imports = Record<string, Record<string, unknown>>;
/** A compiled module; what it is inside is the engine's. */
type Compiled = object;

/** What we use of the engine; its types come with the DOM library, which has no place here. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<Compiled>;
  instantiate(module: Compiled, imports: Imports): Promise<{ readonly exports: Exports }>;
  readonly Module: {
    imports(module: Compiled): readonly { readonly module: string; readonly name: string }[];
  };
};

/** The functions of the library's glue, by the names its WebAssembly imports. */
type Glue = Record<string, unknown> & BiscuitModule & { readonly __wbg_set_wasm: (exports: Exports) => void };

const name = "@biscuit-auth/biscuit-wasm";

/**
 * What the WebAssembly imports: the library's own glue, a clock for its time
 * limit, and silence where it would greet on standard output.
 */
const importsOf = (module: Compiled, glue: Glue, clock: () => number): Imports => {
  const imports: Imports = {};
  for (const wanted of WebAssembly.Module.imports(module)) {
    const quiet = wanted.name.startsWith("__wbg_log_");
    const value = quiet ? () => undefined : wanted.name === "performance_now" ? clock : glue[wanted.name];
    if (value === undefined) throw new Error(`${name} imports ${wanted.name}, which is not known here`);
    imports[wanted.module] = { ...imports[wanted.module], [wanted.name]: value };
  }
  return imports;
};

/** The first expression the library compiles takes many times as long as any later one. */
const warmUp = ({ library, within }: LoadedBiscuit): void => {
  const builder = new library.AuthorizerBuilder();
  builder.addCode('resource("/a"); check if resource($r), $r.matches("^/a(/.*)?$"); allow if true;');
  using authorizer = builder.buildUnauthenticated();
  within(60_000, () => authorizer.authorize());
};

const load = async (): Promise<LoadedBiscuit> => {
  const manifest = findPackageJSON(name, import.meta.url);
  if (manifest === undefined) throw new Error(`${name} is not installed`);
  const folder = new URL("module/", pathToFileURL(manifest));
  const glue = (await import(new URL("biscuit_bg.js", folder).href)) as Glue;
  const module = await WebAssembly.compile(await readFile(new URL("biscuit_bg.wasm", folder)));
  let slowness = 1;
  const instance = await WebAssembly.instantiate(
    module,
    importsOf(module, glue, () => performance.now() / slowness),
  );
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
  const loaded: LoadedBiscuit = {
    library: glue,
    within(ms, run) {
      slowness = ms;
      return run();
    },
  };
  warmUp(loaded);
  return loaded;
};

let loaded: Promise<LoadedBiscuit> | undefined;

/**
 * The Biscuit library, instantiated once a process. Its own entry makes Node
 * warn about imported WebAssembly and prints a line; so it is put together here.
 */
export const loadBiscuitModule = (): Promise<LoadedBiscuit> => {
  loaded ??= load();
  return loaded;
};

/** The runtime: the admitted machine and what surrounds it. Surfaces of their own: `./machine`, `./admission`, `./host`. */
export { admit, manifestOf } from "./admission/index.ts";
export { openManifestVmSessionAdmitted } from "./engine/index.ts";
export { createHost, type Host, memoryStore, replayFile } from "./host/index.ts";
export { SEMANTICS } from "./machine/index.ts";

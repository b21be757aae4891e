/** From whatever state the clone is in to a running studio. */
import { buildWeb } from "./lib/build-web.ts";
import { run } from "./lib/run.ts";

const built = buildWeb();
if (built !== 0) process.exit(built);
process.exit(run("node", ["apps/cli/src/main.ts", "serve", ...process.argv.slice(2)]));

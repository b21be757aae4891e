/** From whatever state the clone is in to a running studio. */
import { serve } from "../apps/cli/src/commands/serve.ts";
import { buildWeb } from "./lib/build-web.ts";

const built = buildWeb();
process.exitCode = built === 0 ? await serve(process.argv.slice(2)) : built;

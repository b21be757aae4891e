import { buildWeb } from "./lib/build-web.ts";
import { findChromium } from "./lib/chromium.ts";
import { run } from "./lib/run.ts";

const built = buildWeb();
if (built !== 0) process.exit(built);
process.exit(
  run("playwright", ["test", ...process.argv.slice(2)], { PARLEY_CHROMIUM: await findChromium() }),
);

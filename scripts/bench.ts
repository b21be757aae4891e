import { run } from "./lib/run.ts";

process.exit(run("node", ["bench/src/main.ts", ...process.argv.slice(2)]));

import { run } from "./lib/run.ts";

process.exit(run("biome", ["check", "--write", "."]));

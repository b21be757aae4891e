import { projects } from "./lib/projects.ts";
import { run } from "./lib/run.ts";

const failed = projects().filter((project) => run("tsc", ["-p", project]) !== 0);
for (const project of failed) console.log(`types: ${project} has errors`);
process.exit(failed.length === 0 ? 0 : 1);

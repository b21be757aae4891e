import { checkLayers } from "./lib/layers.ts";
import { run } from "./lib/run.ts";

const style = run("biome", ["ci", "--reporter=summary", "."]);
const findings = checkLayers();
for (const finding of findings) console.log(`layers: ${finding}`);
process.exit(style === 0 && findings.length === 0 ? 0 : 1);

export { type CataloguePiece, catalogue } from "./catalogue.ts";
export { type PlayResult, playScenario } from "./play-scenario.ts";
export { readScenario, type Scenario } from "./scenario.ts";
export { type ParsedToml, parseScenarioToml, printScenarioToml } from "./scenario-toml.ts";
export { type ReadScript, readScript, type Script, type ScriptTextError } from "./script.ts";

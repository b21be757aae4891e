export { type CataloguePiece, catalogue } from "./catalogue.ts";
export { type PlayResult, playScenario } from "./play-scenario.ts";
export { readScenario, type Scenario } from "./scenario.ts";

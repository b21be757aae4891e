export { type CataloguePiece, catalogue } from "./catalogue.ts";
export { readScenario, type Scenario } from "./scenario.ts";

export { type AnsweredUnit, checkSurvivors } from "./check-survivors.ts";
export { killAfterLines, type Victim } from "./crash-harness.ts";
export { type DurableMeasure, measureDurable } from "./measure-durable.ts";
export { oneFile } from "./one-file.ts";
export { type SeededRandom, seededRandom } from "./seeded-random.ts";

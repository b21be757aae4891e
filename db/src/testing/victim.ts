export { sayLine } from "./say-line.ts";
export { type SeededRandom, seededRandom } from "./seeded-random.ts";

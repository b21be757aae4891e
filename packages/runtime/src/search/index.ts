/** Exploring the runs of a machine: `@parley/runtime/search`. */
export { type Move, pathTo } from "./branches.ts";
export {
  type SearchOptions,
  type SearchProgress,
  type SearchResult,
  type Strategy,
  search,
  searching,
} from "./search.ts";

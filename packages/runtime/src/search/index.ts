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
export {
  type SearchProfile,
  type WeightedError,
  type WeightedGraph,
  type WeightedQuery,
  type WeightedResult,
  type WeightedSearched,
  type Witness,
  weightedSearch,
} from "./weighted-search.ts";

/** What a time is for, and the domain it is declared in (spec/aura-state.md §3). */
export interface DeclaredTime {
  readonly need: "causality" | "order" | "instant" | "window";
  readonly domain: "logical" | "order" | "physical" | "range";
}

/** A field of a declared type's payload. */
export type DeclaredField =
  | {
      readonly kind: "text" | "integer" | "boolean" | "bytes" | "hash" | "list" | "record";
      readonly optional?: boolean;
    }
  | ({ readonly kind: "time"; readonly optional?: boolean } & DeclaredTime);

/** A type of fact that somebody declares: what its payloads hold, and how they are reduced. */
export interface DeclaredFactType {
  /** Unique among all types. */
  readonly type: string;
  /** The schema version written now; `minVersion` to `version` are read. */
  readonly version: number;
  readonly minVersion: number;
  readonly owner: string;
  readonly fields: { readonly [name: string]: DeclaredField };
  /** The time stamp of the facts themselves. */
  readonly time: DeclaredTime;
  /** The name of a reducer. */
  readonly reducer: string;
}

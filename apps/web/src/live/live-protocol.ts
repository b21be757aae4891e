import type { LiveEvent } from "@parley/wire/http";

/** How the one connection of this browser is doing. */
export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "live" }
  | { readonly state: "reconnecting"; readonly since: number };

/** A page tells what it wants to hear. */
export type ToWorker =
  | { readonly kind: "topics"; readonly topics: readonly string[] }
  | { readonly kind: "bye" };

export type FromWorker =
  | { readonly kind: "connection"; readonly connection: Connection }
  | { readonly kind: "event"; readonly event: LiveEvent }
  /** The stream started anew and events may have been missed: look again at everything. */
  | { readonly kind: "resync" };

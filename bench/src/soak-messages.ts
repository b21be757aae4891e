/** An entry that a command was answered with: session, position, chain hash. */
export type Answered = readonly [id: string, seq: number, hash: string];

/** What a soak tells the host's process. */
export type ToLife =
  | { readonly kind: "open"; readonly sessions: number }
  | { readonly kind: "verify"; readonly answers: readonly Answered[] }
  | { readonly kind: "work"; readonly ids: readonly string[] }
  | { readonly kind: "weigh" }
  | { readonly kind: "replay"; readonly ids: readonly string[] }
  | { readonly kind: "end" };

/** What the host's process tells the soak. */
export type FromLife =
  | { readonly kind: "ready" }
  | { readonly kind: "opened"; readonly ids: readonly string[] }
  | { readonly kind: "verified"; readonly lost: readonly string[] }
  | {
      readonly kind: "answered";
      readonly answers: readonly Answered[];
      readonly commands: number;
      readonly faults: number;
    }
  | { readonly kind: "weighed"; readonly heapMb: number }
  | { readonly kind: "replayed"; readonly entries: number; readonly differing: readonly string[] };

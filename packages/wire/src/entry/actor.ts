/** Who asked (model §2.7). `id` is the principal; `seat` and `device` say on whose behalf. */
export interface Actor {
  readonly kind: "operator" | "seat" | "script" | "policy" | "timer" | "peer";
  readonly id: string;
  /** Set when an operator acts for a seat: a recorded impersonation. */
  readonly for?: string;
}

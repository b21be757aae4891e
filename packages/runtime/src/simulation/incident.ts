import type { AssumptionFailure, Corruption, ScriptValue } from "./scenario.ts";

/** The message an incident is about. */
export interface IncidentMessage {
  readonly from: string;
  readonly to: string;
  readonly seq: number;
  readonly label: string;
}

/** What the simulated world did to a run; `by` names the adversary, `network`, `script` or a federation. */
export type Incident = { readonly at: number; readonly round: number } & (
  | { readonly kind: "activated" | "consumed" | "exhausted"; readonly by: string; readonly remaining: number }
  | { readonly kind: "assumption"; readonly by: string; readonly failure: AssumptionFailure }
  | ({ readonly kind: "dropped"; readonly by: string; readonly why: string } & IncidentMessage)
  | ({ readonly kind: "delayed"; readonly by: string; readonly ticks: number } & IncidentMessage)
  | ({ readonly kind: "arrived"; readonly ticks: number } & IncidentMessage)
  | ({ readonly kind: "corrupted"; readonly by: string; readonly how: Corruption } & IncidentMessage)
  | ({
      readonly kind: "replaced";
      readonly by: string;
      readonly into: string | null;
      readonly payload: ScriptValue | null;
    } & IncidentMessage)
  | { readonly kind: "crashed"; readonly by: string; readonly role: string; readonly until: number | null }
  | { readonly kind: "restarted"; readonly role: string }
  | {
      readonly kind: "reconfigured";
      readonly by: string;
      readonly what: string;
      readonly cost: number;
      readonly roles: readonly string[];
    }
  | { readonly kind: "timer"; readonly timer: string }
);

type Without<T> = T extends unknown ? Omit<T, "at" | "round"> : never;

/** An incident before it is dated. */
export type IncidentBody = Without<Incident>;

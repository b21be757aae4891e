import type { AdmissionReport } from "@parley/wire/http";
import type { AuthorityError } from "./authority/authority-error.ts";
import type { CeremonyRefusal } from "./ceremonies/ceremony-refusal.ts";
import type { HandoverError } from "./handover/handover-error.ts";
import type { DraftJson } from "./http-types.ts";
import type { ServicesError } from "./services-error.ts";

/**
 * Everything the host refuses or fails with: closed, with fields and a stable
 * code. A refused command wrote nothing. Texts are in `host-error-text.ts`;
 * the HTTP status is chosen by the API.
 */
export type HostError =
  | AuthorityError
  | CeremonyRefusal
  | HandoverError
  | ServicesError
  | { readonly code: "PAR7001"; readonly kind: "not-found"; readonly what: string; readonly id: string }
  | {
      readonly code: "PAR7002";
      readonly kind: "stale-head";
      readonly session: string;
      readonly expected: number;
      readonly actual: number;
    }
  | {
      readonly code: "PAR7003";
      readonly kind: "head-required";
      readonly input: string;
      readonly actual: number;
    }
  | {
      readonly code: "PAR7004";
      readonly kind: "wrong-seat";
      readonly seat: string;
      readonly endpoint: string;
      readonly roles: readonly string[];
    }
  | {
      readonly code: "PAR7005";
      readonly kind: "unknown-label";
      readonly seat: string;
      readonly label: string;
      readonly labels: readonly string[];
    }
  | {
      readonly code: "PAR7006";
      readonly kind: "stale-step";
      readonly seat: string;
      readonly endpoint: string;
      readonly expected: number;
      readonly actual: number;
    }
  | {
      readonly code: "PAR7007";
      readonly kind: "closed-session";
      readonly session: string;
      readonly status: string;
    }
  | { readonly code: "PAR7008"; readonly kind: "nothing-runnable"; readonly session: string }
  | {
      readonly code: "PAR7009";
      readonly kind: "bad-value";
      readonly expected: string;
      readonly reason: string;
    }
  | { readonly code: "PAR7010"; readonly kind: "unknown-edge"; readonly from: string; readonly to: string }
  | { readonly code: "PAR7011"; readonly kind: "clock-refused"; readonly reason: "real-clock" | "backwards" }
  | { readonly code: "PAR7012"; readonly kind: "unsupported-input"; readonly input: string }
  | { readonly code: "PAR7013"; readonly kind: "bad-position"; readonly at: number; readonly head: number }
  | {
      readonly code: "PAR7014";
      readonly kind: "unknown-timer";
      readonly timer: string;
      readonly timers: readonly string[];
    }
  | {
      readonly code: "PAR7015";
      readonly kind: "timer-not-due";
      readonly timer: string;
      readonly deadline: number;
      readonly at: number;
    }
  | { readonly code: "PAR7016"; readonly kind: "not-cancellable"; readonly timer: string }
  | {
      readonly code: "PAR7017";
      readonly kind: "not-down";
      readonly site: string;
      readonly down: readonly string[];
    }
  | {
      readonly code: "PAR7018";
      readonly kind: "no-frame";
      readonly from: string;
      readonly to: string;
      readonly seq: number;
      /** Numbers of the frames that are on their way there. */
      readonly inFlight: readonly number[];
    }
  | { readonly code: "PAR7101"; readonly kind: "not-admitted"; readonly admission: AdmissionReport }
  | {
      readonly code: "PAR7102";
      readonly kind: "unknown-version";
      readonly protocol: string;
      readonly version: string;
    }
  | { readonly code: "PAR7103"; readonly kind: "no-version"; readonly protocol: string }
  | { readonly code: "PAR7104"; readonly kind: "stale-draft"; readonly current: DraftJson | null }
  | {
      readonly code: "PAR7105";
      readonly kind: "does-not-check";
      readonly protocol: string;
      readonly codes: readonly string[];
      /** The first errors, in order of place. */
      readonly findings: readonly { readonly code: string; readonly message: string }[];
    }
  | { readonly code: "PAR7106"; readonly kind: "bad-bindings"; readonly reason: string }
  | {
      readonly code: "PAR7107";
      readonly kind: "unknown-seat-device";
      readonly authority: string;
      readonly device: string;
    }
  | {
      readonly code: "PAR7108";
      readonly kind: "bad-settings";
      /** One sentence a reason. */
      readonly reasons: readonly string[];
    }
  | {
      readonly code: "PAR7109";
      readonly kind: "bad-script";
      /** One sentence a problem, each with its place: `decide[2].take: …`. */
      readonly problems: readonly string[];
    }
  | { readonly code: "PAR7110"; readonly kind: "bad-name"; readonly name: string }
  | { readonly code: "PAR7111"; readonly kind: "shipped-scenario"; readonly name: string }
  | {
      readonly code: "PAR7121";
      readonly kind: "unknown-profile";
      readonly name: string;
      readonly known: readonly string[];
    }
  | { readonly code: "PAR7122"; readonly kind: "shipped-profile"; readonly name: string }
  | {
      readonly code: "PAR7123";
      readonly kind: "unknown-capability";
      readonly keys: readonly string[];
      /** Keys a profile may set. */
      readonly known: readonly string[];
    }
  | {
      readonly code: "PAR7124";
      readonly kind: "stale-profile";
      readonly name: string;
      /** How often it was saved; 0 where it is not there. */
      readonly revision: number;
    }
  | { readonly code: "PAR7201"; readonly kind: "idempotency-mismatch"; readonly key: string }
  | { readonly code: "PAR7202"; readonly kind: "in-flight"; readonly key: string }
  | { readonly code: "PAR7203"; readonly kind: "run-active"; readonly session: string; readonly run: string }
  | {
      readonly code: "PAR7301";
      readonly kind: "too-large";
      readonly limit: string;
      readonly max: number;
      readonly size: number;
    }
  | { readonly code: "PAR7401"; readonly kind: "store-full" }
  | { readonly code: "PAR7402"; readonly kind: "store-readonly" }
  | { readonly code: "PAR7403"; readonly kind: "store-locked" }
  | { readonly code: "PAR7404"; readonly kind: "store-failed"; readonly reason: string }
  | { readonly code: "PAR7405"; readonly kind: "lost-race"; readonly stream: string }
  | {
      readonly code: "PAR7501";
      readonly kind: "read-only-session";
      readonly session: string;
      readonly why: string;
    }
  | {
      readonly code: "PAR7502";
      readonly kind: "fork-forbidden";
      readonly session: string;
      readonly input: string;
    }
  | { readonly code: "PAR7601"; readonly kind: "bad-export"; readonly reason: string }
  | {
      readonly code: "PAR7602";
      readonly kind: "export-differs";
      readonly stream: string;
      readonly seq: number;
      readonly what: string;
    }
  | { readonly code: "PAR7603"; readonly kind: "session-exists"; readonly session: string }
  | { readonly code: "PAR7901"; readonly kind: "host-closed" }
  | {
      readonly code: "PAR8001";
      readonly kind: "bad-predicate";
      readonly text: string;
      /** Offset in the text. */
      readonly at: number;
      readonly expected: string;
      readonly found: string;
    }
  | {
      readonly code: "PAR8002";
      readonly kind: "unknown-fact";
      readonly text: string;
      readonly at: number;
      readonly name: string;
      readonly known: readonly string[];
    }
  | {
      readonly code: "PAR8003";
      readonly kind: "unknown-event";
      readonly seq: number;
      readonly index: number;
    };

export type HostErrorKind = HostError["kind"];

/** What a command answers: the value, or a typed refusal that wrote nothing. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly replayed?: boolean }
  | { readonly ok: false; readonly error: HostError };

export const done = <T>(value: T): Result<T> => ({ ok: true, value });
export const refused = (error: HostError): { readonly ok: false; readonly error: HostError } => ({
  ok: false,
  error,
});

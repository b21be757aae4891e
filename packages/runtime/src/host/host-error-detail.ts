import { authorityErrorDetail, isAuthorityError } from "./authority/authority-error.ts";
import { ceremonyRefusalDetail, isCeremonyRefusal } from "./ceremonies/ceremony-refusal.ts";
import { handoverErrorDetail, isHandoverError } from "./handover/handover-error.ts";
import type { HostError } from "./host-error.ts";
import { hostErrorText } from "./host-error-text.ts";
import { isServicesError, servicesErrorDetail } from "./services-error.ts";

const list = (items: readonly string[]): string => (items.length === 0 ? "nothing" : items.join(", "));

/**
 * What happened in this case, in one sentence, in the protocol's own names.
 *
 * @example hostErrorDetail({ code: "PAR7001", kind: "not-found", what: "session", id: "ses_1" })
 * // "There is no session ses_1 here."
 */
export const hostErrorDetail = (error: HostError): string => {
  if (isAuthorityError(error)) return authorityErrorDetail(error);
  if (isCeremonyRefusal(error)) return ceremonyRefusalDetail(error);
  if (isHandoverError(error)) return handoverErrorDetail(error);
  if (isServicesError(error)) return servicesErrorDetail(error);
  switch (error.kind) {
    case "not-found":
      return `There is no ${error.what} ${error.id} here.`;
    case "stale-head":
      return `The session is at ${error.actual}; this was asked of position ${error.expected}.`;
    case "head-required":
      return `${error.input} must name the head it was made for; the session is at ${error.actual}.`;
    case "wrong-seat":
      return `There is no seat ${error.seat}${error.endpoint === "" ? "" : ` with an endpoint ${error.endpoint}`}; the roles are ${list(error.roles)}.`;
    case "unknown-label":
      return `${error.seat} may choose ${list(error.labels)}, not ${error.label}.`;
    case "stale-step":
      return `${error.seat} is at step ${error.actual}; this answers step ${error.expected}.`;
    case "closed-session":
      return `The session is ${error.status}.`;
    case "bad-value":
      return `The message declares ${error.expected}: ${error.reason}.`;
    case "unknown-edge":
      return `Nothing goes from ${error.from} to ${error.to} in this session.`;
    case "bad-position":
      return `There is no position ${error.at}; the session is at ${error.head}.`;
    case "unknown-timer":
      return `No timer ${error.timer} runs; running: ${list(error.timers)}.`;
    case "timer-not-due":
      return `${error.timer} is due at ${error.deadline}; the session's clock is at ${error.at}.`;
    case "not-cancellable":
      return `The scope of ${error.timer} does not handle being cancelled.`;
    case "not-down":
      return `${error.site} has not crashed; crashed: ${list(error.down)}.`;
    case "no-frame":
      return `No message ${error.seq} is on its way from ${error.from} to ${error.to}; on their way: ${list(error.inFlight.map(String))}.`;
    case "unknown-version":
      return `${error.protocol} has no version ${error.version}.`;
    case "does-not-check":
      return `The text has errors: ${list(error.codes)}.${error.findings.map(({ message }) => ` ${message}.`)[0] ?? ""}`;
    case "bad-settings":
      return `${error.reasons.join("; ")}.`;
    case "bad-name":
      return `${JSON.stringify(error.name)} cannot be a name.`;
    case "shipped-scenario":
      return `${error.name} comes with the protocol.`;
    case "unknown-profile":
      return `There is no runtime profile ${error.name}; there are ${list(error.known)}.`;
    case "shipped-profile":
      return `${error.name} comes with every workspace.`;
    case "unknown-capability":
      return `No profile can set ${list(error.keys)}.`;
    case "stale-profile":
      return `${error.name} is at revision ${error.revision}.`;
    case "bad-bindings":
      return `${error.reason}.`.replace(/\.\.$/, ".");
    case "too-large":
      return `${error.limit}: ${error.size}, at most ${error.max}.`;
    case "export-differs":
      return `Entry ${error.seq} of ${error.stream} does not replay: its ${error.what} differs.`;
    case "bad-predicate":
      return `At ${error.at} of \`${error.text}\`: expected ${error.expected}, found ${error.found}.`;
    case "unknown-fact":
      return `There is no ${error.name} here; known: ${list(error.known)}.`;
    case "unknown-event":
      return `Position ${error.seq} has no event ${error.index}.`;
    case "store-failed":
      return `The store failed: ${error.reason}.`;
    default:
      return `${hostErrorText[error.kind].title}.`;
  }
};

import { authorityErrorText } from "./authority/authority-error.ts";
import { ceremonyRefusalText } from "./ceremonies/ceremony-refusal.ts";
import { handoverErrorText } from "./handover/handover-error.ts";
import type { HostErrorKind } from "./host-error.ts";
import { servicesErrorText } from "./services-error.ts";

/** The words of one kind of error: a title and what to do about it. */
export interface HostErrorText {
  readonly title: string;
  readonly hint: string;
}

/** The one table of texts; details come from the error's own fields. */
export const hostErrorText: { readonly [kind in HostErrorKind]: HostErrorText } = {
  ...authorityErrorText,
  ...ceremonyRefusalText,
  ...handoverErrorText,
  ...servicesErrorText,
  "not-found": {
    title: "There is no such thing here",
    hint: "Check the id; a hidden protocol can be restored.",
  },
  "stale-head": {
    title: "The session has moved on",
    hint: "Look at the present position, then ask again with its head.",
  },
  "head-required": {
    title: "This input changes the structure of the session and must name the head it was made for",
    hint: "Send expectedHead with the position you are looking at.",
  },
  "wrong-seat": {
    title: "No such seat in this session",
    hint: "Name a role of the session and one of its endpoints.",
  },
  "unknown-label": { title: "That label is not on offer", hint: "Choose one of the labels listed." },
  "stale-step": {
    title: "That step is already past",
    hint: "The endpoint has gone on; decide for its present step.",
  },
  "closed-session": { title: "The session has ended", hint: "Fork an earlier position to go on from there." },
  "nothing-runnable": {
    title: "Nothing can run now",
    hint: "Every endpoint has finished, is paused or waits for a decision, a payload or a message.",
  },
  "bad-value": {
    title: "The value does not fit the declared payload",
    hint: "Send a value of the sort the message declares.",
  },
  "unknown-edge": { title: "No such edge in this session", hint: "Name two different roles of the session." },
  "clock-refused": {
    title: "The clock cannot be set so",
    hint: "Only a session with a manual clock can be moved, and only forwards.",
  },
  "unsupported-input": { title: "This host does not do that yet", hint: "Use one of the documented inputs." },
  "bad-position": { title: "The session has no such position", hint: "Positions run from 0 to the head." },
  "unknown-timer": {
    title: "No such timer runs",
    hint: "Its scope was left, or was never entered; the running timers are listed with the session.",
  },
  "timer-not-due": {
    title: "The timer is not due yet",
    hint: "Move a manual clock to its deadline, or wait until it has come.",
  },
  "not-cancellable": {
    title: "That scope cannot be cancelled",
    hint: "Only a timeout with an `on cancel` can; the whole session can be cancelled without naming a scope.",
  },
  "not-down": {
    title: "That role has not crashed",
    hint: "Only a crashed role can be restarted; a paused one is resumed.",
  },
  "no-frame": {
    title: "That message is not on its way",
    hint: "It was received, or lost; the messages in flight are listed with the edges of the session.",
  },
  "not-admitted": {
    title: "The session was not admitted",
    hint: "The report says which rule refused and what would admit it.",
  },
  "unknown-version": {
    title: "The protocol has no such version",
    hint: "List its versions and take one of them.",
  },
  "no-version": { title: "The protocol has no saved version", hint: "Save a version first." },
  "stale-draft": {
    title: "The draft was changed elsewhere",
    hint: "Compare with the present draft, then save from its revision.",
  },
  "does-not-check": {
    title: "The text has errors and cannot be opened as a session",
    hint: "Mend the errors shown in the editor; the text can be saved as it is.",
  },
  "bad-bindings": {
    title: "The families or names are not bound as the protocol needs",
    hint: "Give every open family and name a number within its limits.",
  },
  "unknown-seat-device": { title: "No such device", hint: "Seat a device of one of the authorities listed." },
  "bad-script": {
    title: "The script does not fit the protocol",
    hint: "Mend the rows named; nothing was opened.",
  },
  "bad-settings": {
    title: "These settings cannot be kept",
    hint: "Name findings by their codes; what fails closed stays an error.",
  },
  "bad-name": {
    title: "That name cannot be used",
    hint: "Use up to 64 letters, digits, dots, hyphens and underscores, with none of the marks first.",
  },
  "shipped-scenario": {
    title: "This scenario comes with the protocol and can only be read",
    hint: "Save the copy under another name.",
  },
  "unknown-profile": {
    title: "There is no such runtime profile",
    hint: "Take one of those listed, or save it first.",
  },
  "shipped-profile": {
    title: "This runtime profile cannot be changed",
    hint: "Every workspace has it; save the change under another name.",
  },
  "unknown-capability": {
    title: "A runtime profile cannot set these keys",
    hint: "Set keys of the inventory; surfaces follow from the key reconfiguration.",
  },
  "stale-profile": {
    title: "The runtime profile was changed elsewhere",
    hint: "Look at it again, then save from its revision.",
  },
  "idempotency-mismatch": {
    title: "This idempotency key was used for another command",
    hint: "Use a new key for a new command.",
  },
  "in-flight": { title: "The same command is still running", hint: "Wait for its answer, then ask again." },
  "run-active": { title: "The session is already running on", hint: "Cancel the run or wait for it." },
  "too-large": { title: "That is larger than the limit", hint: "Send less at once." },
  "store-full": { title: "The disk is full", hint: "Free some space; nothing was changed." },
  "store-readonly": { title: "The database can only be read", hint: "Make the data folder writable." },
  "store-locked": { title: "The database is locked", hint: "Another process holds it; try again shortly." },
  "store-failed": { title: "The store failed", hint: "Nothing was changed; try again." },
  "lost-race": {
    title: "Another change came first",
    hint: "Nothing was changed; look again and repeat the command.",
  },
  "read-only-session": {
    title: "This session can only be read",
    hint: "Its recorded events stay available.",
  },
  "fork-forbidden": {
    title: "A what-if cannot do that",
    hint: "Delegating, upgrading and committing belong to the original session.",
  },
  "bad-export": { title: "This is not a session file", hint: "Import a file made by a session's export." },
  "export-differs": {
    title: "The file does not replay to what it claims",
    hint: "A byte of it was changed; take a fresh export.",
  },
  "session-exists": { title: "This session is already here", hint: "Open it instead of importing it again." },
  "bad-predicate": {
    title: "This is not a predicate",
    hint: "Write it like `sent(Order) >= 2 && !Buyer.done`.",
  },
  "unknown-fact": {
    title: "The predicate names something that no state of this session has",
    hint: "Use one of the facts, roles or names listed.",
  },
  "unknown-event": {
    title: "The position has no such event",
    hint: "Events of a position are counted from 0, in the order of its entry.",
  },
  "host-closed": { title: "The studio is shutting down", hint: "Try again once it is back." },
};

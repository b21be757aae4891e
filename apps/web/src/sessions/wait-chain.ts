import type { EntryJson, SessionView } from "@parley/wire/http";
import { entryWords, rolesOf } from "./log-event.ts";

/** One link of the answer to "why does it wait?". */
export interface WaitLink {
  readonly text: string;
  readonly role: string;
  readonly edge?: string;
  /** Position the link points at. */
  readonly seq?: number;
}

type Endpoint = SessionView["roles"][number]["endpoints"][number];

/** The endpoint of a role that stands in the way: the first that is not done. */
const standing = (view: SessionView, role: string): Endpoint | undefined =>
  view.roles
    .find((one) => one.role === role)
    ?.endpoints.find(({ status }) => status === "blocked" || status === "faulted" || status === "ready");

const nameOf = (role: string, endpoint: string): string => (endpoint === "" ? role : `${role} (${endpoint})`);

const linkText = (name: string, endpoint: Endpoint): string => {
  if (endpoint.fault) return `${name} faulted: ${endpoint.fault.message}`;
  const text = endpoint.wait?.text;
  if (text === undefined) return `${name} is ready: a step lets it go on`;
  return text.startsWith(name) ? text : `${name} ${text}`;
};

/** The last entry in which a role did or suffered something. */
const lastOf = (role: string, entries: readonly EntryJson[]): EntryJson | undefined =>
  entries.findLast(
    (entry) => entry.events.some(({ kind }) => kind !== "blocked") && rolesOf(entry).has(role),
  );

/**
 * Why an endpoint waits, newest reason first: it, whom it waits for, whom that
 * one waits for, until somebody who can act, a fault or a circle; then the
 * last thing that one did.
 */
export const waitChain = (
  view: SessionView,
  entries: readonly EntryJson[],
  role: string,
  endpoint: Endpoint,
): readonly WaitLink[] => {
  const links: WaitLink[] = [];
  const seen = new Set<string>();
  let at: { role: string; endpoint: Endpoint } | undefined = { role, endpoint };
  let last = role;
  while (at) {
    last = at.role;
    seen.add(at.role);
    links.push({
      text: linkText(nameOf(at.role, at.endpoint.endpoint), at.endpoint),
      role: at.role,
      ...(at.endpoint.wait?.edgeId ? { edge: at.endpoint.wait.edgeId } : {}),
    });
    const on: string | null | undefined = at.endpoint.wait?.on;
    const next: Endpoint | undefined = on ? standing(view, on) : undefined;
    if (on && seen.has(on) && on !== at.role) links.push({ text: `${on} waits in turn: a circle`, role: on });
    at = on && next && !seen.has(on) ? { role: on, endpoint: next } : undefined;
  }
  const before = lastOf(last, entries);
  if (before) links.push({ text: `${entryWords(before)} (#${before.seq})`, role: last, seq: before.seq });
  return links;
};

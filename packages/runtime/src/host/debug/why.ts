import type { SessionView, Why } from "@parley/wire/http";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { withState } from "../views/read-view.ts";
import { roleViews } from "../views/role-views.ts";
import type { History } from "./history.ts";
import { readWindow } from "./read-stretch.ts";

type Link = Why["chains"][number]["links"][number];
type Roles = SessionView["roles"];
type Endpoint = Roles[number]["endpoints"][number];

/** Events told at the end of a chain. */
const MAX_EVENTS = 12;

const named = (role: string, endpoint: string): string => (endpoint === "" ? role : `${role} (${endpoint})`);

const isStill = ({ status }: Endpoint): boolean => status === "blocked" || status === "faulted";

const standing = (roles: Roles, role: string): Endpoint | undefined => {
  const endpoints = roles.find((one) => one.role === role)?.endpoints ?? [];
  // A role that waits for its own arms stands still because of one of them.
  return (
    endpoints.find((endpoint) => isStill(endpoint) && endpoint.wait?.kind !== "join") ??
    endpoints.find(({ status }) => status !== "done")
  );
};

const linkOf = (role: string, endpoint: Endpoint): Link => {
  const name = named(role, endpoint.endpoint);
  const text = endpoint.wait?.text ?? "";
  const edgeId = endpoint.wait?.edgeId ?? endpoint.statement?.edgeId ?? null;
  const link = (kind: Link["kind"], words: string): Link => ({
    kind,
    role,
    endpoint: endpoint.endpoint,
    text: words,
    edgeId,
    seq: null,
    index: null,
  });
  if (endpoint.fault !== null) return link("faulted", `${name} faulted: ${endpoint.fault.message}`);
  if (endpoint.wait === null) return link("ready", `${name} is ready: a step lets it go on`);
  const words = text.startsWith(role) ? text : `${name} ${text}`;
  const asks = endpoint.wait.kind === "decision" || endpoint.wait.kind === "payload";
  return link(asks ? "needs" : "waits", words);
};

/** From an endpoint that stands still to whoever can act, a fault, or a circle. */
const waits = (roles: Roles, role: string, endpoint: Endpoint): Link[] => {
  const links: Link[] = [];
  const seen = new Set<string>();
  let at: { readonly role: string; readonly endpoint: Endpoint } | undefined = { role, endpoint };
  while (at !== undefined) {
    seen.add(at.role);
    links.push(linkOf(at.role, at.endpoint));
    const here: string = at.role;
    const kind: string | undefined = at.endpoint.wait?.kind;
    const on: string | null = kind === "join" ? here : (at.endpoint.wait?.on ?? null);
    if (on === null || (on === here && kind !== "join")) break;
    const next: Endpoint | undefined = standing(roles, on);
    if (on !== here && seen.has(on)) {
      const text = `${on} waits in turn: a circle`;
      links.push({ kind: "circle", role: on, endpoint: "", text, edgeId: null, seq: null, index: null });
      break;
    }
    if (on !== here && next === undefined) {
      const text = `${on} has finished and will not act`;
      links.push({ kind: "circle", role: on, endpoint: "", text, edgeId: null, seq: null, index: null });
      break;
    }
    at = next === undefined || next === at.endpoint ? undefined : { role: on, endpoint: next };
  }
  return links;
};

/** What brought a role to where it is: its last event, the message or input behind that, and so on. */
const events = (history: History, role: string): Link[] => {
  const links: Link[] = [];
  let at = history.lastOf(role);
  while (at !== undefined && links.length < MAX_EVENTS) {
    const event = history.event(at);
    if (event === undefined) break;
    const { seq, index, text, edgeId, by, causes } = event;
    const words = by === undefined ? text : `${text}, by ${by}`;
    links.push({ kind: "event", role: event.role, endpoint: "", text: words, edgeId, seq, index });
    const input = causes.find(({ kind }) => kind === "input");
    const asked = input && history.input(input.seq);
    if (asked !== undefined) {
      const { role: seat, text: said } = asked;
      links.push({
        kind: "input",
        role: seat,
        endpoint: "",
        text: said,
        edgeId: null,
        seq: asked.seq,
        index: null,
      });
      break;
    }
    const cause = causes.find(({ kind }) => kind === "message" || kind === "timer") ?? causes[0];
    at =
      cause?.index === undefined || cause.index === null
        ? undefined
        : history.indexOf(cause.seq, cause.index);
  }
  return links;
};

/** Why a role stands still at a position: whom it waits for, whom that one waits for, down to events and inputs. */
export const readWhy = async (
  core: HostCore,
  id: string,
  role: string,
  at: number | undefined,
): Promise<Result<Why>> => {
  const state = await withState(core, id, at, (now) => ({ at: now.position, roles: roleViews(now) }));
  if (!state.ok) return state;
  const { roles, at: position } = state.value;
  const own = roles.find((one) => one.role === role);
  if (own === undefined) {
    const known = roles.map((one) => one.role);
    return refused({ code: "PAR7004", kind: "wrong-seat", seat: role, endpoint: "", roles: known });
  }
  const still = own.endpoints.filter(isStill);
  if (still.length === 0) return done({ at: position, role, chains: [] });
  const history = await readWindow(core, id, position);
  const chains = still.map((endpoint) => {
    const links = waits(roles, role, endpoint);
    const last = links.findLast((link) => link.role !== null)?.role ?? role;
    return { endpoint: endpoint.endpoint, links: [...links, ...events(history, last)] };
  });
  return done({ at: position, role, chains });
};

import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { HomePage } from "../home/home-page.tsx";
import { ProtocolsPage } from "../protocols/protocols-page.tsx";
import { AppShell } from "../shell/app-shell.tsx";
import { NotFound } from "../shell/not-found.tsx";
import { parseSearch, stringifySearch } from "./search-codec.ts";

type Search = Record<string, unknown>;
const text = (search: Search, key: string): string | undefined => {
  const value = search[key];
  return typeof value === "string" && value !== "" ? value : undefined;
};
const position = (search: Search, key: string): number | undefined => {
  const value = text(search, key) ?? search[key];
  return value !== undefined && /^\d+$/.test(String(value)) ? Number(value) : undefined;
};

const root = createRootRoute({ component: AppShell, notFoundComponent: NotFound });

const home = createRoute({ getParentRoute: () => root, path: "/", component: HomePage });

const protocols = createRoute({
  getParentRoute: () => root,
  path: "/protocols",
  validateSearch: (search: Search): { q?: string | undefined; origin?: string | undefined } => ({
    q: text(search, "q"),
    origin: text(search, "origin"),
  }),
  component: ProtocolsPage,
});

/**
 * View state of a protocol's page: the open tab, the role of the automaton,
 * what is selected, the open scenario, and the run of a sweep that is shown.
 */
const protocol = createRoute({
  getParentRoute: () => root,
  path: "/protocols/$id",
  validateSearch: (
    search: Search,
  ): {
    tab?: string | undefined;
    role?: string | undefined;
    sel?: string | undefined;
    scenario?: string | undefined;
    seeds?: string | undefined;
    params?: string | undefined;
    run?: string | undefined;
    runtime?: string | undefined;
  } => ({
    runtime: text(search, "runtime"),
    tab: text(search, "tab"),
    role: text(search, "role"),
    sel: text(search, "sel"),
    scenario: text(search, "scenario"),
    seeds: text(search, "seeds"),
    params: text(search, "params"),
    run: position(search, "run") === undefined ? undefined : String(position(search, "run")),
  }),
  component: lazyRouteComponent(() => import("../protocol/protocol-page.tsx"), "ProtocolPage"),
});

const openSession = createRoute({
  getParentRoute: () => root,
  path: "/protocols/$id/open",
  component: lazyRouteComponent(() => import("../open-session/open-session-page.tsx"), "OpenSessionPage"),
});

/** Two versions side by side: `from` and `to` are version ids, or `draft`. */
const compare = createRoute({
  getParentRoute: () => root,
  path: "/protocols/$id/compare",
  validateSearch: (
    search: Search,
  ): { from?: string | undefined; to?: string | undefined; tab?: string | undefined } => ({
    from: text(search, "from"),
    to: text(search, "to"),
    tab: text(search, "tab"),
  }),
  component: lazyRouteComponent(() => import("../compare/compare-page.tsx"), "ComparePage"),
});

const sessions = createRoute({
  getParentRoute: () => root,
  path: "/sessions",
  validateSearch: (
    search: Search,
  ): { q?: string | undefined; protocol?: string | undefined; status?: string | undefined } => ({
    q: text(search, "q"),
    protocol: text(search, "protocol"),
    status: text(search, "status"),
  }),
  component: lazyRouteComponent(() => import("../sessions/sessions-page.tsx"), "SessionsPage"),
});

/** Every position of a session has an address: `?at=12`; without it the page follows now. */
const session = createRoute({
  getParentRoute: () => root,
  path: "/sessions/$id",
  validateSearch: (
    search: Search,
  ): {
    at?: number | undefined;
    sel?: string | undefined;
    tab?: string | undefined;
    side?: string | undefined;
    role?: string | undefined;
    with?: string | undefined;
    q?: string | undefined;
    kind?: string | undefined;
    receipt?: string | undefined;
  } => ({
    receipt: text(search, "receipt"),
    at: position(search, "at"),
    sel: text(search, "sel"),
    tab: text(search, "tab"),
    side: text(search, "side"),
    role: text(search, "role"),
    with: text(search, "with"),
    q: text(search, "q"),
    kind: text(search, "kind"),
  }),
  component: lazyRouteComponent(() => import("../sessions/session-page.tsx"), "SessionPage"),
});

const findings = createRoute({
  getParentRoute: () => root,
  path: "/findings",
  component: lazyRouteComponent(() => import("../findings/findings-page.tsx"), "FindingsPage"),
});

const authorities = createRoute({
  getParentRoute: () => root,
  path: "/authorities",
  component: lazyRouteComponent(() => import("../authorities/authorities-page.tsx"), "AuthoritiesPage"),
});

/** The open tab of an authority, and the row of it that is meant: a token, a budget by context and peer, a receipt. */
const authority = createRoute({
  getParentRoute: () => root,
  path: "/authorities/$id",
  validateSearch: (
    search: Search,
  ): {
    tab?: string | undefined;
    token?: string | undefined;
    context?: string | undefined;
    peer?: string | undefined;
    receipt?: string | undefined;
    fact?: string | undefined;
    key?: string | undefined;
  } => ({
    key: text(search, "key"),
    tab: text(search, "tab"),
    token: text(search, "token"),
    context: text(search, "context"),
    peer: text(search, "peer"),
    receipt: text(search, "receipt"),
    fact: text(search, "fact"),
  }),
  component: lazyRouteComponent(() => import("../authorities/authority-page.tsx"), "AuthorityPage"),
});

const journal = createRoute({
  getParentRoute: () => root,
  path: "/journal",
  validateSearch: (
    search: Search,
  ): {
    tab?: string | undefined;
    q?: string | undefined;
    authority?: string | undefined;
    type?: string | undefined;
  } => ({
    tab: text(search, "tab"),
    q: text(search, "q"),
    authority: text(search, "authority"),
    type: text(search, "type"),
  }),
  component: lazyRouteComponent(() => import("../journal/journal-page.tsx"), "JournalPage"),
});

/** Facts of a context: which are looked at, at which position, and the one that is meant. */
const context = createRoute({
  getParentRoute: () => root,
  path: "/journal/$context",
  validateSearch: (
    search: Search,
  ): {
    tab?: string | undefined;
    fact?: string | undefined;
    type?: string | undefined;
    authority?: string | undefined;
    replica?: string | undefined;
    with?: string | undefined;
    since?: number | undefined;
    until?: number | undefined;
    at?: number | undefined;
    from?: number | undefined;
  } => ({
    tab: text(search, "tab"),
    fact: text(search, "fact"),
    type: text(search, "type"),
    authority: text(search, "authority"),
    replica: text(search, "replica"),
    with: text(search, "with"),
    since: position(search, "since"),
    until: position(search, "until"),
    at: position(search, "at"),
    from: position(search, "from"),
  }),
  component: lazyRouteComponent(() => import("../journal/context-page.tsx"), "ContextPage"),
});

/** Ceremonies as a board or a table, narrowed to a kind, a state or somebody who takes part. */
const ceremonies = createRoute({
  getParentRoute: () => root,
  path: "/ceremonies",
  validateSearch: (
    search: Search,
  ): {
    view?: string | undefined;
    kind?: string | undefined;
    state?: string | undefined;
    authority?: string | undefined;
  } => ({
    view: text(search, "view"),
    kind: text(search, "kind"),
    state: text(search, "state"),
    authority: text(search, "authority"),
  }),
  component: lazyRouteComponent(() => import("../ceremonies/ceremonies-page.tsx"), "CeremoniesPage"),
});

const ceremony = createRoute({
  getParentRoute: () => root,
  path: "/ceremonies/$id",
  validateSearch: (search: Search): { participant?: string | undefined; fact?: string | undefined } => ({
    participant: text(search, "participant"),
    fact: text(search, "fact"),
  }),
  component: lazyRouteComponent(() => import("../ceremonies/ceremony-page.tsx"), "CeremonyPage"),
});

/** Bundles, what fits what, who holds which session, what was handed over: the open tab and its row. */
const reconfiguration = createRoute({
  getParentRoute: () => root,
  path: "/reconfiguration",
  validateSearch: (search: Search): { tab?: string | undefined; row?: string | undefined } => ({
    tab: text(search, "tab"),
    row: text(search, "row"),
  }),
  component: lazyRouteComponent(
    () => import("../reconfiguration/reconfiguration-page.tsx"),
    "ReconfigurationPage",
  ),
});

const bundle = createRoute({
  getParentRoute: () => root,
  path: "/reconfiguration/$bundle",
  validateSearch: (search: Search): { upgrade?: string | undefined } => ({
    upgrade: text(search, "upgrade"),
  }),
  component: lazyRouteComponent(() => import("../reconfiguration/bundle-page.tsx"), "BundlePage"),
});

/** The open tab, and in it the protocol, surface, runtime, the one it is compared with, or the cell that is meant. */
const admission = createRoute({
  getParentRoute: () => root,
  path: "/admission",
  validateSearch: (
    search: Search,
  ): {
    tab?: string | undefined;
    q?: string | undefined;
    standing?: string | undefined;
    protocol?: string | undefined;
    surface?: string | undefined;
    runtime?: string | undefined;
    with?: string | undefined;
    cell?: string | undefined;
  } => ({
    tab: text(search, "tab"),
    q: text(search, "q"),
    standing: text(search, "standing"),
    protocol: text(search, "protocol"),
    surface: text(search, "surface"),
    runtime: text(search, "runtime"),
    with: text(search, "with"),
    cell: text(search, "cell"),
  }),
  component: lazyRouteComponent(() => import("../admission/admission-page.tsx"), "AdmissionPage"),
});

const migrations = createRoute({
  getParentRoute: () => root,
  path: "/migrations",
  component: lazyRouteComponent(() => import("../migrations/migrations-page.tsx"), "MigrationsPage"),
});

const compositions = createRoute({
  getParentRoute: () => root,
  path: "/compositions",
  component: lazyRouteComponent(() => import("../compositions/compositions-page.tsx"), "CompositionsPage"),
});

const composition = createRoute({
  getParentRoute: () => root,
  path: "/compositions/$id",
  component: lazyRouteComponent(() => import("../compositions/composition-page.tsx"), "CompositionPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    protocols,
    protocol,
    openSession,
    compare,
    sessions,
    session,
    findings,
    admission,
    authorities,
    authority,
    journal,
    context,
    ceremonies,
    ceremony,
    reconfiguration,
    bundle,
    migrations,
    compositions,
    composition,
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: false,
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

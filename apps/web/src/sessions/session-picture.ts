import type { LocalType } from "@parley/core";
import type { Automaton, MessageRow } from "@parley/core/diagram";
import type { SessionView } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import type { Statement } from "./debug/source-lines.ts";

/** What the source of a session says about it; the same at every position. */
export interface SessionPicture {
  /** Bound roles in order of declaration. */
  readonly roles: readonly string[];
  automatonOf(role: string): Automaton | undefined;
  /** The statement of an edge: its guard, cost, facts as written. */
  statementOf(edge: string): MessageRow | undefined;
  /** Every statement with its place in the text. */
  readonly statements: readonly Statement[];
  /** What the source says after the first message of an arm, to the arm's end. */
  following(edge: string): readonly MessageRow[];
}

const statement = (edge: string): string => edge.replace(/#\d+$/, "");

const readPicture = async (view: SessionView): Promise<SessionPicture> => {
  const [core, diagram] = await Promise.all([import("@parley/core"), import("@parley/core/diagram")]);
  const texts = view.imports.map(({ protocol, source }) => ({ path: protocol, source }));
  const modules = core.readModules([...texts, { path: "", source: view.source }]);
  const imports = view.imports.length === 0 ? undefined : { modules, path: "" };
  const { kernel, seen } = core.analyse(view.source, {}, imports);
  const bound = kernel && core.bind(kernel, { families: view.families, names: view.names });
  const model = diagram.staticSequence(seen);
  const rows = new Map(diagram.messageRows(model).map((row) => [statement(row.edge), row]));
  const statements: Statement[] = [];
  diagram.walkRows(model.rows, (row) => {
    if (row.kind === "message" && row.span) statements.push({ edge: statement(row.edge), ...row.span });
    if (row.kind === "deed" && row.span) statements.push({ edge: row.id, ...row.span });
  });
  const local = (role: string): LocalType | undefined => {
    if (!bound?.ok) return undefined;
    const projected = core.project(bound.protocol, role);
    return projected.ok ? projected.local : undefined;
  };
  const drawn = new Map<string, Automaton | undefined>();
  return {
    roles: bound?.ok ? bound.protocol.roles : view.roles.map(({ role }) => role),
    automatonOf: (role) => {
      if (!drawn.has(role)) {
        const type = local(role);
        drawn.set(role, type && diagram.automaton(type));
      }
      return drawn.get(role);
    },
    statementOf: (edge) => rows.get(statement(edge)),
    statements,
    following: (edge) => {
      let after: readonly MessageRow[] = [];
      diagram.walkRows(model.rows, (row) => {
        if (row.kind !== "frame" || row.frame !== "choice") return;
        for (const section of row.sections) {
          const [first, ...rest] = diagram.messageRows({ ...model, rows: section.rows });
          if (first?.edge === edge) after = rest;
        }
      });
      return after;
    },
  };
};

/** Computed once a session, from its own source and numbers. */
export const useSessionPicture = (view: SessionView | undefined): SessionPicture | undefined =>
  useQuery({
    queryKey: ["session", view?.id, "picture"],
    queryFn: () => (view ? readPicture(view) : undefined),
    enabled: view !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    // Holds functions and automata, which have no JSON to share structure with.
    structuralSharing: false,
  }).data;

/** The place of a role in the declaration, members with their family: its hue. */
export const ordinalsOf = (roles: readonly string[]): ReadonlyMap<string, number> => {
  const base = (role: string): string => role.replace(/\[\d+\]$/, "");
  const families = [...new Set(roles.map(base))];
  return new Map(roles.map((role) => [role, families.indexOf(base(role))]));
};

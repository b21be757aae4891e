import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Analysis, analyse, type LocalType } from "@parley/core";
import {
  automaton,
  automatonGraph,
  automatonToDot,
  automatonToMermaid,
  automatonToSvg,
  type ElkAnswer,
  type ElkRequest,
  elkAnswer,
  elkRequest,
  type GraphEdge,
  type GraphNode,
  type Placed,
  roleGraph,
  roleGraphRequest,
  roleGraphToDot,
  roleGraphToMermaid,
  roleGraphToSvg,
  type SequenceModel,
  type SvgTheme,
  sequenceLayout,
  staticSequence,
  toMermaid,
  toSvg,
} from "@parley/core/diagram";
import { pretty } from "../report/diagnostics.ts";
import { FINDINGS, OK, UsageError } from "../report/exit.ts";
import { importsBeside } from "../report/imports.ts";
import { readText } from "../report/input.ts";

const VIEWS = ["sequence", "roles", "automaton"] as const;
const FORMS = ["svg", "mermaid", "dot", "json"] as const;
const THEMES = ["auto", "light", "dark"] as const;

const oneOf = <T extends string>(name: string, text: string | undefined, list: readonly T[]): T => {
  const [first] = list;
  if (text === undefined && first !== undefined) return first;
  const found = list.find((item) => item === text);
  if (found === undefined) throw new UsageError(`--${name} is ${list.join("|")}, not ${text}`);
  return found;
};

/** `--unfold W=3`: families drawn member by member. */
const unfolding = (list: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    list.map((text) => {
      const [family = "", size] = text.split("=");
      const count = Number(size);
      if (!Number.isSafeInteger(count) || count < 1)
        throw new UsageError(`--unfold is FAMILY=N, not ${text}`);
      return [family, count];
    }),
  );

/** The layouter is heavy and only pictures of graphs need it. */
const place = async (
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  direction: "RIGHT" | "DOWN",
): Promise<Placed> => {
  // Its types say the module has a default; as CommonJS it is the default.
  const { default: bundled } = await import("elkjs/lib/elk.bundled.js");
  const Elk = bundled as unknown as new () => { layout(graph: ElkRequest): Promise<ElkAnswer> };
  return elkAnswer(await new Elk().layout(elkRequest(nodes, edges, direction)));
};

interface Wanted {
  readonly form: (typeof FORMS)[number];
  readonly theme: SvgTheme;
  readonly title: string;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;

const unsuitable = (view: string, form: string): never => {
  throw new UsageError(`--as ${form} cannot show --view ${view}`);
};

const drawSequence = (model: SequenceModel, { form, theme, title }: Wanted): string => {
  const layout = sequenceLayout(model);
  if (form === "json") return json({ model, layout });
  if (form === "mermaid") return toMermaid(model);
  return form === "svg" ? toSvg(layout, { theme, title }) : unsuitable("sequence", form);
};

const drawRoles = async (model: SequenceModel, { form, theme, title }: Wanted): Promise<string> => {
  const graph = roleGraph(model);
  if (form === "dot") return roleGraphToDot(graph, title);
  if (form === "mermaid") return roleGraphToMermaid(graph);
  const { nodes, edges } = roleGraphRequest(graph);
  const placed = await place(nodes, edges, "RIGHT");
  if (form === "json") return json({ graph, placed: plain(placed) });
  return roleGraphToSvg(graph, placed, title, theme);
};

const drawAutomaton = async (type: LocalType, { form, theme, title }: Wanted): Promise<string> => {
  const machine = automaton(type);
  if (form === "dot") return automatonToDot(machine, title);
  if (form === "mermaid") return automatonToMermaid(machine);
  const graph = automatonGraph(machine);
  const placed = await place(graph.nodes, graph.edges, "RIGHT");
  if (form === "json") return json({ automaton: machine, placed: plain(placed) });
  return automatonToSvg(graph, placed, title, theme);
};

const plain = (placed: Placed): unknown => ({
  width: placed.width,
  height: placed.height,
  nodes: Object.fromEntries(placed.nodes),
  edges: Object.fromEntries(placed.edges),
});

/** The local type of a role, or of the first role when none is named. */
const localOf = (analysis: Analysis, role: string | undefined): { role: string; type: LocalType } => {
  const locals = analysis.samples?.at(-1)?.locals ?? {};
  const name = role ?? Object.keys(locals)[0] ?? "";
  const type = Object.hasOwn(locals, name) ? locals[name] : undefined;
  if (type === undefined)
    throw new UsageError(
      `there is no automaton of ${name || "any role"}; roles: ${Object.keys(locals).join(", ")}`,
    );
  return { role: name, type };
};

/**
 * Draws a protocol as a file: the same geometry as the studio's pictures. A
 * text with errors is drawn as far as it could be read, its findings go to
 * stderr, and the exit status says so.
 */
export const draw = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      as: { type: "string" },
      view: { type: "string" },
      role: { type: "string" },
      theme: { type: "string" },
      unfold: { type: "string", multiple: true },
      import: { type: "string", multiple: true },
      output: { type: "string", short: "o" },
    },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("which file?");
  const form = oneOf("as", values.as, FORMS);
  const view = oneOf("view", values.view, VIEWS);
  const theme = oneOf("theme", values.theme, THEMES);
  const source = readText(file);
  const analysis = analyse(source, {}, importsBeside(file, source, values.import));
  const errors = analysis.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) console.error(pretty(file, analysis.source, errors));
  if (analysis.file.protocol === undefined) return FINDINGS;
  const title = analysis.file.protocol.name.text;
  const model = staticSequence(analysis.seen, { unfold: unfolding(values.unfold ?? []) });
  let picture: string;
  if (view === "automaton") {
    if (analysis.kernel === undefined) return FINDINGS;
    const { role, type } = localOf(analysis, values.role);
    picture = await drawAutomaton(type, { form, theme, title: `${title} · ${role}` });
  } else
    picture =
      view === "roles"
        ? await drawRoles(model, { form, theme, title })
        : drawSequence(model, { form, theme, title });
  if (values.output === undefined) process.stdout.write(picture);
  else writeFileSync(values.output, picture);
  return errors.length === 0 ? OK : FINDINGS;
};

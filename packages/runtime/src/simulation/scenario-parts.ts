import type { ScenarioNames } from "./scenario-help.ts";
import { TomlPlaces } from "./toml-places.ts";

/** A common part of a scenario, ready to be put into its text. */
export interface ScenarioPart {
  readonly id: "latency" | "loss" | "reorder" | "partition" | "crash" | "forgery" | "decision" | "monitor";
  readonly label: string;
  readonly doc: string;
}

export const scenarioParts: readonly ScenarioPart[] = [
  { id: "latency", label: "Latency", doc: "Messages take 20 ms, give or take a fifth." },
  { id: "loss", label: "Loss", doc: "One message in ten is lost." },
  { id: "reorder", label: "Reordering", doc: "One message in ten is overtaken by later ones." },
  { id: "partition", label: "Partition", doc: "Two groups of roles cannot reach each other." },
  { id: "crash", label: "Crash", doc: "A role stops for two seconds." },
  { id: "forgery", label: "Forgery", doc: "The payload of one message arrives changed." },
  { id: "decision", label: "Decision", doc: "What a role chooses." },
  { id: "monitor", label: "Monitor", doc: "What must always, never or some time hold." },
];

/** Keys of a table that the text may have already, as its lines. */
interface TableLines {
  readonly table: string;
  readonly lines: readonly (readonly [key: string, value: string])[];
}

const tableLines: { readonly [id in ScenarioPart["id"]]?: TableLines } = {
  latency: {
    table: "network",
    lines: [
      ["base_latency_ms", '"20ms"'],
      ["latency_variance", "0.2"],
    ],
  },
  loss: { table: "network", lines: [["loss_probability", "0.1"]] },
  reorder: { table: "network", lines: [["reorder_probability", "0.1"]] },
  monitor: {
    table: "properties",
    lines: [
      ["invariants", '["no_faults"]'],
      ["never", '["stuck"]'],
    ],
  },
};

const quoted = (name: string | undefined): string => JSON.stringify(name ?? "Role");

const newTable = (id: ScenarioPart["id"], { roles, messages, labels }: ScenarioNames): string => {
  const [first, second = first, ...others] = roles;
  switch (id) {
    case "partition":
      return [
        "[[reconfigurations]]",
        "trigger = { after_step = 4 }",
        `action = { type = "federation", federation = "split", groups = [[${quoted(first)}], [${[second, ...others].map(quoted).join(", ")}]] }`,
        "",
        "[[reconfigurations]]",
        'trigger = { at_tick = "5s" }',
        'action = { type = "federation", federation = "split", enabled = false }',
      ].join("\n");
    case "crash":
      return [
        "[[adversaries]]",
        'id = "power-cut"',
        `trigger = { on_event = { kind = "sent", role = ${quoted(first)} } }`,
        `action = { type = "crash", role = ${quoted(second)}, duration = "2s" }`,
        "budget = { total = 1 }",
      ].join("\n");
    case "forgery":
      return [
        "[[adversaries]]",
        'id = "forger"',
        `action = { type = "corruption", how = "tamper"${messages[0] === undefined ? "" : `, message = ${quoted(messages[0])}`} }`,
        "budget = { total = 1 }",
      ].join("\n");
    default:
      return ["[[decide]]", `role = ${quoted(first)}`, `take = ${JSON.stringify(labels[0] ?? "Label")}`].join(
        "\n",
      );
  }
};

/** One insertion. */
export interface PartEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Puts a part into a scenario: keys go into their table where there is one and
 * only where they are missing; other parts are added at the end. Nothing
 * written is changed; no edits when all of it is there.
 */
export const insertPart = (
  text: string,
  id: ScenarioPart["id"],
  names: ScenarioNames,
): readonly PartEdit[] => {
  const end = text.trimEnd().length;
  const append = (part: string): readonly PartEdit[] => [
    { start: end, end: text.length, text: `${end === 0 ? "" : "\n\n"}${part}\n` },
  ];
  const lines = tableLines[id];
  if (lines === undefined) return append(newTable(id, names));
  const places = new TomlPlaces(text);
  const written = new Set(places.all.map(({ path }) => path));
  const missing = lines.lines
    .filter(([key]) => !written.has(`${lines.table}.${key}`))
    .map(([key, value]) => `${key} = ${value}`);
  if (missing.length === 0) return [];
  const header = places.all.find(({ path, kind }) => path === lines.table && kind === "header");
  if (header === undefined) return append([`[${lines.table}]`, ...missing].join("\n"));
  const at = text.indexOf("\n", header.key.end);
  const place = at < 0 ? text.length : at;
  return [{ start: place, end: place, text: `\n${missing.join("\n")}` }];
};

/** A name that can stand in a scenario and in an address. */
export const scenarioName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50) || "scenario";

/** What a first scenario is made from. */
export interface ScenarioBasis {
  readonly roles: readonly string[];
  /** Sizes and numbers the protocol is known to run with; empty where it needs none. */
  readonly families: { readonly [family: string]: number };
  readonly names: { readonly [name: string]: number };
}

const sizeLines = (table: string, sizes: { readonly [name: string]: number }): readonly string[] =>
  Object.keys(sizes).length === 0
    ? []
    : ["", `[${table}]`, ...Object.entries(sizes).map(([name, size]) => `${name} = ${size}`)];

/** A first scenario of a protocol: a network that loses messages, and what must hold all the same. */
export const firstScenario = (name: string, { roles, families, names }: ScenarioBasis): string =>
  [
    `name = ${JSON.stringify(name)}`,
    'title = "A network that loses a message now and then"',
    ...(roles.length === 0 ? [] : [`roles = [${roles.map((role) => JSON.stringify(role)).join(", ")}]`]),
    "steps = 2000",
    "seed = 1",
    'policy = "random"',
    ...sizeLines("families", families),
    ...sizeLines("names", names),
    "",
    "[network]",
    'base_latency_ms = "20ms"',
    "latency_variance = 0.2",
    "loss_probability = 0.1",
    "",
    "[properties]",
    'invariants = ["no_faults"]',
    'never = ["stuck"]',
    "",
  ].join("\n");

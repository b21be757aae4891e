import {
  assumptionBundles,
  assumptionFailures,
  envelopeProfiles,
  eventKinds,
  outcomes,
  policies,
  schedulerProfiles,
  schedulers,
} from "./scenario.ts";

/** What a value of a scenario is. */
export type SchemaType =
  | "text"
  | "count"
  | "duration"
  | "chance"
  | "flag"
  | "word"
  | "value"
  | "texts"
  | "table"
  | "tables"
  /** Names of any kind with whole numbers. */
  | "numbers"
  | "any";

/** What a text names, where it names something of the protocol. */
export type SchemaReference = "role" | "message" | "label" | "predicate" | "invariant";

/** One key of a scenario: what may stand there and what it means. */
export interface SchemaKey {
  readonly key: string;
  readonly type: SchemaType;
  /** One or two sentences for people. */
  readonly doc: string;
  /** Of a `word`: all there are. */
  readonly words?: readonly string[];
  /** Of a table or a list of tables. */
  readonly keys?: readonly SchemaKey[];
  readonly refers?: SchemaReference;
  /** Read only to be refused. */
  readonly unsupported?: true;
}

const key = (
  name: string,
  type: SchemaType,
  doc: string,
  more: Pick<SchemaKey, "words" | "keys" | "refers" | "unsupported"> = {},
): SchemaKey => ({ key: name, type, doc, ...more });

const role = (name: string, doc: string): SchemaKey => key(name, "text", doc, { refers: "role" });
const message = (name: string, doc: string): SchemaKey => key(name, "text", doc, { refers: "message" });
const table = (name: string, doc: string, keys: readonly SchemaKey[]): SchemaKey =>
  key(name, "table", doc, { keys });
const tables = (name: string, doc: string, keys: readonly SchemaKey[]): SchemaKey =>
  key(name, "tables", doc, { keys });
const word = (name: string, doc: string, words: readonly string[]): SchemaKey =>
  key(name, "word", doc, { words });

const corruptions = ["tamper", "bit_flip", "truncation", "payload_erase"];
const how = word("how", "What becomes of the payload.", corruptions);

const link: readonly SchemaKey[] = [
  role("from", "The sending end."),
  role("to", "The receiving end."),
  key("enabled", "flag", "Whether anything gets through at all."),
  key("base_latency_ms", "duration", "How long a message takes here."),
  key("latency_variance", "chance", "0.2 lets the latency vary by 20 % either way."),
  key("loss_probability", "chance", "Chance that a message is lost here."),
];

const trigger = table(
  "trigger",
  "When it starts: exactly one of these. Without one, at once. It fires once.",
  [
    key("immediate", "flag", "At once."),
    key("at_tick", "duration", "At this moment of simulated time."),
    key("after_step", "count", "Once this many rounds have run."),
    key("random", "chance", "The chance that it fires, drawn each round."),
    table("on_event", "When something happens in the run.", [
      word("kind", "What happens.", eventKinds),
      role("role", "Whose event it is; left out, anybody's."),
      message("message", "Which message it is about; left out, any."),
    ]),
  ],
);

const filter: readonly SchemaKey[] = [
  role("from", "Only messages this role sends."),
  role("to", "Only messages to this role."),
  message("message", "Only messages of this name."),
];

const network = table(
  "network",
  "What happens to every message on its way. Without it messages arrive at once.",
  [
    key("base_latency_ms", "duration", "How long a message takes."),
    key("latency_variance", "chance", "0.2 lets the latency vary by 20 % either way."),
    key("loss_probability", "chance", "Chance that a message is lost."),
    key(
      "reorder_probability",
      "chance",
      "Chance that a message is held back, so that later ones overtake it.",
    ),
    key("reorder_delay_ms", "duration", "How long such a message is held back."),
    key("corruption_probability", "chance", "Chance that a payload arrives changed."),
    word("corruption", "What a change does to a payload.", corruptions),
    key("ordered", "flag", "Keeps the order of each edge whatever the latency."),
    tables("links", "Exceptions for one direction between two roles; the last one for an edge counts.", link),
  ],
);

const adversaries = tables("adversaries", "Crashes, delays, losses and forgeries, each with a budget.", [
  key("id", "text", "A name of its own, for reports and sweeps."),
  trigger,
  table("action", "What it does.", [
    word("type", "The kind of action.", [
      "withholding",
      "timing_disturbance",
      "corruption",
      "crash",
      "byzantine_interference",
      "substitution",
    ]),
    role("role", "Of a crash: the role that stops."),
    key("duration", "duration", "Of a crash: how long; left out, for good."),
    key("ticks", "duration", "Of a timing disturbance: how long messages are held."),
    how,
    key("withholding_probability", "chance", "Of byzantine interference: chance that a message vanishes."),
    key("corruption_probability", "chance", "Of byzantine interference: chance that a payload is changed."),
    key("delay_ticks", "duration", "Of byzantine interference: how long the rest is held."),
    key("label", "text", "Of a substitution: the message put in its place.", { refers: "message" }),
    key("payload", "value", "Of a substitution: the payload put in its place."),
    ...filter,
  ]),
  table("budget", "How often it may act.", [
    key("total", "count", "Messages it may act on; 1 for a crash."),
    word("mode", "How the budget is spent.", ["activation", "independent", "windowed", "correlated"]),
    key("probability", "chance", "Of `independent` and `correlated`: the chance to act."),
    key("window_ticks", "count", "Of `windowed`: the length of a window."),
    key("max_per_window", "count", "Of `windowed`: how often in one window."),
    key("burst_ticks", "count", "Of `correlated`: how long a burst lasts."),
    word("assumption_failure", "Which assumption of the protocol this breaks.", assumptionFailures),
  ]),
]);

const reconfigurations = tables("reconfigurations", "Changes of links and partitions during the run.", [
  trigger,
  table("action", "What changes.", [
    word(
      "type",
      "`link` replaces a link, `federation` makes or heals a partition; the others are kept with whom they concern.",
      ["link", "federation", "delegation", "handoff", "mode_transition"],
    ),
    ...link,
    key("federation", "text", "The name of the partition, by which it is ended again."),
    key("groups", "any", 'Groups of roles that only reach their own: `[["A"], ["B", "C"]]`.'),
    key("scope", "text", "Of a delegation: what is delegated."),
    key("handoff_id", "text", "Of a handoff: its id."),
    role("from_role", "Of a delegation or handoff: who gives."),
    role("to_role", "Of a delegation or handoff: who takes."),
    key("roles", "texts", "Of a mode transition: who changes.", { refers: "role" }),
    key("from_mode", "text", "Of a mode transition: the mode before."),
    key("to_mode", "text", "Of a mode transition: the mode after."),
  ]),
  table("effect", "What the change costs.", [
    word("kind", "Pure, or a transition with a cost.", ["pure", "transition_choreography"]),
    key("budget_cost", "count", "What a transition takes from the budget."),
  ]),
]);

const predicates = (name: string, doc: string): SchemaKey =>
  key(name, "tables", doc, {
    refers: "predicate",
    keys: [
      key("name", "text", "What a report calls it."),
      key("predicate", "text", "What is looked at in every state.", { refers: "predicate" }),
    ],
  });

const properties = table("properties", "What the run is watched for.", [
  key(
    "invariants",
    "texts",
    "`no_faults`, `buffer_bound(sid,max)`, `send_recv_liveness(sid,bound)`, `type_monotonicity(sid)`; the session is 0.",
    { refers: "invariant" },
  ),
  predicates("always", "Holds in every state."),
  predicates("never", "Holds in no state."),
  predicates("eventually", "Holds in some state."),
  tables("liveness", "Once the precondition holds, the goal does within `bound` rounds.", [
    key("name", "text", "What a report calls it."),
    key("precondition", "text", "From when on.", { refers: "predicate" }),
    key("goal", "text", "What must come.", { refers: "predicate" }),
    key("bound", "count", "Within so many rounds."),
  ]),
]);

/** Every key of a scenario, as the reader takes them and the editor offers them. */
export const scenarioSchema: readonly SchemaKey[] = [
  key("name", "text", "Letters, digits, `.`, `_` and `-`; required."),
  key("title", "text", "A sentence for people."),
  key("roles", "texts", "The roles it was written for; left out, those of the protocol.", { refers: "role" }),
  key("families", "numbers", "The size of every open family."),
  key("names", "numbers", "The number each name stands for."),
  key("steps", "count", "At most `steps - 1` rounds run; 10,000 when left out."),
  key(
    "seed",
    "count",
    "What chance starts from: a whole number below 2^64. The same seed gives the same run.",
  ),
  word("policy", "Who decides where `decide` says nothing; `script` for nobody.", policies),
  table("execution", "How the machine picks who runs next.", [
    word("scheduler_policy", "Whose turn it is.", schedulers),
    word("backend", "Only `canonical` runs here.", ["auto", "canonical", "threaded"]),
    key("scheduler_concurrency", "count", "1."),
    key("worker_threads", "count", "1."),
  ]),
  network,
  table("field", "Numbers that roles carry and move step by step.", [
    word("layer", "The rule they move by.", ["mean_field", "hamiltonian", "continuum_field"]),
    table("params", "What the rule needs, all of it.", [
      key("step_size", "chance", "How far one step goes."),
      key("beta", "chance", "Of a mean field: how strongly the difference is fed back."),
      key("species", "texts", "Of a mean field: names of the two shares."),
      key("initial_state", "any", "Of a mean field: the two shares every role starts with."),
      key("spring_constant", "chance", "Of a hamiltonian: the pull towards the peer."),
      key("mass", "chance", "Of a hamiltonian: above 0."),
      key("dimensions", "count", "Of a hamiltonian: carried along."),
      key("initial_positions", "any", "Of a hamiltonian: one number a role."),
      key("initial_momenta", "any", "Of a hamiltonian: one number a role."),
      key("coupling", "chance", "Of a continuum: how fast a role nears its peer."),
      key("components", "any", "Of a continuum: carried along."),
      key("initial_fields", "any", "Of a continuum: one number a role."),
    ]),
  ]),
  reconfigurations,
  adversaries,
  tables("faults", "Faults of single messages, without chance; what minimising writes.", [
    role("from", "The sender."),
    role("to", "The receiver."),
    key("nth", "count", "Which message of this edge, from 0."),
    word("do", "What becomes of it.", ["drop", "delay", "corrupt", "replace"]),
    key("ms", "duration", "Of a delay: how long."),
    how,
    key("label", "text", "Of a replacement: the message in its place.", { refers: "message" }),
    key("payload", "value", "Of a replacement: the payload in its place."),
  ]),
  tables("decide", "What roles choose.", [
    role("role", "Who decides; a family stands for its members."),
    key("take", "text", "The label or arm taken.", { refers: "label" }),
    key("nth", "count", "Only at this one of its decisions, from 0."),
  ]),
  tables("payload", "What messages hold.", [
    role("role", "Who sends it."),
    message("message", "Which message."),
    key("value", "value", "A number, a text, true or false; JSON text where the type is declared."),
    key("nth", "count", "Only the nth time, from 0."),
  ]),
  properties,
  table("expect", "What the run must show to pass: this makes a scenario a test.", [
    word("outcome", "How the run ends.", outcomes),
    key("violations", "texts", "Names of the properties that break; none when left out."),
    key("holds", "texts", "Predicates that hold at the end.", { refers: "predicate" }),
  ]),
  key("checkpoint_interval", "count", "A checkpoint every so many rounds."),
  table("theorem", "What the author claims of the run; never changes it.", [
    word("scheduler_profile", "The scheduler claimed.", schedulerProfiles),
    word("envelope_profile", "The envelope claimed.", envelopeProfiles),
    word("assumption_bundle", "The assumptions claimed.", assumptionBundles),
  ]),
  table("durability", "Only `disabled`.", [word("mode", "Only `disabled`.", ["disabled", "wal"])]),
  key("extensions", "any", "Anything, for other tools."),
];

/** The steps of a path without places in lists: `adversaries[0].budget` is `adversaries`, `budget`. */
const stepsOf = (path: string): readonly string[] =>
  path === "" ? [] : path.replace(/\[\d+\]/g, "").split(".");

/** The key a path of a scenario leads to, whatever its places in lists. */
export const schemaKeyAt = (path: string): SchemaKey | undefined => {
  let keys: readonly SchemaKey[] | undefined = scenarioSchema;
  let found: SchemaKey | undefined;
  for (const step of stepsOf(path)) {
    found = keys?.find((one) => one.key === step);
    if (found === undefined) return undefined;
    keys = found.keys;
  }
  return found;
};

/** The keys that may stand in the table at a path; the whole scenario for `""`. */
export const schemaKeysIn = (path: string): readonly SchemaKey[] =>
  path === "" ? scenarioSchema : (schemaKeyAt(path)?.keys ?? []);

const typeWords: { readonly [type in SchemaType]: string } = {
  text: "a text",
  count: "a whole number",
  duration: 'milliseconds, or a text such as "250ms"',
  chance: "a number such as 0.05",
  flag: "true or false",
  word: "one of a few words",
  value: "a number, a text, true or false",
  texts: "a list of texts",
  table: "a table",
  tables: "a list of tables",
  numbers: "names with whole numbers",
  any: "as described",
};

/** What stands at a key, in words. */
export const schemaTypeText = ({ type, words }: SchemaKey): string =>
  words === undefined ? typeWords[type] : words.map((one) => `"${one}"`).join(", ");

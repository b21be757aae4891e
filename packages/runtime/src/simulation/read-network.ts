import type { Fields } from "./fields.ts";
import type { Corruption, LinkPolicy, NetworkModel } from "./scenario.ts";

const policyKeys = ["enabled", "base_latency_ms", "latency_variance", "loss_probability"];
export const linkKeys = ["from", "to", ...policyKeys];

const corruptions = ["tamper", "bit_flip", "truncation", "payload_erase"] as const;
const machineWords: { readonly [word in (typeof corruptions)[number]]: Corruption } = {
  tamper: "tamper",
  bit_flip: "bitFlip",
  truncation: "truncation",
  payload_erase: "payloadErase",
};

export const readCorruption = (of: Fields, key: string): Corruption =>
  machineWords[of.word(key, corruptions, "tamper")];

/** The two ends of an edge: known, and not one role. */
export const readEnds = (
  of: Fields,
  roles: readonly string[],
): { readonly from: string; readonly to: string } => {
  const [from, to] = [of.text("from"), of.text("to")];
  if (from !== "" && roles.length > 0 && !roles.includes(from))
    of.report("unknown-role", "from", `unknown from-role ${from}`, `Name one of ${roles.join(", ")}.`);
  if (to !== "" && roles.length > 0 && !roles.includes(to))
    of.report("unknown-role", "to", `unknown to-role ${to}`, `Name one of ${roles.join(", ")}.`);
  if (from === to && from !== "")
    of.report("bad-roles", "to", `identical from/to role ${from}`, "Name two different roles.");
  return { from, to };
};

/** One directed link; absent fields fall back to the network's own. */
export const readLink = (of: Fields, roles: readonly string[]): LinkPolicy => ({
  ...readEnds(of, roles),
  enabled: of.flag("enabled", true),
  latency: of.ticks("base_latency_ms"),
  variance: of.variance("latency_variance"),
  loss: of.probability("loss_probability"),
});

/** A network that delivers everything at once. */
export const perfectNetwork: NetworkModel = {
  latency: 0,
  variance: 0n,
  loss: 0n,
  reorder: 0n,
  reorderDelay: 0,
  corrupt: 0n,
  corruption: "tamper",
  ordered: false,
  links: [],
};

/** Reads `[network]` (spec/simulation.md §3.4), with reordering and corruption of our own. */
export const readNetwork = (of: Fields, roles: readonly string[]): NetworkModel | undefined => {
  if (!of.has("network")) return undefined;
  const table = of.table("network", [
    "base_latency_ms",
    "latency_variance",
    "loss_probability",
    "reorder_probability",
    "reorder_delay_ms",
    "corruption_probability",
    "corruption",
    "ordered",
    "links",
  ]);
  const latency = table.ticks("base_latency_ms") ?? 0;
  const network: NetworkModel = {
    latency,
    variance: table.variance("latency_variance") ?? 0n,
    loss: table.probability("loss_probability") ?? 0n,
    reorder: table.probability("reorder_probability") ?? 0n,
    reorderDelay: table.ticks("reorder_delay_ms") ?? 2 * latency + 5,
    corrupt: table.probability("corruption_probability") ?? 0n,
    corruption: readCorruption(table, "corruption"),
    ordered: table.flag("ordered", false),
    links: table.tables("links", linkKeys).map((link) => readLink(link, roles)),
  };
  if (network.ordered && network.reorder > 0n)
    table.report(
      "conflict",
      "ordered",
      "an ordered network cannot reorder",
      "Remove `ordered` or `reorder_probability`.",
    );
  return network;
};

import { type CodeEntry, error, warning } from "../diagnostics/code-entry.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ReportOptions } from "../diagnostics/sink.ts";
import type { Span } from "../text/span.ts";

/** Findings about topology files (37xx): 370x of the text alone, 371x beside the protocol it is for. */
export const topologyCodes = {
  topologySyntax: error("PAR3701", "Topology not read", "expected {expected}, found {found}"),
  topologyMode: error("PAR3702", "Unknown mode", "the mode `{mode}` is not known here; it is `local`"),
  topologyLocation: error(
    "PAR3703",
    "Not a location",
    "{found} is no location: write `local`, `colocated(Role)` or `host:port`",
  ),
  topologyConstraint: error("PAR3704", "Not a constraint", "this constraint says nothing: {reason}"),
  topologyCapacity: error(
    "PAR3705",
    "Not a capacity",
    "a capacity is a number of bits from 1 to {limit}, not {found}",
  ),
  topologyIdentifier: error(
    "PAR3706",
    "Not a name",
    "`{found}` is not a name: names start with a letter and hold letters, digits and `_`",
  ),
  topologyOrder: error(
    "PAR3707",
    "Blocks out of order",
    "`{found}` comes too late: the order is places, role_constraints, channel_capacities, constraints, each once",
  ),
  topologyTwice: warning("PAR3708", "Said twice", "{what} is given twice; the last one counts"),
  topologyOtherProtocol: error(
    "PAR3711",
    "Topology of another protocol",
    "this topology is for `{found}`, and the protocol is `{protocol}`",
  ),
  topologyUnknownRole: error("PAR3712", "Unknown role", "the protocol {protocol} has no role `{role}`"),
  topologyNoChannel: warning(
    "PAR3713",
    "Capacity of no channel",
    "{from} never sends to {to} in {protocol}, so this capacity bounds nothing",
  ),
  topologyContradiction: error(
    "PAR3714",
    "Places contradict",
    "{a} and {b} are to be separated, and are together: {why}",
  ),
  topologyTwoPlaces: error("PAR3715", "Two places", "{role} is to be at {first} and at {second}"),
  topologyCount: error(
    "PAR3716",
    "Impossible number of members",
    "{role} has {has}, and the topology asks for {asks}",
  ),
} as const satisfies Record<string, CodeEntry>;

export type TopologyCodeName = keyof typeof topologyCodes;

const fill = (text: string, args: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => args[name] ?? place);

/** One finding of a row of the table. */
export const topologyDiagnostic = (
  name: TopologyCodeName,
  span: Span,
  { args = {}, related = [], fix, hint }: ReportOptions = {},
): Diagnostic => {
  const { id, severity, text } = topologyCodes[name];
  const sentence = fill(text, args);
  const message = hint === undefined ? sentence : `${sentence}; ${hint}`;
  return { code: id, severity, span, message, related, args, ...(fix === undefined ? {} : { fix }) };
};

import type { Incident } from "./incident.ts";
import type { RawScenario } from "./raw-scenario.ts";
import type { SimulationResult } from "./result.ts";
import type { Corruption } from "./scenario.ts";

const words: { readonly [how in Corruption]: string } = {
  tamper: "tamper",
  bitFlip: "bit_flip",
  truncation: "truncation",
  payloadErase: "payload_erase",
};

/** One row of `[[faults]]` for what happened to a message. */
const faultRow = (incident: Incident): RawScenario | undefined => {
  switch (incident.kind) {
    case "dropped":
    case "corrupted":
    case "replaced":
    case "arrived":
      break;
    default:
      return undefined;
  }
  const { from, to, seq: nth } = incident;
  switch (incident.kind) {
    case "dropped":
      return { from, to, nth, do: "drop" };
    case "corrupted":
      return { from, to, nth, do: "corrupt", how: words[incident.how] };
    case "replaced":
      return {
        from,
        to,
        nth,
        do: "replace",
        ...(incident.into === null ? {} : { label: incident.into }),
        ...(incident.payload === null ? {} : { payload: incident.payload }),
      };
    case "arrived":
      return { from, to, nth, do: "delay", ms: incident.ticks };
  }
};

/** A message that had not arrived when the run ended was late for good. */
const neverArrived = ({ inFlight, clock }: SimulationResult): readonly RawScenario[] =>
  inFlight.map(({ from, to, seq: nth }) => ({ from, to, nth, do: "delay", ms: clock + 1 }));

/** Each crash as an adversary that strikes at the tick it did. */
const crashRows = (incidents: readonly Incident[]): readonly RawScenario[] =>
  incidents.flatMap((incident) =>
    incident.kind !== "crashed"
      ? []
      : [
          {
            trigger: { at_tick: incident.at },
            action: {
              type: "crash",
              role: incident.role,
              ...(incident.until === null ? {} : { duration: incident.until - incident.at }),
            },
            budget: { total: 1, mode: "activation" },
          },
        ],
  );

/**
 * The same run without chance: what the network and the adversaries did as one
 * row per message, what the policy decided as rows of the script. The seed has
 * nothing to say in it any more.
 */
export const concretise = (raw: RawScenario, result: SimulationResult): RawScenario => {
  const { network: _network, reconfigurations: _changes, seed: _seed, ...kept } = raw;
  const faults = [...result.incidents.flatMap((one) => faultRow(one) ?? []), ...neverArrived(result)];
  const adversaries = crashRows(result.incidents);
  const decide = result.decisions.map(({ role, nth, take }) => ({ role, nth, take }));
  return { ...kept, policy: "first", faults, adversaries, decide };
};

import { note } from "./note.ts";
import type { Reconfiguration } from "./scenario.ts";
import type { Sim } from "./sim-state.ts";
import { fires, type Moment } from "./trigger.ts";

/** The roles a change concerns (spec/simulation.md §3.6). */
export const footprintOf = (change: Reconfiguration): readonly string[] => {
  switch (change.kind) {
    case "link":
      return [change.link.from, change.link.to];
    case "federation":
      return [...new Set(change.groups.flat())].sort();
    case "mode":
      return change.roles;
    default:
      return [change.from, change.to];
  }
};

const apply = ({ state }: Sim, change: Reconfiguration): string => {
  switch (change.kind) {
    case "mode":
      return `${change.roles.join(", ")} from ${change.from} to ${change.to}`;
    case "link": {
      const { from, to } = change.link;
      state.links = [...state.links.filter((link) => link.from !== from || link.to !== to), change.link];
      return `link ${from} to ${to}`;
    }
    case "federation": {
      const { federation: name, groups, enabled } = change;
      const others = state.federations.filter((federation) => federation.name !== name);
      state.federations = enabled
        ? [...others, { name, groups }].sort((a, b) => (a.name < b.name ? -1 : 1))
        : others;
      return `federation ${name} ${enabled ? "set" : "cleared"}`;
    }
    default:
      return `${change.kind} ${change.subject} from ${change.from} to ${change.to}`;
  }
};

/** Applies the reconfigurations whose time has come, in order of declaration (spec/simulation.md §6.1). */
export const reconfigure = (sim: Sim, moment: Moment): void => {
  const { state, scenario } = sim;
  scenario.reconfigurations.forEach((change, i) => {
    if (state.fired[i] || !fires(change.trigger, moment, sim.dice.reconfiguration)) return;
    state.fired = state.fired.map((fired, other) => fired || other === i);
    note(sim, {
      kind: "reconfigured",
      by: change.id,
      what: apply(sim, change),
      cost: change.cost,
      roles: footprintOf(change),
    });
  });
};

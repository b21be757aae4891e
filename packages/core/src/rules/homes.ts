/** Where a matter that used to stand in choreographies lives now (inventory 55–58). */
export const homes = {
  link: "bundles and their transfer live with the reconfiguration manager",
  ownership: "who owns a fragment is settled at admission, by the manifest",
  handoff: "the reconfiguration manager hands a session over, with a receipt",
  recovery: "what recovery rests on is a theorem pack, checked at admission",
  upgrade: "runtime upgrades are plans of the reconfiguration manager",
} as const;

export type Home = keyof typeof homes;

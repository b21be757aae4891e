import type { PlaceConstraint, RoleCount, TopologyFile, TopologyLocation } from "./node.ts";

const printLocation = (location: TopologyLocation): string => {
  switch (location.kind) {
    case "local":
      return "local";
    case "colocated":
      return `colocated(${location.with.text})`;
    case "address":
      return `${location.host}:${location.port}`;
  }
};

const printCount = ({ role, min, max }: RoleCount): string =>
  `${role.text}: min = ${min}${max === undefined ? "" : `, max = ${max}`}`;

const printConstraint = (node: PlaceConstraint): string => {
  switch (node.kind) {
    case "colocated":
    case "separated":
      return `${node.kind}: ${node.roles.map((role) => role.text).join(", ")}`;
    case "pinned":
      return `pinned: ${node.role.text} -> ${printLocation(node.location)}`;
    case "region":
      return `region: ${node.role.text} -> ${node.region.text}`;
  }
};

const block = (name: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`  ${name} {`, ...lines.map((line) => `    ${line};`), "  }"];

/** A topology file as text, one statement a line. Reading it gives the same topology again, apart from spans. */
export const printTopologyFile = (node: TopologyFile): string =>
  [
    `topology ${node.name.text} for ${node.protocol.text} {`,
    ...(node.mode === undefined ? [] : [`  mode: ${node.mode.text};`]),
    ...node.places.map(({ role, location }) => `  ${role.text}: ${printLocation(location)};`),
    ...block("role_constraints", node.counts.map(printCount)),
    ...block(
      "channel_capacities",
      node.capacities.map(({ from, to, bits }) => `${from.text} -> ${to.text}: ${bits}`),
    ),
    ...block("constraints", node.constraints.map(printConstraint)),
    "}",
    "",
  ].join("\n");

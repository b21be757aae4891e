import type { AuthorityInput } from "@parley/wire";

interface CastMember {
  readonly id: string;
  readonly name: string;
  readonly hue: number;
  readonly devices: readonly string[];
}

/** Who a fresh workspace knows, so that a session can be seated at once. */
export const cast: readonly CastMember[] = [
  { id: "ada", name: "Ada", hue: 210, devices: ["phone", "laptop"] },
  { id: "bea", name: "Bea", hue: 25, devices: ["phone"] },
  { id: "chan", name: "Chan", hue: 145, devices: ["laptop", "tablet"] },
  { id: "dee", name: "Dee", hue: 290, devices: ["phone"] },
  { id: "eli", name: "Eli", hue: 50, devices: ["laptop"] },
  { id: "fay", name: "Fay", hue: 330, devices: ["phone", "laptop"] },
  { id: "gus", name: "Gus", hue: 180, devices: ["desktop"] },
  { id: "hal", name: "Hal", hue: 95, devices: ["phone", "desktop"] },
];

/** The inputs that make one member: the authority and its devices. */
export const castInputs = ({ id, name, hue, devices }: CastMember): readonly AuthorityInput[] => [
  { kind: "authority.created", stream: id, name, hue },
  ...devices.map(
    (device): AuthorityInput => ({
      kind: "device.added",
      device: `${id}-${device}`,
      name: `${name}'s ${device}`,
    }),
  ),
];

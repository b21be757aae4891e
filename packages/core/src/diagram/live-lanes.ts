import type { Endpoint } from "./lane-table.ts";
import type { Lane } from "./sequence-model.ts";

/** The lanes of a session and where its bound roles lie on them. */
export interface LiveLanes {
  readonly lanes: readonly Lane[];
  readonly laneOf: (role: string) => Endpoint;
}

const MEMBER = /^(.*)\[(\d+)\]$/s;

/** `Guardians[0]` → family and index; a plain role has no index. */
const parseMember = (role: string): { readonly base: string; readonly index?: number } => {
  const match = MEMBER.exec(role);
  return match?.[1] === undefined ? { base: role } : { base: match[1], index: Number(match[2]) };
};

/** One lane a bound role, and one for all members of each folded family. */
export const liveLanes = (roles: readonly string[], folded: ReadonlySet<string>): LiveLanes => {
  const ordinals = new Map<string, number>();
  const sizes = new Map<string, number>();
  for (const role of roles) {
    const { base } = parseMember(role);
    if (!ordinals.has(base)) ordinals.set(base, ordinals.size);
    sizes.set(base, (sizes.get(base) ?? 0) + 1);
  }
  const lanes = new Map<string, Lane>();
  for (const role of roles) {
    const { base, index } = parseMember(role);
    const ordinal = ordinals.get(base) ?? 0;
    if (index === undefined) lanes.set(role, { id: role, kind: "role", role, ordinal });
    else if (!folded.has(base)) lanes.set(role, { id: role, kind: "member", role: base, index, ordinal });
    else if (!lanes.has(base))
      lanes.set(base, { id: base, kind: "family", role: base, size: String(sizes.get(base) ?? 0), ordinal });
  }
  const laneOf = (role: string): Endpoint => {
    if (lanes.has(role)) return { lane: role };
    const { base, index } = parseMember(role);
    return index !== undefined && lanes.has(base) ? { lane: base, note: `[${index}]` } : { lane: role };
  };
  return { lanes: [...lanes.values()], laneOf };
};

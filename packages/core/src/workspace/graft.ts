import type { Broadcast } from "../constructs/broadcast/node.ts";
import type { RoleDecl } from "../constructs/roles/node.ts";
import type { Send } from "../constructs/send/node.ts";
import type { Span } from "../text/span.ts";

/** How a part of another text is put into this one. */
export interface Graft {
  /** Where all of it stands from now on: the import it came by. */
  readonly at: Span;
  /** What a called protocol is called here. */
  readonly rename?: (target: string) => string;
  /** The roles a broadcast reaches, where they are not those of this text. */
  readonly everyone?: readonly RoleDecl[];
}

const isSpan = (value: object): boolean =>
  "start" in value && "end" in value && Object.keys(value).length === 2;

const isBroadcast = (value: unknown): value is Broadcast =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "broadcast";

/** One send to every other role: the same messages, whatever roles are declared around it. */
const legs = ({ from, record, message, span }: Broadcast, roles: readonly RoleDecl[]): readonly Send[] =>
  roles
    .filter((role) => role.name.text !== from.name.text)
    .map((role) => ({
      kind: "send",
      from,
      ...(record === undefined ? {} : { record }),
      to: { kind: "roleRef", name: role.name, span },
      message,
      span,
    }));

const graftAny = (value: unknown, how: Graft): unknown => {
  if (Array.isArray(value)) {
    const roles = how.everyone;
    const list: readonly unknown[] = value;
    const wide =
      roles === undefined
        ? list
        : list.flatMap((one): readonly unknown[] => (isBroadcast(one) ? legs(one, roles) : [one]));
    return wide.map((one) => graftAny(one, how));
  }
  if (typeof value !== "object" || value === null) return value;
  if (isSpan(value)) return how.at;
  const copy: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) copy[key] = graftAny(part, how);
  if (how.rename !== undefined && "kind" in value && value.kind === "call" && "target" in value) {
    const { text } = value.target as { readonly text: string };
    copy.target = { text: how.rename(text), span: how.at };
  }
  return copy;
};

/**
 * A copy of a tree, or of a list of trees, for another text. Trees are plain
 * data, so one walk serves every construct; expressions that call a function
 * have a `name`, not a `target`, and are left alone.
 */
export const graft = <N>(tree: N, how: Graft): N => graftAny(tree, how) as N;

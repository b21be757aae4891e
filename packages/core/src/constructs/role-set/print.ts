import type { Writer } from "../../print/writer.ts";
import type { RoleSet } from "./node.ts";

/** A role set on one line. */
export function printRoleSet({ name, members, subset }: RoleSet, w: Writer): void {
  const what =
    subset === undefined
      ? members.map((member) => member.text).join(", ")
      : `subset(${subset.of.text}, ${subset.start}..${subset.end})`;
  w.line(`role_set ${name.text} = ${what}`);
}

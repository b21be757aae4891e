import type { LocalBranch, LocalType } from "./local-type.ts";

const branches = (sign: string, list: readonly LocalBranch[]): string => {
  const one = (b: LocalBranch): string => {
    const payload = b.payload.text === "" ? "" : `(${b.payload.text})`;
    const next = b.next.kind === "end" ? "" : `. ${showLocal(b.next)}`;
    return `${b.label}${payload}${next}`;
  };
  const [first, second] = list;
  if (first !== undefined && second === undefined) return `${sign}${first.peer} ${one(first)}`;
  const samePeer = list.every((b) => b.peer === first?.peer);
  const inner = list.map((b) => (samePeer ? one(b) : `${b.peer} ${one(b)}`)).join(", ");
  return samePeer && first !== undefined ? `${sign}${first.peer} { ${inner} }` : `${sign}{ ${inner} }`;
};

/** A local type on one line: `!Shop Card(Nat). ?Shop { Receipt, Refused }`. For reading, not for parsing. */
export const showLocal = (type: LocalType): string => {
  switch (type.kind) {
    case "end":
      return "end";
    case "var":
      return type.name;
    case "mu":
      return `mu ${type.var}. ${showLocal(type.body)}`;
    case "send":
      return branches("!", type.branches);
    case "recv":
      return branches("?", type.branches);
    case "par": {
      const arms = `(${type.arms.map(showLocal).join(" | ")})`;
      return type.next.kind === "end" ? arms : `${arms}; ${showLocal(type.next)}`;
    }
  }
};

import type { GlobalType } from "../theory/global-type.ts";
import { repeatType } from "./append-type.ts";
import { bindsAuthority, deedFeature } from "./authority.ts";
import { type ConversionFailure, conversionFailure, unsupported } from "./conversion-error.ts";
import { withinLimits } from "./cost.ts";
import type { Protocol, TreeChoice, TreeLoop } from "./tree.ts";

type Converted = GlobalType | ConversionFailure;

const unit = (name: string) => ({ name, sort: "Unit" as const });

const convertChoice = ({ decider, branches }: TreeChoice): Converted => {
  let receiver: string | undefined;
  const converted: { label: ReturnType<typeof unit>; next: GlobalType }[] = [];
  for (const { label, body } of branches) {
    if (body.kind !== "send" || body.from.name !== decider.name) {
      return conversionFailure({ kind: "InvalidChoice", label });
    }
    receiver ??= body.to.name;
    if (body.to.name !== receiver) {
      return conversionFailure({
        kind: "InconsistentReceivers",
        expected: receiver,
        actual: body.to.name,
        label,
      });
    }
    const next = convert(body.message === label ? body.next : body);
    if (next.kind === "failure") return next;
    converted.push({ label: unit(label), next });
  }
  return { kind: "comm", sender: decider.name, receiver: receiver ?? "", branches: converted };
};

const convertLoop = ({ condition, body, next }: TreeLoop): Converted => {
  if (condition?.kind !== "count") return unsupported("Loop");
  const round = convert(body);
  if (round.kind === "failure") return round;
  const rest = convert(next);
  return rest.kind === "failure" ? rest : repeatType(round, condition.count, rest);
};

const convert = (node: Protocol): Converted => {
  switch (node.kind) {
    case "send": {
      const next = convert(node.next);
      if (next.kind === "failure") return next;
      const branches = [{ label: unit(node.message), next }];
      return { kind: "comm", sender: node.from.name, receiver: node.to.name, branches };
    }
    case "choice":
      return convertChoice(node);
    case "rec": {
      const body = convert(node.body);
      return body.kind === "failure" ? body : { kind: "mu", var: node.label, body };
    }
    case "var":
      return { kind: "var", name: node.label };
    case "loop":
      return convertLoop(node);
    case "broadcast":
      return unsupported("Broadcast");
    case "parallel":
      return unsupported("Parallel");
    case "let":
      return convert(node.next);
    case "case":
      return unsupported("Case");
    case "timeout":
      return unsupported("Timeout");
    case "deed":
      return unsupported(deedFeature(node.what));
    case "end":
      return { kind: "end" };
  }
};

/** The core global type of a tree (language.md §15): every sort `Unit`, roles by bare name, counted loops laid out. */
export const globalType = (tree: Protocol): Converted => {
  if (bindsAuthority(tree)) return unsupported("AuthorityBinding");
  return withinLimits(tree.unrolled) ? convert(tree) : conversionFailure({ kind: "TooLarge" });
};

import type { SessionScript } from "@parley/wire";
import type { CodeImage } from "../../machine/code/image.ts";
import type { TypeState } from "../../machine/code/program.ts";
import { needsPayload, type ValueType } from "../../machine/code/value-type.ts";
import { scriptValue, standsFor } from "./script-answer.ts";

/** What is wrong with a script, and where: `decide[2].take`. */
export type ScriptProblem =
  | {
      readonly kind: "unknown-role";
      readonly at: string;
      readonly role: string;
      readonly roles: readonly string[];
    }
  /** The role decides nothing, or says no such message. */
  | { readonly kind: "wrong-role"; readonly at: string; readonly role: string; readonly what: string }
  | {
      readonly kind: "unknown-label";
      readonly at: string;
      readonly label: string;
      readonly labels: readonly string[];
    }
  | { readonly kind: "bad-value"; readonly at: string; readonly expected: string }
  | { readonly kind: "bad-delay"; readonly at: string }
  | { readonly kind: "unused"; readonly at: string };

/** One sentence of a problem. */
export const scriptProblemText = (problem: ScriptProblem): string => {
  switch (problem.kind) {
    case "unknown-role":
      return `${problem.at}: there is no role ${problem.role}; the roles are ${problem.roles.join(", ")}`;
    case "wrong-role":
      return `${problem.at}: ${problem.role} ${problem.what}`;
    case "unknown-label":
      return `${problem.at}: ${problem.label} is not on offer; on offer are ${problem.labels.join(", ")}`;
    case "bad-value":
      return `${problem.at}: not a value of ${problem.expected}`;
    case "bad-delay":
      return `${problem.at}: a delay counts on a manual clock only`;
    case "unused":
      return `${problem.at}: a script decides only where decisions is script`;
  }
};

const statesOf = (image: CodeImage, role: string): readonly TypeState[] =>
  image.roles.flatMap((name, index) => (standsFor(role, name) ? (image.programs[index]?.states ?? []) : []));

/** Every label the role may decide for, arms by both their names. */
const labelsOf = (states: readonly TypeState[]): readonly string[] => [
  ...new Set(
    states.flatMap((state) => {
      if (state.kind === "send" && state.branches.length > 1)
        return state.branches.flatMap(({ label, arm }) => (arm === undefined ? [label] : [arm, label]));
      if (state.kind === "decide") return state.outcomes.map(({ outcome }) => outcome);
      return state.kind === "perform" && state.deed.kind === "await" ? ["done"] : [];
    }),
  ),
];

/** Types of the values the role is asked for under a label. */
const typesOf = (states: readonly TypeState[], label: string): readonly ValueType[] =>
  states.flatMap((state) => {
    if (state.kind === "send")
      return state.branches.filter((branch) => branch.label === label).map(({ type }) => type);
    const asks = state.kind === "perform" && state.deed.kind === "ask" && state.deed.what === label;
    return asks && state.type !== undefined ? [state.type] : [];
  });

const typeText = (type: ValueType): string => (type.kind === "opaque" ? type.name : type.kind);

type Check = (image: CodeImage, script: SessionScript) => readonly (ScriptProblem | undefined)[];

const unknownRole = (image: CodeImage, at: string, role: string): ScriptProblem | undefined =>
  image.roles.some((name) => standsFor(role, name))
    ? undefined
    : { kind: "unknown-role", at: `${at}.role`, role, roles: image.roles };

const checkDecide: Check = (image, { decide }) =>
  decide.map(({ role, take }, i) => {
    const at = `decide[${i}]`;
    const unknown = unknownRole(image, at, role);
    if (unknown !== undefined) return unknown;
    const labels = labelsOf(statesOf(image, role));
    if (labels.length === 0) return { kind: "wrong-role", at: `${at}.role`, role, what: "decides nothing" };
    return labels.includes(take)
      ? undefined
      : { kind: "unknown-label", at: `${at}.take`, label: take, labels };
  });

const checkPayload: Check = (image, { payload }) =>
  payload.map(({ role, message, value }, i) => {
    const at = `payload[${i}]`;
    const unknown = unknownRole(image, at, role);
    if (unknown !== undefined) return unknown;
    const types = typesOf(statesOf(image, role), message).filter(needsPayload);
    if (types.length === 0)
      return { kind: "wrong-role", at: `${at}.message`, role, what: `gives no value for ${message}` };
    return types.some((type) => scriptValue(type, value) !== undefined)
      ? undefined
      : { kind: "bad-value", at: `${at}.value`, expected: types.map(typeText).join(" or ") };
  });

const checkFail: Check = (image, { fail }) =>
  fail.map(({ role, message }, i) => {
    const at = `fail[${i}]`;
    const unknown = unknownRole(image, at, role);
    if (unknown !== undefined || message === undefined) return unknown;
    return typesOf(statesOf(image, role), message).length === 0
      ? { kind: "wrong-role", at: `${at}.message`, role, what: `never says ${message}` }
      : undefined;
  });

const checkDelays =
  (manual: boolean): Check =>
  (_image, { decide, payload }) =>
    manual
      ? []
      : (["decide", "payload"] as const).flatMap((part) =>
          (part === "decide" ? decide : payload).map(({ delay }, i): ScriptProblem | undefined =>
            delay === undefined || delay === 0 ? undefined : { kind: "bad-delay", at: `${part}[${i}].delay` },
          ),
        );

/** Everything in a script that the image it is to run on cannot mean; empty when it fits. */
export const checkScript = (
  image: CodeImage,
  script: SessionScript,
  of: { readonly manualClock: boolean; readonly decides: boolean },
): readonly ScriptProblem[] =>
  of.decides
    ? [checkDecide, checkPayload, checkFail, checkDelays(of.manualClock)]
        .flatMap((check) => check(image, script))
        .filter((problem) => problem !== undefined)
    : [{ kind: "unused", at: "script" }];

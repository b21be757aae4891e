import { declared } from "../constructs/declaration.ts";
import type { EffectMetadataKey, EffectOperation } from "../constructs/effect/node.ts";
import { payloadType } from "../constructs/message/lower.ts";
import type { ComposePolicy, OperationDecl, ProgressClause } from "../constructs/operation/node.ts";
import type { ProtocolDecl, SourceFile } from "../constructs/protocol/node.ts";
import { lowerRole } from "../constructs/roles/lower.ts";
import type { TypeExpr } from "../constructs/type/node.ts";
import type { KernelEffectOperation, KernelOperation, KernelProtocol, PayloadType } from "./node.ts";

const UNIT: PayloadType = { text: "Unit", sort: "Unit" };

const typeText = (type: TypeExpr): string => (type.kind === "unit" ? "Unit" : type.text);

/** What the operation `Effect.name` answers; nothing much when it is not declared. */
export const resultTypes = (file: SourceFile): ((what: string) => PayloadType) => {
  const known = new Map(
    declared(file, "effect").flatMap((effect) =>
      effect.operations.map((op) => [
        `${effect.name.text}.${op.name.text}`,
        payloadType(typeText(op.output)),
      ]),
    ),
  );
  return (what) => known.get(what) ?? UNIT;
};

/** The progress clause of each declared operation that has one. */
export const progressClauses = (file: SourceFile): ((operation: string) => ProgressClause | undefined) => {
  const known = new Map(declared(file, "operation").map(({ name, progress }) => [name.text, progress]));
  return (operation) => known.get(operation);
};

const metadata = ({ metadata: all }: EffectOperation, key: EffectMetadataKey): string =>
  all.findLast((entry) => entry.key === key)?.value.text ?? "";

const lowerEffect = (effect: string, op: EffectOperation): KernelEffectOperation => ({
  effect,
  name: op.name.text,
  authority: op.authority,
  class: metadata(op, "class"),
  progress: metadata(op, "progress"),
  region: metadata(op, "region"),
  agreementUse: metadata(op, "agreement_use"),
  reentrancy: metadata(op, "reentrancy"),
  input: typeText(op.input),
  output: typeText(op.output),
});

const lowerProgress = (clause: ProgressClause): NonNullable<KernelOperation["progress"]> => ({
  contract: clause.contract.text,
  ...(clause.requires === undefined ? {} : { requires: clause.requires.text }),
  ...(clause.within === undefined ? {} : { within: clause.within.text }),
  ...(clause.onTimeout === undefined ? {} : { onTimeout: clause.onTimeout.text }),
  ...(clause.onStall === undefined ? {} : { onStall: clause.onStall.text }),
});

const composeText = (policy: ComposePolicy): string =>
  policy.kind === "threshold" ? `threshold_success(${policy.successes})` : policy.kind;

const lowerOperation = ({
  name,
  owner,
  within,
  progress,
  agreement,
  compose,
}: OperationDecl): KernelOperation => ({
  name: name.text,
  owner: lowerRole(owner),
  ...(within === undefined
    ? {}
    : { within: `${within.fragment.text}(${within.args.map((arg) => arg.text).join(", ")})` }),
  ...(progress === undefined ? {} : { progress: lowerProgress(progress) }),
  ...(agreement === undefined
    ? {}
    : {
        agreement: {
          profile: agreement.profile.text,
          ...(agreement.prestate === undefined ? {} : { prestate: agreement.prestate.text }),
        },
      }),
  ...(compose === undefined ? {} : { compose: composeText(compose) }),
});

/** What a file declares that a session needs to know. Each part is there only when it holds something, so that the ids of programs without it stay. */
export const lowerDeclarations = (
  file: SourceFile,
  protocol: ProtocolDecl,
): Pick<KernelProtocol, "uses" | "under" | "effects" | "operations"> => {
  const uses = protocol.uses.map((name) => name.text);
  const under = protocol.under.map((name) => name.text);
  const effects = declared(file, "effect")
    .filter((effect) => uses.includes(effect.name.text))
    .flatMap((effect) => effect.operations.map((op) => lowerEffect(effect.name.text, op)));
  const operations = declared(file, "operation").map(lowerOperation);
  return {
    ...(uses.length === 0 ? {} : { uses }),
    ...(under.length === 0 ? {} : { under }),
    ...(effects.length === 0 ? {} : { effects }),
    ...(operations.length === 0 ? {} : { operations }),
  };
};

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: places of snippets are written `${1:name}`.
import type { Offer } from "./completion-item.ts";
import { keywordHelp } from "./keyword-help.ts";

/** Bodies of snippets by their first word or words; indentation is added by the editor. */
const statements: Readonly<Record<string, string>> = {
  choice:
    "choice ${1:Role} at\n  | ${2:Yes} =>\n    ${1:Role} -> ${3:Other} : ${2:Yes}\n  | ${4:No} =>\n    ${1:Role} -> ${3:Other} : ${4:No}",
  par: "par\n  | ${1:A} -> ${2:B} : ${3:Message}\n  | ${4:C} -> ${5:D} : ${6:Other}",
  "loop decide by": "loop decide by ${1:Role}\n  ${0}",
  "loop repeat": "loop repeat ${1:3}\n  ${0}",
  "loop while": 'loop while "${1:more}"\n  ${0}',
  "loop forever": "loop forever\n  ${0}",
  rec: "rec ${1:Again}\n  ${0}\n  continue ${1:Again}",
  continue: "continue ${1:Again}",
  call: "call ${1:Local}",
  let: "let ${1:name} = ${2:value}",
  "let transfer": "let ${1:receipt} = transfer ${2:subject} from ${3:A} to ${4:B}",
  "authoritative let": "authoritative let ${1:name} at ${2:Role} = check ${3:Effect}.${4:operation}(${5})",
  "observe let": "observe let ${1:name} at ${2:Role} = observe ${3:Effect}.${4:operation}(${5})",
  case: "case ${1:check Effect.operation()} of\n  | Ok(${2:value}) =>\n    ${3}\n  | Err(${4:reason}) =>\n    ${5}",
  timeout: "timeout ${1:5s} ${2:Role} at\n  ${3}\non timeout =>\n  ${4}",
  begin: "begin ${1:Operation}",
  await: "await ${1:Operation}",
  resolve: "resolve ${1:Operation} as ${2|Success,Failure,Timeout,Cancelled|}",
  invalidate: "invalidate ${1:Operation}",
  publish: "publish ${1:Event}",
  "publish as": "publish ${1:witness} as ${2:Publication}",
  materialize: "materialize ${1:proof} from ${2:Publication}",
  handoff: "handoff ${1:operation} to ${2:Role} with ${3:receipt}",
  "dependent work": "dependent work ${1:Work} required for ${2:operation}",
};

const declarations: Readonly<Record<string, string>> = {
  import: "import ${1:module} exposing (${2:Name})",
  protocol: "protocol ${1:Name} =\n  roles ${2:A}, ${3:B}\n  ${2:A} -> ${3:B} : ${4:Message}",
  effect:
    "effect ${1:Name}\n  ${2:authoritative} ${3:operation} : ${4:Unit} -> ${5:Unit}\n    { class : ${6:authoritative}, progress : ${7:may_block}, region : ${8:session}, agreement_use : ${9:none}, reentrancy : ${10:allow} }",
  operation:
    "operation ${1:Name} at ${2:Role} progress ${3:Steady} within ${4:short} agreement ${5:Council} =\n  ${0}",
  type: "type ${1:Name} =\n  | ${2:One}\n  | ${3:Two}",
  "type alias": "type alias ${1:Name} = ${2:Nat}",
  fragment: "fragment ${1:Name}(${2:part})",
  profile: "profile ${1:Name} fairness ${2:strong} admissibility ${3:open} escalation_window ${4:short}",
  agreement_profile:
    "agreement_profile ${1:Name}\n  visibility ${2:visible}\n  rule ${3:majority}\n  usable_at ${4:provisional}\n  finalized_at ${5:final}\n  evidence ${6:receipt}",
  proof_bundle: 'proof_bundle ${1:Name} version "${2:1.0.0}" issuer "${3:issuer}" requires [${4:capability}]',
  role_set: "role_set ${1:Name} = ${2:A}, ${3:B}",
  cluster: "cluster ${1:Name} = ${2:A}, ${3:B}",
  ring: "ring ${1:Name} = ${2:A}, ${3:B}",
  mesh: "mesh ${1:Name} = ${2:A}, ${3:B}",
  "guest runtime": "guest runtime ${1:Name} =\n  uses ${2:Effect}\n  entry ${3:Protocol}",
};

const offersOf = (table: Readonly<Record<string, string>>, rank: number): readonly Offer[] =>
  Object.entries(table).map(([label, insert]) => {
    const help = keywordHelp[label.split(" ")[0] ?? ""];
    return {
      label,
      kind: "snippet",
      rank,
      insert,
      snippet: true,
      ...(help === undefined ? {} : { detail: help.form, documentation: help.text }),
    };
  });

/** What can start a statement beside a role. */
export const statementSnippets: readonly Offer[] = offersOf(statements, 5);

/** What can stand at the margin before the protocol, the protocol included. */
export const declarationSnippets: readonly Offer[] = offersOf(declarations, 3);

export const moduleSnippet: Offer = {
  label: "module",
  kind: "snippet",
  rank: 1,
  insert: "module ${1:name} exposing (${2:Protocol})",
  snippet: true,
  detail: keywordHelp.module?.form ?? "",
  documentation: keywordHelp.module?.text ?? "",
};

export const whereSnippet: Offer = {
  label: "where",
  kind: "snippet",
  rank: 1,
  insert: "where\nprotocol ${1:Local} =\n  ${0}",
  snippet: true,
  detail: keywordHelp.where?.form ?? "",
  documentation: keywordHelp.where?.text ?? "",
};

/** Words as they stand. */
export const words = (rank: number, ...labels: readonly string[]): readonly Offer[] =>
  labels.map((label) => {
    const help = keywordHelp[label.split(" ")[0] ?? ""];
    return { label, kind: "keyword", rank, ...(help === undefined ? {} : { documentation: help.text }) };
  });

/** Values as they stand, in the order given. */
export const values = (rank: number, ...labels: readonly string[]): readonly Offer[] =>
  labels.map((label, at) => ({ label, kind: "value", rank: rank + Math.min(at, 9) }));

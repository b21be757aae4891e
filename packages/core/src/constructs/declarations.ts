import type { Writer } from "../print/writer.ts";
import type { Parser } from "../syntax/parser.ts";
import { T } from "../syntax/token-kind.ts";
import { checkAgreementProfile } from "./agreement-profile/check.ts";
import { parseAgreementProfile } from "./agreement-profile/parse.ts";
import { printAgreementProfile } from "./agreement-profile/print.ts";
import type { Declaration, DeclarationKind } from "./declaration.ts";
import type { DeclarationChecker } from "./declaration-checker.ts";
import { checkEffect } from "./effect/check.ts";
import { parseEffect } from "./effect/parse.ts";
import { printEffect } from "./effect/print.ts";
import { parseExecutionProfile } from "./execution-profile/parse.ts";
import { printExecutionProfile } from "./execution-profile/print.ts";
import { parseFragment } from "./fragment/parse.ts";
import { printFragment } from "./fragment/print.ts";
import { checkGuestRuntime } from "./guest-runtime/check.ts";
import { parseGuestRuntime } from "./guest-runtime/parse.ts";
import { printGuestRuntime } from "./guest-runtime/print.ts";
import { checkOperation } from "./operation/check.ts";
import { parseOperation } from "./operation/parse.ts";
import { printOperation } from "./operation/print.ts";
import { parseProofBundle } from "./proof-bundle/parse.ts";
import { printProofBundle } from "./proof-bundle/print.ts";
import { checkRoleSet } from "./role-set/check.ts";
import { parseRoleSet } from "./role-set/parse.ts";
import { printRoleSet } from "./role-set/print.ts";
import { checkTopology } from "./topology/check.ts";
import { parseTopology } from "./topology/parse.ts";
import { printTopology } from "./topology/print.ts";
import { checkTypeDecl } from "./type/check.ts";
import { parseTypeDecl } from "./type/parse.ts";
import { printTypeDecl } from "./type/print.ts";

type Read = (p: Parser) => Declaration | undefined;

/** What the front end must know of a kind of declaration. */
interface DeclarationConstruct<D extends Declaration> {
  /** The words that start one, each with what reads it. */
  readonly keywords: Readonly<Record<string, Read>>;
  /** How a message calls one. */
  readonly what: string;
  readonly print: (node: D, w: Writer) => void;
  /** Finds what is wrong with this one declaration; names given twice and head clauses are checked for the whole file. */
  readonly check: (node: D, c: DeclarationChecker) => void;
  /** Whether it is printed over several lines, with an empty line around it. */
  readonly tall: (node: D) => boolean;
}

type Table = { readonly [K in DeclarationKind]: DeclarationConstruct<Extract<Declaration, { kind: K }>> };

const nothing = (): void => undefined;
const never = (): boolean => false;
const always = (): boolean => true;

/** Every kind of declaration. A new kind without a part here does not compile. */
const declarations: Table = {
  proofBundle: {
    keywords: { proof_bundle: parseProofBundle },
    what: "proof bundle",
    print: (node, w) => w.line(printProofBundle(node)),
    check: nothing,
    tall: never,
  },
  profile: {
    keywords: { profile: parseExecutionProfile },
    what: "execution profile",
    print: printExecutionProfile,
    check: nothing,
    tall: never,
  },
  agreementProfile: {
    keywords: { agreement_profile: parseAgreementProfile },
    what: "agreement profile",
    print: printAgreementProfile,
    check: checkAgreementProfile,
    tall: always,
  },
  roleSet: {
    keywords: { role_set: parseRoleSet },
    what: "role set",
    print: printRoleSet,
    check: checkRoleSet,
    tall: never,
  },
  topology: {
    keywords: {
      cluster: parseTopology("cluster"),
      ring: parseTopology("ring"),
      mesh: parseTopology("mesh"),
    },
    what: "topology",
    print: printTopology,
    check: checkTopology,
    tall: never,
  },
  type: {
    keywords: { type: parseTypeDecl },
    what: "type",
    print: printTypeDecl,
    check: checkTypeDecl,
    tall: (node) => node.alias === undefined,
  },
  effect: {
    keywords: { effect: parseEffect },
    what: "effect interface",
    print: printEffect,
    check: checkEffect,
    tall: always,
  },
  fragment: {
    keywords: { fragment: parseFragment },
    what: "fragment",
    print: printFragment,
    check: nothing,
    tall: never,
  },
  operation: {
    keywords: { operation: parseOperation },
    what: "operation",
    print: printOperation,
    check: checkOperation,
    tall: always,
  },
  guestRuntime: {
    keywords: { guest: parseGuestRuntime },
    what: "guest runtime",
    print: printGuestRuntime,
    check: checkGuestRuntime,
    tall: always,
  },
};

/** The row of one declaration. The table pairs kinds and rows, which an indexed access cannot express. */
const rowOf = (node: Declaration): DeclarationConstruct<Declaration> =>
  declarations[node.kind] as unknown as DeclarationConstruct<Declaration>;

const byKeyword = new Map<string, Read>(
  Object.values(declarations).flatMap((row) => Object.entries<Read>(row.keywords)),
);

/** The words that start a declaration. */
export const declarationWords: readonly string[] = [...byKeyword.keys()];

/** What reads the declaration at the cursor, if one starts there. */
export const declarationReader = (p: Parser): Read | undefined =>
  p.kind === T.ident ? byKeyword.get(p.text()) : undefined;

export const checkDeclaration = (node: Declaration, c: DeclarationChecker): void =>
  rowOf(node).check(node, c);

/** How a message calls a declaration: `effect interface`. */
export const whatDeclares = (kind: DeclarationKind): string => declarations[kind].what;

/** Declarations in source order; a tall one has an empty line around it. */
export function printDeclarations(nodes: readonly Declaration[], w: Writer): void {
  let tall = false;
  for (const [index, node] of nodes.entries()) {
    const row = rowOf(node);
    const now = row.tall(node);
    if (index > 0 && (tall || now)) w.line("");
    row.print(node, w);
    tall = now;
  }
}

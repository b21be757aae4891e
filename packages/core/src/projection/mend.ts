import type { ChoiceArm } from "../constructs/choice/node.ts";
import type { Par } from "../constructs/par/node.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";
import type { Statement } from "../constructs/statement.ts";
import { blocksOf } from "../constructs/table.ts";
import { applyFix } from "../diagnostics/apply-fix.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import type { Span } from "../text/span.ts";
import { projectionCodes } from "./codes.ts";

type Edit = Fix["edits"][number];

/** Findings a mend may be tried for, by what is wrong. */
const tellable: ReadonlySet<string> = new Set(
  [
    projectionCodes.cannotTell,
    projectionCodes.cannotKnow,
    projectionCodes.cannotKnowRound,
    projectionCodes.payloadDiffers,
    projectionCodes.sendDiffers,
  ].map(({ id }) => id),
);

/** What is being mended: the text, its tree, and a judge of other texts. */
export interface Mending {
  readonly source: string;
  readonly file: SourceFile;
  /** Every finding before. */
  readonly findings: readonly Diagnostic[];
  /** Analyses a text without mending it. */
  readonly judge: (source: string) => readonly Diagnostic[];
}

/**
 * The smallest change that makes a role able to tell the arms apart, or the
 * arms of a `par` free of races: one that removes the finding and adds none,
 * tried from small to large. Nothing when none of those known helps.
 */
export const mend = (finding: Diagnostic, mending: Mending): Fix | undefined =>
  candidates(finding, mending).find((fix) => helps(fix, finding, mending));

/** Findings that are given a mend at once; the rest get theirs when these are gone. */
const MAX_MENDS = 3;

/** The findings, the first few failed projections among them with their mend as a fix. */
export const withMends = (mending: Mending): readonly Diagnostic[] => {
  const wanted = mending.findings
    .filter(
      (d) =>
        d.fix === undefined && isError(d) && (tellable.has(d.code) || d.code === projectionCodes.parRace.id),
    )
    .slice(0, MAX_MENDS);
  if (wanted.length === 0) return mending.findings;
  const fixes = new Map(wanted.map((finding) => [finding, mend(finding, mending)]));
  return mending.findings.map((finding) => {
    const fix = fixes.get(finding);
    return fix === undefined ? finding : { ...finding, fix };
  });
};

const keyOf = ({ code, args }: Diagnostic): string => JSON.stringify([code, args]);

const isError = ({ severity }: Diagnostic): boolean => severity === "error";

const helps = (fix: Fix, finding: Diagnostic, { source, findings, judge }: Mending): boolean => {
  const before = new Set(findings.filter(isError).map(keyOf));
  const after = judge(applyFix(source, fix)).filter(isError).map(keyOf);
  return !after.includes(keyOf(finding)) && after.every((key) => before.has(key));
};

const candidates = (finding: Diagnostic, mending: Mending): readonly Fix[] => {
  if (finding.code === projectionCodes.parRace.id) return oneAfterAnother(finding, mending);
  if (!tellable.has(finding.code)) return [];
  const renamed = finding.code === projectionCodes.payloadDiffers.id ? renameOne(finding, mending) : [];
  return [...renamed, ...tellRole(finding, mending)];
};

/** Statements with those inside them, depth first. */
const statementsIn = (body: readonly Statement[]): readonly Statement[] =>
  body.flatMap((statement) => [statement, ...blocksOf(statement).flatMap(statementsIn)]);

const statementsOf = ({ protocol }: SourceFile): readonly Statement[] => [
  ...statementsIn(protocol?.body ?? []),
  ...(protocol?.locals ?? []).flatMap((local) => statementsIn(local.body)),
];

const around = <K extends "choice" | "par">(
  file: SourceFile,
  kind: K,
  at: Span,
): Extract<Statement, { kind: K }> | undefined =>
  statementsOf(file)
    .filter((s): s is Extract<Statement, { kind: K }> => s.kind === kind)
    .findLast(({ span }: Statement) => span.start <= at.start && at.end <= span.end);

/** `Juror[2]` is one of a family as bound; the source speaks of all of them. */
const inSource = (role: string, file: SourceFile): string => {
  const family = /^(.*)\[\d+\]$/.exec(role)?.[1];
  const declared = file.protocol?.roles.find(({ name }) => name.text === family);
  return declared?.param === undefined ? role : `${family}[*]`;
};

const lineStart = (source: string, at: number): number => source.lastIndexOf("\n", at - 1) + 1;

const indentOf = (source: string, at: number): string =>
  /^ */.exec(source.slice(lineStart(source, at), at))?.[0] ?? "";

/** A further statement after the first of an arm; an arm on one line is laid out first. */
const insertInto = (source: string, arm: ChoiceArm, line: string): readonly Edit[] => {
  const [first] = arm.body;
  if (first === undefined) return [];
  const { start, end } = first.span;
  const before = source.slice(lineStart(source, start), start);
  const after = { start: end, end };
  if (before.trim() === "") return [{ span: after, text: `\n${before}${line}` }];
  const indent = `${indentOf(source, arm.span.start)}    `;
  const gap = before.length - before.trimEnd().length;
  return [
    { span: { start: start - gap, end: start }, text: `\n${indent}` },
    { span: after, text: `\n${indent}${line}` },
  ];
};

const writtenRole = (source: string, { span }: { readonly span: Span }): string =>
  source.slice(span.start, span.end).trim();

const telling = ({ source }: Mending, teller: string, arms: readonly ChoiceArm[], role: string): Fix => ({
  title: `Let ${teller} tell ${role} in ${arms.map(({ label }) => label.text).join(" and ")}`,
  edits: arms.flatMap((arm) => insertInto(source, arm, `${teller} -> ${role} : ${arm.label.text}`)),
});

/** Who sends to the role first in an arm, as far as its own list says. */
const firstTeller = (arm: ChoiceArm, role: string, { file, source }: Mending): string | undefined => {
  const first = statementsIn(arm.body).find(
    (s) => s.kind === "send" && inSource(writtenRole(source, s.to), file) === role,
  );
  return first?.kind === "send" ? writtenRole(source, first.from) : undefined;
};

/**
 * Whoever tells the role in one arm tells it in the arms that do not; else the
 * decider does, in one arm, in the two that part, in every arm.
 */
const tellRole = (finding: Diagnostic, mending: Mending): readonly Fix[] => {
  const choice = around(mending.file, "choice", finding.span);
  if (choice === undefined) return [];
  const role = inSource(finding.args.role ?? "", mending.file);
  const tellers = choice.arms.map((arm) => firstTeller(arm, role, mending));
  const untold = choice.arms.filter((_, k) => tellers[k] === undefined);
  const named = choice.arms.filter(
    ({ label }) => label.text === finding.args.left || label.text === finding.args.right,
  );
  const decider = writtenRole(mending.source, choice.decider);
  const byTeller = [...new Set(tellers)].flatMap((teller) =>
    teller === undefined || untold.length === 0 ? [] : [telling(mending, teller, untold, role)],
  );
  const groups = [...choice.arms.map((arm) => [arm]), named, choice.arms];
  const byDecider = groups
    .filter(({ length }) => length > 0)
    .map((arms) => telling(mending, decider, arms, role));
  return [...byTeller, ...byDecider];
};

/** The message of the second arm gets a name of its own. */
const renameOne = (finding: Diagnostic, { file }: Mending): readonly Fix[] => {
  const { label, right } = finding.args;
  const place = finding.related.at(-1)?.span;
  const send = statementsOf(file).find(
    (s) => s.kind === "send" && s.message.name.text === label && s.span.start === place?.start,
  );
  if (send?.kind !== "send" || label === undefined || right === undefined) return [];
  return [
    {
      title: `Call it \`${label}${right}\` in ${right}`,
      edits: [{ span: send.message.name.span, text: `${label}${right}` }],
    },
  ];
};

/** The arms of a `par` one after another; kept out when comments would be lost. */
const oneAfterAnother = (finding: Diagnostic, { file, source }: Mending): readonly Fix[] => {
  const par = around(file, "par", finding.span);
  if (par === undefined || /--|\{-/.test(source.slice(par.span.start, par.span.end))) return [];
  return [
    {
      title: "Let the arms follow each other",
      edits: [{ span: par.span, text: sequence(par, source) }],
    },
  ];
};

const sequence = (par: Par, source: string): string => {
  const indent = indentOf(source, par.span.start);
  return par.arms
    .flatMap((arm) => arm.body)
    .map(({ span }) => {
      const own = " ".repeat(span.start - lineStart(source, span.start));
      const lines = source.slice(span.start, span.end).trimEnd().split("\n");
      return lines
        .map((l, k) => (k === 0 ? l : indent + (l.startsWith(own) ? l.slice(own.length) : l.trimStart())))
        .join("\n");
    })
    .join(`\n${indent}`);
};

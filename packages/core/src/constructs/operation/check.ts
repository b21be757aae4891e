import type { DeclarationChecker } from "../declaration-checker.ts";
import type { OperationDecl } from "./node.ts";

/** What an operation must attach (language chapter §13.6), the names it uses, and its body, read with the roles of the protocol. */
export function checkOperation(node: OperationDecl, c: DeclarationChecker): void {
  checkProgress(node, c);
  checkAgreement(node, c);
  checkFragment(node, c);
  const { protocol } = c;
  if (protocol === undefined || protocol.rolesFrom === "none") return;
  c.checkBody({ ...protocol, body: node.body, locals: [] }, node.owner);
}

function checkProgress(node: OperationDecl, c: DeclarationChecker): void {
  const operation = node.name.text;
  const { progress } = node;
  if (progress === undefined) {
    if (!c.wasRead(node.span)) return;
    c.report("operationNoProgress", node.name.span, { args: { operation } });
    return;
  }
  const { requires, within, onTimeout, onStall } = progress;
  if (requires === undefined && within === undefined && onTimeout === undefined && onStall === undefined) {
    if (!c.wasRead(node.span)) return;
    const at = { start: progress.span.end, end: progress.span.end };
    c.report("operationBareProgress", progress.span, {
      args: { operation },
      fix: { title: "Add a window", edits: [{ span: at, text: " within short" }] },
    });
  }
  if (requires !== undefined) c.need("profile", requires, "operationProfile", { operation });
}

function checkAgreement(node: OperationDecl, c: DeclarationChecker): void {
  const operation = node.name.text;
  const { agreement } = node;
  if (agreement !== undefined) {
    c.need("agreementProfile", agreement.profile, "operationUnknownAgreement", { operation });
  } else if (c.wasRead(node.span)) {
    c.report("operationNoAgreement", node.name.span, { args: { operation } });
  }
}

function checkFragment({ name, within }: OperationDecl, c: DeclarationChecker): void {
  if (within === undefined) return;
  const fragment = c.need("fragment", within.fragment, "operationFragment", { operation: name.text });
  if (fragment === undefined || fragment.params.length === within.args.length) return;
  c.report("fragmentArguments", within.span, {
    args: {
      name: fragment.name.text,
      declared: String(fragment.params.length),
      given: String(within.args.length),
    },
    related: [{ span: fragment.name.span, message: "declared here" }],
  });
}

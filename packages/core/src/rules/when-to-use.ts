import type { Advice } from "./advice.ts";

/**
 * When a choreography is not the right tool (inventory 1–5): one role alone,
 * or one request and one answer that ask for no guarantee.
 */
export function adviseUse({ file, statements, sink }: Advice): void {
  const { protocol } = file;
  if (protocol === undefined || protocol.body.length === 0) return;
  const [only, second] = protocol.roles;
  if (only !== undefined && second === undefined && only.param === undefined) {
    sink.report("oneRole", protocol.name.span, { args: { role: only.name.text } });
    return;
  }
  if (protocol.requires.length > 0) return;
  const [request, answer] = statements;
  if (request?.kind !== "send" || answer?.kind !== "send" || statements.length > 2) return;
  const back =
    request.from.name.text === answer.to.name.text && request.to.name.text === answer.from.name.text;
  const single = protocol.roles.every(({ param }) => param === undefined);
  const plain = request.record === undefined && answer.record === undefined;
  if (back && single && plain) sink.report("requestResponse", protocol.name.span);
}

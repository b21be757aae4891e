import type { Annotation, SenderRecord } from "../constructs/annotation/node.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Checker } from "../resolve/checker.ts";
import { removeEntry } from "./record-edit.ts";

const characters = /^[a-z0-9_:-]+$/;

/** What is wrong with a capability of the `module:` namespace; the host admits none (runtime chapter §2.3). */
const moduleProblem = (value: string): string => {
  const [, id = "", path = ""] = value.split(":");
  return id === "" || path === "" ? "does not name a module and a path" : `belongs to the module \`${id}\``;
};

/** `Chat.Send` becomes `chat:send`; offered only when the outcome is a capability without further findings. */
function respelt(value: string): string | undefined {
  const spelt = value
    .trim()
    .replaceAll(/[./]+|::/g, ":")
    .replaceAll(/\s+/g, "_")
    .toLowerCase();
  const good = characters.test(spelt) && spelt.includes(":") && !/^(?:cap|module):/.test(spelt);
  return good ? spelt : undefined;
}

const replaceValue = (entry: Annotation, value: string): Fix => ({
  title: `Replace by \`${value}\``,
  edits: [{ span: entry.valueSpan, text: `"${value}"` }],
});

/**
 * The name of a `guard_capability`, in the order admission judges it
 * (language chapter §21): empty, characters, namespace, `cap:`, `module:`.
 * `namespace` is the module of the file; it is offered where one is missing.
 */
export function checkCapability(
  entry: Annotation,
  record: SenderRecord,
  namespace: string | undefined,
  c: Checker,
): void {
  const { value, valueSpan } = entry;
  const args = { value };
  const home = namespace?.toLowerCase();
  if (value === "") c.report("capabilityEmpty", valueSpan, { fix: removeEntry(record, entry) });
  else if (!characters.test(value)) {
    const spelt = respelt(value);
    c.report("capabilityToken", valueSpan, {
      args,
      fix: spelt === undefined ? undefined : replaceValue(entry, spelt),
    });
  } else if (!value.includes(":")) {
    c.report("capabilityNamespace", valueSpan, {
      args,
      fix: home === undefined ? undefined : replaceValue(entry, `${home}:${value}`),
    });
  } else if (value.startsWith("cap:")) {
    const rest = value.slice("cap:".length);
    c.report("capabilityLegacy", valueSpan, {
      args,
      fix: home === undefined || rest === "" ? undefined : replaceValue(entry, `${home}:${rest}`),
    });
  } else if (value.startsWith("module:")) {
    c.report("capabilityModule", valueSpan, { args: { value, reason: moduleProblem(value) } });
  }
}

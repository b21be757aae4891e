/** Source trees built by hand, for tests of the renderings that need no parser. */
import type { LocalProtocol } from "../constructs/call/node.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";
import type { RoleParam } from "../constructs/roles/node.ts";
import type { Statement } from "../constructs/statement.ts";

/** Where hand-built nodes stand: nowhere. */
export const span = { start: 0, end: 0 };
export const name = (text: string) => ({ text, span });
export const ref = (text: string) => ({ kind: "roleRef" as const, name: name(text), span });

export const send = (
  from: string,
  to: string,
  message: string,
  record: Record<string, string> = {},
): Statement => ({
  kind: "send",
  from: ref(from),
  to: ref(to),
  message: { kind: "message", name: name(message), span },
  record: {
    entries: Object.entries(record).map(([key, value]) => ({
      kind: "annotation" as const,
      key: name(key),
      value,
      form: "string" as const,
      valueSpan: span,
      span,
    })),
    span,
  },
  span,
});

export const choice = (decider: string, arms: Record<string, readonly Statement[]>): Statement => ({
  kind: "choice",
  decider: ref(decider),
  arms: Object.entries(arms).map(([label, body]) => ({ label: name(label), body, span })),
  span,
});

export const decide = (by: string, body: readonly Statement[]): Statement => ({
  kind: "loop",
  control: { kind: "decide", by: ref(by) },
  body,
  span,
});

export const repeat = (count: number, body: readonly Statement[]): Statement => ({
  kind: "loop",
  control: { kind: "repeat", count },
  body,
  span,
});

export const rec = (label: string, body: readonly Statement[]): Statement => ({
  kind: "rec",
  label: name(label),
  body,
  span,
});

export const again = (label: string): Statement => ({ kind: "continue", label: name(label), span });
export const call = (target: string): Statement => ({ kind: "call", target: name(target), span });
export const par = (...arms: (readonly Statement[])[]): Statement => ({
  kind: "par",
  arms: arms.map((body) => ({ body, span })),
  span,
});

export interface Parts {
  readonly roles?: readonly (string | readonly [string, RoleParam])[];
  readonly locals?: Record<string, readonly Statement[]>;
}

export const file = (
  body: readonly Statement[],
  { roles = ["A", "B"], locals = {} }: Parts = {},
): SourceFile => ({
  kind: "file",
  imports: [],
  declarations: [],
  protocol: {
    kind: "protocol",
    name: name("P"),
    requires: [],
    uses: [],
    under: [],
    roles: roles.map((role) => {
      const [text, param] = typeof role === "string" ? [role] : role;
      return { kind: "roleDecl", name: name(text), ...(param === undefined ? {} : { param }), span };
    }),
    rolesFrom: "line",
    body,
    locals: Object.entries(locals).map(
      ([local, statements]): LocalProtocol => ({
        kind: "localProtocol",
        name: name(local),
        body: statements,
        span,
      }),
    ),
    span,
  },
  span,
});

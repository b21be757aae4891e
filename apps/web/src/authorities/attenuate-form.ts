import type { AttenuateTokenRequest } from "@parley/wire/http";

type Check = AttenuateTokenRequest["checks"][number];

/** What the form holds: a part that is off takes nothing away. */
export interface AttenuateForm {
  readonly capabilities: ReadonlySet<string> | undefined;
  readonly context: string | undefined;
  /** As a field of date and time has it: local, to the minute. */
  readonly expires: string | undefined;
  readonly operation: { readonly operation: "read" | "write"; readonly prefix: string } | undefined;
}

export const emptyForm: AttenuateForm = {
  capabilities: undefined,
  context: undefined,
  expires: undefined,
  operation: undefined,
};

/** The checks a form stands for, in the order shown; what is not filled in yet is left out. */
export const checksOf = ({ capabilities, context, expires, operation }: AttenuateForm): Check[] => {
  const at = expires === undefined ? Number.NaN : new Date(expires).getTime();
  return [
    ...(capabilities === undefined
      ? []
      : [{ kind: "capabilities" as const, only: [...capabilities].sort() }]),
    ...(context === undefined || context.trim() === ""
      ? []
      : [{ kind: "context" as const, context: context.trim() }]),
    ...(Number.isNaN(at) ? [] : [{ kind: "expires" as const, at }]),
    ...(operation === undefined ? [] : [{ kind: "operation" as const, ...operation }]),
  ];
};

/** A moment as a field of date and time takes it. */
export const localMinute = (ms: number): string => {
  const date = new Date(ms);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
};

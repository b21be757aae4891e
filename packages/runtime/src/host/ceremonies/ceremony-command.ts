import type { EquivocationEvidence } from "@parley/wire";
import type { CeremonyView } from "@parley/wire/http";
import type { Ceremony } from "../../ceremony/index.ts";
import type { Caller } from "../caller.ts";
import { type IdempotencyDraft, runCommand } from "../commands/command.ts";
import type { HostCore } from "../core.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import type { Asked } from "../ledger/append.ts";
import type { UnitPart } from "../ledger/unit.ts";
import { ceremonyRefusal, isCeremonyRefusal } from "./ceremony-refusal.ts";
import { auditRefusal } from "./ceremony-unit.ts";
import { readCeremony } from "./ceremony-view.ts";

/** Writes the parts of a command, with the row its repetition is answered from. */
export type Write = (id: string, parts: readonly UnitPart[]) => Promise<Result<string>>;

/** What a refused command of a ceremony shows beside its error. */
export interface Refused {
  readonly ok: false;
  readonly error: HostError;
  readonly evidence?: EquivocationEvidence | undefined;
}

/** The ceremony as the next entry finds it. */
export const tentativeCeremony = (core: Pick<HostCore, "workspace">, id: string): Result<Ceremony> => {
  const found = core.workspace.tentative.ceremonies.ceremonies.get(id);
  return found === undefined
    ? refused(ceremonyRefusal({ code: "PAR8501", variant: "UnknownCeremony", ceremony: id }))
    : done(found);
};

/**
 * One command about a ceremony; it answers the ceremony it names. What
 * ceremonies refuse is kept in the audit, since that it was tried matters.
 */
export const ceremonyCommand = (
  core: HostCore,
  caller: Caller,
  command: {
    readonly name: string;
    /** The ceremony; of a beginning its context. */
    readonly subject: string;
    readonly request: unknown;
    readonly run: (
      asked: Asked,
      write: Write,
    ) => Promise<{ readonly ok: true; readonly value: string } | Refused>;
  },
): Promise<Result<CeremonyView>> => {
  const { name, subject, request } = command;
  const asked = (): Asked => ({ actor: caller.actor, key: caller.key, now: core.clock.now() });
  const writer =
    (idempotency: (receipt: { readonly id: string }) => IdempotencyDraft | undefined): Write =>
    async (id, parts) => {
      if (parts.length === 0) return done(id);
      const row = idempotency({ id });
      const written = await core.writer.write({ parts, ...(row === undefined ? {} : { idempotency: row }) });
      return written.ok ? done(id) : written;
    };
  return runCommand<CeremonyView, { readonly id: string }>(core, caller, {
    name,
    subject,
    request: [subject, request],
    restore: ({ id }) => readCeremony(core, id),
    run: async (idempotency) => {
      const result = await command.run(asked(), writer(idempotency));
      if (result.ok) return readCeremony(core, result.value);
      const { error, evidence } = result;
      if (isCeremonyRefusal(error) && error.code !== "PAR8501")
        await auditRefusal(core, asked(), { what: name, subject, error, evidence });
      return { ok: false, error };
    },
  });
};

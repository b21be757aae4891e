import { z } from "zod";
import { hashSchema, idSchema } from "./common.ts";

const keysSchema = z.record(z.string().max(128), z.boolean());

/** What a session really runs on, beside what was asked for. */
export const runsOnSchema = z.object({
  /** The runtime profile it was admitted on, and what that lacks of a full runtime. */
  profile: z.string(),
  lacks: z.array(z.string()),
  backend: z.object({ asked: z.string().nullable(), ran: z.string() }),
  /** The mode of its policy, and the one it runs in. */
  mode: z.object({ asked: z.string(), ran: z.string() }),
  /** The policy its opener named, the one its manifest names, and the one it runs under. */
  policy: z.object({ asked: z.string().nullable(), named: z.string(), ran: z.string() }),
  /** The parity profile its opener named, and those whose demands it meets. */
  parity: z.object({ asked: z.string().nullable(), met: z.array(z.string()) }),
});
export type RunsOn = z.infer<typeof runsOnSchema>;

/** A runtime profile: what the runtime a session is admitted on can do. */
export const runtimeProfileSchema = z.object({
  name: z.string(),
  base: z.enum(["full", "none"]),
  /** Keys that differ from the base. */
  keys: keysSchema,
  /** Everything it comes to, by key, surfaces among them. */
  inventory: keysSchema,
  /** How often it was saved; what a change of it is based on. */
  revision: z.number().int().nonnegative(),
  at: z.number().int(),
  /** Every workspace has it, and it cannot be changed. */
  shipped: z.boolean(),
});
export type RuntimeProfileDetail = z.infer<typeof runtimeProfileSchema>;

/** `baseRevision` is the revision it was made from, 0 for a new profile; a stale one is refused. */
export const putRuntimeProfileSchema = z.object({
  base: z.enum(["full", "none"]),
  keys: keysSchema,
  baseRevision: z.number().int().nonnegative(),
});
export type PutRuntimeProfile = z.infer<typeof putRuntimeProfileSchema>;

/** Which runtime every protocol is judged on: a profile by its name, or one that is not saved. */
export const admissionMatrixRequestSchema = z.union([
  z.strictObject({ runtime: z.string().max(64) }),
  z.strictObject({ base: z.enum(["full", "none"]), keys: keysSchema }),
]);
export type AdmissionMatrixRequest = z.infer<typeof admissionMatrixRequestSchema>;

/** What admission says of every protocol on one runtime. */
export const admissionMatrixSchema = z.object({
  /** The rules, in the order asked. */
  rules: z.array(z.object({ rule: z.string(), title: z.string(), source: z.string() })),
  rows: z.array(
    z.object({
      protocol: idSchema,
      name: z.string(),
      namespace: z.string().nullable(),
      origin: z.enum(["catalogue", "mine"]),
      /** Protocol id of the manifest; null where the text has none. */
      protocolId: z.string().nullable(),
      version: hashSchema.nullable(),
      /** False, too, where it could not be judged. */
      admitted: z.boolean(),
      /** Why it could not be judged at all: its text has errors, or there is no version. */
      unjudged: z.string().nullable(),
      cells: z.array(
        z.object({
          rule: z.string(),
          outcome: z.enum(["passed", "needs", "refused"]),
          reason: z.string().nullable(),
          needs: z.string().nullable(),
        }),
      ),
    }),
  ),
});
export type AdmissionMatrix = z.infer<typeof admissionMatrixSchema>;

/** What of a version can be taken along. */
export const artifactKindSchema = z.enum(["manifest", "global", "locals"]);
export type ArtifactKind = z.infer<typeof artifactKindSchema>;

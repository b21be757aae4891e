import { z } from "zod";
import { diagnosticSchema, hashSchema, idSchema } from "./common.ts";

export const originSchema = z.enum(["catalogue", "mine"]);

/** How much agreement its effects need: A at once, B a proposal, C a ceremony. */
export const categorySchema = z.enum(["A", "B", "C"]);

/** One row of the protocol list. */
export const protocolSummarySchema = z.object({
  id: idSchema,
  name: z.string(),
  namespace: z.string().nullable(),
  origin: originSchema,
  hidden: z.boolean(),
  /** Of the draft if there is one, else of the latest version. */
  verdict: z.enum(["sound", "errors", "empty"]),
  roles: z.array(z.string()),
  latestVersion: hashSchema.nullable(),
  versions: z.number().int(),
  sessions: z.number().int(),
  lastSession: z.string().nullable(),
  updatedAt: z.number().int(),
  /** The operation category it declares: in the front matter of its page, or picked in the studio. */
  category: z.object({
    declared: categorySchema.nullable(),
    by: z.enum(["page", "studio"]).nullable(),
    /** What is wrong with the declaration; undeclared is a finding. */
    findings: z.array(z.object({ code: z.string(), text: z.string() })),
  }),
});
export type ProtocolSummary = z.infer<typeof protocolSummarySchema>;

/** A protocol with its text: the draft when there is one, else the latest version. */
export const protocolSchema = protocolSummarySchema.extend({
  source: z.string(),
  draftRevision: z.number().int(),
  /** Markdown page of a catalogue protocol. */
  page: z.string().nullable(),
  /** Scenario of a catalogue protocol: bindings and a script of decisions and payloads that runs it to its end. */
  scenario: z
    .object({
      families: z.record(z.string(), z.number().int()),
      names: z.record(z.string(), z.number().int()),
      title: z.string(),
    })
    .nullable(),
});
export type ProtocolDetail = z.infer<typeof protocolSchema>;

/** A text that a version imports, as it was when the version was saved. */
export const pinnedImportSchema = z.object({
  module: z.string(),
  protocol: idSchema,
  version: hashSchema,
  source: z.string(),
});

export const versionSchema = z.object({
  version: hashSchema,
  label: z.string().nullable(),
  source: z.string(),
  at: z.number().int(),
  /** Every module it reaches, each once, by name. */
  imports: z.array(pinnedImportSchema),
  /** With those imports; one with errors cannot be opened. */
  verdict: z.enum(["sound", "errors"]),
});
export type VersionDetail = z.infer<typeof versionSchema>;

export const createProtocolSchema = z.object({
  name: z.string().min(1).max(200),
  source: z.string().default(""),
});
export const renameProtocolSchema = z.object({ name: z.string().min(1).max(200) });
/** `PUT /api/protocols/:id/category`; null takes it back. Refused where the page declares one. */
export const categoriseProtocolSchema = z.object({ category: categorySchema.nullable() });
/** `baseRevision` is the revision the text was edited from; a stale one is refused with the present draft. */
export const putDraftSchema = z.object({ source: z.string(), baseRevision: z.number().int().nonnegative() });
export const draftSchema = z.object({ revision: z.number().int(), at: z.number().int() });
export type DraftRevision = z.infer<typeof draftSchema>;
/** Saves the given text as an immutable version. Text with errors can be saved, but not opened. */
export const saveVersionSchema = z.object({ source: z.string(), label: z.string().max(200).optional() });

/**
 * The present text of a protocol that is shown, for a check of imports that
 * includes what is not saved yet. `saved`: it is its latest version.
 */
export const protocolTextSchema = z.object({
  id: idSchema,
  name: z.string(),
  source: z.string(),
  saved: z.boolean(),
});
export type ProtocolText = z.infer<typeof protocolTextSchema>;

/**
 * Imports are looked up in the latest saved versions of the workspace; with
 * `protocol` the text is that protocol's, with `version` too its imports are
 * those the version pinned.
 */
export const checkRequestSchema = z.object({
  source: z.string(),
  protocol: idSchema.optional(),
  version: hashSchema.optional(),
});
export type CheckRequest = z.infer<typeof checkRequestSchema>;
export const checkResponseSchema = z.object({
  verdict: z.enum(["sound", "errors"]),
  diagnostics: z.array(diagnosticSchema),
  name: z.string().nullable(),
  namespace: z.string().nullable(),
  roles: z.array(z.object({ name: z.string(), size: z.union([z.number(), z.string()]).nullable() })),
  /** Names bound to numbers when a session opens (`repeat n`, `W[i]`). */
  parameters: z.array(z.string()),
});
export type CheckResponse = z.infer<typeof checkResponseSchema>;

/** What findings count, by code: `{ "PAR5006": "error" }`. Only warnings and hints can be lowered or switched off. */
export const findingSettingsSchema = z.object({
  severities: z.record(z.string(), z.enum(["error", "warning", "info", "off"])),
});
export type FindingSettings = z.infer<typeof findingSettingsSchema>;

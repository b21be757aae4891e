import type { Host } from "@parley/runtime/host";
import {
  migrationDryRunSchema,
  migrationListSchema,
  migrationRequestSchema,
  migrationSubjectSchema,
} from "@parley/wire/http";
import { z } from "zod";
import type { Api } from "../http/api.ts";
import { mount } from "../http/endpoint.ts";

const query = z.object({ demo: z.string().max(64).optional() });

/** Migrations of fact schemas. */
export const migrationRoutes = (api: Api, host: Host): void => {
  mount(api, {
    method: "get",
    path: "/api/migrations",
    operation: "listMigrations",
    summary: "What can be migrated, what is needed, and what was done",
    answer: migrationListSchema,
    handle: async () => ({ ok: true, value: host.migrations() }),
  });
  mount(api, {
    method: "post",
    path: "/api/migrations/dry-run",
    operation: "dryRunMigration",
    summary: "What each step would change, journal by journal; nothing is kept",
    query,
    body: migrationRequestSchema,
    answer: migrationDryRunSchema,
    handle: ({ body, query: { demo } }) => host.dryRunMigration(body, demo),
  });
  mount(api, {
    method: "post",
    path: "/api/migrations/run",
    operation: "runMigration",
    summary: "Run the steps to a version, each journaled; one that fails leaves the state before it",
    query,
    body: migrationRequestSchema,
    answer: migrationSubjectSchema,
    handle: ({ caller, body, query: { demo } }) => host.runMigration(caller, body, demo),
  });
  mount(api, {
    method: "post",
    path: "/api/migrations/resume",
    operation: "resumeMigration",
    summary: "Go on where a run was killed or failed; recorded steps never run again",
    query,
    body: migrationRequestSchema,
    answer: migrationSubjectSchema,
    handle: ({ caller, body, query: { demo } }) => host.resumeMigration(caller, body, demo),
  });
};

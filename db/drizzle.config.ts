import { defineConfig } from "drizzle-kit";

/** For generating migrations only (`drizzle-kit generate`); `src/store/migrate.ts` applies them. */
export default defineConfig({ dialect: "sqlite", schema: "./src/schema/*.ts", out: "./migrations" });

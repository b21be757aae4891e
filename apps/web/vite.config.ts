import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { proxy: { "/api": process.env.PARLEY_API ?? "http://127.0.0.1:4747" } },
  build: { target: "es2022", sourcemap: false, chunkSizeWarningLimit: 4000 },
  worker: { format: "es" },
});

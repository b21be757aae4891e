import { buildWeb } from "./lib/build-web.ts";

process.exit(buildWeb());

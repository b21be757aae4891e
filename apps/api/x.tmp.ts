import { startStudio } from "./src/index.ts";
const r = await startStudio({ folder: process.argv[2], port: Number(process.argv[3]), web: process.argv[4] });
console.log(r.ok ? r.studio.url : r);

export { type AppOptions, createApp } from "./app.ts";
export { seeds } from "./server/seeds.ts";
export { type Studio, type StudioOptions, type StudioResult, startStudio, VERSION } from "./server/studio.ts";

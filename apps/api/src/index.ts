export { type Studio, type StudioOptions, type StudioResult, startStudio, VERSION } from "./server/studio.ts";

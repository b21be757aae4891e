export { artifactPath } from "./admission-client.ts";
export { type ApiClient, ApiError, createClient } from "./client.ts";

export { type ApiClient, ApiError, createClient } from "./client.ts";

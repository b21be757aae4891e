import type { TokenError } from "../../identity/token-port.ts";
import type { HostError } from "../host-error.ts";

/** Something about a token that this studio cannot use. */
export const badToken = (reason: string, detail: string): HostError => ({
  code: "PAR7784",
  kind: "bad-token",
  reason,
  detail,
});

/** A token error as a refusal. */
export const tokenRefusal = (authority: string, error: TokenError): HostError => {
  const { code, ...fields } = error;
  const detail = Object.values(fields).map(String).join(" ");
  return code === "foreign-root"
    ? { code: "PAR7781", kind: "foreign-token", authority, detail: `its root is not ${detail}` }
    : badToken(code, detail === "" ? "It cannot be used" : detail);
};

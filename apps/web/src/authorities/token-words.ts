import type { TokenView } from "@parley/wire/http";
import { when } from "../ui/when.ts";

type Check = TokenView["checks"][number];

/** What a token is for, in words. */
export const scopeWords = (scope: TokenView["scope"]): string => {
  switch (scope.kind) {
    case "contexts":
      return "every context";
    case "context":
      return `only context ${scope.context}`;
    case "storage":
      return `storage under ${scope.path}`;
  }
};

/** What a check leaves, in words. */
export const checkWords = (check: Check): string => {
  switch (check.kind) {
    case "capabilities":
      return `only ${check.only.length === 0 ? "nothing" : check.only.join(", ")}`;
    case "context":
      return `only in ${check.context}`;
    case "expires":
      return `until ${when(check.at)}`;
    case "operation":
      return `only to ${check.operation} under ${check.prefix === "" ? "every path" : check.prefix}`;
  }
};

/** The state of a token: what counts most first. */
export const tokenState = ({
  revoked,
  presentedBy,
}: Pick<TokenView, "revoked" | "presentedBy">): "revoked" | "shown" | "kept" =>
  revoked !== null ? "revoked" : presentedBy.length > 0 ? "shown" : "kept";

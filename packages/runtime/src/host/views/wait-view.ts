import type { BlockReason } from "@parley/wire";
import type { SessionView } from "@parley/wire/http";
import type { LocalTypeView } from "../../machine/inspect.ts";

export type WaitView = NonNullable<SessionView["roles"][number]["endpoints"][number]["wait"]>;

/** Why an endpoint waits, as a sentence, with the role that must act where one can be named. */
export const waitView = (
  reason: BlockReason,
  edgeId: string | null,
  at: LocalTypeView = { kind: "end" },
): WaitView => {
  const wait = (text: string, on: string | null): WaitView => ({ kind: reason.kind, text, on, edgeId });
  switch (reason.kind) {
    case "empty":
      return wait(`waits for a message from ${reason.edge.from}`, reason.edge.from);
    case "full":
      return wait(`waits until ${reason.edge.to} takes a message`, reason.edge.to);
    case "decision":
      if (at.kind === "perform") return wait(`${reason.role}: ${at.text}`, reason.role);
      if (at.kind === "decide")
        return wait(`${reason.role} must say which case it is: ${reason.labels.join(" or ")}`, reason.role);
      return wait(`${reason.role} must choose ${reason.labels.join(" or ")}`, reason.role);
    case "payload":
      if (at.kind === "perform")
        return wait(`${reason.role} waits for the ${reason.type} that ${reason.label} answers`, reason.role);
      return wait(`${reason.role} must give the ${reason.type} of ${reason.label}`, reason.role);
    case "denied":
      return wait(`the ${reason.guard} guard denied the send: ${reason.reason}`, null);
    case "join":
      return wait("waits for its parallel arms", null);
    case "topology":
      return wait(`the way from ${reason.edge.from} to ${reason.edge.to} is cut`, null);
    case "acquire":
      return wait(`waits for the layer ${reason.layer}`, null);
    case "invoke":
      return wait(`waits for ${reason.handler}`, null);
  }
};

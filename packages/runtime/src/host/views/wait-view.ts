import type { BlockReason } from "@parley/wire";
import type { SessionView } from "@parley/wire/http";

export type WaitView = NonNullable<SessionView["roles"][number]["endpoints"][number]["wait"]>;

/** Why an endpoint waits, as a sentence, with the role that must act where one can be named. */
export const waitView = (reason: BlockReason, edgeId: string | null): WaitView => {
  const wait = (text: string, on: string | null): WaitView => ({ kind: reason.kind, text, on, edgeId });
  switch (reason.kind) {
    case "empty":
      return wait(`waits for a message from ${reason.edge.from}`, reason.edge.from);
    case "full":
      return wait(`waits until ${reason.edge.to} takes a message`, reason.edge.to);
    case "decision":
      return wait(`${reason.role} must choose ${reason.labels.join(" or ")}`, reason.role);
    case "payload":
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

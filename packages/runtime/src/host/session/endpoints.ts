import type { EdgeState, Endpoint, Machine } from "../../machine/state.ts";

/** The session a hosted machine runs (model §2.1: a log belongs to one machine, ids from 0). */
export const HOSTED_SESSION = 0;

/** The live endpoint of a role at an arm path, if the session has it now. */
export const endpointAt = (machine: Machine, role: string, path: string): Endpoint | undefined => {
  const index = machine.linked.roleIndex.get(role);
  if (index === undefined) return undefined;
  if (path === "") return machine.sessions.get(HOSTED_SESSION)?.endpoints[index];
  for (const { endpoint, status } of machine.coroutines.values()) {
    const live = status.kind !== "done" && status.kind !== "faulted";
    if (live && endpoint?.role === index && endpoint.path === path) return endpoint;
  }
  return undefined;
};

/** The edge from one role to another, if the protocol has one. */
export const edgeBetween = (machine: Machine, from: string, to: string): EdgeState | undefined => {
  const sender = machine.linked.roleIndex.get(from);
  const receiver = machine.linked.roleIndex.get(to);
  if (sender === undefined || receiver === undefined) return undefined;
  const index = machine.linked.edgeIndex.get(sender * machine.image.roles.length + receiver);
  return index === undefined ? undefined : machine.sessions.get(HOSTED_SESSION)?.edges[index];
};

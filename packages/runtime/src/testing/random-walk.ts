import type { InputsRequest, NextAction, SessionView } from "@parley/wire/http";
import { operator } from "../host/caller.ts";
import type { Host } from "../host/host-api.ts";

type InputJson = InputsRequest["inputs"][number];
type ValueJson = Extract<InputJson, { readonly kind: "payload" }>["value"];

/** A value of a sort, small numbers and texts told apart by `n`. */
export const sampleValue = (sort: string, type: string, n: number): ValueJson => {
  switch (sort) {
    case "Nat":
      return { kind: "nat", value: n };
    case "Bool":
      return { kind: "bool", value: n % 2 === 0 };
    case "String":
      return { kind: "str", value: `text ${n}` };
    case "Opaque":
      return { kind: "opaque", type, json: String(n) };
    default:
      return { kind: "unit" };
  }
};

/** The inputs that do what an action offers, the `n`th way. */
export const inputsFor = (action: NextAction, n: number): readonly InputJson[] => {
  switch (action.kind) {
    case "advance":
      return [{ kind: "advance" }];
    case "timer":
      return action.cancellable && n % 3 === 0
        ? [{ kind: "cancel", reason: "random", scope: action.id }]
        : [{ kind: "clock", at: action.deadline }];
    case "payload": {
      const { seat, endpoint, step } = action;
      return [
        {
          kind: "payload",
          seat,
          endpoint,
          step,
          value: sampleValue(action.payloadSort, action.payloadType, n),
        },
      ];
    }
    case "decide": {
      const option = action.options[n % action.options.length];
      if (option === undefined) return [];
      const ref = { seat: action.seat, endpoint: action.endpoint, step: action.step };
      const decide: InputJson = { kind: "decide", ...ref, label: option.label };
      if (option.payloadSort === "Unit") return [decide];
      return [
        { kind: "payload", ...ref, value: sampleValue(option.payloadSort, option.payloadType, n) },
        decide,
      ];
    }
  }
};

/** Something unusual: pauses, frames nobody sent, decisions for steps to come, endings. */
const disturbance = (view: SessionView, n: number): readonly InputJson[] => {
  const role = view.roles[n % view.roles.length];
  const edge = view.edges[n % Math.max(view.edges.length, 1)];
  const endpoint = role?.endpoints[0];
  if (role === undefined) return [];
  switch (n % 7) {
    case 0:
      return [{ kind: "pause", role: role.role }];
    case 1:
    case 2:
      return view.roles
        .filter(({ paused }) => paused)
        .map(({ role: name }) => ({ kind: "resume", role: name }));
    case 3:
      return edge === undefined
        ? []
        : [
            {
              kind: "inject",
              from: edge.from,
              to: edge.to,
              label: "Stray",
              value: { kind: "nat", value: n },
            },
          ];
    case 4:
      return [{ kind: "advance", max: (n % 3) + 1 }];
    case 5:
      return n > 9_900 ? [{ kind: "cancel", reason: "random" }] : [{ kind: "clock", at: view.clockAt + n }];
    default: {
      const label = endpoint?.possible[0]?.label ?? "Ask";
      return [
        { kind: "decide", seat: role.role, endpoint: "", step: (endpoint?.step ?? 0) + (n % 4), label },
      ];
    }
  }
};

/**
 * Walks a session by numbers: each is one command, mostly what the session
 * offers, now and then something unusual; what is refused changes nothing.
 * Answers the view after every command.
 */
export const randomWalk = async (
  host: Host,
  id: string,
  steps: readonly number[],
): Promise<readonly SessionView[]> => {
  const views: SessionView[] = [];
  for (const n of steps) {
    const seen = await host.view(id);
    if (!seen.ok) throw new Error(JSON.stringify(seen.error));
    const view = seen.value;
    const action = view.next[n % Math.max(view.next.length, 1)];
    const usual = n % 5 !== 0 && action !== undefined;
    const inputs = usual ? inputsFor(action, n) : disturbance(view, n);
    if (inputs.length > 0) await host.inputs(operator, id, { expectedHead: view.head, inputs: [...inputs] });
    const after = await host.view(id);
    if (after.ok) views.push(after.value);
  }
  return views;
};

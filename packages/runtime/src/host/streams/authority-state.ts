import type { AuthorityInput } from "@parley/wire";
import { emptyBase, type StreamBase } from "./stream-state.ts";

/** The fold of one authority's stream: who it is and its devices, in order of addition. */
export interface AuthorityState extends StreamBase {
  readonly name: string;
  /** Hue of its colour, in degrees. */
  readonly hue: number;
  readonly devices: readonly { readonly id: string; readonly name: string }[];
}

export const emptyAuthority = (stream: string): AuthorityState => ({
  ...emptyBase(stream),
  name: "",
  hue: 0,
  devices: [],
});

export const foldAuthority = (state: AuthorityState, input: AuthorityInput): AuthorityState => {
  switch (input.kind) {
    case "authority.created":
      return { ...state, name: input.name, hue: input.hue };
    case "device.added":
      return { ...state, devices: [...state.devices, { id: input.device, name: input.name }] };
    default:
      return state;
  }
};

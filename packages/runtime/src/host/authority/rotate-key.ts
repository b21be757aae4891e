import type { AuthorityInput } from "@parley/wire";
import type { AuthorityView, RotateKeyRequest } from "@parley/wire/http";
import { keyName } from "../../identity/key-port.ts";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import type { AuthorityState } from "../streams/authority-state.ts";
import { presentKeyRecord } from "../streams/key-records.ts";
import { authorityCommand, type Planned } from "./authority-command.ts";
import { readAuthority } from "./authority-view.ts";
import { forgetReplaced } from "./seed-authority.ts";
import { treeInputs } from "./seed-tree.ts";

const planRotation = (
  core: HostCore,
  state: AuthorityState,
  device: string,
  { epoch: seen, reason = "" }: RotateKeyRequest,
): Result<Planned<null>> => {
  const { stream, budgets, keys: records } = state;
  if (!state.devices.some(({ id }) => id === device))
    return refused({ code: "PAR7001", kind: "not-found", what: "device", id: device });
  const keys = core.authority?.keys;
  const old = presentKeyRecord(records, "device", device);
  if (keys === undefined || old === undefined) return refused({ code: "PAR7780", kind: "guards-not-judged" });
  if (seen !== undefined && seen !== budgets.epoch)
    return refused({ code: "PAR7788", kind: "wrong-epoch", epoch: seen, current: budgets.epoch });
  // There, and on disk, before any entry says that it counts; a try that failed left the same one.
  const key = keys.create(keyName("device", device, old.turn + 1));
  const bound = state.devices.flatMap(({ id }) =>
    id === device ? key : (presentKeyRecord(records, "device", id)?.key ?? []),
  );
  const rotated: AuthorityInput = {
    kind: "key.rotated",
    device,
    key,
    replaces: old.key,
    epoch: budgets.epoch + 1,
    reason: reason === "" ? "rotated" : reason,
  };
  return done({ inputs: [rotated, ...treeInputs(keys, stream, state, bound, true)], receipt: null });
};

/**
 * Gives a device another key (spec/aura-state.md §18, §20.4): it signs from
 * the authority's next epoch on, which begins with it, so that what either key
 * may have signed is told by the epoch that is signed with it. What the old
 * one signed holds as before; what it signs of the new epoch is refused. Its
 * leaf of the commitment tree is replaced and the tree's epoch rotates,
 * attested as the tree asks for. Tokens are signed by the root key, which
 * stays, and name the device by its id: they count as before.
 */
export const rotateKeyCommand = (
  core: HostCore,
  caller: Caller,
  authority: string,
  asked: { readonly device: string; readonly request: RotateKeyRequest },
): Promise<Result<AuthorityView>> =>
  authorityCommand<AuthorityView, null>(core, caller, {
    name: "rotate-key",
    authority,
    request: asked,
    plan: (state) => planRotation(core, state, asked.device, asked.request),
    answer: async () => {
      forgetReplaced(core, authority);
      return readAuthority(core, authority);
    },
  });

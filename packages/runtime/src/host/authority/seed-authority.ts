import type { AuthorityInput } from "@parley/wire";
import { firstPartyCapabilities } from "../../identity/capability-vocabulary.ts";
import { keyName } from "../../identity/key-port.ts";
import type { HostCore } from "../core.ts";
import { deviceKeyName, presentKey, replacedKeyNames } from "../streams/key-records.ts";
import { revocationOf, tokensFor } from "../streams/token-records.ts";
import { issueToken } from "./seat-frontier.ts";
import { treeInputs } from "./seed-tree.ts";

interface Member {
  readonly id: string;
  readonly devices: readonly string[];
  /** Devices whose token an earlier seed issued, with less than the vocabulary of now. */
  readonly outgrown?: ReadonlySet<string>;
}

const nameOf = (core: HostCore, { id }: Member, device: string): string =>
  deviceKeyName(core.authorities.get(id)?.tentative.keys ?? [], device);

/** Binds a key that is new here; one bound before that the key store has lost is retired. */
const bind = (
  core: HostCore,
  member: Member,
  purpose: "root" | "device",
  device?: string,
): readonly AuthorityInput[] => {
  const { id } = member;
  const keys = core.authority?.keys;
  if (keys === undefined) return [];
  const known = core.authorities.get(id)?.tentative;
  const bound = known && presentKey(known.keys, purpose, device);
  const key = keys.create(device === undefined ? keyName(purpose, id) : nameOf(core, member, device));
  if (bound === key) return [];
  const epoch = known?.budgets.epoch ?? 0;
  const retired: AuthorityInput[] =
    bound === undefined ? [] : [{ kind: "key.retired", key: bound, reason: "not in the key store" }];
  return [
    ...retired,
    { kind: "key.bound", key, purpose, epoch, ...(device === undefined ? {} : { device }) },
  ];
};

/**
 * A device without a token that its authority's present key signed gets one
 * with the whole first-party vocabulary; so does one whose token of an earlier
 * seed lacks what the vocabulary holds now.
 */
const equip = (core: HostCore, { id, outgrown }: Member, device: string): readonly AuthorityInput[] => {
  const known = core.authorities.get(id)?.tentative;
  const presented = known?.tokens.presented[device];
  const root = core.authority?.keys.publicKey(keyName("root", id));
  const [kept] = known === undefined ? [] : tokensFor(known.tokens, device, "");
  // What somebody took away, or put in its place, is not given back.
  const stays = kept === undefined || (kept.record.root === root && outgrown?.has(device) !== true);
  if (presented !== undefined && stays) return [];
  if (known !== undefined && kept !== undefined && revocationOf(known.tokens, kept.record) !== undefined)
    return [];
  const scope = { kind: "contexts" } as const;
  const issued = issueToken(core, { authority: id, device, capabilities: firstPartyCapabilities, scope });
  if (!issued.ok) throw new Error(`no token for ${device}: ${issued.detail}`);
  return [
    { kind: "token.issued", token: issued.token },
    { kind: "token.presented", device, token: issued.token.id },
  ];
};

/**
 * What an authority lacks to act: root key, device keys, a commitment tree
 * with its devices, a token for each device. Nothing for one that has them, so it can be asked at every start.
 */
export const seedInputs = (core: HostCore, member: Member): readonly AuthorityInput[] =>
  core.authority === undefined
    ? []
    : [
        ...bind(core, member, "root"),
        ...member.devices.flatMap((device) => bind(core, member, "device", device)),
        ...treeInputs(
          core.authority.keys,
          member.id,
          core.authorities.get(member.id)?.tentative,
          member.devices.flatMap(
            (device) => core.authority?.keys.publicKey(nameOf(core, member, device)) ?? [],
          ),
        ),
        ...member.devices.flatMap((device) => equip(core, member, device)),
      ];

/** Forgets the keys that rotations replaced: a rotation that was cut short after its entry left one there. */
export const forgetReplaced = (core: HostCore, authority: string): void => {
  const keys = core.authorities.get(authority)?.durable.keys ?? [];
  for (const name of replacedKeyNames(keys)) core.authority?.keys.forgetKey(name);
};

import type { AuthorityView } from "@parley/wire/http";
import { Chip } from "../ui/chip.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { HashLine, HashText } from "../ui/hash-text.tsx";
import { placeHref, useAuthorityPlace } from "./authority-data.ts";
import { DeviceKeys } from "./device-keys.tsx";
import { epochWords } from "./key-history.ts";
import { TreeDrawing } from "./tree-drawing.tsx";

type Key = AuthorityView["keys"][number];
type Device = AuthorityView["devices"][number];

const deviceColumns: readonly Column<Device>[] = [
  { id: "device", head: "Device", text: ({ id }) => id, show: ({ name }) => name },
  { id: "name", head: "Id", wide: true, text: ({ id }) => id, show: ({ id }) => <code>{id}</code> },
  {
    id: "key",
    head: "Key",
    text: ({ key }) => key,
    show: ({ key }) => (key === null ? "none" : <HashText value={key} />),
  },
  {
    id: "token",
    head: "Shows token",
    text: ({ token }) => token,
    show: ({ token }) =>
      token === null ? (
        <Chip tone="warn" icon="warn">
          none
        </Chip>
      ) : (
        <code title={token}>{token}</code>
      ),
  },
];

const keyColumns: readonly Column<Key>[] = [
  {
    id: "key",
    head: "Key",
    text: ({ key }) => key,
    show: ({ key }) => <HashText value={key} digits={14} />,
  },
  {
    id: "purpose",
    head: "Of",
    text: ({ purpose, device }) => device ?? purpose,
    show: ({ purpose, device }) => device ?? `the ${purpose}`,
  },
  { id: "epoch", head: "Counts", width: "116px", wide: true, text: epochWords },
  {
    id: "seq",
    head: "Bound at",
    width: "80px",
    wide: true,
    text: ({ seq }) => seq,
    show: ({ seq }) => `#${seq}`,
  },
  {
    id: "retired",
    head: "State",
    width: "minmax(90px, 1fr)",
    text: ({ retired }) => (retired === null ? "bound" : `retired at ${retired.seq}: ${retired.reason}`),
    show: ({ retired }) =>
      retired === null ? (
        <Chip tone="ok" icon="check">
          bound
        </Chip>
      ) : (
        <Chip tone="warn" icon="cross" title={retired.reason}>
          {retired.by === undefined ? "retired" : "replaced"} at #{retired.seq}
        </Chip>
      ),
  },
];

const Tree = ({ view }: { readonly view: AuthorityView }) => {
  if (view.tree !== null)
    return (
      <>
        <p className="quiet">
          Epoch {view.tree.epoch}, threshold {view.tree.threshold} of {view.tree.leaves.length}. Its
          commitment: <HashLine name="the commitment" value={view.tree.commitment} />
        </p>
        <TreeDrawing tree={view.tree} />
      </>
    );
  const leaves = view.devices.flatMap(({ id, key }, leaf) =>
    key === null ? [] : [{ leaf, role: "Device" as const, publicKey: key, device: id }],
  );
  return (
    <>
      <p className="quiet">
        No attested operation has changed the tree yet: these are the devices with their keys, any of which
        may sign.
      </p>
      <TreeDrawing tree={{ leaves, threshold: 1 }} />
    </>
  );
};

/** Devices with the tokens they show, keys with their epochs, the commitment tree. */
export const DevicesTab = ({ view }: { readonly view: AuthorityView }) => {
  const { place, go } = useAuthorityPlace(view.id);
  const chosen = view.keys.find(({ key }) => key === place.key);
  return (
    <>
      <h2>Devices</h2>
      <DataTable
        label="Devices"
        file={`${view.id}.devices`}
        rows={view.devices}
        columns={deviceColumns}
        keyOf={({ id }) => id}
        hrefOf={({ token }) => placeHref(view.id, { tab: "tokens", token: token ?? undefined })}
        onOpen={({ token }) => go({ tab: "tokens", token: token ?? undefined })}
        empty={<p className="quiet">It has no device.</p>}
      />
      <DeviceKeys view={view} />
      <h2>Keys</h2>
      <DataTable
        label="Keys"
        file={`${view.id}.keys`}
        rows={view.keys}
        columns={keyColumns}
        keyOf={({ key }) => key}
        hrefOf={({ key }) => placeHref(view.id, { tab: "devices", key })}
        onOpen={({ key }) => go({ tab: "devices", key })}
        selected={place.key}
        empty={<p className="quiet">No key is bound to it.</p>}
      />
      {chosen ? <HashLine name="the key" value={chosen.key} /> : null}
      <h2>Commitment tree</h2>
      <Tree view={view} />
    </>
  );
};

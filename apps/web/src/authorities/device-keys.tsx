import type { AuthorityView } from "@parley/wire/http";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { HashText } from "../ui/hash-text.tsx";
import { epochWords, keyHistory } from "./key-history.ts";
import { RotateDialog } from "./rotate-dialog.tsx";

interface DeviceProps {
  readonly view: AuthorityView;
  readonly device: AuthorityView["devices"][number];
}

const DeviceKey = ({ view, device }: DeviceProps) => {
  const [rotating, setRotating] = useState(false);
  const history = keyHistory(view.keys, device.id);
  const [present] = history.filter(({ retired }) => retired === null);
  const past = history.filter((one) => one !== present);
  return (
    <section className="device-key" aria-label={`Keys of ${device.name}`}>
      <p>
        <strong>{device.name}</strong>{" "}
        {present === undefined ? (
          "has no key: it signs nothing."
        ) : (
          <>
            signs by <HashText value={present.key} />, {epochWords(present)}.
          </>
        )}
      </p>
      <Button small disabled={present === undefined} onClick={() => setRotating(true)}>
        Rotate the key of {device.name} …
      </Button>
      {past.length === 0 ? null : (
        <ol aria-label={`Earlier keys of ${device.name}`}>
          {past.map(({ key, epoch, retired, seq }) => (
            <li key={`${key} ${seq}`}>
              <HashText value={key} /> {epochWords({ epoch, retired })}, until entry #{retired?.seq}:{" "}
              {retired?.reason}
            </li>
          ))}
        </ol>
      )}
      {rotating ? <RotateDialog view={view} device={device} onClose={() => setRotating(false)} /> : null}
    </section>
  );
};

/** By which key each device signs, those it had before, and how to give it another. */
export const DeviceKeys = ({ view }: { readonly view: AuthorityView }) =>
  view.devices.map((device) => <DeviceKey key={device.id} view={view} device={device} />);

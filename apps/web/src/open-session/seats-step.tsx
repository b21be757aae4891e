import type { AuthorityDetail } from "@parley/wire/http";

interface SeatsStepProps {
  readonly roles: readonly string[];
  readonly seats: ReadonlyMap<string, string>;
  readonly cast: readonly AuthorityDetail[];
  readonly onSeat: (role: string, seat: string) => void;
}

/** One row a bound role: which authority's device sits there. */
export const SeatsStep = ({ roles, seats, cast, onSeat }: SeatsStepProps) => (
  <div className="open-grid">
    {roles.map((role) => (
      <label key={role} className="field">
        <span>{role}</span>
        <select
          className="input"
          aria-label={`Seat of ${role}`}
          value={seats.get(role) ?? ""}
          onChange={({ target }) => onSeat(role, target.value)}
        >
          {cast.map((person) => (
            <optgroup key={person.id} label={person.name}>
              {person.devices.map((device) => (
                <option key={device.id} value={`${person.id}/${device.id}`}>
                  {person.name} · {device.name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
    ))}
  </div>
);

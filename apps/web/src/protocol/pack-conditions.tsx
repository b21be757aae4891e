import type { PackAcceptance } from "@parley/core";
import { Chip } from "../ui/chip.tsx";
import { Icon } from "../ui/icon.tsx";

const Condition = ({ asks, met, evidence }: PackAcceptance["conditions"][number]) => (
  <li className={met ? "met" : "unmet"}>
    <Icon name={met ? "check" : "cross"} size={14} />
    <div>
      <p>
        <span className="visually-hidden">{met ? "met:" : "not met:"}</span> {asks}
      </p>
      <ul>
        {evidence.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </div>
  </li>
);

/** The five conditions of the acceptance rule, with the evidence for each, for every pack a protocol requires. */
export const PackConditions = ({ packs }: { readonly packs: readonly PackAcceptance[] }) => (
  <div className="packs">
    {packs.map(({ pack, conditions, accepted }) => (
      <section key={pack} aria-label={`Theorem pack ${pack}`}>
        <h3>
          <span className="mono">{pack}</span>{" "}
          <Chip tone={accepted ? "ok" : "bad"} icon={accepted ? "check" : "cross"}>
            {accepted ? "Accepted" : "Not accepted"}
          </Chip>
        </h3>
        <p className="note">
          {conditions.filter(({ met }) => met).length} of {conditions.length} conditions are met.
        </p>
        <ol className="plain">
          {conditions.map((one) => (
            <Condition key={one.condition} {...one} />
          ))}
        </ol>
      </section>
    ))}
  </div>
);

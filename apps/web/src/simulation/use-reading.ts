import { useEffect, useRef, useState } from "react";
import type { ScenarioSummary, Simulated } from "./simulation.ts";
import { SimulationClient } from "./simulation-client.ts";

const DELAY_MS = 80;

/** What the text of a scenario is worth, a moment after it was last changed. */
export interface Reading {
  readonly summary: ScenarioSummary | undefined;
  /** The text it is about. */
  readonly text: string;
}

const NOTHING: Reading = { summary: undefined, text: "" };

/** Reads a scenario in a worker while it is being written; nothing without a sound protocol. */
export const useReading = (protocol: Simulated | undefined, text: string): Reading => {
  const [reading, setReading] = useState(NOTHING);
  const client = useRef<SimulationClient>(undefined);
  const known = useRef<Simulated>(undefined);

  useEffect(
    () => () => {
      client.current?.end();
      client.current = undefined;
      known.current = undefined;
    },
    [],
  );

  useEffect(() => {
    if (protocol === undefined) return;
    let dropped = false;
    const timer = setTimeout(() => {
      if (client.current === undefined) client.current = new SimulationClient(protocol);
      else if (known.current !== protocol) client.current.protocol(protocol);
      known.current = protocol;
      void client.current
        .ask({ kind: "read", text }, (answer) => {
          if (answer.kind === "read" && !dropped) setReading({ summary: answer.summary, text });
        })
        .catch(() => undefined);
    }, DELAY_MS);
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [protocol, text]);

  return reading;
};

import type { FactView } from "@parley/wire/http";
import { when } from "../ui/when.ts";

/** The time of a fact in words, whichever of the four domains it is of. */
export const timeWords = (time: FactView["time"]): string => {
  switch (time.kind) {
    case "logical":
      return `logical ${time.lamport}`;
    case "order":
      return `order ${time.bytes.slice(0, 8)}…`;
    case "physical":
      return when(time.ms) + (time.uncertainty === undefined ? "" : ` ± ${time.uncertainty} ms`);
    case "range":
      return `${when(time.earliest)} – ${when(time.latest)} (${time.confidence.toLowerCase()})`;
  }
};

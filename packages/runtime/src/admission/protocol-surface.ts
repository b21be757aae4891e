/** Where a surface stands (spec/machine-surfaces.md §3). Everything but `Issued` is where it may end. */
export type SurfaceState =
  | "Issued"
  | "Consumed"
  | "Committed"
  | "RolledBack"
  | "Rejected"
  | "Invalidated"
  | "Expired";

export type SurfaceClass = "admission" | "ownership" | "evidence" | "transition";

/** A surface whose presence a protocol may depend on, with its life cycle. */
export interface ProtocolSurface {
  readonly name: string;
  readonly class: SurfaceClass;
  /** Every state it may be in. */
  readonly states: readonly SurfaceState[];
  /** Who reads it here, in a sentence. */
  readonly consumer: string;
}

/** The ten protocol-critical surfaces, in the order of spec/aura-runtime.md §3.2. */
export const protocolSurfaces: readonly ProtocolSurface[] = [
  {
    name: "runtime_admission",
    class: "admission",
    states: ["Issued", "Rejected"],
    consumer: "opening a session, which asks for it before anything else",
  },
  {
    name: "theorem_pack_capabilities",
    class: "admission",
    states: ["Issued", "Rejected"],
    consumer: "admission, before any capability of a pack",
  },
  {
    name: "ownership_capability",
    class: "ownership",
    states: ["Issued", "Invalidated", "Expired", "Rejected"],
    consumer: "opening a session, which claims its fragments with it",
  },
  {
    name: "readiness_witness",
    class: "evidence",
    states: ["Issued", "Consumed", "Rejected", "Invalidated", "Expired"],
    consumer: "threshold signing, which takes it once",
  },
  {
    name: "authoritative_read",
    class: "evidence",
    states: ["Issued", "Consumed", "Rejected"],
    consumer: "recovery and threshold signing, which read through it",
  },
  {
    name: "materialization_proof",
    class: "evidence",
    states: ["Issued", "Consumed", "Rejected"],
    consumer: "recovery and threshold signing, which prove by it what they made real",
  },
  {
    name: "canonical_handle",
    class: "evidence",
    states: ["Issued", "Consumed", "Rejected", "Invalidated"],
    consumer: "recovery and threshold signing, which name by it what they read",
  },
  {
    name: "ownership_receipt",
    class: "transition",
    states: ["Issued", "Committed", "RolledBack", "Rejected", "Invalidated", "Expired"],
    consumer: "the reconfiguration manager, for every change of owner",
  },
  {
    name: "semantic_handoff",
    class: "transition",
    states: ["Committed", "RolledBack", "Rejected", "Invalidated"],
    consumer: "the reconfiguration manager, for handing over an operation",
  },
  {
    name: "reconfiguration_transition",
    class: "transition",
    states: ["Issued", "Committed", "RolledBack", "Rejected"],
    consumer: "the reconfiguration manager, for links, delegations and upgrades",
  },
];

/** The surface of that name; `undefined` for any other capability. */
export const protocolSurface = (name: string): ProtocolSurface | undefined =>
  protocolSurfaces.find((surface) => surface.name === name);

/** Why a step of a surface's life is refused; where it stands stays as it was. */
export type SurfaceRefusal =
  | { readonly code: "PAR8231"; readonly variant: "UnknownSurface"; readonly surface: string }
  | {
      readonly code: "PAR8232";
      readonly variant: "StateNotOfSurface";
      readonly surface: string;
      readonly state: SurfaceState;
      readonly states: readonly SurfaceState[];
    }
  | {
      readonly code: "PAR8233";
      readonly variant: "IllegalTransition";
      readonly surface: string;
      readonly from: SurfaceState | null;
      readonly to: SurfaceState;
      readonly allowed: readonly SurfaceState[];
    };

export type SurfaceStep =
  | { readonly ok: true; readonly state: SurfaceState }
  | { readonly ok: false; readonly error: SurfaceRefusal };

/**
 * Where a surface may go from a state. It begins by being issued, or rejected
 * where it is asked for; one that is never issued begins with its outcome.
 * From `Issued` it goes anywhere it has a state for, and what was committed may
 * still be invalidated. Everything else is final.
 */
export const nextSurfaceStates = (
  { states }: ProtocolSurface,
  from: SurfaceState | null,
): readonly SurfaceState[] => {
  const issued = states.includes("Issued");
  if (from === null)
    return issued
      ? states.filter((state) => state === "Issued" || state === "Rejected")
      : states.filter((state) => state !== "Invalidated");
  if (from === "Issued") return states.filter((state) => state !== "Issued");
  return from === "Committed" ? states.filter((state) => state === "Invalidated") : [];
};

/**
 * One step of a surface's life; `from` is `null` before it exists.
 *
 * @example surfaceStep("readiness_witness", "Issued", "Consumed") // { ok: true, state: "Consumed" }
 */
export const surfaceStep = (name: string, from: SurfaceState | null, to: SurfaceState): SurfaceStep => {
  const surface = protocolSurface(name);
  if (surface === undefined)
    return { ok: false, error: { code: "PAR8231", variant: "UnknownSurface", surface: name } };
  const { states } = surface;
  const strange = [to, ...(from === null ? [] : [from])].find((state) => !states.includes(state));
  if (strange !== undefined)
    return {
      ok: false,
      error: { code: "PAR8232", variant: "StateNotOfSurface", surface: name, state: strange, states },
    };
  const allowed = nextSurfaceStates(surface, from);
  return allowed.includes(to)
    ? { ok: true, state: to }
    : {
        ok: false,
        error: { code: "PAR8233", variant: "IllegalTransition", surface: name, from, to, allowed },
      };
};

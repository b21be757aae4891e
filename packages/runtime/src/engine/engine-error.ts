import type { Fault } from "@parley/wire";
import type { AdmissionError } from "../admission/admission-error.ts";
import { admissionErrorText } from "../admission/admission-error.ts";
import { capabilityRef } from "../admission/capability-ref.ts";
import { type TerminationError, terminationErrorText } from "../admission/termination-limit.ts";
import { outputPredicates } from "../machine/output-predicates.ts";

/** Everything the engine fails with: closed (spec/aura-runtime.md §8.5). */
export type ChoreoEngineError =
  | { readonly code: "PAR8261"; readonly variant: "Vm"; readonly session: number; readonly fault: Fault }
  | {
      readonly code: "PAR8262";
      readonly variant: "SessionLifecycle";
      readonly session: number;
      readonly reason: string;
    }
  | { readonly code: "PAR8263"; readonly variant: "Interpreter"; readonly message: string }
  | { readonly code: "PAR8264"; readonly variant: "MissingRuntimeContracts" }
  | { readonly code: "PAR8265"; readonly variant: "UnsupportedDeterminismProfile"; readonly mode: string }
  /** `capability` is the reference of the key, 16 hex digits, never its name. */
  | { readonly code: "PAR8266"; readonly variant: "MissingRuntimeCapability"; readonly capability: string }
  | { readonly code: "PAR8267"; readonly variant: "MissingTheoremPack"; readonly theorem_pack: string }
  | {
      readonly code: "PAR8268";
      readonly variant: "MissingTheoremPackCapability";
      readonly theorem_pack: string;
      readonly capability: string;
    }
  | {
      readonly code: "PAR8269";
      readonly variant: "UnclassifiedEnvelopeKinds";
      readonly kinds: readonly string[];
    }
  | { readonly code: "PAR8270"; readonly variant: "ConformanceArtifact"; readonly reason: string }
  | {
      readonly code: "PAR8271";
      readonly variant: "OutputConditionRejected";
      readonly predicate_ref: string;
      readonly tick: number | null;
      readonly witness_ref: string | null;
    }
  | Extract<TerminationError, { readonly variant: "BoundExceeded" }>;

export type EngineResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ChoreoEngineError };

export const engineDone = <T>(value: T): EngineResult<T> => ({ ok: true, value });
export const engineFailed = (
  error: ChoreoEngineError,
): { readonly ok: false; readonly error: ChoreoEngineError } => ({
  ok: false,
  error,
});

export const interpreter = (message: string): ChoreoEngineError => ({
  code: "PAR8263",
  variant: "Interpreter",
  message,
});

/** Translates what admission refuses; capabilities travel as references, so that a log names no key (spec/aura-runtime.md §3.7). */
export const engineErrorOfAdmission = (error: AdmissionError): ChoreoEngineError => {
  switch (error.variant) {
    case "MissingCapability":
      return {
        code: "PAR8266",
        variant: "MissingRuntimeCapability",
        capability: capabilityRef(error.capability),
      };
    case "MissingTheoremPack":
      return { code: "PAR8267", variant: "MissingTheoremPack", theorem_pack: error.theorem_pack };
    case "MissingTheoremPackCapability":
      return {
        code: "PAR8268",
        variant: "MissingTheoremPackCapability",
        theorem_pack: error.theorem_pack,
        capability: capabilityRef(error.capability),
      };
    case "MissingRuntimeContracts":
      return { code: "PAR8264", variant: "MissingRuntimeContracts" };
    case "InventoryUnavailable":
    case "Internal":
      return interpreter(admissionErrorText(error));
  }
};

/** Translates a fault of the machine; a refused output says which check refused it. */
export const engineErrorOfFault = (
  session: number,
  fault: Fault,
  at: { readonly tick: number; readonly witness: string | undefined },
): ChoreoEngineError =>
  fault.variant === "OutputCondition"
    ? {
        code: "PAR8271",
        variant: "OutputConditionRejected",
        predicate_ref: String(fault.fields.predicate_ref ?? outputPredicates.observable),
        tick: at.tick,
        witness_ref: at.witness ?? null,
      }
    : { code: "PAR8261", variant: "Vm", session, fault };

/** An engine error as a sentence. */
export const engineErrorText = (error: ChoreoEngineError): string => {
  switch (error.variant) {
    case "Vm":
      return error.fault.message;
    case "SessionLifecycle":
      return `session ${error.session}: ${error.reason}`;
    case "Interpreter":
      return error.message;
    case "MissingRuntimeContracts":
      return "the engine has no runtime contracts";
    case "UnsupportedDeterminismProfile":
      return `the engine has no artifact for the determinism mode ${error.mode}`;
    case "MissingRuntimeCapability":
      return `the runtime lacks the capability ${error.capability}`;
    case "MissingTheoremPack":
      return `the theorem pack ${error.theorem_pack} cannot be admitted`;
    case "MissingTheoremPackCapability":
      return `${error.theorem_pack} needs the capability ${error.capability}`;
    case "UnclassifiedEnvelopeKinds":
      return `no law is known for ${error.kinds.join(", ")}`;
    case "ConformanceArtifact":
      return error.reason;
    case "OutputConditionRejected":
      return `an output was rejected by ${error.predicate_ref}`;
    case "BoundExceeded":
      return terminationErrorText(error);
  }
};

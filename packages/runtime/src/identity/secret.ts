const redacted = "<redacted>";

/**
 * Why secret bytes leave their wrapper (spec/aura-state.md §23): into the
 * secure store, or into something that wraps or uses the key; `boundary` names
 * the place, for whoever reads the code or an audit.
 */
export type SecretExportContext =
  | { readonly kind: "SecureStorage"; readonly boundary: string }
  | { readonly kind: "KeyWrapping"; readonly boundary: string };

/**
 * Secret bytes that cannot slip out: JSON, text and Node's inspection show
 * `<redacted>` with the length. The bytes come out by `expose` alone, which
 * asks for the reason. `destroy` overwrites them.
 */
export class Secret {
  readonly label: string;
  readonly #bytes: Uint8Array;

  constructor(label: string, bytes: Uint8Array) {
    this.label = label;
    // Not `slice`: of a Buffer that would be the same memory.
    this.#bytes = new Uint8Array(bytes);
  }

  /** How many bytes there are. */
  get length(): number {
    return this.#bytes.length;
  }

  /** A copy of the bytes. Throws a `RangeError` when the context names no boundary. */
  expose(context: SecretExportContext): Uint8Array {
    if (context.boundary.trim() === "") throw new RangeError("a secret is exported across a named boundary");
    return this.#bytes.slice();
  }

  /** Overwrites the bytes with zeros. */
  destroy(): void {
    this.#bytes.fill(0);
  }

  toString(): string {
    return `${this.label}(${this.length} bytes, ${redacted})`;
  }

  toJSON(): string {
    return redacted;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

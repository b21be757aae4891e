/**
 * Whether a finding is about what admission reads, not about the protocol:
 * sender records (40xx) and theorem packs (41xx). Such an error refuses a
 * session, and leaves the protocol readable: it is lowered, projected and drawn.
 */
export const isAdmissionCode = (code: string): boolean =>
  code.startsWith("PAR40") || code.startsWith("PAR41");

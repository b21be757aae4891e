/** The version of the machine's meaning that entry 0 of every session pins (model §1.4). */
export const SEMANTICS = 1;

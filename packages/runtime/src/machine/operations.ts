/** What an operation is known by in a session: its name, and for a member of a family its index too. */
export const operationKey = (operation: string, role: string): string =>
  `${operation}${/\[\d+\]$/.exec(role)?.[0] ?? ""}`;

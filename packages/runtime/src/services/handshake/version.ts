/** A semantic version, each part a natural number. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

export const parseVersion = (text: string): Version | undefined => {
  const parts = /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})$/.exec(text);
  if (parts === null) return undefined;
  const [major = 0, minor = 0, patch = 0] = parts.slice(1).map(Number);
  return { major, minor, patch };
};

export const showVersion = ({ major, minor, patch }: Version): string => `${major}.${minor}.${patch}`;

/** Negative when `one` is the lower. */
export const compareVersions = (one: Version, other: Version): number =>
  one.major - other.major || one.minor - other.minor || one.patch - other.patch;

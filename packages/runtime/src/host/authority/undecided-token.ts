/** A token could not be judged in time: the unit is given up and may be asked for again. Never a denial (model §5). */
export class UndecidedToken extends Error {
  readonly authority: string;
  readonly device: string;
  readonly capability: string;

  constructor(authority: string, device: string, capability: string) {
    super(`a token of ${device} was not judged in time`);
    this.name = "UndecidedToken";
    this.authority = authority;
    this.device = device;
    this.capability = capability;
  }
}

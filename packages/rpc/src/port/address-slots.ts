/** Counts what each address has, such as connections. */
export interface AddressSlots {
  /** How often a place was rejected because an address had none left. */
  readonly rejected: number;
  /** How many addresses have a place now. */
  readonly addresses: number;
  /** Takes a place; returns what frees it, to be called once, or undefined when the address has none left. */
  take(address: string): (() => void) | undefined;
}

/** Creates counts of zero. `perAddress` is how many places an address has; 0 means as many as it takes. */
export function createAddressSlots(perAddress: number): AddressSlots {
  const taken = new Map<string, number>();
  const limit = perAddress === 0 ? Number.POSITIVE_INFINITY : perAddress;
  let rejected = 0;
  return {
    get rejected() {
      return rejected;
    },
    get addresses() {
      return taken.size;
    },
    take(address) {
      const count = taken.get(address) ?? 0;
      if (count >= limit) {
        rejected += 1;
        return undefined;
      }
      taken.set(address, count + 1);
      return () => {
        const left = (taken.get(address) ?? 1) - 1;
        if (left === 0) taken.delete(address);
        else taken.set(address, left);
      };
    },
  };
}

/** Counts what each address has, such as connections. */
export interface AddressSlots {
  /** How often a place was refused because an address had none left. */
  readonly refused: number;
  /** How many addresses have a place now. */
  readonly addresses: number;
  /** Takes a place; returns what frees it, to be called once, or undefined when the address has none left. */
  take(address: string): (() => void) | undefined;
}

/** Creates counts of zero. `perAddress` is how many places an address has; 0 means as many as it takes. */
export function createAddressSlots(perAddress: number): AddressSlots {
  const taken = new Map<string, number>();
  const limit = perAddress === 0 ? Number.POSITIVE_INFINITY : perAddress;
  let refused = 0;
  return {
    get refused() {
      return refused;
    },
    get addresses() {
      return taken.size;
    },
    take(address) {
      const count = taken.get(address) ?? 0;
      if (count >= limit) {
        refused += 1;
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

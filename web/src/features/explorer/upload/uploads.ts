import { createContext } from "react";
import { type IndexedValue, indexedValue } from "../../../storage/indexed-value.ts";

/** The descriptor sets that a person has chosen, by the server that they describe: the empty name is that of the page. */
export interface Uploads {
  /** The set of a server; undefined for none. Never rejects. */
  read(server: string): Promise<Uint8Array | undefined>;
  /** Keeps a set; where the browser keeps nothing it is there until the page is left. Undefined removes it. Never rejects. */
  write(server: string, set: Uint8Array | undefined): Promise<void>;
}

/** How many sets are kept; those of the servers that were described first go. */
const KEPT = 20;

/** The descriptor sets in a value that the browser keeps. */
export function createUploads(storage: IndexedValue): Uploads {
  const held = new Map<string, Uint8Array | undefined>();
  return {
    async read(server) {
      if (held.has(server)) return held.get(server);
      return readSets(await storage.read().catch(() => undefined)).get(server);
    },
    async write(server, set) {
      held.set(server, set);
      const change = (kept: unknown) => {
        const sets = readSets(kept);
        sets.delete(server);
        if (set !== undefined) sets.set(server, set);
        return [...sets].slice(-KEPT);
      };
      await storage.update(change).catch(() => undefined);
    },
  };
}

/** The descriptor sets of the browser, unless others are given. */
export const UploadsContext = createContext<Uploads>(createUploads(indexedValue("explorer-contracts")));

function readSets(kept: unknown): Map<string, Uint8Array> {
  const entries = Array.isArray(kept) ? kept.filter(isEntry) : [];
  return new Map(entries);
}

function isEntry(value: unknown): value is [string, Uint8Array] {
  return Array.isArray(value) && typeof value[0] === "string" && value[1] instanceof Uint8Array;
}

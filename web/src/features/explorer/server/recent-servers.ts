import type { KeptStorage } from "../../../storage/kept-storage.ts";

const KEY = "explorer-servers";
/** How many are kept. */
const KEPT = 10;

/** The servers that were called last, the latest first. */
export function readRecentServers(storage: KeptStorage): readonly string[] {
  return (storage.getItem(KEY) ?? "").split("\n").filter((address) => address !== "");
}

/** Keeps a server as the latest. */
export function keepRecentServer(storage: KeptStorage, address: string): void {
  const others = readRecentServers(storage).filter((one) => one !== address);
  storage.setItem(KEY, [address, ...others].slice(0, KEPT).join("\n"));
}

import { createRunningHandlers, type RunningHandlers } from "../../call/running-handlers.ts";
import type { SocketLimits } from "./socket-limits.ts";

/** Counts sockets, overall and by address. */
export interface SocketSlots {
  /** How many places are taken: by sockets that are open, and by those for which handlers still run. */
  readonly count: number;
  /** How many addresses have one. */
  readonly addresses: number;
  /** Takes a place for a socket, or says which limit is reached. */
  take(address: string): SocketSlot | "server is full" | "address is full";
}

/** The place of one socket: free again once the socket is closed and no handler runs for it any more. */
export interface SocketSlot {
  /** The handlers that run for the socket. */
  readonly handlers: RunningHandlers;
  /** The socket is closed. To be called once. */
  close(): void;
}

/** Creates counts of zero. A socket counts as long as handlers run for it, so that opening and closing many frees nothing. */
export function createSocketSlots(limits: Pick<SocketLimits, "maxSockets" | "maxSocketsPerAddress">): SocketSlots {
  const byAddress = new Map<string, number>();
  let all = 0;
  const count = (address: string, change: number) => {
    all += change;
    const left = (byAddress.get(address) ?? 0) + change;
    if (left === 0) byAddress.delete(address);
    else byAddress.set(address, left);
  };
  return {
    get count() {
      return all;
    },
    get addresses() {
      return byAddress.size;
    },
    take(address) {
      if (all >= limits.maxSockets) return "server is full";
      if ((byAddress.get(address) ?? 0) >= limits.maxSocketsPerAddress) return "address is full";
      count(address, 1);
      return createSlot(() => count(address, -1));
    },
  };
}

function createSlot(free: () => void): SocketSlot {
  const handlers = createRunningHandlers();
  let isOpen = true;
  const freeIfUnused = () => {
    if (!isOpen && handlers.count === 0) free();
  };
  return {
    handlers: {
      get count() {
        return handlers.count;
      },
      track: handlers.track,
      untrack() {
        handlers.untrack();
        freeIfUnused();
      },
    },
    close() {
      isOpen = false;
      freeIfUnused();
    },
  };
}

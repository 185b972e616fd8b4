/** What happened to the implementations of a server, in order, and what keeps them waiting. */
export interface Journal {
  /** Writes something down. */
  write(event: string): void;
  /** What was written since this was last asked, in order. */
  take(): readonly string[];
  /** Resolves when the test lets go of everything that waits. */
  held(): Promise<void>;
  /** Lets go of everything that waits. */
  letGo(): void;
}

/** Creates an empty journal that holds what waits. */
export function createJournal(): Journal {
  let events: string[] = [];
  let hold = Promise.withResolvers<void>();
  return {
    write: (event) => {
      events.push(event);
    },
    take() {
      const taken = events;
      events = [];
      return taken;
    },
    held: () => hold.promise,
    letGo() {
      hold.resolve();
      hold = Promise.withResolvers();
    },
  };
}

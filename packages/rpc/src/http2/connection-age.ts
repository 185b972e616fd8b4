/** How old connections may become, so that clients that stay for long spread over all servers. */
export interface ConnectionAge {
  /** After how long a connection is to be left, in milliseconds: a tenth more or less, so that those that came together do not leave together. */
  readonly ageMs: number;
  /** How long calls may take until then, in milliseconds: then streams are ended, and after as long again the connection is cut. */
  readonly graceMs: number;
  /** A number from 0 to 1; that of the platform unless given. */
  readonly random?: () => number;
}

/** What is done with a connection that has come of age. */
export interface AgedConnection {
  /** Has its client make no new calls on it. */
  leave(): void;
  /** Ends its streams, in words that their clients are sent. */
  endStreams(): void;
  cut(): void;
}

/** By how much of it an age may differ. */
const JITTER = 0.1;

/** Counts the age of a connection until what it returns is called. */
export function countAge(
  { ageMs, graceMs, random = Math.random }: ConnectionAge,
  connection: AgedConnection,
): () => void {
  let timer: NodeJS.Timeout;
  const after = (milliseconds: number, act: () => void) => {
    timer = setTimeout(act, milliseconds);
    timer.unref();
  };
  after(ageMs * (1 - JITTER + 2 * JITTER * random()), () => {
    connection.leave();
    after(graceMs, () => {
      connection.endStreams();
      after(graceMs, () => connection.cut());
    });
  });
  return () => clearTimeout(timer);
}

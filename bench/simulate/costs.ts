/** What one of something costs: where it shares its turn of the event loop, its batch and its sync with many, and where it is alone. */
export interface Cost {
  readonly together: number;
  readonly alone: number;
}

/** What things cost, as measured on one machine. Times are those of a processor, in microseconds each. */
export interface Costs {
  /** A call that stores nothing. */
  readonly call: Cost;
  /** `Recommend` over the built-in books. */
  readonly list: Cost;
  /** How long a batch takes from the server to the disk of Postgres and back, in seconds: what comes meanwhile is the next batch. */
  readonly batchSeconds: number;
  /** A call that stores an event, at the server and at Postgres. A batch costs what an event costs more alone than together. */
  readonly event: Cost;
  readonly eventInDatabase: Cost;
  /** An event that another process has stored, at one that reads it, and at Postgres. */
  readonly read: Cost;
  readonly readInDatabase: Cost;
  /** An event to one stream that watches. */
  readonly delivery: Cost;
  /** What a process, and Postgres for it, take of a core while nothing happens: 0.01 is 1 %. */
  readonly idle: number;
  readonly idleInDatabase: number;
  /** Memory of a process, and of each stream that watches, in bytes. */
  readonly processBytes: number;
  readonly streamBytes: number;
  /** What an event takes in the write-ahead log of Postgres and in its tables, in bytes. */
  readonly loggedBytes: number;
  readonly storedBytes: number;
}

/** The names of the codes that say that a server has failed, unless a call was ended from outside. */
export const FAULTS: ReadonlySet<string> = new Set(["DataLoss", "Internal", "Unknown"]);

/** The names of the codes with which a server ends what it has no time, no room or no working store for. */
export const LACKS: ReadonlySet<string> = new Set(["DeadlineExceeded", "ResourceExhausted", "Unavailable"]);

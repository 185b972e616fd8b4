/** What a run is for. */
export interface Purpose {
  /** Everything once and briefly, to see that it works. */
  readonly smoke: boolean;
}

/** A server to measure, and how its process is started. */
export interface ServerSpec {
  readonly name: string;
  /** Whether it is Triptych's own code, which `--profile` looks into. */
  readonly ours?: boolean;
  /** Whether it collects its garbage at SIGUSR2. */
  readonly collects?: boolean;
  /** Says why it cannot run on this machine; undefined when it can. */
  whyNot?(purpose: Purpose): string | undefined;
  /** Builds what is missing and tells what to run. `place` is a folder of its own, removed with the server. */
  launch(place: string, purpose: Purpose): Promise<Launch> | Launch;
}

/** A program to run. It prints `listening on http://HOST:PORT`, or `https`, on a line of its own and ends at SIGTERM. */
export interface Launch {
  /** Absent means this Node, which takes flags for profiles. */
  readonly command?: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** How many cores it can use; 1 unless given. */
  readonly cores?: number;
  /** Ends what it was given to work with, once the program has ended. */
  readonly end?: () => Promise<void>;
}

/** A server in a process of its own, on the loopback. */
export interface RunningServer {
  readonly name: string;
  readonly pid: number;
  readonly port: number;
  /** Whether it speaks TLS, with a certificate that nobody has signed. */
  readonly isEncrypted: boolean;
  /** Processor time used so far, in seconds; undefined where the system does not tell. */
  processorSeconds(): number | undefined;
  /** Ends it and removes its folder. Does nothing when it was stopped before. */
  stop(): Promise<void>;
}

/** Someone who has said who they are, and has shown it. */
export interface Principal {
  /** What names them for good, and no one else: `https://id.example.com#alice`, `key:4fzyo82mvyr2`. */
  readonly id: string;
  /** Whether they may do what is anybody's. */
  readonly isAdmin: boolean;
}

/** Who makes a call: a principal; nobody, where the server asks and the caller has not said; anybody, where the server does not ask. */
export type Caller = Principal | "nobody" | "anybody";

/** How people sign in on the page. */
export interface SignInConfig {
  /** The issuer, as its tokens name it. */
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined for a client that has none. */
  readonly clientSecret: string | undefined;
  /** What is asked for, separated by spaces. */
  readonly scopes: string;
  /** The origin at which browsers reach the pages. */
  readonly origin: string;
}

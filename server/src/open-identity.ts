import { clientAddress } from "@triptych/rpc/port/client-address.ts";
import type { HttpRequest } from "@triptych/rpc/port/http.ts";
import { createProxyTrust } from "@triptych/rpc/port/proxy-trust.ts";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { type Identity, type IdentityConfig, startIdentity } from "./identity/start-identity.ts";
import { costOf } from "./limits/cost-of.ts";
import { type SignIn, startSignIn } from "./sign-in/start-sign-in.ts";
import type { Store } from "./storage/store.ts";

/** What surrounds who calls. */
export interface IdentitySurroundings {
  readonly logger: Logger;
  readonly now?: () => Date;
}

/** Begins to ask who calls, until `stopping` is aborted. */
export function openIdentity(
  config: IdentityConfig,
  { logger, now }: IdentitySurroundings,
  browser: SignIn | undefined,
  stopping: AbortSignal,
): Promise<Identity> {
  const onError = (error: unknown) => logger.error({ err: error }, "keys or sessions cannot be read");
  return startIdentity(config, { now: millisecondsOf(now), onError, costOf, browser }, stopping);
}

/** The time in milliseconds since 1970. Each call with a token asks for it: no date is made for that where nobody has given a clock. */
function millisecondsOf(now: IdentitySurroundings["now"]): () => number {
  return now === undefined ? Date.now : () => now().getTime();
}

/** Lets people sign in on the pages, where the configuration says how. */
export function openSignIn(
  { signIn, identity, trustProxy, maxResponsesPerAddress }: Config,
  { logger, now }: IdentitySurroundings,
  { sessions, readers }: Pick<Store, "sessions" | "readers">,
): SignIn | undefined {
  const proxies = createProxyTrust(trustProxy);
  const addressOf = ({ socket, headers }: HttpRequest) =>
    clientAddress(proxies.addressOf(socket.remoteAddress, headers["x-forwarded-for"]));
  return (
    signIn &&
    startSignIn(signIn, {
      ...{ store: sessions, readers, admins: identity?.oidc?.admins ?? [] },
      takesCertificates: identity?.certificates !== undefined,
      now: millisecondsOf(now),
      onFailure: (why) => logger.warn({ why }, "a sign-in failed"),
      onRefused: (why) => logger.info({ why }, "a sign-in was refused"),
      addressOf: maxResponsesPerAddress === 0 ? undefined : addressOf,
    })
  );
}

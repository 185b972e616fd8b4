import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { freePort } from "../processes/server-process.ts";

const program = fileURLToPath(new URL("provider.mjs", import.meta.url));

/** A real provider of OpenID Connect, in a process of its own, that believes everybody who they say they are. */
export interface SignInProvider {
  readonly issuer: string;
  /** The settings of a server whose people sign in at it. */
  readonly settings: Readonly<Record<string, string>>;
  /** The requests to its token and revocation endpoints that it has answered, such as `/token refresh_token 200`. */
  answered(): readonly string[];
  stop(): Promise<void>;
}

/** Starts a provider for the pages of an origin, whose tokens are valid for so many seconds. */
export async function startSignInProvider(origin: string, tokenSeconds: number): Promise<SignInProvider> {
  const port = await freePort();
  const child = spawn(process.execPath, [program, String(port), origin, String(tokenSeconds)], {
    stdio: ["ignore", "pipe", "ignore", "ipc"],
  });
  const exited = once(child, "exit");
  if (child.stdout === null) throw new Error("the output of the provider must be piped");
  const answered: string[] = [];
  const listening = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line.startsWith("listening")) listening.resolve();
    if (line.startsWith("answered ")) answered.push(line.slice("answered ".length));
  });
  await Promise.race([listening.promise, exited.then(() => Promise.reject(new Error("the provider did not start")))]);
  const issuer = `http://127.0.0.1:${port}`;
  return {
    issuer,
    settings: {
      OIDC_ISSUER: issuer,
      OIDC_AUDIENCE: "https://triptych.example",
      OIDC_ADMINS: "root",
      OIDC_CLIENT_ID: "triptych",
      OIDC_CLIENT_SECRET: "a secret of the test",
      PUBLIC_URL: origin,
    },
    answered: () => answered,
    async stop() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Certificate } from "@triptych/rpc/port/listener.ts";
import { runCommand } from "@triptych/testkit/processes/run-command.ts";

const NGINX = "/usr/sbin/nginx";
const MAIN = "user root; pid nginx.pid; error_log stderr; events {}";
const STREAM_MODULE = "/usr/lib/nginx/modules/ngx_stream_module.so";

/** Why tests that need nginx are skipped; undefined where they run. */
export const noNginx =
  existsSync(NGINX) && process.getuid?.() === 0 ? undefined : "nginx is not installed, or may not be run";

/** Why tests that need its module stream are skipped; undefined where they run. */
export const noNginxStream = noNginx ?? (existsSync(STREAM_MODULE) ? undefined : "nginx has no module stream");

/** What a configuration of `deploy/` is started with. */
export interface NginxSetUp {
  /** An empty folder, which is the caller's to remove. */
  readonly folder: string;
  /** Calls by themselves with `nginx.conf`, or whole connections with `nginx-stream.conf`. */
  readonly file: "nginx.conf" | "nginx-stream.conf";
  /** Where it listens, as `host:port`. */
  readonly listen: readonly string[];
  /** Where the two servers are, as `host:port`. */
  readonly servers: readonly [string, string];
  readonly certificate: Certificate;
  /** After how long streams on which nothing happens are cut, in the words of nginx; as in the file unless given. */
  readonly limitOfStreams?: string;
}

/** An nginx that runs. */
export interface RunningNginx {
  close(): Promise<void>;
}

/** Checks a configuration with nginx's own `-t` and starts it. Where it listens and what is behind it are the test's, all else is as it is in `deploy/`. */
export async function startNginx(setUp: NginxSetUp): Promise<RunningNginx> {
  const { folder, certificate } = setUp;
  await writeFile(join(folder, "cert.pem"), certificate.cert);
  await writeFile(join(folder, "key.pem"), certificate.key);
  const options = await checkNginx(folder, await configurationOf(setUp));
  const nginx = spawn(NGINX, [...options, "-g", "daemon off;"], { stdio: "ignore" });
  const exited = once(nginx, "exit");
  return {
    async close() {
      nginx.kill("SIGTERM");
      await exited;
    },
  };
}

/**
 * Writes a configuration into a folder and has nginx check it; returns the options to start it with.
 * @throws Error with what nginx says is wrong with it.
 */
export async function checkNginx(folder: string, parts: string): Promise<readonly string[]> {
  const file = join(folder, "nginx.conf");
  await writeFile(file, `${parts} ${MAIN}`);
  const options = ["-p", folder, "-c", file];
  const { status, stderr } = await runCommand(NGINX, ["-t", ...options]);
  if (status !== 0) throw new Error(`nginx must take the configuration: got ${stderr}`);
  return options;
}

async function configurationOf({ folder, file, listen, servers, limitOfStreams = "1h" }: NginxSetUp): Promise<string> {
  const part = (await readFile(new URL(`../../deploy/${file}`, import.meta.url), "utf8"))
    .replace("/etc/ssl/certs/triptych.pem", join(folder, "cert.pem"))
    .replace("/etc/ssl/private/triptych.key", join(folder, "key.pem"))
    .replaceAll(" 1h;", ` ${limitOfStreams};`)
    .replaceAll("127.0.0.1:8081", servers[0])
    .replaceAll("127.0.0.1:8082", servers[1])
    .replace(/listen \[::\]:443.*;/, "")
    .replace(/listen 443(.*);/, (_, how) => listen.map((address) => `listen ${address}${how};`).join(" "));
  return file === "nginx.conf"
    ? `http { access_log off; ${part} }`
    : `load_module ${STREAM_MODULE}; stream { ${part} }`;
}

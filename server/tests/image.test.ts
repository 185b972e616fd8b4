import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chown, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { runCommand } from "@triptych/testkit/processes/run-command.ts";
import { freePort } from "@triptych/testkit/processes/server-process.ts";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dockerfile = await readFile(join(root, "Dockerfile"), "utf8");

/** What stands behind the last of an instruction of the Dockerfile. */
function last(instruction: string): string {
  const found = [...dockerfile.matchAll(new RegExp(`^${instruction} (.*)$`, "gm"))].at(-1)?.[1];
  if (found === undefined) throw new Error(`the Dockerfile must have ${instruction}`);
  return found;
}

const entryPoint: readonly string[] = JSON.parse(last("ENTRYPOINT"));
const healthCheck: readonly string[] = JSON.parse(last("HEALTHCHECK").replace(/^.* CMD /, ""));
const environment = Object.fromEntries(
  last("ENV")
    .split(" ")
    .map((pair) => pair.split("=") as [string, string]),
);
const [account = 0, group = 0] = last("USER").split(":").map(Number);

it("runs the server as `npm start` does, as another user than root", async () => {
  const { args, env } = JSON.parse(await readFile(join(root, "server/runtime.json"), "utf8"));
  expect(entryPoint).toEqual(["/bin/node", ...args, "server/src/main.ts"]);
  expect(environment).toMatchObject({ ...env, DATA_DIR: "/data" });
  expect([account, group]).toEqual([10_001, 10_001]);
});

/** Runs a program in a root that is read-only but for the folder of the data and /tmp. */
const CONFINE = `root=$1 data=$2; shift 2
mount --make-rprivate / && mount --bind "$root" "$root" && mount -o remount,bind,ro "$root" &&
mount -t tmpfs -o mode=1777 none "$root/tmp" && mount --bind "$data" "$root/data" &&
exec unshare --root="$root" --wd=${last("WORKDIR")} --setgid=${group} --setuid=${account} -- "$@"`;

const canConfine =
  process.platform === "linux" && spawnSync("unshare", ["-m", "mount", "--make-rprivate", "/"]).status === 0;
const reason = canConfine ? undefined : "takes Linux, and root, for a root of its own";

describe.skipIf(reason !== undefined)(`what the image has in it${reason ? `: ${reason}` : ""}`, () => {
  vi.setConfig({ testTimeout: 60_000 });

  let folder: string;
  let image: string;
  let data: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "triptych-image-"));
    data = await mkdtemp(join(tmpdir(), "triptych-data-"));
    await chown(data, account, group);
    image = join(folder, "image");
    await promisify(execFile)(process.execPath, [join(root, "scripts/assemble-image.mjs"), image]);
  }, 300_000);

  afterAll(async () => {
    await rm(folder, { recursive: true });
    await rm(data, { recursive: true });
  });

  /** How a program is run in it, with these settings beside those of the Dockerfile. */
  const confined = (program: readonly string[], settings: Readonly<Record<string, string>>) => ({
    args: ["-m", "sh", "-c", CONFINE, "sh", image, data, ...program],
    env: { ...environment, ...settings, PATH: process.env.PATH },
  });

  it("serves, answers its health check, keeps its data in /data, and ends by SIGTERM", async () => {
    const settings = { PORT: String(await freePort()), HOST: "127.0.0.1", LOG_LEVEL: "error" };
    const { args, env } = confined(entryPoint, settings);
    const server = spawn("unshare", args, { env, stdio: ["ignore", "pipe", "inherit"] });
    const exited = once(server, "exit");
    onTestFinished(() => void server.kill("SIGKILL"));
    await Promise.race([once(createInterface({ input: server.stdout }), "line"), exited]);
    const greeter = createClient(GreeterService, createTransport("grpc", `http://127.0.0.1:${settings.PORT}`));
    expect((await greeter.sayHello({ name: "Ada" })).message).toBe("Hello, Ada!");
    const page = await fetch(`http://127.0.0.1:${settings.PORT}/`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("<!doctype html>")]);
    const check = confined(healthCheck, settings);
    expect(await runCommand("unshare", check.args, { env: check.env })).toMatchObject({ status: 0 });
    expect(await stat(join(data, "triptych.sqlite"))).toMatchObject({ uid: account, gid: group });
    server.kill("SIGTERM");
    expect(await exited).toEqual([0, null]);
    expect(await runCommand("unshare", check.args, { env: check.env })).toMatchObject({ status: 1 });
  });

  it("makes the certificate of compose.yaml once", async () => {
    const { entrypoint } = parse(await readFile(join(root, "compose.yaml"), "utf8")).services.certificate;
    const { args, env } = confined([...entrypoint.slice(0, -1), "/data"], {});
    expect(await runCommand("unshare", args, { env })).toMatchObject({ status: 0, stderr: "" });
    const made = await readFile(join(data, "certificate.pem"), "utf8");
    expect(made).toContain("BEGIN CERTIFICATE");
    expect(await readFile(join(data, "key.pem"), "utf8")).toContain("PRIVATE KEY");
    await runCommand("unshare", args, { env });
    expect(await readFile(join(data, "certificate.pem"), "utf8")).toBe(made);
  });

  it("lets the server write nothing but its data", async () => {
    const write = (path: string) => ["/bin/node", "-e", `fs.writeFileSync("${path}", "")`];
    const outcome = async (path: string) => {
      const { args, env } = confined(write(path), {});
      return (await runCommand("unshare", args, { env })).stderr;
    };
    expect(await outcome("/triptych/server/src/main.ts")).toMatch(/EROFS|EACCES/);
    expect(await outcome("/etc/passwd")).toMatch(/EROFS|EACCES/);
    expect(await outcome("/data/other")).toBe("");
  });
});

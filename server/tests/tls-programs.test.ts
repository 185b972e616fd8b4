import { spawnSync } from "node:child_process";
import { runCommand } from "@triptych/testkit/processes/run-command.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StartedServer, startServer } from "../src/testing/start-server.ts";

const isInstalled = (program: string) => spawnSync(program, ["--version"]).status === 0;
const hasNghttp = isInstalled("nghttp") && isInstalled("h2load");

const SAY_HELLO = "/triptych.greeter.v1.GreeterService/SayHello";
const REQUEST = '{"name":"Ada"}';

let server: StartedServer;

beforeAll(async () => {
  server = await startServer({ TLS: "self-signed" });
});

afterAll(() => server.close());

describe("over TLS, by ALPN,", () => {
  it.skipIf(!isInstalled("curl")).each([
    { option: "--http2", version: "2" },
    { option: "--http1.1", version: "1.1" },
  ])("curl has HTTP/$version with $option (skipped without curl)", async ({ option, version }) => {
    const { stdout } = await runCommand("curl", [
      ...["-sk", option, "-H", "content-type: application/json", "--data", REQUEST],
      ...["-w", " %{http_version} %{response_code} %header{date}", `${server.baseUrl}${SAY_HELLO}`],
    ]);
    expect(stdout).toMatch(new RegExp(`^{"message":"Hello, Ada!".*} ${version} 200 \\w{3}, .* GMT$`));
  });

  it.skipIf(!hasNghttp)("nghttp makes many calls at once (skipped without nghttp2-client)", async () => {
    const { stdout } = await runCommand("nghttp", ["-ns", "-m", "20", `${server.baseUrl}/readyz`]);
    expect(stdout.match(/ 200 +\d+ \/readyz$/gm)).toHaveLength(20);
  });

  it.skipIf(!hasNghttp)("h2load has all its answers (skipped without nghttp2-client)", async () => {
    const { stdout } = await runCommand("h2load", ["-n", "1000", "-c", "4", "-m", "50", `${server.baseUrl}/readyz`]);
    expect(stdout).toContain("Application protocol: h2");
    expect(stdout).toContain("1000 succeeded, 0 failed");
    expect(stdout).toContain("1000 2xx");
  });
});

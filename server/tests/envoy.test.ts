import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  createFileRegistry,
  type DescMessage,
  type FileRegistry,
  fromBinary,
  fromJson,
  type JsonValue,
} from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { runCommand } from "@triptych/testkit/processes/run-command.ts";
import { beforeAll, expect, it } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../..", import.meta.url));
const buf = join(root, "node_modules/.bin/buf");
/** What the package of xDS for grpc-js has of Envoy's definitions. */
const definitions = join(fileURLToPath(import.meta.resolve("@grpc/grpc-js-xds/package.json")), "../deps");
/** Those that `deploy/envoy.yaml` is made of; what they import comes along. */
const USED = [
  "config/bootstrap/v3/bootstrap.proto",
  "extensions/filters/http/router/v3/router.proto",
  "extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto",
  "extensions/transport_sockets/tls/v3/tls.proto",
  "extensions/upstreams/http/v3/http_protocol_options.proto",
];

let registry: FileRegistry;
let bootstrap: DescMessage;
let written: string;

beforeAll(async () => {
  registry = await readDefinitions();
  const found = registry.getMessage("envoy.config.bootstrap.v3.Bootstrap");
  if (found === undefined) throw new Error("Envoy's definitions must have that of its bootstrap");
  bootstrap = found;
  written = await readFile(join(root, "deploy/envoy.yaml"), "utf8");
}, 60_000);

/** Reads a configuration as Envoy does: what its definitions do not have is refused. */
const read = (text: string) => fromJson(bootstrap, parse(text) as JsonValue, { registry });

it("is made of what Envoy's definitions have, in every part", () => {
  expect(() => read(written)).not.toThrow();
});

it.each([
  ["stream_idle_timeout", "stream_idle_time"],
  ["connection_keepalive", "connection_keep_alive"],
  ["lb_policy: LEAST_REQUEST", "lb_policy: FEWEST_REQUESTS"],
  ["timeout: 0s", "timeout: never"],
  ["router.v3.Router", "router.v3.Routes"],
])("would be refused with %s written as %s", (right, wrong) => {
  const misspelt = written.replace(right, wrong);
  expect(misspelt).not.toBe(written);
  expect(() => read(misspelt)).toThrow();
});

async function readDefinitions(): Promise<FileRegistry> {
  const folder = await mkdtemp(join(tmpdir(), "triptych-envoy-"));
  try {
    const modules = ["envoy-api", "googleapis", "protoc-gen-validate", "xds"];
    await Promise.all(modules.map((name) => cp(join(definitions, name), join(folder, name), { recursive: true })));
    // Envoy's definitions use a rule that the file of rules beside them does not have yet.
    const rules = join(folder, "protoc-gen-validate/validate/validate.proto");
    const ruled = (await readFile(rules, "utf8")).replace(
      "message StringRules {",
      "$& optional bool ignore_empty = 26;",
    );
    await writeFile(rules, ruled);
    const config = JSON.stringify({ version: "v2", modules: modules.map((path) => ({ path })) });
    const paths = USED.flatMap((path) => ["--path", join("envoy-api/envoy", path)]);
    const image = join(folder, "image.binpb");
    const options = ["--config", config, ...paths, "--as-file-descriptor-set", "-o", image];
    const { status, stderr } = await runCommand(buf, ["build", ".", ...options], { cwd: folder });
    if (status !== 0) throw new Error(`buf must build Envoy's definitions: got ${stderr}`);
    return createFileRegistry(fromBinary(FileDescriptorSetSchema, await readFile(image)));
  } finally {
    await rm(folder, { recursive: true });
  }
}

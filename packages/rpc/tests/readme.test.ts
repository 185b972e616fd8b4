import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { RpcServerOptions } from "../src/rpc-server.ts";

const textOf = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");
const readme = textOf("../README.md");
const entry = textOf("../src/index.ts");

/** Every option there is, and no other, as the compiler sees to. */
const options = {
  acceptCompression: true,
  allowedHosts: true,
  allowedHostsSetting: true,
  around: true,
  binaryOptions: true,
  compressMinBytes: true,
  connectionAge: true,
  connect: true,
  contextValues: true,
  cors: true,
  drainMs: true,
  fairShare: true,
  fallback: true,
  fallbackUpgrade: true,
  grpc: true,
  grpcWeb: true,
  health: true,
  http2Limits: true,
  interceptors: true,
  isPublic: true,
  jsonOptions: true,
  keepAliveMs: true,
  loadShedding: true,
  mapError: true,
  maxBufferedBytes: true,
  maxCallsInFlight: true,
  maxConnectionsPerAddress: true,
  maxMessageElements: true,
  maxResponsesPerAddress: true,
  maxTimeoutMs: true,
  observer: true,
  onError: true,
  readMaxBytes: true,
  readTimeoutMs: true,
  reflection: true,
  requestGate: true,
  requestPathPrefix: true,
  requireConnectProtocolHeader: true,
  reservedFor: true,
  routes: true,
  shutdownSignal: true,
  socketLimits: true,
  tls: true,
  trustProxy: true,
  writeMaxBytes: true,
} satisfies Record<keyof RpcServerOptions, true>;

describe("the README", () => {
  it("has a row for each option", () => {
    const rows = [...readme.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(
      ([, cell = ""]) => cell.match(/\w+/g) ?? [],
    );
    expect(rows.sort()).toEqual(Object.keys(options).sort());
  });

  it("imports what the package exports", () => {
    const names = [...readme.matchAll(/import (?:type )?\{([^}]*)\} from "@triptych\/rpc"/g)].flatMap(
      ([, list = ""]) => list.match(/(?!type\b)\b\w+/g) ?? [],
    );
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(entry))).toEqual([]);
  });
});

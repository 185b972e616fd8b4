import type { Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { sessionManager } from "./session-manager.ts";

/** Every way to call, each with the HTTP versions that can carry it. */
export const CALL_STYLES = [
  "grpc",
  "grpc-web over http/1.1",
  "grpc-web over http/2",
  "connect over http/1.1",
  "connect over http/2",
  "connect-json over http/1.1",
  "connect-json over http/2",
] as const;

/** A protocol, format and HTTP version. */
export type CallStyle = (typeof CALL_STYLES)[number];

/** The styles that can carry streams of requests: those over HTTP/2. */
export const BIDI_STYLES = CALL_STYLES.filter((style) => style === "grpc" || style.endsWith("http/2"));

/** A transport of one style; over HTTP/2 its connection is closed `idleMs` milliseconds after the last call, or a moment. Trusts any certificate. */
export function createTransport(style: CallStyle, baseUrl: string, idleMs?: number): Transport {
  const nodeOptions = baseUrl.startsWith("https:") ? { rejectUnauthorized: false } : {};
  const options = style.endsWith("1.1")
    ? ({ baseUrl, httpVersion: "1.1", nodeOptions } as const)
    : ({ baseUrl, httpVersion: "2", sessionManager: sessionManager(baseUrl, nodeOptions, idleMs) } as const);
  if (style === "grpc")
    return createGrpcTransport({ baseUrl, sessionManager: sessionManager(baseUrl, nodeOptions, idleMs) });
  if (style.startsWith("grpc-web")) return createGrpcWebTransport(options);
  return createConnectTransport({ ...options, useBinaryFormat: !style.startsWith("connect-json") });
}

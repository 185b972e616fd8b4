import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { cors as corsOfProtocols } from "@connectrpc/connect";
import { createAllowedHosts } from "./port/allowed-hosts.ts";
import { checkRequests } from "./port/check-requests.ts";
import { clientAddress } from "./port/client-address.ts";
import type { CorsOptions } from "./port/cors.ts";
import type { Http1Listener, RequestListener, UpgradeListener } from "./port/http.ts";
import { Http2Connections } from "./port/http2-connections.ts";
import { isWebSocketUpgrade } from "./port/listener.ts";
import { createProxyTrust, type TrustedProxies } from "./port/proxy-trust.ts";
import { rejectUpgrade } from "./port/reject-upgrade.ts";
import { sendText } from "./port/send-text.ts";
import { trackResponses } from "./port/track-responses.ts";
import { createRequestRouter } from "./request-router.ts";
import { createRpcHandler, type RpcHandler, type RpcHandlerOptions } from "./rpc-handler.ts";

/** What is served, to whom, and within which bounds. */
export interface RpcListenersOptions
  extends Omit<
    RpcHandlerOptions,
    "interceptors" | "readMaxBytes" | "shutdownSignal" | "onError" | "allowedOrigins" | "clientOf" | "clients"
  > {
  /** Run for every call, the first one outermost; none unless given. */
  readonly interceptors?: RpcHandlerOptions["interceptors"];
  /** The largest request message, in bytes, after decompression; 4 MiB unless given. A larger one is RESOURCE_EXHAUSTED. */
  readonly readMaxBytes?: number;
  /** Aborted, with a ConnectError, when the server starts to drain: no new calls, and streams end with that error. */
  readonly shutdownSignal?: AbortSignal;
  /** Called with what breaks outside an implementation; written to standard error unless given. Must not throw. */
  readonly onError?: (error: unknown) => void;
  /** The pages of other origins that may call, over HTTP and over WebSockets; none unless given. */
  readonly cors?: CorsSettings;
  /**
   * The names by which browsers may reach the server, beside `localhost` and every address: `app.example.com`, or `.example.com` for a domain
   * and all below it. Any unless given, which leaves a server on a private network open to pages that rebind their own name to it.
   */
  readonly allowedHosts?: readonly string[];
  /** What an operator sets to allow another host, as the error for one names it; `allowedHosts` unless given. */
  readonly allowedHostsSetting?: string;
  /** The proxies that are believed in what they say of the addresses of clients, by `x-forwarded-for`; none unless given. */
  readonly trustProxy?: TrustedProxies | undefined;
  /** Answers what is no call; with 404 unless given. */
  readonly fallback?: RequestListener;
  /** Takes upgrades that are no calls; rejects them with 404 unless given. */
  readonly fallbackUpgrade?: UpgradeListener;
  /** Whether the fallback answers anybody on a path, as on that of a health probe: by any host, and however many responses are open. */
  readonly isPublic?: (path: string) => boolean;
  /** How many responses of the fallback one address may have open; 500 unless given, 0 for no limit but that of all, 2,000. */
  readonly maxResponsesPerAddress?: number;
}

/** Which pages of other origins may call. */
export interface CorsSettings extends Partial<CorsOptions> {
  /** Such as `https://app.example.com`. */
  readonly allowedOrigins: readonly string[];
}

/** What is put into servers that exist. */
export interface RpcListeners {
  /** For `createServer` of `node:http` and `node:https`. */
  readonly onRequest: Http1Listener;
  /** For the `upgrade` event of these servers: WebSockets. */
  readonly onUpgrade: UpgradeListener;
  /** For the option of these servers of that name: any other offer to upgrade than to a WebSocket is ignored. */
  readonly shouldUpgradeCallback: (request: IncomingMessage) => boolean;
  /** Serves a socket that speaks HTTP/2: of `node:net`, or of `node:tls` where ALPN chose `h2`. */
  readonly onHttp2Socket: (socket: Socket) => void;
  readonly handler: RpcHandler;
}

/** What pages of allowed origins may send: what the protocols need, and who calls. */
const ALLOWED_HEADERS = [...corsOfProtocols.allowedHeaders, "Authorization"];
/** What they may read: what the protocols need, and when a call may be tried again. */
const EXPOSED_HEADERS = [...corsOfProtocols.exposedHeaders, "Retry-After", "Grpc-Retry-Pushback-Ms"];
const DEFAULT_READ_MAX_BYTES = 4_194_304;
const DEFAULT_MAX_RESPONSES_PER_ADDRESS = 500;

/** Makes the handler of calls and the router in front of it. */
export function createRouting(options: RpcListenersOptions, shutdownSignal: AbortSignal) {
  const { cors = { allowedOrigins: [] }, allowedHosts = ["*"], onError = console.error } = options;
  const trust = createProxyTrust(options.trustProxy);
  const handler = createRpcHandler({
    ...options,
    clients: trust,
    interceptors: options.interceptors ?? [],
    readMaxBytes: options.readMaxBytes ?? DEFAULT_READ_MAX_BYTES,
    shutdownSignal,
    onError,
    allowedOrigins: cors.allowedOrigins,
    clientOf: clientAddress,
  });
  const router = createRequestRouter({
    cors: { ...corsOfProtocols, allowedHeaders: ALLOWED_HEADERS, exposedHeaders: EXPOSED_HEADERS, ...cors },
    allowsHost: createAllowedHosts(allowedHosts),
    allowedHostsSetting: options.allowedHostsSetting ?? "allowedHosts",
    rpc: handler,
    addressOf: trust.addressOf,
    isPublic: options.isPublic ?? (() => false),
    maxResponsesPerAddress: options.maxResponsesPerAddress ?? DEFAULT_MAX_RESPONSES_PER_ADDRESS,
    fallback: options.fallback ?? notFound,
    fallbackUpgrade: options.fallbackUpgrade ?? rejectUpgrade,
    onError,
  });
  return { handler, router, onError, trust };
}

/** Creates listeners for servers that exist: calls of all protocols, and what is no call by the fallback. */
export function createRpcListeners(options: RpcListenersOptions): RpcListeners {
  const { shutdownSignal = new AbortController().signal } = options;
  const { handler, router, onError } = createRouting(options, shutdownSignal);
  const responses = trackResponses();
  const checked = checkRequests({ ...router, certificate: undefined, onError }, responses);
  const connections = new Http2Connections(checked);
  shutdownSignal.addEventListener("abort", () => {
    connections.goAway();
    responses.announceEnd();
    responses.endConnections();
  });
  return {
    handler,
    onRequest: checked.onRequest,
    onUpgrade: checked.onUpgrade,
    shouldUpgradeCallback: isWebSocketUpgrade,
    onHttp2Socket(socket) {
      // The engine is notified of what breaks a connection; here it must only not end the process.
      socket.on("error", () => undefined);
      // HTTP/2 has no half-closed connections, and would never learn that such a client has disconnected.
      socket.allowHalfOpen = false;
      connections.serve(socket);
    },
  };
}

const notFound: RequestListener = (request, response) => sendText(request, response, 404, "not found");

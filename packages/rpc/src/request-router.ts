import { IncomingMessage } from "node:http";
import { Code, ConnectError } from "@connectrpc/connect";
import { isThenable } from "./call/run-implementation.ts";
import { drainRequest } from "./carriers/http1/drain-request.ts";
import { createExchange } from "./http2/exchange.ts";
import type { AllowedHosts } from "./port/allowed-hosts.ts";
import { checkHost, type HostClaim } from "./port/check-host.ts";
import { clientAddress } from "./port/client-address.ts";
import { type CorsOptions, type CorsRequest, corsHeaders, isPreflight } from "./port/cors.ts";
import type {
  Http1Listener,
  HttpRequest,
  HttpResponse,
  MalformedListener,
  RequestListener,
  StreamListener,
  UpgradeListener,
} from "./port/http.ts";
import { isHost, NO_HOST } from "./port/is-host.ts";
import type { ProxyTrust } from "./port/proxy-trust.ts";
import { answerUpgrade } from "./port/reject-upgrade.ts";
import { createResponseSlots, type ResponseSlots } from "./port/response-slots.ts";
import { sendText } from "./port/send-text.ts";
import type { RpcHandler } from "./rpc-handler.ts";

/** Where requests go. */
export interface RequestRouterOptions {
  /** The address of the client of a request: see `ProxyTrust`. */
  readonly addressOf: ProxyTrust["addressOf"];
  readonly cors: CorsOptions;
  /** Whether browsers may reach the server by a host. */
  readonly allowsHost: AllowedHosts;
  /** What names these hosts, for people who are to allow another one. */
  readonly allowedHostsSetting: string;
  readonly rpc: RpcHandler;
  /** Whether anybody may ask for a path, as for that of a health probe: by any host, and also when too many responses are open. */
  readonly isPublic: (path: string) => boolean;
  /** How many responses to what is no call one address may have open; 0 means as many as there are places. */
  readonly maxResponsesPerAddress: number;
  /** Answers what is no call. */
  readonly fallback: RequestListener;
  /** Takes upgrades that are no calls. */
  readonly fallbackUpgrade: UpgradeListener;
  /** Called with what the fallback rejects with. */
  readonly onError: (error: unknown) => void;
}

/** Takes what arrives at a port. */
export interface RequestRouter {
  readonly onRequest: Http1Listener;
  readonly onStream: StreamListener;
  readonly onUpgrade: UpgradeListener;
  readonly onMalformed: MalformedListener;
  /** The responses to what is no call. */
  readonly responses: Omit<ResponseSlots, "take">;
}

/** What is known of a request when it is decided who may make it. */
interface RequestClaim extends HostClaim, CorsRequest {
  readonly path: string;
}

/** Hands each request on: calls, where no other origin is involved, preflights, other calls, what is no call. */
export function createRequestRouter(options: RequestRouterOptions): RequestRouter {
  const { cors, allowsHost, rpc, isPublic, fallbackUpgrade } = options;
  const { allowedOrigins } = cors;
  const hostRules = { allowsHost, allowedOrigins, allowedHostsSetting: options.allowedHostsSetting };
  const hasCors = allowedOrigins.length > 0;
  const common = Object.freeze({
    "x-content-type-options": "nosniff",
    ...corsHeaders(cors, { origin: undefined, isPreflight: false }),
  });
  const responses = createResponseSlots(options.maxResponsesPerAddress);
  const reject = createReject(rpc);
  const answerOther = createAnswerOther(options, responses, reject);
  /** Whether a call is certain to be no page's doing, or that of a page of this server. */
  const isPlain = (origin: string | undefined, host: string | undefined) =>
    origin === undefined || (!hasCors && allowsHost(host));
  const headersFor = (claim: RequestClaim) => ({ ...common, ...corsHeaders(cors, claim) });

  /** Answers what is no call: rejects it, or answers a preflight, or has the fallback answer. */
  function answer(request: HttpRequest, response: HttpResponse, claim: RequestClaim): void {
    const rejection = checkHost(claim, hostRules);
    if (rejection !== undefined) {
      response.setHeader("x-content-type-options", "nosniff");
      reject(request, response, rejection.status, rejection.reason);
      return;
    }
    for (const [name, value] of Object.entries(headersFor(claim))) response.setHeader(name, String(value));
    if (!claim.isPreflight) {
      answerOther(request, response, claim.path);
      return;
    }
    response.statusCode = 204;
    response.end();
    dropRequest(request);
  }

  const onRequest: Http1Listener = (request, response) => {
    const { headers, method, url = "" } = request;
    const { origin, host } = headers;
    if (method === "POST" && isPlain(origin, host) && rpc.handleRequest(request, response, common)) return;
    const requestMethod = headers["access-control-request-method"];
    const path = pathOf(url);
    const claim = claimOf({ method, path, host, origin, requestMethod }, isPublic(path));
    const mayCall = !claim.isPreflight && checkHost(claim, hostRules) === undefined;
    if (mayCall && rpc.handleRequest(request, response, headersFor(claim))) return;
    answer(request, response, claim);
  };

  const onStream: StreamListener = (stream, head, endStream) => {
    const { method, headers } = head;
    const { origin } = headers;
    const host = isHost(head.authority) ? head.authority : NO_HOST;
    if (method === "POST" && isPlain(origin, host) && rpc.handleStream(stream, head, endStream, common)) return;
    const requestMethod = headers["access-control-request-method"];
    const path = pathOf(head.path);
    const claim = claimOf({ method, path, host, origin, requestMethod }, isPublic(path));
    const mayCall = !claim.isPreflight && checkHost(claim, hostRules) === undefined;
    if (mayCall && rpc.handleStream(stream, head, endStream, headersFor(claim))) return;
    const { request, response } = createExchange(stream, head, endStream);
    // What breaks a connection is reported to its reader and writer; here it must only not end the process.
    request.on("error", ignore);
    response.on("error", ignore);
    answer(request, response, claim);
  };

  const onUpgrade: UpgradeListener = (request, socket, head) => {
    const { host, origin } = request.headers;
    const rejection = checkHost({ host, origin, readsForPage: false }, hostRules);
    if (rejection !== undefined) answerUpgrade(socket, "403 Forbidden", rejection.reason);
    else if (!rpc.handleUpgrade(request, socket, head)) fallbackUpgrade(request, socket, head);
  };

  return {
    responses,
    onRequest,
    onStream,
    onUpgrade,
    onMalformed: (request, response, reason) => reject(request, response, 400, reason),
  };
}

function ignore(): void {}

function pathOf(target: string): string {
  return target.split("?", 1)[0] ?? "";
}

/** The parts of a head by which a request is checked. */
interface RequestParts {
  readonly method: string | undefined;
  readonly path: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly requestMethod: string | readonly string[] | undefined;
}

function claimOf({ method, path, host, origin, requestMethod }: RequestParts, isPublic: boolean): RequestClaim {
  return {
    path,
    host,
    origin,
    isPreflight: isPreflight(method, requestMethod),
    // Browsers name the origin of a page with every POST.
    readsForPage: method !== "POST" && !isPublic,
  };
}

const CODES = { 400: Code.InvalidArgument, 403: Code.PermissionDenied, 503: Code.Unavailable } as const;

/** Answers a request with the status of HTTP, or, where it is a call, with an error in its own protocol. */
type Reject = (request: HttpRequest, response: HttpResponse, status: keyof typeof CODES, reason: string) => void;

function createReject(rpc: RpcHandler): Reject {
  return (request, response, status, reason) => {
    const { method, url = "", headers } = request;
    const contentType = headers["content-type"] ?? "";
    const call = { verb: method, path: pathOf(url), contentType };
    const rejection = rpc.rejectionOf(call, new ConnectError(reason, CODES[status]));
    if (rejection === undefined) {
      if (status === 503) response.setHeader("retry-after", "1");
      sendText(request, response, status, reason);
    } else {
      const { headers: fields, body } = rejection;
      // HTTP asks for 400 for what is malformed, whatever it carries.
      response.statusCode = status === 400 ? status : rejection.status;
      for (const [name, value] of Object.entries(fields)) if (value !== undefined) response.setHeader(name, value);
      response.end(body);
    }
    dropRequest(request);
  };
}

/** Lets the client send what is left of a request that is answered, and keeps none of it; over HTTP/2 the engine sees to its end. */
function dropRequest(request: HttpRequest): void {
  if (request instanceof IncomingMessage) drainRequest(request);
  else request.resume();
}

/** Has the fallback answer what is no call, as long as there are places for that. */
function createAnswerOther(
  { fallback, isPublic, onError, addressOf }: RequestRouterOptions,
  responses: ResponseSlots,
  reject: Reject,
) {
  return (request: HttpRequest, response: HttpResponse, path: string): void => {
    // A probe takes no place: its answer is no larger than a rejection, and a busy server must not be taken for a broken one.
    const address = addressOf(request.socket.remoteAddress, request.headers["x-forwarded-for"]);
    if (!isPublic(path) && !responses.take(response, clientAddress(address))) {
      reject(request, response, 503, "too many requests: try again later");
      return;
    }
    dropRequest(request);
    // What it throws is caught by the caller.
    const result = fallback(request, response);
    if (!isThenable(result)) return;
    result.then(undefined, (error: unknown) => {
      onError(error);
      response.destroy();
    });
  };
}

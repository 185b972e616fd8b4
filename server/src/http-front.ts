import type { IncomingHttpHeaders } from "node:http";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Registry } from "prom-client";
import type { ProbeAnswer } from "./health/probes.ts";
import type { AllowedHosts } from "./listener/allowed-hosts.ts";
import { type AnswerSlots, createAnswerSlots } from "./listener/answer-slots.ts";
import { applyCors, type CorsOptions } from "./listener/cors.ts";
import type {
  HttpRequest,
  HttpResponse,
  MalformedListener,
  RequestListener,
  StreamListener,
  UpgradeListener,
} from "./listener/http.ts";
import { isGone } from "./listener/is-gone.ts";
import { NO_HOST } from "./listener/is-host.ts";
import { answerUpgrade } from "./listener/refuse-upgrade.ts";
import { sendBody } from "./listener/send-body.ts";
import { sendText } from "./listener/send-text.ts";
import type { RpcHandler } from "./rpc/create-rpc-handler.ts";
import { endUnreadRequest } from "./rpc/end-request.ts";

/** Who answers what arrives at the port. */
export interface HttpFrontOptions {
  readonly cors: CorsOptions;
  /** Whether browsers may reach the server by a host. */
  readonly allowsHost: AllowedHosts;
  readonly rpc: RpcHandler;
  /** Answers the path of a health probe; undefined for any other. */
  readonly probes: (path: string) => Promise<ProbeAnswer> | undefined;
  readonly metrics: Registry;
  /** Answers everything else. */
  readonly pages: RequestListener;
  /** Takes upgrades that are no calls. */
  readonly upgradePage: UpgradeListener;
  /** Told of what breaks while a request that is no call is answered. */
  readonly onError: (error: unknown) => void;
}

/** What answers what arrives at the port. */
export interface HttpFront {
  readonly onRequest: RequestListener;
  /** Answers the calls among the streams of HTTP/2. */
  readonly onStream: StreamListener;
  readonly onUpgrade: UpgradeListener;
  readonly onMalformed: MalformedListener;
  /** The answers that are no calls. */
  readonly answers: Pick<AnswerSlots, "open" | "refused">;
}

/** What is answered beside calls and pages. */
interface PlainAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Hands each request to who answers it: calls, where no other origin is involved, preflights, other calls, probes, metrics, pages. */
export function createHttpFront(options: HttpFrontOptions): HttpFront {
  const { cors, allowsHost, rpc, pages, upgradePage } = options;
  const always = { "x-content-type-options": "nosniff" };
  const hasCors = cors.allowedOrigins.length > 0;
  const header = hasCors ? { ...always, vary: "origin" } : always;
  const answers = createAnswerSlots();

  /** Whether a call is certain to be no page's doing, or that of a page of this server. */
  const isPlain = ({ origin }: IncomingHttpHeaders, host: string | undefined) =>
    origin === undefined || (!hasCors && allowsHost(host));
  const isAllowed = (headers: IncomingHttpHeaders, host: string | undefined) =>
    allowsHost(host) || (headers.origin !== undefined && cors.allowedOrigins.includes(headers.origin));

  function refuse(request: HttpRequest, response: HttpResponse, status: 400 | 403 | 503, reason: string): void {
    if (rpc.refuse(request, response, new ConnectError(reason, CODES[status]), status)) return;
    if (status === 503) response.setHeader("retry-after", "1");
    sendText(request, response, status, reason);
    endUnreadRequest(request, response);
  }

  /** Answers a request for a host by which browsers may not reach the server, unless it is none that a page can make, and returns true. */
  function refuseHost(request: HttpRequest, response: HttpResponse, path: string): boolean {
    const host = hostOf(request);
    if (host === NO_HOST) {
      refuse(request, response, 400, "the host must be a name or an address");
      return true;
    }
    if (isAllowed(request.headers, host)) return false;
    // Browsers say with every POST which page makes it; and whether a server is well may be known to anybody.
    const isNoPage = request.headers.origin === undefined && (request.method === "POST" || PROBES.has(path));
    if (!isNoPage) refuse(request, response, 403, forbiddenHost(host));
    return !isNoPage;
  }

  function answerPage(request: HttpRequest, response: HttpResponse, path: string): void {
    const isMonitoring = PROBES.has(path) || path === METRICS;
    if (!answers.take(response, isMonitoring)) {
      refuse(request, response, 503, "too many requests: try again later");
      return;
    }
    endUnreadRequest(request, response);
    if (!isMonitoring) pages(request, response);
    else if (request.method === "GET" || request.method === "HEAD")
      void sendAnswer(answerOf(path, options), request, response, options.onError);
    else {
      response.setHeader("allow", "GET, HEAD");
      sendText(request, response, 405, "this is only read");
    }
  }

  return {
    answers,
    onRequest: (request, response) => {
      if (request.method === "POST" && isPlain(request.headers, hostOf(request))) {
        if (rpc.handle(request, response, header)) return;
      }
      response.setHeader("x-content-type-options", "nosniff");
      const path = request.url?.split("?", 1)[0] ?? "";
      if (refuseHost(request, response, path)) return;
      if (applyCors(cors, request, response)) endUnreadRequest(request, response);
      else if (!rpc.handle(request, response)) answerPage(request, response, path);
    },
    onStream: (stream, headers) => isPlain(headers, authorityOf(headers)) && rpc.handleStream(stream, headers, header),
    onUpgrade: (request, socket, head) => {
      const { headers } = request;
      if (headers.origin !== undefined && !isAllowed(headers, headers.host))
        answerUpgrade(socket, "403 Forbidden", forbiddenHost(headers.host));
      else if (!rpc.upgrade(request, socket, head)) upgradePage(request, socket, head);
    },
    onMalformed: (request, response, reason) => refuse(request, response, 400, reason),
  };
}

const METRICS = "/metrics";
const PROBES: ReadonlySet<string> = new Set(["/healthz", "/readyz"]);

const CODES = { 400: Code.InvalidArgument, 403: Code.PermissionDenied, 503: Code.Unavailable } as const;

function forbiddenHost(host = ""): string {
  return `browsers may not reach this server as ${host}: ALLOWED_HOSTS names the hosts by which they may`;
}

function authorityOf(headers: IncomingHttpHeaders): string | undefined {
  // The types do not know that a pseudo-header comes once.
  return (headers[":authority"] as string | undefined) ?? headers.host;
}

function hostOf(request: HttpRequest): string | undefined {
  return "stream" in request ? authorityOf(request.headers) : request.headers.host;
}

async function answerOf(path: string, { probes, metrics }: HttpFrontOptions): Promise<PlainAnswer> {
  const probed = await probes(path);
  if (probed !== undefined) return { ...probed, contentType: "application/json" };
  return { status: 200, contentType: metrics.contentType, body: await metrics.metrics() };
}

async function sendAnswer(
  answer: Promise<PlainAnswer>,
  request: HttpRequest,
  response: HttpResponse,
  onError: (error: unknown) => void,
): Promise<void> {
  try {
    const { status, contentType, body } = await answer;
    if (isGone(response)) return;
    const bytes = Buffer.from(body);
    response.statusCode = status;
    response.setHeader("content-type", contentType);
    response.setHeader("content-length", bytes.length);
    response.setHeader("cache-control", "no-store");
    if (request.method === "HEAD") response.end();
    else sendBody(response, bytes);
  } catch (error) {
    onError(error);
    response.destroy();
  }
}

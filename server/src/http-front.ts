import type { IncomingHttpHeaders } from "node:http";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Registry } from "prom-client";
import type { ProbeAnswer } from "./health/probes.ts";
import type { AllowedHosts } from "./listener/allowed-hosts.ts";
import { type AnswerSlots, createAnswerSlots } from "./listener/answer-slots.ts";
import { checkHost, hostOf } from "./listener/check-host.ts";
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
  const { cors, allowsHost, rpc, upgradePage } = options;
  const hasCors = cors.allowedOrigins.length > 0;
  const common = { "x-content-type-options": "nosniff", ...(hasCors ? { vary: "origin" } : {}) };
  const answers = createAnswerSlots();
  const refuse = createRefuse(rpc);
  const answerPage = createAnswerPage(options, answers, refuse);
  /** Whether a call is certain to be no page's doing, or that of a page of this server. */
  const isPlain = (headers: IncomingHttpHeaders) =>
    headers.origin === undefined || (!hasCors && allowsHost(hostOf({ headers })));

  const onRequest: RequestListener = (request, response) => {
    const { headers, method } = request;
    if (method === "POST" && isPlain(headers) && rpc.handle(request, response, common)) return;
    response.setHeader("x-content-type-options", "nosniff");
    const path = request.url?.split("?", 1)[0] ?? "";
    // Browsers name the origin of a page with every POST; and whether a server is well may be known to anybody.
    const claim = {
      host: hostOf(request),
      origin: headers.origin,
      readsForPage: method !== "POST" && !PROBES.has(path),
    };
    const refusal = checkHost(claim, allowsHost, cors.allowedOrigins);
    if (refusal !== undefined) refuse(request, response, refusal.status, refusal.reason);
    else if (applyCors(cors, request, response)) endUnreadRequest(request, response);
    else if (!rpc.handle(request, response)) answerPage(request, response, path);
  };

  const onUpgrade: UpgradeListener = (request, socket, head) => {
    const claim = { host: hostOf(request), origin: request.headers.origin, readsForPage: false };
    const refusal = checkHost(claim, allowsHost, cors.allowedOrigins);
    if (refusal !== undefined) answerUpgrade(socket, "403 Forbidden", refusal.reason);
    else if (!rpc.upgrade(request, socket, head)) upgradePage(request, socket, head);
  };

  return {
    answers,
    onRequest,
    onStream: (stream, headers) => isPlain(headers) && rpc.handleStream(stream, headers, common),
    onUpgrade,
    onMalformed: (request, response, reason) => refuse(request, response, 400, reason),
  };
}

const METRICS = "/metrics";
const PROBES: ReadonlySet<string> = new Set(["/healthz", "/readyz"]);

const CODES = { 400: Code.InvalidArgument, 403: Code.PermissionDenied, 503: Code.Unavailable } as const;

/** Answers a request with the status of HTTP, or, where it is a call, with an error in its own protocol. */
type Refuse = (request: HttpRequest, response: HttpResponse, status: keyof typeof CODES, reason: string) => void;

function createRefuse(rpc: RpcHandler): Refuse {
  return (request, response, status, reason) => {
    // HTTP asks for 400 for what is malformed, whatever it carries.
    const httpStatus = status === 400 ? status : undefined;
    if (rpc.refuse(request, response, new ConnectError(reason, CODES[status]), httpStatus)) return;
    if (status === 503) response.setHeader("retry-after", "1");
    sendText(request, response, status, reason);
    endUnreadRequest(request, response);
  };
}

/** Answers what is no call, as long as there are places for that. */
function createAnswerPage(options: HttpFrontOptions, answers: AnswerSlots, refuse: Refuse) {
  return (request: HttpRequest, response: HttpResponse, path: string): void => {
    const isMonitoring = PROBES.has(path) || path === METRICS;
    if (!answers.take(response, isMonitoring)) {
      refuse(request, response, 503, "too many requests: try again later");
      return;
    }
    endUnreadRequest(request, response);
    if (!isMonitoring) options.pages(request, response);
    else if (request.method === "GET" || request.method === "HEAD") void sendAnswer(path, request, response, options);
    else {
      response.setHeader("allow", "GET, HEAD");
      sendText(request, response, 405, "this is only read");
    }
  };
}

async function answerOf(path: string, { probes, metrics }: HttpFrontOptions): Promise<PlainAnswer> {
  const probed = await probes(path);
  if (probed !== undefined) return { ...probed, contentType: "application/json" };
  return { status: 200, contentType: metrics.contentType, body: await metrics.metrics() };
}

async function sendAnswer(
  path: string,
  request: HttpRequest,
  response: HttpResponse,
  options: HttpFrontOptions,
): Promise<void> {
  try {
    const { status, contentType, body } = await answerOf(path, options);
    if (isGone(response)) return;
    const bytes = Buffer.from(body);
    response.statusCode = status;
    response.setHeader("content-type", contentType);
    response.setHeader("content-length", bytes.length);
    response.setHeader("cache-control", "no-store");
    if (request.method === "HEAD") response.end();
    else sendBody(response, bytes);
  } catch (error) {
    options.onError(error);
    response.destroy();
  }
}

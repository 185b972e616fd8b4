import { isIP } from "node:net";
import type { TrustedProxies } from "@triptych/rpc/port/proxy-trust.ts";
import { z } from "zod";
import type { TlsSource } from "./certificate.ts";
import type { MetricsAccess } from "./check-metrics-caller.ts";
import type { IdentityConfig } from "./identity/start-identity.ts";
import type { ShareConfig } from "./limits/share-of-callers.ts";
import { type RelayTarget, readRelayTarget } from "./relay/relay-target.ts";
import type { SignInConfig } from "./sign-in/sign-in-config.ts";
import type { TracingConfig } from "./tracing/create-tracing.ts";
import { SAMPLERS } from "./tracing/sampler.ts";

/** Everything that can be set from outside, checked and typed. `.env.example` describes each variable. */
export interface Config {
  readonly port: number;
  /** The address to listen on; undefined means every address of the machine. */
  readonly host: string | undefined;
  readonly dataDir: string;
  /** The database of Postgres that the store is in; undefined where it is in `dataDir`. */
  readonly database: DatabaseConfig | undefined;
  /** The origin that browsers see, such as `https://app.example.com`; undefined where nobody has said it. */
  readonly publicOrigin: string | undefined;
  /** The proxies that are believed in what they say of the addresses of clients; undefined for none. */
  readonly trustProxy: TrustedProxies | undefined;
  /** How many processes share the port. */
  readonly processes: number;
  /** The origins, besides its own, whose pages may call the server. */
  readonly allowedOrigins: readonly string[];
  /** The host names, besides localhost, by which browsers may reach the server; `*` for any. */
  readonly allowedHosts: readonly string[];
  /** How the port is encrypted; undefined means clear text. */
  readonly tls: TlsConfig | undefined;
  readonly logLevel: "trace" | "debug" | "info" | "warn" | "error" | "silent";
  /** Whether a line of the log is JSON, for programs, or text, for people. */
  readonly logFormat: "json" | "pretty";
  readonly legacyTestClient: "client-stream" | "bidi";
  /** The largest message the server reads, in bytes, after decompression. */
  readonly maxMessageBytes: number;
  /** The most elements of a message the server reads: fields, items, entries, values. */
  readonly maxMessageElements: number;
  /** How many bytes all calls together may hold of messages that are not complete; 0 means as many as come. */
  readonly maxBufferedBytes: number;
  /** How many calls may be in flight; 0 means as many as come. */
  readonly maxCallsInFlight: number;
  /** What each caller may have; undefined means what they like. */
  readonly fairShare: ShareConfig | undefined;
  /** From which delay of the event loop on calls are shed, in milliseconds; undefined for none. */
  readonly maxEventLoopDelayMs: number | undefined;
  /** How many orders of one principal are kept; 0 means as many as they make. */
  readonly maxOrdersPerCaller: number;
  /** How many connections one address may have; 0 means as many as it opens. */
  readonly maxConnectionsPerAddress: number;
  /** How many answers that are no calls one address may have open; 0 means as many as there are places. */
  readonly maxResponsesPerAddress: number;
  /** How long an HTTP/1.1 connection without a request is kept, in milliseconds. */
  readonly keepAliveMs: number;
  /** How old connections over HTTP/2 and WebSockets may become; undefined means as old as they like. */
  readonly connectionAge: { readonly ageMs: number; readonly graceMs: number } | undefined;
  /** How often a quiet live stream says that it is alive, in milliseconds. */
  readonly heartbeatMs: number;
  /** How long a drain may take, in milliseconds. */
  readonly drainMs: number;
  /** Whether lists that people are shown take part in a comparison of two rankings. */
  readonly comparesRankings: boolean;
  /** How callers say who they are; undefined means that they are not asked, and anybody may do anything. */
  readonly identity: IdentityConfig | undefined;
  /** How people sign in on the pages; undefined where they cannot. */
  readonly signIn: SignInConfig | undefined;
  /** Whether reflection is served. */
  readonly reflection: boolean;
  readonly metricsAccess: MetricsAccess;
  /** How calls are traced; undefined means not at all. */
  readonly tracing: TracingConfig | undefined;
  /** Whether clients are shown how the server is. */
  readonly showsOperations: boolean;
  /** The servers that calls of the Explorer are relayed to; none where empty. */
  readonly explorerTargets: readonly RelayTarget[];
  /** When the recommender is trained again. */
  readonly training: {
    /** How many likes of a hundred have to change for a training at once. */
    readonly changedPercent: number;
    /** The longest that a change waits for a training, in milliseconds. */
    readonly intervalMs: number;
  };
}

/** The store on Postgres. */
export interface DatabaseConfig {
  readonly url: string;
  /** How servers hear of each other's events: by NOTIFY with a look each second beside it, or by looking often alone. */
  readonly wakeUp: "listen" | "poll";
}

/** A certificate made for this run, or the files of one. */
export type TlsConfig = TlsSource;

/** The environment is not usable; the message has one line for each bad variable. */
export class InvalidConfig extends Error {
  override name = "InvalidConfig";
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "silent"] as const;

/** Who may ask for reflection. */
const REFLECTION = ["anyone", "signed-in", "admin", "off"] as const;

const plainInteger = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max);

const integer = (fallback: number, min: number, max: number) => plainInteger(min, max).default(fallback);

/** One whose default goes by other settings. */
const optionalInteger = (min: number, max: number) => plainInteger(min, max).optional();

/** `name=value` pairs as OpenTelemetry writes them: percent-encoded, separated by commas. */
const pairs = z
  .string()
  .transform((text) => text.split(",").map((pair) => pair.trim().split("=")))
  .refine((all) => all.every(([name = "", ...value]) => name.trim() !== "" && value.length > 0 && canDecode(value)))
  .transform((all) => Object.fromEntries(all.map(([name = "", ...value]) => [name.trim(), decoded(value)])))
  .default({});

/** Names, separated by commas. */
const names = z
  .string()
  .transform((text) => text.split(",").map((name) => name.trim()))
  .default([]);

const ratio = z
  .string()
  .regex(/^(?:0?\.\d+|[01]\.?|1\.0+)$/)
  .transform(Number)
  .default(1);

const HOST_NAME = /^(?:\*|\.?[a-z\d_-]+(?:\.[a-z\d_-]+)*)$/i;

interface Variable {
  /** What it takes, as its error message says it. */
  readonly takes: string;
  /** What checks it. */
  readonly schema: z.ZodType;
  /** Whether its value may be a secret, and is shown nowhere. */
  readonly isSecret?: boolean;
}

const variables = {
  PORT: { takes: "a port from 0 to 65535", schema: integer(8080, 0, 65_535) },
  HOST: {
    takes: "an address or host name",
    schema: z
      .string()
      .regex(/^[\w.:-]+$/)
      .optional(),
  },
  DATA_DIR: { takes: "a folder", schema: z.string().default("data") },
  DATABASE_URL: {
    takes: "the URL of a database such as postgres://user:password@host:5432/name",
    schema: z.string().refine(isDatabaseUrl).optional(),
    isSecret: true,
  },
  LIVE_WAKEUP: { takes: "listen or poll", schema: z.enum(["listen", "poll"]).default("listen") },
  TRUST_PROXY: {
    takes:
      "how many proxies there are in a row, from 1 to 16, or their networks such as 10.0.0.0/8, separated by commas",
    schema: z
      .string()
      .transform(
        (text): TrustedProxies =>
          /^\d+$/.test(text) ? { hops: Number(text) } : { networks: text.split(",").map((network) => network.trim()) },
      )
      .refine(isTrustworthy)
      .optional(),
  },
  PROCESSES: { takes: "processes from 1 to 64", schema: integer(1, 1, 64) },
  ALLOWED_ORIGINS: {
    takes: "origins such as https://app.example.com, separated by commas",
    schema: z
      .string()
      .transform((text) => text.split(",").map((origin) => origin.trim()))
      .refine((origins) => origins.every(isOrigin))
      .default([]),
  },
  ALLOWED_HOSTS: {
    takes: "host names such as app.example.com, or .example.com for all below it, separated by commas, or *",
    schema: z
      .string()
      .transform((text) => text.split(",").map((name) => name.trim()))
      .refine((names) => names.every((name) => HOST_NAME.test(name)))
      .default([]),
  },
  TLS: { takes: "self-signed", schema: z.literal("self-signed").optional() },
  TLS_CERT: { takes: "the file of a certificate in PEM", schema: z.string().optional() },
  TLS_KEY: { takes: "the file of a private key in PEM", schema: z.string().optional() },
  OIDC_ISSUER: {
    takes: "the URL of an issuer such as https://id.example.com, http only on this machine",
    schema: z.string().refine(isIssuer).optional(),
  },
  OIDC_AUDIENCE: { takes: "the audience of the tokens", schema: z.string().optional() },
  OIDC_ADMINS: {
    takes: "subjects, separated by commas",
    schema: names,
  },
  OIDC_CLIENT_ID: { takes: "the id of a client of the issuer", schema: z.string().optional() },
  OIDC_CLIENT_SECRET: { takes: "the secret of that client", schema: z.string().optional(), isSecret: true },
  OIDC_SCOPES: {
    takes: "scopes, separated by spaces, openid among them",
    schema: z
      .string()
      .refine((text) => text.split(" ").includes("openid"))
      .default("openid profile"),
  },
  PUBLIC_URL: {
    takes: "the origin that browsers see, such as https://app.example.com, http only on this machine",
    schema: z
      .string()
      .transform((text) => text.replace(/\/$/, ""))
      .refine((text) => isIssuer(text) && isOrigin(text))
      .optional(),
  },
  TLS_CLIENT_CA: { takes: "the file of the authorities of clients in PEM", schema: z.string().optional() },
  TLS_CLIENT_ADMINS: { takes: "common names, separated by commas", schema: names },
  API_KEYS_FILE: { takes: "a file", schema: z.string().optional() },
  REFLECTION: { takes: `one of ${REFLECTION.join(", ")}`, schema: z.enum(REFLECTION).default("anyone") },
  METRICS_TOKEN: {
    takes: "a token of letters, digits and -._~+/=",
    schema: z
      .string()
      .regex(/^[\w.~+/=-]+$/)
      .optional(),
    isSecret: true,
  },
  LOG_LEVEL: { takes: `one of ${LOG_LEVELS.join(", ")}`, schema: z.enum(LOG_LEVELS).default("info") },
  LOG_FORMAT: { takes: "json or pretty", schema: z.enum(["json", "pretty"]).default("json") },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    takes: "the URL of a receiver of OTLP over HTTP such as http://localhost:4318",
    schema: z
      .string()
      .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))
      .transform(tracesUrl)
      .optional(),
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    takes: "names and values such as api-key=secret, separated by commas",
    schema: pairs,
    isSecret: true,
  },
  OTEL_SERVICE_NAME: { takes: "a name", schema: z.string().optional() },
  OTEL_RESOURCE_ATTRIBUTES: {
    takes: "names and values such as deployment.environment.name=test, separated by commas",
    schema: pairs,
  },
  OTEL_TRACES_SAMPLER: {
    takes: `one of ${SAMPLERS.join(", ")}`,
    schema: z.enum(SAMPLERS).default("parentbased_always_on"),
  },
  OTEL_TRACES_SAMPLER_ARG: { takes: "a ratio from 0 to 1", schema: ratio },
  TRUST_TRACEPARENT: { takes: "yes or no", schema: z.enum(["yes", "no"]).default("no") },
  SHOW_SPANS: { takes: "yes or no", schema: z.enum(["yes", "no"]).default("no") },
  SHOW_OPERATIONS: { takes: "yes or no", schema: z.enum(["yes", "no"]).default("no") },
  EXPLORER_TARGETS: {
    takes: "host:port, or an origin such as https://api.example.com, separated by commas",
    schema: names
      .transform((texts) => texts.map(readRelayTarget))
      .refine((targets): targets is RelayTarget[] => targets.every((target) => target !== undefined)),
  },
  LEGACY_TEST_CLIENT: {
    takes: "client-stream or bidi",
    schema: z.enum(["client-stream", "bidi"]).default("client-stream"),
  },
  MAX_MESSAGE_BYTES: { takes: "bytes from 1024 to 1073741824", schema: integer(4_194_304, 1_024, 1_073_741_824) },
  MAX_MESSAGE_ELEMENTS: { takes: "elements from 100 to 100000000", schema: integer(16_384, 100, 100_000_000) },
  MAX_BUFFERED_BYTES: { takes: "bytes from 0 to 9999999999", schema: integer(268_435_456, 0, 9_999_999_999) },
  MAX_CALLS_IN_FLIGHT: { takes: "calls from 0 to 1000000", schema: integer(20_000, 0, 1_000_000) },
  CALLER_COST_PER_SECOND: { takes: "a cost from 0 to 1000000", schema: optionalInteger(0, 1_000_000) },
  CALLER_COST_AT_ONCE: { takes: "a cost from 0 to 10000000", schema: optionalInteger(0, 10_000_000) },
  MAX_CALLS_PER_CALLER: { takes: "calls from 0 to 1000000", schema: optionalInteger(0, 1_000_000) },
  MAX_STREAMS_PER_CALLER: { takes: "streams from 0 to 1000000", schema: optionalInteger(0, 1_000_000) },
  MAX_BUFFERED_BYTES_PER_CALLER: { takes: "bytes from 0 to 9999999999", schema: optionalInteger(0, 9_999_999_999) },
  MAX_EVENT_LOOP_DELAY_MS: { takes: "milliseconds from 0 to 60000", schema: optionalInteger(0, 60_000) },
  MAX_ORDERS_PER_CALLER: { takes: "orders from 0 to 1000000000", schema: integer(10_000, 0, 1_000_000_000) },
  MAX_CONNECTIONS_PER_ADDRESS: { takes: "connections from 0 to 1000000", schema: integer(1_000, 0, 1_000_000) },
  MAX_ANSWERS_PER_ADDRESS: { takes: "answers from 0 to 1000000", schema: integer(500, 0, 1_000_000) },
  KEEP_ALIVE_SECONDS: { takes: "seconds from 1 to 3600", schema: integer(75, 1, 3_600) },
  MAX_CONNECTION_AGE_SECONDS: { takes: "seconds from 0 to 86400", schema: integer(0, 0, 86_400) },
  MAX_CONNECTION_AGE_GRACE_SECONDS: { takes: "seconds from 1 to 3600", schema: integer(30, 1, 3_600) },
  HEARTBEAT_SECONDS: { takes: "seconds from 1 to 3600", schema: integer(15, 1, 3_600) },
  DRAIN_SECONDS: { takes: "seconds from 1 to 600", schema: integer(8, 1, 600) },
  RANKING_COMPARISON: { takes: "on or off", schema: z.enum(["on", "off"]).default("on") },
  TRAINING_CHANGED_PERCENT: { takes: "a percentage from 1 to 100", schema: integer(1, 1, 100) },
  TRAINING_INTERVAL_MINUTES: { takes: "minutes from 1 to 10080", schema: integer(60, 1, 10_080) },
} as const satisfies Readonly<Record<string, Variable>>;

type Settings = { readonly [name in keyof typeof variables]: z.output<(typeof variables)[name]["schema"]> };

/**
 * Reads the configuration from environment variables; an empty one counts as not set.
 * @throws InvalidConfig naming each bad variable, what it takes and, unless that may be a secret, what it was given.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const settings = readVariables(environment);
  requireSharable(settings);
  return {
    port: settings.PORT,
    host: settings.HOST,
    dataDir: settings.DATA_DIR,
    database: settings.DATABASE_URL ? { url: settings.DATABASE_URL, wakeUp: settings.LIVE_WAKEUP } : undefined,
    publicOrigin: settings.PUBLIC_URL,
    trustProxy: settings.TRUST_PROXY,
    processes: settings.PROCESSES,
    allowedOrigins: settings.ALLOWED_ORIGINS,
    allowedHosts: settings.PUBLIC_URL
      ? [...settings.ALLOWED_HOSTS, new URL(settings.PUBLIC_URL).hostname]
      : settings.ALLOWED_HOSTS,
    tls: tlsConfig(settings),
    logLevel: settings.LOG_LEVEL,
    logFormat: settings.LOG_FORMAT,
    legacyTestClient: settings.LEGACY_TEST_CLIENT,
    maxMessageBytes: settings.MAX_MESSAGE_BYTES,
    maxMessageElements: settings.MAX_MESSAGE_ELEMENTS,
    maxBufferedBytes: settings.MAX_BUFFERED_BYTES,
    maxCallsInFlight: settings.MAX_CALLS_IN_FLIGHT,
    fairShare: fairShare(settings),
    maxEventLoopDelayMs: maxEventLoopDelayMs(settings),
    maxOrdersPerCaller: settings.MAX_ORDERS_PER_CALLER,
    maxConnectionsPerAddress: settings.MAX_CONNECTIONS_PER_ADDRESS,
    maxResponsesPerAddress: settings.MAX_ANSWERS_PER_ADDRESS,
    keepAliveMs: settings.KEEP_ALIVE_SECONDS * 1_000,
    connectionAge: connectionAge(settings),
    heartbeatMs: settings.HEARTBEAT_SECONDS * 1_000,
    drainMs: settings.DRAIN_SECONDS * 1_000,
    comparesRankings: settings.RANKING_COMPARISON === "on",
    identity: identityConfig(settings),
    signIn: signInConfig(settings),
    reflection: settings.REFLECTION !== "off",
    metricsAccess: metricsAccess(settings),
    tracing: tracingConfig(settings),
    showsOperations: settings.SHOW_OPERATIONS === "yes",
    explorerTargets: settings.EXPLORER_TARGETS,
    training: {
      changedPercent: settings.TRAINING_CHANGED_PERCENT,
      intervalMs: settings.TRAINING_INTERVAL_MINUTES * 60_000,
    },
  };
}

function readVariables(environment: Readonly<Record<string, string | undefined>>): Settings {
  const problems: string[] = [];
  const entries = Object.entries<Variable>(variables).map(([name, { takes, schema, isSecret }]) => {
    const text = environment[name] || undefined;
    const result = schema.safeParse(text);
    if (!result.success) problems.push(`${name} takes ${takes}: got ${isSecret ? "something else" : `"${text}"`}`);
    return [name, result.data];
  });
  if (problems.length > 0) throw new InvalidConfig(problems.join("\n"));
  // Every variable was parsed by its own schema, which is what Settings says.
  return Object.fromEntries(entries) as Settings;
}

/** What callers share unless something else is set: enough for a person with several pages, where it is known who calls; what they like, where it is not. */
const STRICT_SHARE = {
  costPerSecond: 100,
  maxCalls: 200,
  maxStreams: 100,
  maxBufferedBytes: 33_554_432,
};
const NO_SHARE = { costPerSecond: 0, maxCalls: 0, maxStreams: 0, maxBufferedBytes: 0 };

/** How many seconds' worth a caller may use at once unless something else is set. */
const SECONDS_AT_ONCE = 10;

function fairShare(settings: Settings): ShareConfig | undefined {
  const unset = identityConfig(settings) === undefined ? NO_SHARE : STRICT_SHARE;
  const costPerSecond = settings.CALLER_COST_PER_SECOND ?? unset.costPerSecond;
  const share = {
    costPerSecond,
    burst: settings.CALLER_COST_AT_ONCE ?? costPerSecond * SECONDS_AT_ONCE,
    maxCalls: settings.MAX_CALLS_PER_CALLER ?? unset.maxCalls,
    maxStreams: settings.MAX_STREAMS_PER_CALLER ?? unset.maxStreams,
    maxBufferedBytes: settings.MAX_BUFFERED_BYTES_PER_CALLER ?? unset.maxBufferedBytes,
  };
  if (costPerSecond > 0 && share.burst === 0)
    throw new InvalidConfig(
      "CALLER_COST_AT_ONCE is 0: no call could be made; leave it out, or set CALLER_COST_PER_SECOND to 0",
    );
  return Object.values(share).some((limit) => limit > 0) ? share : undefined;
}

/** What the event loop may be late by unless something else is set, where it is known who calls: nobody waits for a page because of that, and a queue has no time to grow. */
const STRICT_DELAY_MS = 250;

function maxEventLoopDelayMs(settings: Settings): number | undefined {
  const unset = identityConfig(settings) === undefined ? 0 : STRICT_DELAY_MS;
  const delay = settings.MAX_EVENT_LOOP_DELAY_MS ?? unset;
  return delay === 0 ? undefined : delay;
}

function connectionAge(settings: Settings): Config["connectionAge"] {
  const { MAX_CONNECTION_AGE_SECONDS: age, MAX_CONNECTION_AGE_GRACE_SECONDS: grace } = settings;
  return age === 0 ? undefined : { ageMs: age * 1_000, graceMs: grace * 1_000 };
}

/** What several processes cannot each have for themselves. */
function requireSharable({ PROCESSES, DATABASE_URL, TLS }: Settings): void {
  if (PROCESSES === 1) return;
  if (DATABASE_URL === undefined)
    throw new InvalidConfig(
      `PROCESSES is ${PROCESSES}: the store in DATA_DIR takes one; set DATABASE_URL, or leave it out`,
    );
  if (TLS !== undefined)
    throw new InvalidConfig(`PROCESSES is ${PROCESSES}: each would make a certificate; set TLS_CERT and TLS_KEY`);
}

function tlsConfig({ TLS, TLS_CERT, TLS_KEY, TLS_CLIENT_CA: clientCa }: Settings): TlsConfig | undefined {
  if ((TLS_CERT === undefined) !== (TLS_KEY === undefined)) {
    const missing = TLS_CERT === undefined ? "TLS_CERT" : "TLS_KEY";
    throw new InvalidConfig(`${missing} is missing: TLS_CERT and TLS_KEY are set together or not at all`);
  }
  if (TLS_CERT !== undefined && TLS_KEY !== undefined) {
    if (TLS !== undefined)
      throw new InvalidConfig("TLS is self-signed: leave it out where TLS_CERT and TLS_KEY are set");
    return { kind: "files", cert: TLS_CERT, key: TLS_KEY, ...(clientCa && { clientCa }) };
  }
  if (TLS !== undefined) return { kind: "self-signed", ...(clientCa && { clientCa }) };
  if (clientCa !== undefined) throw new InvalidConfig("TLS_CLIENT_CA is set: set TLS_CERT and TLS_KEY, or TLS, too");
  return undefined;
}

function identityConfig(settings: Settings): IdentityConfig | undefined {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_ADMINS: admins, API_KEYS_FILE, REFLECTION } = settings;
  if ((issuer === undefined) !== (audience === undefined)) {
    const missing = issuer === undefined ? "OIDC_ISSUER" : "OIDC_AUDIENCE";
    throw new InvalidConfig(`${missing} is missing: OIDC_ISSUER and OIDC_AUDIENCE are set together or not at all`);
  }
  if (issuer === undefined && admins.length > 0)
    throw new InvalidConfig("OIDC_ISSUER is missing: OIDC_ADMINS names subjects of it");
  const { TLS_CLIENT_CA, TLS_CLIENT_ADMINS: clientAdmins } = settings;
  if (TLS_CLIENT_CA === undefined && clientAdmins.length > 0)
    throw new InvalidConfig("TLS_CLIENT_CA is missing: TLS_CLIENT_ADMINS names clients whose certificates it signs");
  if (issuer === undefined && API_KEYS_FILE === undefined && TLS_CLIENT_CA === undefined) {
    if (REFLECTION === "anyone" || REFLECTION === "off") return undefined;
    throw new InvalidConfig(`REFLECTION is ${REFLECTION}: set OIDC_ISSUER, API_KEYS_FILE or TLS_CLIENT_CA, too`);
  }
  const oidc = issuer === undefined || audience === undefined ? undefined : { issuer, audience, admins };
  const reflection = REFLECTION === "signed-in" ? "signed in" : REFLECTION === "admin" ? "admin" : "anyone";
  const certificates = TLS_CLIENT_CA === undefined ? undefined : { admins: clientAdmins };
  return { oidc, apiKeysFile: API_KEYS_FILE, certificates, reflection };
}

function signInConfig(settings: Settings): SignInConfig | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = settings;
  const { OIDC_SCOPES: scopes, PUBLIC_URL: origin } = settings;
  if (clientId === undefined) {
    if (clientSecret === undefined) return undefined;
    throw new InvalidConfig("OIDC_CLIENT_ID is missing: OIDC_CLIENT_SECRET is the secret of that client");
  }
  if (issuer === undefined) throw new InvalidConfig("OIDC_ISSUER is missing: OIDC_CLIENT_ID names a client of it");
  if (origin === undefined)
    throw new InvalidConfig("PUBLIC_URL is missing: the issuer sends browsers back there that sign in");
  return { issuer, clientId, clientSecret, scopes, origin };
}

/** Where callers are asked who they are, the metrics are for this machine unless there is a token for them. */
function metricsAccess(settings: Settings): MetricsAccess {
  const { METRICS_TOKEN: token } = settings;
  if (token !== undefined) return { kind: "token", token };
  return { kind: identityConfig(settings) === undefined ? "everybody" : "loopback" };
}

function tracingConfig(settings: Settings): TracingConfig | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_SERVICE_NAME: name, OTEL_RESOURCE_ATTRIBUTES } = settings;
  const showsSpans = settings.SHOW_SPANS === "yes";
  if (url === undefined && !showsSpans) return undefined;
  return {
    showsSpans,
    heartbeatMs: settings.HEARTBEAT_SECONDS * 1_000,
    exporter: url === undefined ? undefined : { url, headers: settings.OTEL_EXPORTER_OTLP_HEADERS },
    resource: {
      "service.name": "triptych",
      ...OTEL_RESOURCE_ATTRIBUTES,
      ...(name !== undefined && { "service.name": name }),
    },
    sampler: settings.OTEL_TRACES_SAMPLER,
    ratio: settings.OTEL_TRACES_SAMPLER_ARG,
    trustsParents: settings.TRUST_TRACEPARENT === "yes",
  };
}

/** Where a receiver of OTLP takes spans: a path below its URL, whose query stays. */
function tracesUrl(endpoint: string): string {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/$/, "")}/v1/traces`;
  return url.href;
}

/** What stands behind the first `=` of a pair, which may have more of them. */
function decoded(value: readonly string[]): string {
  return decodeURIComponent(value.join("=").trim());
}

function canDecode(value: readonly string[]): boolean {
  try {
    decoded(value);
    return true;
  } catch {
    return false;
  }
}

function isDatabaseUrl(text: string): boolean {
  return URL.canParse(text) && /^postgres(?:ql)?:$/.test(new URL(text).protocol);
}

/** Whether a text is the URL of an issuer whose keys nobody on the network between can change. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash } = new URL(text);
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return (protocol === "https:" || (protocol === "http:" && isHere)) && search === "" && hash === "";
}

function isTrustworthy(proxies: TrustedProxies): boolean {
  if ("hops" in proxies) return proxies.hops >= 1 && proxies.hops <= 16;
  return proxies.networks.every((network) => {
    const [address = "", bits, ...rest] = network.split("/");
    const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    const isLength = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
    return most > 0 && isLength && rest.length === 0;
  });
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
